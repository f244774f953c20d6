"""The picture of the playground: network, maps, points and losses.

The server sends the weights, a few hundred numbers; the browser computes all maps from them.
"""

import base64
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st

from components.concepts.dense_network import Edge, Node
from components.concepts.playground import PlaygroundPlan, dead_nodes, pack
from components.concepts.playground_data import FEATURES
from components.concepts.playground_run import Moment
from components.figures import theme

_HERE = Path(__file__).parent
SCRIPTS = ("forward_pass.js", "painting.js", "playground.js")
MAX_CHART_POINTS = 150
HINT = "Point at a map, an edge or a curve to read its numbers."

_mount = st.components.v2.component(
    "playground",
    html=(_HERE / "playground.html").read_text("utf-8"),
    css=(_HERE / "playground.css").read_text("utf-8"),
    js="\n".join((_HERE / name).read_text("utf-8") for name in SCRIPTS),
)


@dataclass(frozen=True, eq=False)
class Picture:
    """What is shown: a network at one moment, and the run's moments for the loss chart.

    `chosen` is an edge that stands out. `looks_back` puts a mark at the moment on the chart;
    `status` says what goes on, in a sentence.
    """

    plan: PlaygroundPlan
    moment: Moment
    moments: Sequence[Moment]
    chosen: Edge | None = None
    show_test: bool = False
    looks_back: bool = False
    status: str = ""


def playground(picture: Picture, key: str, on_choose: Callable[[Edge], None]) -> None:
    """Show the picture; a click on an edge or a bias calls `on_choose` with it.

    `on_choose` is called before the fragment or page around the picture runs again.
    """

    def chosen() -> None:
        edge = read_edge(getattr(st.session_state.get(key), "chosen", None), picture.plan)
        if edge is not None:
            on_choose(edge)

    _mount(key=key, data=browser_data(picture), on_chosen_change=chosen)


def browser_data(picture: Picture) -> dict[str, Any]:
    """What the browser needs to draw the picture."""
    plan, moment = picture.plan, picture.moment
    points = plan.points()
    test = _points(points.test, points.test_targets) if picture.show_test else ""
    moments = picture.moments[:: max(1, -(-len(picture.moments) // MAX_CHART_POINTS))]
    if picture.moments and moments[-1] is not picture.moments[-1]:
        moments = [*moments, picture.moments[-1]]
    return {
        "sizes": list(plan.sizes),
        "features": list(plan.features),
        "titles": [FEATURES[name].title for name in plan.features],
        "activation": plan.activation,
        "last": "linear" if plan.regression else "sigmoid",
        "regression": plan.regression,
        "weights": base64.b64encode(pack(moment.weights)).decode(),
        "train": _points(points.train, points.train_targets),
        "test": test,
        "losses": {
            "epochs": [round(m.epoch, 2) for m in moments],
            "train": [float(f"{m.losses.train:.4g}") for m in moments],
            "test": [float(f"{m.losses.test:.4g}") for m in moments],
        },
        "moment": round(moment.epoch, 2) if picture.looks_back else None,
        "chosen": mark_of(picture.chosen) if picture.chosen else "",
        "dead": [_node_mark(node) for node in dead_nodes(plan, moment.weights)],
        "colors": {
            "positive": theme.POSITIVE,
            "negative": theme.NEGATIVE,
            "train": theme.TRAINING,
            "test": theme.VALIDATION,
        },
        "numbers": _numbers(picture),
        "hint": picture.status or HINT,
        **_alternatives(plan, moment),
    }


def mark_of(edge: Edge) -> str:
    """An edge as the browser names it: "1-2-3", or "1-bias-3"."""
    start = "bias" if edge.start is None else str(edge.start + 1)
    return f"{edge.layer + 1}-{start}-{edge.end + 1}"


def read_edge(mark: object, plan: PlaygroundPlan) -> Edge | None:
    """The edge that a mark names; None for anything that is no edge of this network."""
    parts = mark.split("-") if isinstance(mark, str) else []
    if len(parts) != 3 or not all(p.isascii() and p.isdigit() and len(p) < 3 for p in parts[::2]):
        return None
    layer, end = int(parts[0]) - 1, int(parts[2]) - 1
    start = None if parts[1] == "bias" else int(parts[1]) - 1 if parts[1].isdecimal() else -1
    if not (0 <= layer < len(plan.sizes) - 1 and 0 <= end < plan.sizes[layer + 1]):
        return None
    is_there = start is None or 0 <= start < plan.sizes[layer]
    return Edge(layer, start, end) if is_there else None


def _points(points: np.ndarray, targets: np.ndarray) -> str:
    """Points as signed bytes: twentieths for the place, hundredths for the target."""
    columns = np.column_stack([20 * points, 100 * targets])
    return base64.b64encode(np.clip(np.rint(columns), -127, 127).astype("int8").tobytes()).decode()


def _node_mark(node: Node) -> str:
    return f"{node.layer + 1}-{node.index + 1}"


def _numbers(picture: Picture) -> str:
    found = picture.moment.losses
    return (
        f'<span>epoch <b class="epoch">{picture.moment.epochs_over:,}</b></span>'
        f'<span>train <b class="train-loss">{found.train:.4f}</b></span>'
        f'<span>test <b class="test-loss">{found.test:.4f}</b></span>'
    )


def _alternatives(plan: PlaygroundPlan, moment: Moment) -> dict[str, str]:
    """The three pictures in words."""
    features = ", ".join(FEATURES[name].title for name in plan.features)
    hidden = ", ".join(str(n) for n in plan.hidden) or "none"
    losses = f"training loss {moment.losses.train:.4f}, test loss {moment.losses.test:.4f}"
    return {
        "networkAlt": f"Network. Features: {features}. Nodes of its hidden layers: {hidden}. "
        "A map for every node shows what it says over both inputs.",
        "outputAlt": "Map of the network's output over both inputs, from −6 to 6, with the "
        f"points on it. {losses}.",
        "chartAlt": f"Loss by epoch, now at epoch {moment.epochs_over}: {losses}.",
    }
