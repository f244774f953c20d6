"""The usual slips of back-propagation and of the step after it, worked out on any network."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from components.concepts.back_propagation import BackTrace
from components.concepts.dense_network import Edge, Node
from components.concepts.losses import SQUARED_ERROR
from components.concepts.slips import Slip
from components.concepts.written_sums import number

Array: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class _Backward:
    """A backward pass that may be wrong: slopes of outputs and sums for each layer."""

    outputs: tuple[Array, ...]
    sums: tuple[Array, ...]


def slips_in_weight_slope(trace: BackTrace, edge: Edge) -> tuple[Slip, ...]:
    """The usual slips on the way to the slope of a weight: value at start × slope at end."""
    end = Node(edge.layer, edge.end)
    value = trace.forward.start_value(edge)
    slips = [
        Slip(what, value * float(backward.sums[end.layer][end.index]))
        for what, backward in _wrong_passes(trace, end, with_own_activation=True)
    ]
    return (*slips, *_slips_at_the_edge(trace, edge))


def slips_in_output_slope(trace: BackTrace, node: Node) -> tuple[Slip, ...]:
    """The usual slips on the way to the slope of a node's output."""
    slips = [
        Slip(what, float(backward.outputs[node.layer][node.index]))
        for what, backward in _wrong_passes(trace, node, with_own_activation=False)
    ]
    network = trace.forward.network
    for other in network.nodes:
        if other.layer == node.layer and other != node:
            what = f"gave the slope of {network.node_name(other)}"
            slips.append(Slip(what, trace.output_slope(other)))
    slips.append(Slip("gave the node's value and not its slope", trace.forward.output(node)))
    return tuple(slips)


def slips_in_step(
    weight: float, slope: float, learning_rate: float, squared_error: bool = True
) -> tuple[Slip, ...]:
    """The usual slips on the way to the new weight: weight − learning rate × slope.

    `squared_error` says that the slope came from a squared error, whose 2 can be forgotten.
    """
    step = learning_rate * slope
    halved = [Slip("did not double the error in the slope", weight - step / 2)]
    return (
        Slip("forgot the learning rate", weight - slope),
        Slip("went uphill: the step has to be subtracted", weight + step),
        Slip("gave the step alone, without the weight it starts from", step),
        Slip("gave the step alone, without the weight it starts from", -step),
        Slip("forgot the slope", weight - learning_rate),
        *(halved if squared_error else []),
    )


def _backward(
    trace: BackTrace,
    start: Array,
    weights: Mapping[Edge, float] = MappingProxyType({}),
    taken_as_steep: frozenset[Node] = frozenset(),
) -> _Backward:
    """The backward pass from the prediction's slopes `start`, as a learner might do it:

    with some weights read wrongly, and some nodes taken to have an activation of slope 1.
    """
    network = trace.forward.network.with_weights(weights)
    slopes = start
    outputs, sums = [], []
    for number_of_layer in reversed(range(len(network.layers))):
        layer = network.layers[number_of_layer]
        nodes = [Node(number_of_layer, index) in taken_as_steep for index in range(layer.n_nodes)]
        steepness = layer.function.slope(trace.forward.layers[number_of_layer].sums)
        sum_slopes = slopes * np.where(nodes, 1.0, steepness)
        outputs.append(slopes)
        sums.append(sum_slopes)
        slopes = np.array(layer.weights).T @ sum_slopes
    return _Backward(tuple(reversed(outputs)), tuple(reversed(sums)))


def _wrong_passes(
    trace: BackTrace, node: Node, with_own_activation: bool
) -> Iterator[tuple[str, _Backward]]:
    """Backward passes with one thing wrong that matters for the slope at `node`."""
    network = trace.forward.network
    first = trace.layers[-1].outputs
    if trace.loss is SQUARED_ERROR:
        yield (
            "did not double the error: the slope of error² is 2 × error",
            _backward(trace, first / 2),
        )
        yield (
            f"started from the loss, {number(trace.loss_value)}, and not from its slope",
            _backward(trace, np.full_like(first, trace.loss_value)),
        )
    yield "took actual minus prediction for the error", _backward(trace, -first)
    for edge in network.edges:
        if edge.layer <= node.layer or edge.start is None:
            continue
        name, weight = network.edge_name(edge), network.weight(edge)
        if weight != 1:
            yield (
                f"forgot to multiply by the weight from {name}, {number(weight)}",
                _backward(trace, first, {edge: 1.0}),
            )
        if weight < 0:
            yield (
                f"lost the minus sign of the weight from {name}",
                _backward(trace, first, {edge: -weight}),
            )
    for other in network.nodes:
        layer = network.layers[other.layer]
        is_on_the_way = other.layer > node.layer or (with_own_activation and other == node)
        if is_on_the_way and layer.activation != "linear":
            steepness = float(layer.function.slope(trace.forward.sum(other)))
            yield (
                f"forgot the slope of the {layer.function.title} at {network.node_name(other)}, "
                f"which is {number(steepness)} there",
                _backward(trace, first, taken_as_steep=frozenset([other])),
            )


def _slips_at_the_edge(trace: BackTrace, edge: Edge) -> Iterator[Slip]:
    """Slips in the last multiplication: the wrong value, the wrong slope, or only one of them."""
    forward, network = trace.forward, trace.forward.network
    end = Node(edge.layer, edge.end)
    value, slope = forward.start_value(edge), trace.sum_slope(end)
    start_name, end_name = network.start_name(edge), network.end_name(edge)
    if edge.start is not None:
        yield Slip(f"forgot to multiply by the value of {start_name}, {number(value)}", slope)
    yield Slip(f"gave the value of {start_name} and forgot the slope at {end_name}", value)
    yield Slip(f"took the value of {end_name}, where the edge ends", forward.output(end) * slope)
    weight = network.weight(edge)
    if weight != 1:  # with a weight of 1 it is the first slip over again
        yield Slip(f"multiplied by the weight itself, {number(weight)}", weight * slope)
    for other in forward.edges_into(end):
        if other != edge and other.start is not None:
            yield Slip(
                f"took the value of {network.start_name(other)} for that of {start_name}",
                forward.start_value(other) * slope,
            )
    for node in network.nodes:
        if node.layer == end.layer and node != end:
            yield Slip(
                f"took the slope at {network.node_name(node)} for that at {end_name}",
                value * trace.sum_slope(node),
            )
