"""Forward, loss, backward, update: what each stage of the sequence shows."""

from dataclasses import replace
from html import escape

from components.concepts.back_propagation import BackTrace, ledger
from components.concepts.dense_network import Edge, Node
from components.concepts.one_step import OneStep
from components.concepts.written_sums import factor, rounded, written_products, written_slope
from components.figures.network_diagram import (
    NetworkDiagram,
    draw_backward,
    draw_forward,
    written_out,
)
from components.figures.slope_ledger import slope_ledger
from components.labs.back_propagation.settings import LOSS_STAGE, UPDATE_STAGE

PARTS = ("Forward", "Loss", "Backward", "Update")

_CURRENT = ' aria-current="step"'
_STYLE = """<style>
.stMain ol.stages { display: flex; flex-wrap: wrap; gap: 0.2rem 0.5rem; list-style: none; margin: 0;
  padding: 0 0 0.3rem; }
.stMain .stages li { border-bottom: 3px solid rgb(128 140 150 / 45%); flex: 1 1 4.5rem; margin: 0;
  padding: 0 0 0.1rem; text-align: center; opacity: 0.75; }
.stMain .stages li[aria-current] { border-bottom-color: currentColor; font-weight: 700;
  opacity: 1; }
@media (max-width: 640px) { .stMain .stages { font-size: 0.85rem; } }
</style>"""


def draw_stage(step: OneStep, stage: int, selected: Edge | None) -> NetworkDiagram:
    """The picture of a stage with its sums written under it; stage 0 shows all slopes."""
    before = step.before
    if stage == 0:
        return replace(draw_backward(before, selected=selected), sum=written_loss(before))
    if stage < LOSS_STAGE:
        text = written_out(before.forward, stage).splitlines()[-1]
        return replace(draw_forward(before.forward, stage, selected), sum=text)
    if stage == LOSS_STAGE:
        return replace(draw_forward(before.forward, selected=selected), sum=written_loss(before))
    if stage < UPDATE_STAGE:
        diagram = draw_backward(before, stage - LOSS_STAGE, selected)
        node = list(reversed(list(before.forward.network.nodes)))[stage - LOSS_STAGE - 1]
        return replace(diagram, sum=f"{written_slopes(before, node)}\n{_accounts(before, node)}")
    return replace(draw_forward(step.after, selected=selected), sum=written_update(step))


def stage_bar(part: int | None) -> str:
    """The four parts of the sequence as an HTML list, the one at hand marked."""
    items = "".join(
        f"<li{_CURRENT if number == part else ''}>{number + 1} {escape(name)}</li>"
        for number, name in enumerate(PARTS)
    )
    return f'{_STYLE}<ol class="stages" aria-label="The sequence">{items}</ol>'


def part_of(stage: int) -> int | None:
    """Which of `PARTS` a stage belongs to; None for stage 0, which shows all."""
    if stage == 0:
        return None
    return sum(stage >= first for first in (LOSS_STAGE, LOSS_STAGE + 1, UPDATE_STAGE))


def known_slopes(trace: BackTrace, stage: int) -> frozenset[Node]:
    """The nodes whose slopes are known at a stage, from the prediction backwards."""
    nodes = list(reversed(list(trace.forward.network.nodes)))
    return frozenset(nodes if stage == 0 else nodes[: max(0, stage - LOSS_STAGE)])


def draw_ledger(step: OneStep, stage: int, chosen: Edge | None) -> str:
    """The ledger as far as it is known at a stage; at the last, and at 0, with the new weights."""
    updated = step.network if stage in (0, UPDATE_STAGE) else None
    return slope_ledger(step.before, updated, chosen, known_slopes(step.before, stage))


def written_loss(trace: BackTrace) -> str:
    """Error and loss, and the slope where the way back begins. For one output."""
    prediction, actual = rounded(trace.forward.prediction), factor(float(trace.actual[0]))
    error = float(trace.error[0])
    (slope,) = trace.layers[-1].outputs
    return (
        f"error: {prediction} - {actual} = {rounded(error)}, "
        f"{trace.loss.title}: {_in_brackets(error)}² = {rounded(trace.loss_value, 3)}\n"
        f"slope of the prediction: 2 × {_in_brackets(error)} = {rounded(float(slope))}"
    )


def written_slopes(trace: BackTrace, node: Node) -> str:
    """How a node's slopes come about, "hidden node 2: 16·12 = 192, times ReLU's slope 1 = 192"."""
    network = trace.forward.network
    name, output = network.node_name(node), rounded(trace.output_slope(node))
    following = [e for e in network.edges if e.layer == node.layer + 1 and e.start == node.index]
    if not following:
        return f"{name}: slope {output}"
    pairs = [(trace.sum_slope(Node(e.layer, e.end)), network.weight(e)) for e in following]
    function = network.layers[node.layer].function
    steepness = rounded(float(function.slope(trace.forward.sum(node))))
    return (
        f"{name}: slope {written_products(pairs)} = {output}, times {function.title}'s "
        f"{steepness} = {rounded(trace.sum_slope(node))}"
    )


def _accounts(trace: BackTrace, node: Node) -> str:
    """The accounts of the edges into a node, "weights: 1 × 192 = 192, 13 × 192 = 2496"."""
    rows = [row for row in ledger(trace) if Node(row.edge.layer, row.edge.end) == node]
    return "weights: " + ", ".join(written_slope(row) for row in rows)


def written_update(step: OneStep) -> str:
    """The rule of the step, and prediction and loss before and after it."""
    before = step.before
    return (
        f"every weight - {step.learning_rate:.10f}".rstrip("0")
        + " × its slope\n"
        + f"prediction {rounded(before.forward.prediction)} → {rounded(step.after.prediction)}, "
        f"loss {rounded(before.loss_value, 3)} → {rounded(step.loss, 3)}"
    )


def _in_brackets(value: float) -> str:
    text = rounded(value)
    return f"({text})" if text.startswith("-") else text
