"""The runs of this visit on one chart."""

import streamlit as st

from components.figures.playground_runs import NamedRecord, losses_of_runs
from components.labs.playground import runs
from components.widgets.chart import show_chart


def show_runs() -> None:
    """Draw the losses of the runs that were laid aside and of the one in the lab."""
    here = runs.current_run()
    shown = [run for run in (*runs.kept_runs(), here) if run.latest.step > 0]
    st.header("Your runs", anchor="runs")
    if not shown:
        st.markdown("Your runs will be compared here. Press **Play** in the lab.")
        return
    _draw()


@st.fragment
def _draw() -> None:
    here = runs.current_run()
    shown = [run for run in (*runs.kept_runs(), here) if run.latest.step > 0]
    measure = st.segmented_control(
        "Loss",
        ["test", "train"],
        default="test",
        required=True,
        format_func=lambda word: {"test": "Test loss", "train": "Training loss"}[word],
        key="pg.measure",
        label_visibility="collapsed",
    )
    records = [NamedRecord(run.name, run.record) for run in shown]
    show_chart(losses_of_runs(records, measure or "test"), key="playground_runs")
    if here.active:
        st.caption("Pause to bring the run in the lab up to date here.")
