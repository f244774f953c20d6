"""A dense network of any shape, and its forward pass with every number on the way.

A network is a stack of layers. Each node of a layer multiplies every value before it with a
weight, adds the products and its bias, and passes the sum through the layer's activation.
The bias is drawn as one more edge, from an input that is always 1.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.concepts.activations import ACTIVATIONS, Activation

Array: TypeAlias = NDArray[np.float64]


class DenseNetworkError(ValueError):
    """A network or inputs that don't fit together; the message is a sentence."""


@dataclass(frozen=True)
class Node:
    """The place of a node: `layer` 0 is the first layer after the inputs, `index` counts from 0."""

    layer: int
    index: int


@dataclass(frozen=True)
class Edge:
    """The place of a weight: into the node `end` of `layer`, from the value `start` before it.

    `start` counts from 0; None is the bias.
    """

    layer: int
    start: int | None
    end: int


@dataclass(frozen=True)
class DenseLayer:
    """Weights of shape (n_nodes, n_inputs), one row for each node, and n_nodes biases.

    `bias` is None where the layer has none. `activation` is a name of `ACTIVATIONS`.
    """

    weights: tuple[tuple[float, ...], ...]
    bias: tuple[float, ...] | None = None
    activation: str = "relu"

    @property
    def n_nodes(self) -> int:
        return len(self.weights)

    @property
    def n_inputs(self) -> int:
        return len(self.weights[0])

    @property
    def function(self) -> Activation:
        """The activation itself."""
        return ACTIVATIONS[self.activation]


@dataclass(frozen=True)
class DenseNetwork:
    """Layers from the inputs to the prediction, and the names of what goes in and comes out.

    Raises DenseNetworkError where the layers don't fit together.
    """

    layers: tuple[DenseLayer, ...]
    input_names: tuple[str, ...]
    output_names: tuple[str, ...] = ("prediction",)

    def __post_init__(self) -> None:
        sizes = [len(self.input_names), *(layer.n_nodes for layer in self.layers)]
        for number, (layer, n_before) in enumerate(zip(self.layers, sizes, strict=False), start=1):
            if any(len(row) != n_before for row in layer.weights):
                raise DenseNetworkError(
                    f"Layer {number} needs {n_before} weights for each node, one for each value "
                    "before it."
                )
            if layer.bias is not None and len(layer.bias) != layer.n_nodes:
                raise DenseNetworkError(f"Layer {number} needs one bias for each node.")
            if layer.activation not in ACTIVATIONS:
                raise DenseNetworkError(
                    f"There is no activation “{layer.activation}”; take one of "
                    f"{', '.join(ACTIVATIONS)}."
                )
        if not self.layers or sizes[-1] != len(self.output_names):
            raise DenseNetworkError("The last layer needs one node for each thing to predict.")

    @property
    def edges(self) -> Iterator[Edge]:
        """Every weight's place: layer by layer, node by node, the bias first."""
        for number, layer in enumerate(self.layers):
            for end in range(layer.n_nodes):
                if layer.bias is not None:
                    yield Edge(number, None, end)
                yield from (Edge(number, start, end) for start in range(layer.n_inputs))

    @property
    def nodes(self) -> Iterator[Node]:
        """Every node after the inputs, layer by layer."""
        for number, layer in enumerate(self.layers):
            yield from (Node(number, index) for index in range(layer.n_nodes))

    def weight(self, edge: Edge) -> float:
        """The weight (or bias) of an edge. Raises DenseNetworkError where there is none."""
        layer = self.layers[edge.layer]
        if edge.start is not None:
            return layer.weights[edge.end][edge.start]
        if layer.bias is None:
            raise DenseNetworkError(f"Layer {edge.layer + 1} has no bias.")
        return layer.bias[edge.end]

    def with_weights(self, weights: Mapping[Edge, float]) -> "DenseNetwork":
        """The same network with these weights changed."""
        layers = [[list(row) for row in layer.weights] for layer in self.layers]
        biases = [None if layer.bias is None else list(layer.bias) for layer in self.layers]
        for edge, value in weights.items():
            bias = biases[edge.layer]
            if edge.start is not None:
                layers[edge.layer][edge.end][edge.start] = float(value)
            elif bias is not None:
                bias[edge.end] = float(value)
            else:
                raise DenseNetworkError(f"Layer {edge.layer + 1} has no bias.")
        changed = (
            replace(
                layer,
                weights=tuple(tuple(row) for row in rows),
                bias=None if bias is None else tuple(bias),
            )
            for layer, rows, bias in zip(self.layers, layers, biases, strict=True)
        )
        return replace(self, layers=tuple(changed))

    def with_hidden_activation(self, name: str) -> "DenseNetwork":
        """The same network with another activation in all hidden layers."""
        hidden = (replace(layer, activation=name) for layer in self.layers[:-1])
        return replace(self, layers=(*hidden, self.layers[-1]))

    def node_name(self, node: Node) -> str:
        """What to call a node in a sentence: "hidden node 2", "the wage"."""
        if node.layer == len(self.layers) - 1:
            return f"the {self.output_names[node.index]}"
        if len(self.layers) == 2:
            return f"hidden node {node.index + 1}"
        return f"node {node.index + 1} of hidden layer {node.layer + 1}"

    def start_name(self, edge: Edge) -> str:
        """What to call the value at the start of an edge: "bias", "education", "hidden node 1"."""
        if edge.start is None:
            return "bias"
        if edge.layer == 0:
            return self.input_names[edge.start]
        return self.node_name(Node(edge.layer - 1, edge.start))

    def end_name(self, edge: Edge) -> str:
        """What to call the node at the end of an edge."""
        return self.node_name(Node(edge.layer, edge.end))

    def edge_name(self, edge: Edge) -> str:
        """What to call an edge in a sentence: "education to hidden node 2"."""
        return f"{self.start_name(edge)} to {self.end_name(edge)}"


@dataclass(frozen=True)
class LayerTrace:
    """What one layer did: `inputs` (n_inputs,); `products` (n_nodes, n_inputs), each input times
    its weight; `bias` (n_nodes,), zeros where the layer has none; `sums` and `outputs` (n_nodes,).
    """

    inputs: Array
    products: Array
    bias: Array
    sums: Array
    outputs: Array


@dataclass(frozen=True)
class ForwardTrace:
    """A forward pass with every number on the way, one LayerTrace for each layer."""

    network: DenseNetwork
    inputs: Array
    layers: tuple[LayerTrace, ...]

    @property
    def outputs(self) -> Array:
        """What the last layer says, shape (n_outputs,)."""
        return self.layers[-1].outputs

    @property
    def prediction(self) -> float:
        """The one number of a network with one output."""
        (value,) = self.outputs
        return float(value)

    def start_value(self, edge: Edge) -> float:
        """The value that an edge multiplies: an input, a node's output, or the bias's 1."""
        return 1.0 if edge.start is None else float(self.layers[edge.layer].inputs[edge.start])

    def output(self, node: Node) -> float:
        """What a node passes on."""
        return float(self.layers[node.layer].outputs[node.index])

    def sum(self, node: Node) -> float:
        """A node's sum before the activation."""
        return float(self.layers[node.layer].sums[node.index])

    def edges_into(self, node: Node) -> tuple[Edge, ...]:
        """The edges whose products a node adds up, the bias first."""
        layer = self.network.layers[node.layer]
        bias = () if layer.bias is None else (Edge(node.layer, None, node.index),)
        return bias + tuple(Edge(node.layer, start, node.index) for start in range(layer.n_inputs))


def forward(network: DenseNetwork, inputs: ArrayLike) -> ForwardTrace:
    """Follow inputs of shape (n_inputs,) through the network and keep every number.

    Raises DenseNetworkError where the number of inputs is not the network's.
    """
    first = values = np.asarray(inputs, dtype=np.float64)
    if values.shape != (len(network.input_names),):
        raise DenseNetworkError(
            f"The network takes {len(network.input_names)} inputs "
            f"({', '.join(network.input_names)}), not {values.size}."
        )
    traces = []
    for layer in network.layers:
        products = np.asarray(layer.weights) * values
        bias = np.zeros(layer.n_nodes) if layer.bias is None else np.asarray(layer.bias)
        sums = products.sum(axis=1) + bias
        outputs = layer.function.value(sums)
        traces.append(LayerTrace(values, products, bias, sums, outputs))
        values = outputs
    return ForwardTrace(network, first, tuple(traces))


def predict(network: DenseNetwork, inputs: ArrayLike) -> Array:
    """Predictions of shape (n_examples, n_outputs) for inputs of shape (n_examples, n_inputs)."""
    values = np.asarray(inputs, dtype=np.float64)
    for layer in network.layers:
        bias = 0.0 if layer.bias is None else np.asarray(layer.bias)
        values = layer.function.value(values @ np.asarray(layer.weights).T + bias)
    return values


def random_network(
    sizes: Sequence[int], activation: str, rng: np.random.Generator, bias: bool = True
) -> DenseNetwork:
    """A network with normal random weights; `sizes` [2, 3, 1] means 2 inputs, 3 hidden, 1 output.

    `activation` is that of the hidden layers; the last layer has none. Weights are scaled by
    the number of inputs, so that sums stay about as big as the values before them.
    """
    layers = []
    for number, (n_before, n_nodes) in enumerate(pairwise(sizes), start=1):
        weights = rng.normal(0, np.sqrt(2 / n_before), (n_nodes, n_before))
        biases = tuple(rng.normal(0, 0.5, n_nodes).tolist()) if bias else None
        is_last = number == len(sizes) - 1
        rows = tuple(tuple(row) for row in weights.tolist())
        layers.append(DenseLayer(rows, biases, "linear" if is_last else activation))
    n_outputs = sizes[-1]
    outputs = [f"prediction {index + 1}" for index in range(n_outputs)]
    return DenseNetwork(
        tuple(layers),
        tuple(f"input {index + 1}" for index in range(sizes[0])),
        ("prediction",) if n_outputs == 1 else tuple(outputs),
    )
