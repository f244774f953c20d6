"""Depth against width: networks as large as the one in the lab, trained from several starts."""

from dataclasses import dataclass

import streamlit as st

from components.concepts.playground import PlaygroundPlan
from components.concepts.playground_shapes import N_STARTS, ShapeComparison
from components.concepts.training import PlanError
from components.engine.jobs import EngineError, Job
from components.engine.playground import start_comparison
from components.engine.visit import current_visit
from components.figures.playground_depth import depth_against_width
from components.labs.looking import look_seconds
from components.labs.playground import settings
from components.widgets.chart import show_chart

TICK_SECONDS = 0.5
_COMPARED, _SAID = "pg.compared", "pg.compare_said"

QUESTION = f"""
Is it better to have many nodes side by side, or many layers? Take the network in the lab and
spend about as many weights and biases on one wide layer, or on several narrow ones. Each shape
is trained from {N_STARTS} different starts, with the data and the settings of the lab: the line
is the middle start, the band goes from the best to the worst.
"""


@dataclass
class Compared:
    """A comparison and the job that makes it."""

    comparison: ShapeComparison
    job: Job


def show_depth() -> None:
    """The question, the button, and the chart as far as it is."""
    st.header("Depth against width", anchor="depth-against-width")
    st.markdown(QUESTION)
    ticking = _pace()
    st.fragment(_draw, run_every=ticking)(ticking)


def _pace() -> float | None:
    """Seconds between two looks at the comparison that waits or trains; None without."""
    compared = _compared()
    if compared is None or not compared.job.active:
        return None
    return look_seconds(compared.job, TICK_SECONDS)


def _draw(ticking: float | None) -> None:
    compared = _compared()
    if _pace() != ticking:
        st.rerun()
    active = ticking is not None
    with st.container(horizontal=True):
        st.button(
            "Compare",
            icon=":material/stacked_line_chart:",
            on_click=_start,
            disabled=active,
        )
        st.button("Stop", key="pg.compare_stop", on_click=_stop, disabled=not active)
    if said := st.session_state.get(_SAID):
        st.warning(said)
    if compared is None:
        return
    st.progress(compared.comparison.share, text=_status(compared))
    if compared.comparison.curves:
        show_chart(depth_against_width(compared.comparison), key="playground_depth")


def _status(compared: Compared) -> str:
    """What goes on, in a sentence."""
    share = compared.comparison.share
    if compared.job.active:
        return compared.job.waits_for or f"{share:.0%} of the networks are trained."
    if compared.job.state == "failed":
        return compared.job.sentence
    return "All networks are trained." if share == 1 else f"Stopped after {share:.0%}."


def _compared() -> Compared | None:
    """The comparison that was made last."""
    compared: Compared | None = st.session_state.get(_COMPARED)
    return compared


def _start() -> None:
    """Begin a new comparison with the settings of the lab."""
    before = _compared()
    visit = current_visit()
    if before is not None and before.job in visit.jobs:
        visit.release(before.job)
    plan: PlaygroundPlan = settings.plan_on_page()
    comparison = ShapeComparison(plan)
    st.session_state.pop(_SAID, None)
    try:
        job = visit.submit(lambda engine: start_comparison(engine, plan, comparison.add))
    except (PlanError, EngineError) as error:
        st.session_state[_SAID] = str(error)
        return
    st.session_state[_COMPARED] = Compared(comparison, job)


def _stop() -> None:
    compared = _compared()
    if compared is None:
        return
    try:
        compared.job.stop()
    except EngineError as error:
        st.toast(str(error))
