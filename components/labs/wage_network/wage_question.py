"""Predict, then reveal: the wage of somebody else, worked out by hand."""

from collections.abc import Sequence

import streamlit as st

from components import lesson
from components.concepts.dense_network import DenseNetwork, forward
from components.concepts.slips import diagnose
from components.concepts.slips_in_predictions import slips_in_prediction
from components.concepts.written_sums import number
from components.figures.network_diagram import draw_forward, written_out
from components.widgets.network_diagram import network_diagram
from components.widgets.setting_values import value_of
from components.widgets.settings import Choice

CASE = Choice(
    "ask",
    "Ask about somebody with",
    "job",
    {"job": "the other kind of job", "year": "one more year of education"},
)


def other_inputs(inputs: Sequence[float], case: str) -> tuple[float, float]:
    """Education and tech job of the person asked about, near those of the lab."""
    education, tech = inputs
    if case == "year":
        return education + 1, tech
    return education, 0.0 if tech >= 0.5 else 1.0


def ask_for_wage(network: DenseNetwork, inputs: Sequence[float]) -> None:
    """Ask for the prediction of the network on the page for other inputs; diagnose the answer."""
    case = value_of(CASE)
    asked = other_inputs(inputs, case)
    education, tech = (number(value) for value in asked)

    def check(answer: float) -> lesson.Verdict:
        correct = forward(network, asked).prediction
        found = diagnose(answer, correct, slips_in_prediction(network, asked))
        return lesson.Verdict(found.right, found.sentence)

    lesson.predict_then_reveal(
        f"Keep the weights as they are now, and take somebody with {CASE.options[case]}: "
        f"**education {education}, tech job {tech}**. Which wage does the network predict? "
        "A hidden node with a negative sum passes on 0.",
        lesson.Number("Wage in dollars an hour", step=0.01),
        check,
        about=(network, asked),
        reveal=lambda: _show_sums(network, asked),
    )


def _show_sums(network: DenseNetwork, asked: Sequence[float]) -> None:
    trace = forward(network, asked)
    with st.container(width=620):
        network_diagram(draw_forward(trace), "forward_propagation.asked")
    st.code(written_out(trace), language=None)
