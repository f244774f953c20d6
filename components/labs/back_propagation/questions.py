"""Predict, then reveal: a slope worked out by hand, and the weight after a step."""

import math

import streamlit as st

from components import lesson
from components.concepts.back_propagation import BackTrace, back_propagate
from components.concepts.dense_network import Edge
from components.concepts.slips import diagnose
from components.concepts.slips_in_slopes import slips_in_step, slips_in_weight_slope
from components.concepts.wage_network import EDGES
from components.concepts.written_sums import factor, number, rounded
from components.figures.network_diagram import draw_backward
from components.figures.slope_ledger import slope_ledger
from components.widgets.live_slider import write
from components.widgets.network_diagram import network_diagram

USUAL_EDGE = EDGES["h2_education"]
FURTHER = 5.0  # dollars by which the wage asked about differs from the one in the lab


def other_actual(trace: BackTrace) -> float:
    """Another actual wage than the lab's, and one that the prediction does not hit."""
    actual = float(trace.actual[0]) + FURTHER
    return actual + 1 if trace.forward.prediction == actual else actual


def asked_trace(trace: BackTrace) -> BackTrace:
    """The backward pass that the questions are about: same network, another actual wage."""
    return back_propagate(
        trace.forward.network, trace.forward.inputs, other_actual(trace), trace.loss
    )


def asked_rate(slope: float, in_lab: float) -> float:
    """A power of ten, 1 at most, that makes a step of 0.1 to 1; 0.1 where there is no slope.

    Twice that where it is the lab's own learning rate: the ledger shows the answer for that one.
    """
    rate = min(10.0 ** (-1 - math.floor(math.log10(abs(slope)))), 1.0) if slope else 0.1
    return 2 * rate if math.isclose(rate, in_lab) else rate


def ask_for_slope(trace: BackTrace, chosen: Edge | None) -> None:
    """Ask for the slope of a weight, the chosen one if there is one; diagnose the answer."""
    asked, edge = asked_trace(trace), chosen or USUAL_EDGE
    network = asked.forward.network

    def check(answer: float) -> lesson.Verdict:
        found = diagnose(answer, asked.slope(edge), slips_in_weight_slope(asked, edge))
        return lesson.Verdict(found.right, found.sentence)

    lesson.predict_then_reveal(
        f"Keep the network and the worker. The prediction is "
        f"**{rounded(asked.forward.prediction)}**, but suppose the actual wage were "
        f"**{number(float(asked.actual[0]))}**. What is the slope of the squared error for the "
        f"weight **{network.edge_name(edge)}** then? Choose another edge in the network above "
        "to be asked about that one.",
        lesson.Number("Slope", step=0.01),
        check,
        about=(network, asked.forward.inputs.tobytes(), float(asked.actual[0]), edge),
        reveal=lambda: _reveal_slope(asked, edge),
        name="slope",
    )


def _reveal_slope(asked: BackTrace, edge: Edge) -> None:
    drawn, account = st.columns(2)
    with drawn:
        network_diagram(draw_backward(asked, selected=edge), "back_propagation.asked")
    with account:
        st.html(slope_ledger(asked, chosen=edge))


def ask_for_step(trace: BackTrace, chosen: Edge | None, in_lab: float) -> None:
    """Ask for a weight after a step, its slope given; diagnose the answer.

    `in_lab` is the lab's learning rate; the question takes another one.
    """
    edge = chosen or USUAL_EDGE
    network = trace.forward.network
    weight, slope = network.weight(edge), trace.slope(edge)
    rate = asked_rate(slope, in_lab)
    correct = weight - rate * slope

    def check(answer: float) -> lesson.Verdict:
        found = diagnose(answer, correct, slips_in_step(weight, slope, rate))
        return lesson.Verdict(found.right, found.sentence)

    lesson.predict_then_reveal(
        f"Now the step. The weight **{network.edge_name(edge)}** is **{number(weight)}** and its "
        f"slope in the lab is **{number(slope)}**. What is the weight after one step with a "
        f"learning rate of **{write(rate)}**?",
        lesson.Number("New weight", step=0.0001),
        check,
        about=(network, edge, slope, rate),
        reveal=lambda: st.code(
            f"{number(weight)} - {write(rate)} × {factor(slope)} = {number(correct)}",
            language=None,
        ),
        name="step",
    )
