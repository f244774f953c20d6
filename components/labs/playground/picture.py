"""The picture of the lab, drawn again and again while the run goes on."""

import streamlit as st

from components.concepts.dense_network import Edge
from components.engine.visit import get_engine
from components.labs.looking import look_seconds
from components.labs.playground import runs, settings
from components.labs.playground.moment import choose_moment, shown_moment
from components.labs.playground.weights import choose_edge, chosen_edge
from components.widgets.playground import HINT, Picture, playground
from components.widgets.setting_values import value_of

TICK_SECONDS = 0.08
PICTURE = "playground_picture"


def show_picture() -> None:
    """Draw the run; the page starts and ends the ticking."""
    get_engine()  # so that it is up by the time that somebody presses Play
    ticking = _pace(runs.current_run())
    st.fragment(_draw, run_every=ticking)(ticking)


def _pace(run: runs.Run) -> float | None:
    """Seconds between two looks at a run while it goes on; None while it does not."""
    return look_seconds(run.job, TICK_SECONDS) if run.active else None


def _draw(ticking: float | None) -> None:
    run = runs.current_run()
    runs.follow(run)
    if _pace(run) != ticking:
        st.rerun()  # the buttons change, and the ticking stops or starts; or its turn comes
    runs.run_page_if_changed()
    moment = shown_moment(run)
    picture = Picture(
        run.record.plan,
        moment,
        run.record.moments,
        chosen_edge(run.record.plan),
        bool(value_of(settings.TEST)),
        looks_back=moment is not run.latest,
        status=_status(run),
    )
    playground(picture, PICTURE, _choose)
    choose_moment(run)


def _status(run: runs.Run) -> str:
    """What goes on, in a sentence; empty while nothing does."""
    if not run.active:
        return ""
    if run.job is not None and (waits_for := run.job.waits_for):
        return waits_for
    if not run.record.steps_per_second:
        return "Keras builds the network."
    return f"Training, {run.record.steps_per_second:,.0f} steps a second. {HINT}"


def _choose(edge: Edge) -> None:
    choose_edge(edge)
    st.session_state[settings.PANEL.name] = "weights"
    runs.changed()
