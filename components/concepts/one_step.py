"""One step of learning, and what it did: nearer, too far, or a node that fell silent.

The step follows the slopes of one example. It is right for the place where it starts, and for
small moves; what a big move does, only the next forward pass tells.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from components.concepts.back_propagation import BackTrace, silent_nodes, update
from components.concepts.dense_network import DenseNetwork, Edge, ForwardTrace, Node, forward
from components.concepts.written_sums import factor, number, rounded

DIGITS = 4  # of the numbers in an explanation


@dataclass(frozen=True)
class OneStep:
    """A step with one learning rate: where it started, and the forward pass after it."""

    before: BackTrace
    learning_rate: float
    after: ForwardTrace

    @property
    def network(self) -> DenseNetwork:
        """The network with its new weights."""
        return self.after.network

    @property
    def loss(self) -> float:
        """The loss after the step."""
        return self.before.loss.value(self.after.outputs, self.before.actual)

    @property
    def fell_silent(self) -> tuple[Node, ...]:
        """Hidden nodes that took part before the step and pass on 0 after it."""
        already = silent_nodes(self.before.forward)
        return tuple(node for node in silent_nodes(self.after) if node not in already)

    @property
    def all_silent(self) -> bool:
        """Whether after the step a whole hidden layer is silent, so that no slope gets through."""
        return _a_layer_is_silent(self.after)

    def moved_most(self, node: Node) -> Edge:
        """The edge into a node whose new weight changes the node's sum most.

        The change of the weight counts times the value at the edge's start.
        """
        old, new = self.before.forward, self.network
        return max(
            old.edges_into(node),
            key=lambda e: abs((new.weight(e) - old.network.weight(e)) * old.start_value(e)),
        )


def take_step(before: BackTrace, learning_rate: float) -> OneStep:
    """Every weight minus learning rate times its slope, then a forward pass of the same inputs."""
    network = update(before, learning_rate)
    return OneStep(before, learning_rate, forward(network, before.forward.inputs))


def explain(step: OneStep) -> str:
    """What the step did and why, in sentences for the learner. Needs one output."""
    before = step.before
    if not any(before.slope(edge) for edge in before.forward.network.edges):
        return _nothing_moves(before)
    was, now = rounded(before.loss_value, 3), rounded(step.loss, 3)
    sentences = _deaths(step)
    if step.all_silent:
        last = step.network.output_names[0]
        sentences.append(
            f"Now nothing gets through to the {last}: the network predicts "
            f"{rounded(step.after.prediction)} and the loss is {now}. Every slope behind "
            "the silent nodes is 0, so no further step on this example brings them back."
        )
    elif step.loss > before.loss_value:
        sentences.append(
            f"The step was too long. The loss grew from {was} to {now}: the slope promises a "
            "smaller loss only close to where it was measured."
        )
    elif _passed(step):
        sentences.append(
            f"The prediction passed the actual value and ended nearer to it: the loss fell from "
            f"{was} to {now}. A longer step would go too far."
        )
    else:
        sentences.append(f"A step downhill: the loss fell from {was} to {now}.")
    return " ".join(sentences)


def _nothing_moves(before: BackTrace) -> str:
    if not any(before.loss.slope(before.forward.outputs, before.actual)):
        return "The prediction is right, so every slope is 0 and no weight moves."
    if _a_layer_is_silent(before.forward):
        silent = _listed(before.forward.network.node_name(n) for n in silent_nodes(before.forward))
        return (
            f"Every slope is 0 and no weight moves, though the loss is "
            f"{rounded(before.loss_value, 3)}: {silent} pass on 0, where the activation is "
            "flat. No learning rate changes that; only other weights or another example do."
        )
    return "Every slope is 0, so no weight moves."


def _deaths(step: OneStep) -> list[str]:
    """Which nodes pass on 0 after the step, why, and what that means for them."""
    died = step.fell_silent
    if not died:
        return []
    title = step.network.layers[died[0].layer].function.title
    whom, are = ("them", "their slopes are") if len(died) > 1 else ("it", "its slope is")
    return [
        *(_death(step, node) for node in died),
        f"Below 0 the {title} passes on 0 and {are} 0, so this example can't teach {whom} any "
        "more.",
    ]


def _death(step: OneStep, node: Node) -> str:
    """Why a node passes on 0 after the step, told by the weight that did most of it."""
    old, name = step.before.forward, step.network.node_name(node)
    edge = step.moved_most(node)
    change = step.network.weight(edge) - old.network.weight(edge)
    return (
        f"{name.capitalize()} dies: its sum falls from {number(old.sum(node), DIGITS)} to "
        f"{number(step.after.sum(node), DIGITS)}, mostly because its weight for "
        f"{old.network.start_name(edge)} changes by {number(change, DIGITS)} and counts "
        f"{factor(old.start_value(edge), DIGITS)} times."
    )


def _passed(step: OneStep) -> bool:
    """Whether prediction and actual value changed sides."""
    error = step.after.prediction - float(step.before.actual[0])
    return error * float(step.before.error[0]) < 0


def _a_layer_is_silent(trace: ForwardTrace) -> bool:
    silent = silent_nodes(trace)
    return any(
        all(Node(number_of_layer, index) in silent for index in range(layer.n_nodes))
        for number_of_layer, layer in enumerate(trace.network.layers[:-1])
    )


def _listed(names: Iterable[str]) -> str:
    *first, last = names
    return f"{', '.join(first)} and {last}" if first else last
