"""One step from the same start with several learning rates, and what each of them did."""

import streamlit as st

from components.concepts.back_propagation import BackTrace
from components.concepts.one_step import OneStep, explain, take_step
from components.concepts.written_sums import rounded
from components.figures.one_step_chart import loss_after_one_step
from components.labs.back_propagation.settings import RATE
from components.widgets.chart import show_chart
from components.widgets.live_slider import write

WORKSHOP_RATES = (0.00001, 0.0001, 0.001)


def show_learning_rates(trace: BackTrace, rate: float) -> None:
    """The loss after one step for every learning rate, and the workshop's three with the lab's
    explained.
    """
    st.header("One step, several learning rates", anchor="learning-rates")
    rates = sorted({*WORKSHOP_RATES, rate})
    steps = [take_step(trace, each) for each in rates]
    chart, words = st.columns([0.42, 0.58], gap="medium")
    with chart:
        figure = loss_after_one_step(trace, RATE.low, RATE.high, rates, rate)
        show_chart(figure, "back_propagation.rates")
    with words:
        for step in steps:
            st.markdown(_told(step, step.learning_rate == rate))


def _told(step: OneStep, is_lab: bool) -> str:
    """What one learning rate did: the numbers, and why."""
    here = " (now in the lab)" if is_lab else ""
    return (
        f"**Learning rate {write(step.learning_rate)}**{here}: prediction "
        f"**{rounded(step.after.prediction)}**, loss **{rounded(step.loss, 3)}**.  \n"
        f"{explain(step)}"
    )
