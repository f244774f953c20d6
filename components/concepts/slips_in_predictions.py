"""The usual slips of a forward pass, worked out on any network.

Each slip is a rule: the forward pass with one thing done wrong. The rule takes inputs and
gives the prediction it would lead to.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import combinations, permutations
from typing import NamedTuple, TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.concepts.dense_network import DenseNetwork, Edge, Node, forward
from components.concepts.slips import Slip
from components.concepts.written_sums import number

Array: TypeAlias = NDArray[np.float64]
Rule: TypeAlias = Callable[[Array], float]


class WrongWay(NamedTuple):
    """A way to get a prediction wrong; `what` goes on from "you …"."""

    what: str
    rule: Rule
    is_general: bool = False


def slips_in_prediction(network: DenseNetwork, inputs: ArrayLike) -> tuple[Slip, ...]:
    """The usual slips on the way to the prediction of a network with one output.

    The more usual ones come first.
    """
    values = np.asarray(inputs, dtype=np.float64)
    return tuple(Slip(way.what, way.rule(values), way.is_general) for way in wrong_ways(network))


def slips_in_change(network: DenseNetwork, before: ArrayLike, after: ArrayLike) -> tuple[Slip, ...]:
    """The usual slips when the question is how the prediction changes from `before` to `after`."""
    old, new = np.asarray(before, dtype=np.float64), np.asarray(after, dtype=np.float64)
    first, last = forward(network, old).prediction, forward(network, new).prediction
    name = network.output_names[0]
    return (
        Slip(f"gave the {name} afterwards and not the change", last),
        Slip(f"gave the {name} before and not the change", first),
        Slip("took the difference the wrong way round", first - last),
        *(
            Slip(way.what, way.rule(new) - way.rule(old), way.is_general)
            for way in wrong_ways(network)
        ),
    )


def wrong_ways(network: DenseNetwork) -> Iterator[WrongWay]:
    """Every usual way to get this network's prediction wrong, the most usual first."""
    yield from _activations(network)
    yield from _biases(network)
    yield from _signs(network)
    yield from _wrong_weights(network)
    yield from _weights_left_out(network)
    yield from _inputs_mixed_up(network)
    yield from _stopped_early(network)


def _changed(network: DenseNetwork, weights: dict[Edge, float]) -> Rule:
    """The rule of a learner who reads these weights wrongly."""
    other = network.with_weights(weights)
    return lambda inputs: forward(other, inputs).prediction


def _skipping(network: DenseNetwork, skipped: frozenset[Node]) -> Rule:
    """The rule of a learner who passes on the sums of these nodes as they are."""

    def rule(inputs: Array) -> float:
        values = inputs
        for number_of_layer, layer in enumerate(network.layers):
            bias = 0.0 if layer.bias is None else np.array(layer.bias)
            sums = np.array(layer.weights) @ values + bias
            keep = [Node(number_of_layer, index) in skipped for index in range(layer.n_nodes)]
            values = np.where(keep, sums, layer.function.value(sums))
        return float(values[0])

    return rule


def _activations(network: DenseNetwork) -> Iterator[WrongWay]:
    curved = [node for node in network.nodes if network.layers[node.layer].activation != "linear"]
    for node in curved:
        title = network.layers[node.layer].function.title
        what = f"skipped the {title} on {network.node_name(node)}"
        yield WrongWay(what, _skipping(network, frozenset([node])))
    if len(curved) > 1:
        title = network.layers[0].function.title
        yield WrongWay(
            f"skipped the {title} on every node", _skipping(network, frozenset(curved)), True
        )
    *hidden, last = network.layers
    if hidden and last.activation == "linear" and hidden[-1].activation != "linear":
        curved_last = replace(last, activation=hidden[-1].activation)
        other = replace(network, layers=(*hidden, curved_last))
        yield WrongWay(
            f"put the {network.output_names[0]} through the {hidden[-1].function.title} too; "
            "it has no activation",
            lambda inputs: forward(other, inputs).prediction,
        )


def _biases(network: DenseNetwork) -> Iterator[WrongWay]:
    biases = [edge for edge in network.edges if edge.start is None and network.weight(edge) != 0]
    for edge in biases:
        yield WrongWay(f"forgot the bias of {network.end_name(edge)}", _changed(network, {edge: 0}))
    if len(biases) > 1:
        yield WrongWay("forgot every bias", _changed(network, dict.fromkeys(biases, 0.0)), True)


def _signs(network: DenseNetwork) -> Iterator[WrongWay]:
    for edge in network.edges:
        weight = network.weight(edge)
        if weight < 0:
            yield WrongWay(
                f"lost the minus sign of the weight from {network.edge_name(edge)}",
                _changed(network, {edge: -weight}),
            )


def _wrong_weights(network: DenseNetwork) -> Iterator[WrongWay]:
    for number_of_layer, layer in enumerate(network.layers):
        starts: list[int | None] = [*range(layer.n_inputs)]
        starts += [] if layer.bias is None else [None]
        for end, other in permutations(range(layer.n_nodes), 2):
            copied = {
                Edge(number_of_layer, start, end): network.weight(
                    Edge(number_of_layer, start, other)
                )
                for start in starts
            }
            names = [network.node_name(Node(number_of_layer, index)) for index in (other, end)]
            yield WrongWay(
                f"used the weights of {names[0]} for {names[1]}", _changed(network, copied)
            )
        for end in range(layer.n_nodes):
            for one, two in combinations(range(layer.n_inputs), 2):
                a, b = Edge(number_of_layer, one, end), Edge(number_of_layer, two, end)
                yield WrongWay(
                    f"swapped the weights from {network.start_name(a)} and "
                    f"{network.start_name(b)} to {network.end_name(a)}",
                    _changed(network, {a: network.weight(b), b: network.weight(a)}),
                )


def _weights_left_out(network: DenseNetwork) -> Iterator[WrongWay]:
    for edge in network.edges:
        weight = network.weight(edge)
        if edge.start is None:
            continue
        start, end = network.start_name(edge), network.end_name(edge)
        if weight != 0:
            yield WrongWay(f"left {start} out of {end}", _changed(network, {edge: 0}))
        if weight != 1:
            what = f"forgot to multiply {start} by its weight to {end}, {number(weight)}"
            yield WrongWay(what, _changed(network, {edge: 1}))
    if len(network.layers) > 1:
        last = len(network.layers) - 1
        edges = [edge for edge in network.edges if edge.layer == last and edge.start is not None]
        if sum(network.weight(edge) != 1 for edge in edges) > 1:
            yield WrongWay(
                "added up the hidden outputs without their weights",
                _changed(network, dict.fromkeys(edges, 1.0)),
                True,
            )


def _inputs_mixed_up(network: DenseNetwork) -> Iterator[WrongWay]:
    for one, two in combinations(range(len(network.input_names)), 2):
        order = list(range(len(network.input_names)))
        order[one], order[two] = two, one
        yield WrongWay(
            f"mixed up {network.input_names[one]} and {network.input_names[two]}",
            lambda inputs, order=tuple(order): (
                forward(  # type: ignore[misc]
                    network, inputs[list(order)]
                ).prediction
            ),
        )


def _stopped_early(network: DenseNetwork) -> Iterator[WrongWay]:
    for node in network.nodes:
        if node.layer < len(network.layers) - 1:
            yield WrongWay(
                f"stopped at {network.node_name(node)}",
                lambda inputs, node=node: forward(network, inputs).output(  # type: ignore[misc]
                    node
                ),
            )
