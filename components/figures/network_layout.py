"""Where everything in a network diagram goes: nodes, edges, and labels that don't overlap.

The places depend on the shape of the network and of the picture alone, never on the weights,
so nothing jumps while a slider moves.
"""

import math
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple, TypeAlias

import numpy as np

from components.concepts.dense_network import DenseNetwork, Edge, Node


class Point(NamedTuple):
    """A place in the picture, in pixels from the top left."""

    x: float
    y: float


class Box(NamedTuple):
    """A rectangle by its middle and its size."""

    middle: Point
    width: float
    height: float


class Frame(NamedTuple):
    """The size of a picture and of what is in it, in pixels."""

    width: int
    height: int
    max_radius: float
    label_width: float
    font: int


WIDE = Frame(760, 430, 31, 62, 16)  # the lab of a projector page
NARROW = Frame(350, 430, 25, 47, 14)  # a phone
LABEL_HEIGHT = 1.45  # of the font size
NAME_ROOM = 2.6  # lines of text under a node

_PLACES = [0.12 + 0.04 * step for step in range(20)]  # along an edge, from 0 to 1
_BEST_PLACE = 0.35  # where labels stand if nothing is in the way: nearer to the edge's start


Line: TypeAlias = tuple[Point, Point]


@dataclass(frozen=True)
class Source:
    """What an edge comes from: the value `index` of column `column`, or its bias (None)."""

    column: int
    index: int | None


@dataclass(frozen=True)
class Layout:
    """Places of sources and nodes, and of each edge's line and label.

    `labelled` are the edges between layers with room for all labels; elsewhere only the edges
    in use get theirs.
    """

    frame: Frame
    radius: float
    sources: dict[Source, Point]
    lines: dict[Edge, Line]
    labels: dict[Edge, Point]
    labelled: frozenset[Edge]

    def node(self, node: Node) -> Point:
        """The middle of a node; column 0 holds the inputs."""
        return self.sources[Source(node.layer + 1, node.index)]


@lru_cache(maxsize=64)
def arrange(sizes: tuple[int, ...], biases: tuple[bool, ...], frame: Frame) -> Layout:
    """Lay out a network of `sizes` (n_inputs, n_nodes of each layer …).

    `biases` says for each layer whether it has one; it is drawn in the column before, on top.
    """
    columns = [
        ([None] if number < len(biases) and biases[number] else []) + list(range(size))
        for number, size in enumerate(sizes)
    ]
    spacing = frame.height / max(len(column) for column in columns)
    text = NAME_ROOM * frame.font
    gap = (frame.width - 2 * frame.max_radius) / (len(sizes) - 1) - 2 * frame.max_radius
    radius = min(frame.max_radius, (spacing - text) / 2, max(gap, 0) / 2 + 14)
    radius = max(radius, 12.0)
    sources = _places(columns, frame, radius)
    lines = _lines(sizes, biases, sources, radius)
    labels: dict[Edge, Point] = {}
    for layer in range(len(sizes) - 1):
        between = {edge: line for edge, line in lines.items() if edge.layer == layer}
        labels |= _place_labels(between, sources, radius, frame)
    return Layout(frame, radius, sources, lines, labels, _roomy(labels, frame))


def layout_of(network: DenseNetwork, frame: Frame) -> Layout:
    """The layout of this network in this frame."""
    sizes = (len(network.input_names), *(layer.n_nodes for layer in network.layers))
    biases = tuple(layer.bias is not None for layer in network.layers)
    return arrange(sizes, biases, frame)


def _places(columns: list[list[int | None]], frame: Frame, radius: float) -> dict[Source, Point]:
    margin = max(radius + 6, 2.7 * frame.font)  # room for half of a name
    across = (frame.width - 2 * margin) / (len(columns) - 1)
    sources = {}
    for number, column in enumerate(columns):
        spacing = frame.height / len(column)
        for row, index in enumerate(column):
            middle = spacing * (row + 0.5) - NAME_ROOM * frame.font / 2 + 4
            sources[Source(number, index)] = Point(margin + number * across, middle)
    return sources


def _lines(
    sizes: tuple[int, ...], biases: tuple[bool, ...], sources: dict[Source, Point], radius: float
) -> dict[Edge, Line]:
    """Each edge's line, from rim to rim."""
    lines = {}
    for layer, has_bias in enumerate(biases):
        starts: list[int | None] = [None] if has_bias else []
        for start in [*starts, *range(sizes[layer])]:
            for end in range(sizes[layer + 1]):
                a, b = sources[Source(layer, start)], sources[Source(layer + 1, end)]
                share = radius / math.dist(a, b)
                lines[Edge(layer, start, end)] = (_between(a, b, share), _between(b, a, share))
    return lines


def _between(a: Point, b: Point, share: float) -> Point:
    return Point(a.x + share * (b.x - a.x), a.y + share * (b.y - a.y))


def _place_labels(
    lines: dict[Edge, Line], sources: dict[Source, Point], radius: float, frame: Frame
) -> dict[Edge, Point]:
    """Slide each label along its edge to where it covers the least; three rounds settle it."""
    names = [_name_of(place, radius, frame) for place in sources.values()]
    choices = {
        edge: [_box(_between(a, b, share), frame) for share in _PLACES]
        for edge, (a, b) in lines.items()
    }
    hidden = {
        edge: [
            8 * abs(share - _BEST_PLACE) + _overlaps(box, names) + _crossings(box, others)
            for share, box in zip(_PLACES, choices[edge], strict=True)
        ]
        for edge in lines
        for others in [[line for other, line in lines.items() if other != edge]]
    }
    labels = {edge: boxes[len(boxes) // 2] for edge, boxes in choices.items()}
    for _ in range(3):
        for edge, boxes in choices.items():
            neighbours = [box for other, box in labels.items() if other != edge]
            costs = [
                cost + _overlaps(box, neighbours)
                for cost, box in zip(hidden[edge], boxes, strict=True)
            ]
            labels[edge] = boxes[costs.index(min(costs))]
    return {edge: box.middle for edge, box in labels.items()}


def _roomy(labels: dict[Edge, Point], frame: Frame) -> frozenset[Edge]:
    """The edges between those layers where no two labels overlap."""
    crowded = {
        edge.layer
        for edge, place in labels.items()
        for other, other_place in labels.items()
        if edge != other and _overlaps(_box(place, frame), [_box(other_place, frame)])
    }
    return frozenset(edge for edge in labels if edge.layer not in crowded)


def _box(place: Point, frame: Frame) -> Box:
    """What a label with its middle here covers, with a little room around it."""
    return Box(place, frame.label_width + 4, LABEL_HEIGHT * frame.font + 4)


def _name_of(place: Point, radius: float, frame: Frame) -> Box:
    """What the name and the second line below a circle cover, and the circle's lower half."""
    height = radius + NAME_ROOM * frame.font
    return Box(Point(place.x, place.y + height / 2), 5 * frame.font, height)


def _overlaps(box: Box, others: list[Box]) -> float:
    """How much of other labels and names a label hides: hardly anything is worse."""
    cost = 0.0
    for other in others:
        over_x = (box.width + other.width) / 2 - abs(box.middle.x - other.middle.x)
        over_y = (box.height + other.height) / 2 - abs(box.middle.y - other.middle.y)
        if over_x > 0 and over_y > 0:
            cost += 100 + over_x * over_y
    return cost


def _crossings(box: Box, lines: list[Line]) -> float:
    """How much of other edges a label hides, counted in 25 points on each."""
    if not lines:
        return 0.0
    starts, ends = np.array([line[0] for line in lines]), np.array([line[1] for line in lines])
    points = starts[:, None] + np.linspace(0, 1, 25)[:, None] * (ends - starts)[:, None]
    away = np.abs(points - np.array(box.middle)) < np.array([box.width, box.height]) / 2
    return float(np.count_nonzero(away.all(axis=2)))
