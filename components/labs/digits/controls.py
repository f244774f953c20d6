"""The controls of the lab: what to train, and Train, Pause, Resume, Stop, Reset."""

import streamlit as st

from components.concepts.digit_network import NetworkError, count_parameters, summarize
from components.concepts.training import PlanError
from components.engine.jobs import EngineError
from components.labs.digits import runs, settings
from components.widgets.setting_values import value_of
from components.widgets.settings_in_url import publish_url, reset

ABSURD_RATE = 0.1  # Adam overshoots from about here on
PAUSE_WIDTH = 92  # pixels, enough for both its words: Stop must not move under a click


@st.fragment
def show_controls() -> None:
    """Draw the controls; a change reruns these alone, a button the whole page."""
    busy = runs.active_run() is not None
    settings.NETWORK.draw(on_change=settings.apply_recipe, disabled=busy)
    with st.container(horizontal=True, vertical_alignment="bottom"):
        settings.DATA.draw(on_change=settings.apply_recipe, disabled=busy)
        settings.SHUFFLE.draw(disabled=busy)
    with st.container(horizontal=True):  # two on a line, on a phone as well
        settings.EPOCHS.draw(disabled=busy)
        settings.BATCH.draw(disabled=busy)
    with st.container(horizontal=True):
        settings.RATE.draw(on_change=_pass_learning_rate)
        settings.SEED.draw(disabled=busy)
    publish_url(settings.TABLE)
    problem = _problem()
    _show_buttons(can_train=not busy and not problem)
    if problem:
        st.error(problem, icon=":material/error:")
    elif runs.refusal():
        st.warning(runs.refusal())
    else:
        _show_summary()


def _show_buttons(can_train: bool) -> None:
    run = runs.active_run()
    with st.container(horizontal=True):
        st.button(
            "Train",
            type="primary",
            icon=":material/play_arrow:",
            on_click=runs.train,
            disabled=not can_train,
        )
        wish = "resume" if run is not None and run.job.holding else "pause"
        st.button(
            wish.title(),
            key="digits.pause",
            on_click=_steer,
            args=(wish,),
            disabled=run is None,
            width=PAUSE_WIDTH,
        )
        st.button("Stop", on_click=_steer, args=("stop",), disabled=run is None)
        st.button("Reset", on_click=reset, args=(settings.TABLE,), disabled=run is not None)
    runs.run_page_if_changed()


def _steer(wish: str, *values: float) -> None:
    """Tell the run that trains what the learner wants; no answer is said, not raised."""
    run = runs.active_run()
    if run is None:
        return
    try:
        getattr(run.job, wish)(*values)
    except EngineError as error:
        st.toast(str(error))


def _pass_learning_rate() -> None:
    """The learner moved the learning rate: the run that trains takes it over."""
    rate = value_of(settings.RATE)
    if rate is not None:
        _steer("set_learning_rate", rate)


def _problem() -> str:
    """Why what is set can't be trained; empty when it can."""
    try:
        settings.plan_on_page().check()
    except (PlanError, NetworkError) as error:
        return str(error)
    return ""


def _show_summary() -> None:
    """What Train will train, counted from the settings."""
    plan = settings.plan_on_page()
    layers = len(summarize(plan.network))
    st.caption(
        f"{plan.network.name}: {layers} layers, **{count_parameters(plan.network):,} parameters**."
        + _rate_warning(plan.learning_rate)
    )


def _rate_warning(rate: float) -> str:
    if rate == 0:
        return " With a learning rate of 0 it will learn nothing."
    if rate >= ABSURD_RATE:
        return f" A learning rate of {rate:g} is very large: expect the loss to run off."
    return ""
