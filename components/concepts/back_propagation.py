"""Back-propagation: from the loss backwards to the slope of every weight.

The slope of a weight says how fast the loss grows when that weight grows. It is the value at
the start of its edge times the slope at the end of its edge. The slopes at the nodes come from
the chain rule, layer by layer, starting at the loss.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.concepts.dense_network import DenseNetwork, Edge, ForwardTrace, Node, forward
from components.concepts.losses import ABSOLUTE_ERROR, SQUARED_ERROR, Loss

Array: TypeAlias = NDArray[np.float64]

NUDGE = 1e-5
CORNERED = ("relu", "leaky_relu")  # activations with a corner at 0


@dataclass(frozen=True)
class LayerSlopes:
    """How fast the loss grows with each number of one layer.

    `outputs` and `sums` have shape (n_nodes,), after and before the activation; `weights`
    (n_nodes, n_inputs); `bias` (n_nodes,), None where the layer has none.
    """

    outputs: Array
    sums: Array
    weights: Array
    bias: Array | None


@dataclass(frozen=True)
class BackTrace:
    """A forward pass, its loss, and the slopes of all layers, first layer first."""

    forward: ForwardTrace
    actual: Array
    loss: Loss
    layers: tuple[LayerSlopes, ...]

    @property
    def error(self) -> Array:
        """Prediction minus actual, shape (n_outputs,)."""
        return self.forward.outputs - self.actual

    @property
    def loss_value(self) -> float:
        """The loss of this forward pass."""
        return self.loss.value(self.forward.outputs, self.actual)

    def slope(self, edge: Edge) -> float:
        """The slope of a weight or bias."""
        layer = self.layers[edge.layer]
        if edge.start is not None:
            return float(layer.weights[edge.end, edge.start])
        if layer.bias is None:
            raise KeyError(edge)
        return float(layer.bias[edge.end])

    def output_slope(self, node: Node) -> float:
        """The slope of a node's output."""
        return float(self.layers[node.layer].outputs[node.index])

    def sum_slope(self, node: Node) -> float:
        """The slope of a node's sum: that of its output times the slope of the activation."""
        return float(self.layers[node.layer].sums[node.index])


@dataclass(frozen=True)
class LedgerRow:
    """One edge's account: value at its start × slope at its end = the slope of its weight."""

    edge: Edge
    name: str
    weight: float
    start_value: float
    end_slope: float
    slope: float


@dataclass(frozen=True)
class NudgeTest:
    """The slope of a weight found by moving it a little up and a little down.

    `up` and `down` are the slopes seen on the two sides, `slope` the one over both. `at_corner`
    says that the move crossed a corner of the loss (a ReLU whose sum is 0), where the two sides
    may differ. `rounding` is how much of a slope may be rounding.
    """

    edge: Edge
    up: float
    down: float
    slope: float
    at_corner: bool
    rounding: float

    def agrees(self, slope: float) -> bool:
        """Whether a slope is what the nudge found; at a corner anything between the two sides."""
        low, high = sorted((self.up, self.down)) if self.at_corner else (self.slope, self.slope)
        room = self.rounding + 1e-5 * max(abs(low), abs(high), abs(slope))
        return low - room <= slope <= high + room


def back_propagate(
    network: DenseNetwork, inputs: ArrayLike, actual: ArrayLike, loss: Loss = SQUARED_ERROR
) -> BackTrace:
    """A forward and a backward pass; `inputs` (n_inputs,), `actual` a number or (n_outputs,)."""
    trace = forward(network, inputs)
    target = np.atleast_1d(np.asarray(actual, dtype=np.float64))
    # start at the loss, and go through the layers backwards
    slopes = loss.slope(trace.outputs, target)
    found = []
    for layer, values in zip(reversed(network.layers), reversed(trace.layers), strict=True):
        sum_slopes = slopes * layer.function.slope(values.sums) + 0.0  # + 0.0: never −0
        weight_slopes = np.outer(sum_slopes, values.inputs) + 0.0
        bias_slopes = None if layer.bias is None else sum_slopes
        found.append(LayerSlopes(slopes, sum_slopes, weight_slopes, bias_slopes))
        slopes = np.asarray(layer.weights).T @ sum_slopes
    return BackTrace(trace, target, loss, tuple(reversed(found)))


def ledger(trace: BackTrace) -> tuple[LedgerRow, ...]:
    """The account of every edge, from the prediction back to the inputs."""
    network = trace.forward.network
    backwards = sorted(network.edges, key=lambda edge: -edge.layer)
    return tuple(
        LedgerRow(
            edge,
            network.edge_name(edge),
            network.weight(edge),
            trace.forward.start_value(edge),
            trace.sum_slope(Node(edge.layer, edge.end)),
            trace.slope(edge),
        )
        for edge in backwards
    )


def nudge(trace: BackTrace, edge: Edge, amount: float | None = None) -> NudgeTest:
    """Move one weight a little up and a little down, and see how the loss changes.

    `amount` is how far; by default 1e-5, more for big weights.
    """
    network, actual = trace.forward.network, trace.actual
    weight = network.weight(edge)
    step = NUDGE * max(1.0, abs(weight)) if amount is None else amount
    above = forward(network.with_weights({edge: weight + step}), trace.forward.inputs)
    below = forward(network.with_weights({edge: weight - step}), trace.forward.inputs)
    here = trace.loss_value
    loss_above = trace.loss.value(above.outputs, actual)
    loss_below = trace.loss.value(below.outputs, actual)
    return NudgeTest(
        edge,
        up=(loss_above - here) / step,
        down=(here - loss_below) / step,
        slope=(loss_above - loss_below) / (2 * step),
        at_corner=_sides(above, trace) != _sides(below, trace),
        rounding=1e-14 * (1 + max(here, loss_above, loss_below)) / step,
    )


def _sides(moved: ForwardTrace, trace: BackTrace) -> list[bool]:
    """On which side of its corner everything is that has one: ReLU sums, an absolute error."""
    sides = []
    for layer, values in zip(moved.network.layers, moved.layers, strict=True):
        if layer.activation in CORNERED:
            sides += (values.sums > 0).tolist()
    if trace.loss is ABSOLUTE_ERROR:
        sides += (moved.outputs > trace.actual).tolist()
    return sides


def update(trace: BackTrace, learning_rate: float) -> DenseNetwork:
    """One step of learning: every weight minus learning rate times its slope."""
    network = trace.forward.network
    return network.with_weights(
        {edge: network.weight(edge) - learning_rate * trace.slope(edge) for edge in network.edges}
    )


def silent_nodes(trace: ForwardTrace) -> tuple[Node, ...]:
    """Hidden nodes that pass on 0 and whose activation is flat there: no slope gets through.

    For the one example of this pass such a node neither counts nor learns. A ReLU node that
    is silent for every example is called dead.
    """
    last = len(trace.network.layers) - 1
    return tuple(
        node
        for node in trace.network.nodes
        if node.layer < last
        and trace.output(node) == 0
        and trace.network.layers[node.layer].function.slope(trace.sum(node)) == 0
    )
