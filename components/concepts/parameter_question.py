"""A question about a network's parameters, and what the usual slips would answer.

The question changes one layer of the network and asks for the parameters of the next layer
that has any. Answer and slips are computed from the network at hand.
"""

from dataclasses import dataclass

from components.concepts.digit_network import (
    Conv2D,
    Dense,
    DigitNetwork,
    Layer,
    LayerSummary,
    summarize,
    title,
)

ADDED_UNITS = 50  # the layer that the question adds where there is none to double


@dataclass(frozen=True)
class Slip:
    """A usual mistake: the number it leads to, and a sentence that names it."""

    answer: int
    sentence: str


@dataclass(frozen=True)
class ParameterQuestion:
    """What is asked, the right number, the sum behind it, and the slips."""

    text: str
    answer: int
    worked: str
    slips: tuple[Slip, ...]


def ask(network: DigitNetwork) -> ParameterQuestion:
    """Ask what doubling the first hidden layer with weights does to the next one.

    A network without such a layer gets a dense layer added instead. Raises NetworkError where
    the network can't be built.
    """
    weighted = [
        (number, summary)
        for number, summary in enumerate(summarize(network), start=1)
        if isinstance(summary.layer, Conv2D | Dense)
    ]
    if len(weighted) == 1:
        output = weighted[0][1]
        change = f"Suppose you add a dense layer of {ADDED_UNITS} nodes before the output layer."
        return _question(change, output, inputs=ADDED_UNITS)
    (number, doubled), (_, following) = weighted[:2]
    _, kind = _nodes(doubled.layer)
    change = f"Suppose you double the {kind}s of layer {number} ({title(doubled.layer)})."
    return _question(change, following, inputs=2 * _inputs(following))


def diagnose(question: ParameterQuestion, answer: int) -> str:
    """One sentence on a learner's answer: right, the slip that fits, or where to look."""
    if answer == question.answer:
        return f"Right: {question.worked}."
    for slip in question.slips:
        if slip.answer == answer:
            return slip.sentence
    size = "too few" if answer < question.answer else "too many"
    return (
        f"{answer:,} is {size}. Every node or filter of the layer has one weight for each value "
        f"it reads, and one bias: {question.worked}."
    )


def _question(change: str, before: LayerSummary, inputs: int) -> ParameterQuestion:
    """The question about the layer of `before`, when each of its nodes gets `inputs` values."""
    nodes, kind = _nodes(before.layer)
    answer = nodes * (inputs + 1)
    worked = f"{nodes} · ({_inputs_text(before.layer, inputs)} + 1) = {answer:,}"
    slips = (
        Slip(
            before.parameters,
            f"{before.parameters:,} is what it has now. Its {kind}s read what the changed layer "
            f"puts out, so their number of weights changes: {worked}.",
        ),
        Slip(
            nodes * inputs,
            f"You forgot the biases: each of the {nodes} {kind}s has one, so {worked}.",
        ),
        Slip(
            nodes * inputs + 1,
            f"You counted one bias for the whole layer; each of the {nodes} {kind}s has its own: "
            f"{worked}.",
        ),
        Slip(
            2 * before.parameters,
            "You doubled the biases too. There is still one bias for each of the "
            f"{nodes} {kind}s: {worked}.",
        ),
        Slip(inputs + 1, f"That is one {kind} alone; the layer has {nodes}: {worked}."),
    )
    text = f"{change} How many parameters does the next layer with weights have then?"
    return ParameterQuestion(
        f"{text} It is the layer “{before.title}”.",
        answer,
        worked,
        tuple(slip for slip in slips if slip.answer != answer),
    )


def _nodes(layer: Layer) -> tuple[int, str]:
    match layer:
        case Conv2D(filters):
            return filters, "filter"
        case Dense(units):
            return units, "node"
    raise TypeError(f"{layer!r} has no weights")


def _inputs(summary: LayerSummary) -> int:
    """How many values one node or filter of the layer reads at a time."""
    return summary.parameters // _nodes(summary.layer)[0] - 1


def _inputs_text(layer: Layer, inputs: int) -> str:
    if isinstance(layer, Conv2D):
        size = layer.kernel_size
        return f"{size}·{size}·{inputs // size**2}"
    return f"{inputs:,}"
