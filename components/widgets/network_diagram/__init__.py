"""The network diagram on the page; its edges can be chosen with mouse, finger or keyboard."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import streamlit as st

from components.concepts.dense_network import Edge
from components.figures import theme
from components.figures.network_diagram import NetworkDiagram, edge_key
from components.figures.network_preview import NetworkPreview

_HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "network_diagram",
    html=(_HERE / "network_diagram.html").read_text("utf-8"),
    css=(_HERE / "network_diagram.css").read_text("utf-8"),
    js="\n".join(
        (_HERE / name).read_text("utf-8") for name in ("network_preview.js", "network_diagram.js")
    ),
)


def chosen_edge(key: str) -> Edge | None:
    """The edge that is chosen in the diagram `key`, None where none is.

    Ask before drawing, so that the drawing can ring it. What the browser sent is checked by
    its form only: an edge of another network may come back, see `network_diagram`. A test
    seeds `st.session_state[key]` with `{"edge": {"name": "1-bias-2", "number": 1}}`.
    """
    component = st.session_state.get(key)
    message = component.get("edge") if isinstance(component, Mapping) else None
    own = f"{key}.chosen"
    choice = st.session_state.get(own)
    if not isinstance(choice, _Choice):
        choice = _Choice(None, None)
    if message is not None and message != choice.taken:
        name = message.get("name") if isinstance(message, dict) else None
        choice = _Choice(_read_edge(name), message)
    st.session_state[own] = choice
    return choice.edge


def choose_edge(key: str, edge: Edge | None) -> None:
    """Choose an edge from the page, or let it go with None: for Reset, and for the URL."""
    chosen_edge(key)  # what the browser sent before this is out of date
    st.session_state[f"{key}.chosen"] = replace(st.session_state[f"{key}.chosen"], edge=edge)


@dataclass(frozen=True)
class _Choice:
    """The chosen edge, and the browser's message that was taken over last."""

    edge: Edge | None
    taken: object


def network_diagram(
    diagram: NetworkDiagram,
    key: str,
    can_choose: bool = False,
    preview: NetworkPreview | None = None,
) -> Edge | None:
    """Show a diagram; with `can_choose` its edges are buttons, and the chosen one is returned.

    Choosing reruns the fragment or page around it; choosing the same edge again lets it go.
    An edge that this network does not have counts as none. With `preview` (of a forward pass)
    the drawing follows live sliders with the names in it at once, ahead of the server.
    """
    data = {
        "wide": diagram.wide,
        "narrow": diagram.narrow,
        "sum": diagram.sum,
        "alt": diagram.alt,
        "canChoose": can_choose,
        "preview": preview,
        "colors": {"positive": theme.POSITIVE, "negative": theme.NEGATIVE, "zero": theme.GREY},
    }
    _mount(key=key, data=data, on_edge_change=lambda: None)
    edge = chosen_edge(key)
    return edge if edge in diagram.edges.values() else None


def _read_edge(name: object) -> Edge | None:
    """An edge from its name in the SVG, None for anything else."""
    if not isinstance(name, str) or len(name) > 20:
        return None
    match name.split("-"):
        case [layer, start, end] if layer.isdecimal() and end.isdecimal():
            if start != "bias" and not start.isdecimal():
                return None
            place = None if start == "bias" else int(start) - 1
            edge = Edge(int(layer) - 1, place, int(end) - 1)
            return edge if edge_key(edge) == name else None
    return None
