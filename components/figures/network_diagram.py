"""A small network drawn from a trace: values in the nodes, weights on the edges.

An edge's width is the size of its weight, its colour the sign. While a learner steps through,
the node at hand and its edges stand out, and what comes later is still a question mark. The
same picture shows the slopes that flow back: then the edges carry the slopes of their weights.
"""

import math
from dataclasses import dataclass
from html import escape

from components.concepts.back_propagation import BackTrace
from components.concepts.dense_network import Edge, ForwardTrace, Node
from components.concepts.written_sums import number
from components.figures import theme
from components.figures.network_layout import (
    LABEL_HEIGHT,
    NARROW,
    WIDE,
    Frame,
    Layout,
    Point,
    Source,
    layout_of,
)
from components.figures.network_view import UNKNOWN, NetworkView, in_words, written_step

DIGITS = 4  # significant digits in nodes and on edges; the sums have six


@dataclass(frozen=True)
class NetworkDiagram:
    """A diagram ready for the page.

    `wide` and `narrow` are the same picture as SVG, for a projector and for a phone. `sum` is
    the step at hand written out, empty where there is none. `alt` says all numbers in words.
    `edges` are those that can be chosen, by the names they have in the SVG.
    """

    wide: str
    narrow: str
    sum: str
    alt: str
    edges: dict[str, Edge]


def edge_key(edge: Edge) -> str:
    """An edge's name in the SVG: "1-bias-2" goes from the bias to node 2 of layer 1."""
    start = "bias" if edge.start is None else str(edge.start + 1)
    return f"{edge.layer + 1}-{start}-{edge.end + 1}"


def draw_forward(
    trace: ForwardTrace, step: int | None = None, selected: Edge | None = None
) -> NetworkDiagram:
    """The forward pass.

    With `step`, only the first so many nodes are known and the last of them is the one at hand;
    0 shows the inputs alone. Without it everything is known. `selected` rings an edge.
    """
    nodes = list(trace.network.nodes)
    shown = nodes if step is None else nodes[: max(0, step)]
    current = shown[-1] if step is not None and shown else None
    return _draw(NetworkView(trace, None, frozenset(shown), current, selected))


def draw_backward(
    trace: BackTrace, step: int | None = None, selected: Edge | None = None
) -> NetworkDiagram:
    """The slopes that flow back, after a forward pass that is known in full.

    With `step`, the slopes of the last so many nodes are known, from the prediction backwards,
    and the latest of them is the one at hand. `selected` rings an edge.
    """
    nodes = list(reversed(list(trace.forward.network.nodes)))
    shown = nodes if step is None else nodes[: max(0, step)]
    current = shown[-1] if step is not None and shown else None
    return _draw(NetworkView(trace.forward, trace, frozenset(shown), current, selected))


def written_out(trace: ForwardTrace, step: int | None = None) -> str:
    """The sums of a forward pass, a line for each node; a "?" for those not known at `step`."""
    nodes = list(trace.network.nodes)
    n_known = len(nodes) if step is None else step
    view = NetworkView(trace, None, frozenset(nodes), None, None)
    lines = [f"{trace.network.node_name(node)}: {UNKNOWN}" for node in nodes]
    lines[:n_known] = [written_step(view, node) for node in nodes[:n_known]]
    return "\n".join(lines)


def _draw(view: NetworkView) -> NetworkDiagram:
    network = view.forward.network
    return NetworkDiagram(
        _svg(view, WIDE),
        _svg(view, NARROW),
        "" if view.current is None else written_step(view, view.current),
        in_words(view),
        {edge_key(edge): edge for edge in network.edges},
    )


# ---- As SVG


def _svg(view: NetworkView, frame: Frame) -> str:
    layout = layout_of(view.forward.network, frame)
    edges = list(view.forward.network.edges)
    edges.sort(key=lambda edge: (view.is_lit(edge), edge == view.selected))  # lit ones on top
    with_labels = [
        edge
        for edge in edges
        if edge in layout.labelled
        or edge == view.selected
        or (view.current is not None and view.is_lit(edge))
    ]
    parts = [
        *(_line(view, layout, edge) for edge in edges),
        *(_label(view, layout, edge) for edge in with_labels),
        *(_source(view, layout, source, place) for source, place in layout.sources.items()),
    ]
    back = " back" if view.back is not None else ""
    return (
        f'<svg class="network{back}" viewBox="0 0 {frame.width} {frame.height}" '
        f'font-size="{frame.font}" xmlns="http://www.w3.org/2000/svg">{"".join(parts)}</svg>'
    )


def _stroke_width(view: NetworkView, strength: float) -> float:
    """The width of an edge in pixels: a weight or slope twice as big adds a little."""
    for_doubling = 1.6 if view.back is None else 0.8  # slopes are often in the thousands
    return min(1.5 + for_doubling * math.log2(1 + abs(strength)), 13.0)


def _short(value: float) -> str:
    """A number for a small place: four significant digits, or two where that gets long."""
    text = number(value, DIGITS)
    return text if len(text) <= 6 else number(value, 2)


def _color(strength: float | None) -> str:
    if not strength:
        return theme.GREY
    return theme.POSITIVE if strength > 0 else theme.NEGATIVE


def _classes(view: NetworkView, edge: Edge, kind: str) -> str:
    names = [kind]
    names += ["faded"] if not view.is_lit(edge) else []
    names += ["selected"] if edge == view.selected else []
    return " ".join(names)


def _line(view: NetworkView, layout: Layout, edge: Edge) -> str:
    """An edge: its line, and a wider unseen one that is easier to click."""
    a, b = layout.lines[edge]
    strength = view.strength(edge)
    ends = f'x1="{a.x:.1f}" y1="{a.y:.1f}" x2="{b.x:.1f}" y2="{b.y:.1f}"'
    width = _stroke_width(view, strength or 0.0)
    dash = ' stroke-dasharray="2 5"' if not strength else ""
    if strength and view.back is not None:
        dash = ' stroke-dasharray="10 5"'
    what = "weight" if view.back is None else "slope"
    value = UNKNOWN if strength is None else number(strength)
    name = escape(f"{view.forward.network.edge_name(edge)}: {what} {value}", quote=True)
    pressed = "true" if edge == view.selected else "false"
    return (
        f'<g class="{_classes(view, edge, "edge")}" data-edge="{edge_key(edge)}" '
        f'aria-label="{name}" aria-pressed="{pressed}">'
        f'<line class="ring" {ends} stroke-width="{width + 7:.1f}"/>'
        f'<line class="line" {ends} stroke="{_color(strength)}" stroke-width="{width:.1f}"{dash}/>'
        f'<line class="reach" {ends}/></g>'
    )


def _label(view: NetworkView, layout: Layout, edge: Edge) -> str:
    """The number on an edge, in a box of its colour."""
    strength = view.strength(edge)
    text = UNKNOWN if strength is None else _short(strength)
    font, place = layout.frame.font, layout.labels[edge]
    width = max(0.62 * font * len(text) + 10, 26.0)
    height = LABEL_HEIGHT * font
    return (
        f'<g class="{_classes(view, edge, "label")}" data-label="{edge_key(edge)}">'
        f'<rect x="{place.x - width / 2:.1f}" y="{place.y - height / 2:.1f}" '
        f'width="{width:.1f}" height="{height:.1f}" rx="5" stroke="{_color(strength)}"/>'
        f'<text x="{place.x:.1f}" y="{place.y + 0.35 * font:.1f}">{text}</text></g>'
    )


def _source(view: NetworkView, layout: Layout, source: Source, place: Point) -> str:
    """A bias, an input or a node: a circle with its value, its name and a second line below."""
    network, trace = view.forward.network, view.forward
    if source.index is None:
        return _circle(layout, place, "1", "bias", "", "input")
    if source.column == 0:
        value = _short(float(trace.inputs[source.index]))
        name, mark = network.input_names[source.index], f"0-{source.index + 1}"
        return _circle(layout, place, value, name, "", "input", mark)
    node = Node(source.column - 1, source.index)
    mark = f"{source.column}-{source.index + 1}"
    is_output = node.layer == len(network.layers) - 1
    # the column says which layer, so the short name is enough
    name = network.output_names[node.index] if is_output else f"hidden {node.index + 1}"
    classes = "node current" if node == view.current else "node"
    is_known = node in view.known
    if view.back is not None:
        slope = _short(view.back.output_slope(node)) if is_known else UNKNOWN
        value = _short(trace.output(node))
        return _circle(layout, place, value, name, f"slope {slope}", classes, mark)
    if not is_known:
        return _circle(layout, place, UNKNOWN, name, "", f"{classes} unknown", mark)
    has_activation = network.layers[node.layer].activation != "linear"
    total = f"sum {_short(trace.sum(node))}" if has_activation else ""
    return _circle(layout, place, _short(trace.output(node)), name, total, classes, mark)


def _circle(
    layout: Layout, place: Point, value: str, name: str, below: str, classes: str, mark: str = ""
) -> str:
    """`mark` names the node in the SVG: "0-1" is the first input, "1-2" node 2 of layer 1."""
    font, radius = layout.frame.font, layout.radius
    # long numbers in small circles get smaller type
    size = min(1.15 * font, 2 * radius / (0.62 * max(len(value), 1)) * 0.95)
    lines = [
        f'<text class="{kind}" x="{place.x:.1f}" y="{place.y + radius + drop * font:.1f}" '
        f'font-size="{share * font:.1f}">{escape(text)}</text>'
        for kind, text, drop, share in (("name", name, 1.15, 0.95), ("below", below, 2.2, 0.9))
        if text
    ]
    return (
        f'<g class="{classes}" data-node="{mark}">'
        f'<circle cx="{place.x:.1f}" cy="{place.y:.1f}" r="{radius:.1f}"/>'
        f'<text class="value" x="{place.x:.1f}" y="{place.y + 0.35 * size:.1f}" '
        f'font-size="{size:.1f}">{escape(value)}</text>{"".join(lines)}</g>'
    )
