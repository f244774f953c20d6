"""The chart of accuracy against data, and one more point of it, measured here and now."""

from dataclasses import dataclass

import streamlit as st

from components.concepts.data_appetite import MATERIALS, Check, measured
from components.concepts.training import Event, PlanError
from components.engine.appetite import start_check
from components.engine.jobs import EngineError, Job
from components.engine.visit import current_visit
from components.figures.appetite_chart import appetite_chart
from components.labs.address import run_page_if_moved
from components.labs.landscape import settings
from components.labs.looking import look_seconds
from components.widgets.chart import show_chart
from components.widgets.setting_values import value_of
from components.widgets.settings_in_url import publish_url, reset

TICK_SECONDS = 0.5
KEPT_POINTS = 20
CHART_HEIGHT = 330
STATUS_WIDTH = 340  # px: beside the buttons on a projector, so that it is in the first screen
_FOUND, _AT_WORK, _SAID = "ls.found", "ls.at_work", "ls.said"


@dataclass
class Measurement:
    """A point being measured, how far it is, and what came out."""

    check: Check
    job: Job | None = None
    share: float = 0.0
    accuracy: float | None = None

    def add(self, event: Event) -> None:
        """Take in one event of the job."""
        if event["kind"] == "training":
            self.share = event["share"]
        elif event["kind"] == "measured":
            self.share, self.accuracy = 1.0, event["accuracy"]

    @property
    def active(self) -> bool:
        """Whether it waits or trains."""
        return self.job is not None and self.job.active


def show_check() -> None:
    """The chart with the visitor's points, the fields and buttons for the next one."""
    ticking = _pace()
    st.fragment(_draw, run_every=ticking)(ticking)


def _draw(ticking: float | None) -> None:
    _keep_result()
    if _pace() != ticking:
        st.rerun()
    with st.container(key="landscape-data"):
        settings.DATA.draw(on_change=_fit_model)
    material = value_of(settings.DATA)
    own = tuple(point for point in _found() if point[0].material == material)
    show_chart(appetite_chart(measured()[material], own, CHART_HEIGHT), "landscape_chart")
    model, examples, seed = st.columns([0.46, 0.27, 0.27], gap="small")
    with model:
        settings.MODEL.draw_as_list()
    with examples:
        settings.EXAMPLES.draw()
    with seed:
        settings.SEED.draw()
    _show_buttons(active=ticking is not None)
    publish_url(settings.TABLE)
    run_page_if_moved()


def _show_buttons(active: bool) -> None:
    complaint = _complaint(settings.check_on_page())
    with st.container(horizontal=True, vertical_alignment="center", gap="small"):
        st.button(
            "Train",
            type="primary",
            icon=":material/model_training:",
            on_click=_start,
            disabled=active or complaint is not None,
        )
        st.button("Stop", key="ls.stop", on_click=_stop, disabled=not active)
        st.button("Reset", key="ls.reset", icon=":material/restart_alt:", on_click=_reset)
        said = complaint or st.session_state.get(_SAID) or _status()
        st.markdown(said, width=STATUS_WIDTH)


def _complaint(check: Check) -> str | None:
    try:
        check.check()
    except PlanError as error:
        return str(error)
    return None


def _status() -> str:
    """What goes on, or what came out, in a sentence."""
    work: Measurement | None = st.session_state.get(_AT_WORK)
    if work is None or work.job is None:
        return "Measure a point yourself."
    if work.job.active:
        return work.job.waits_for or f"Training: {work.share:.0%} done."
    if work.job.state == "failed":
        return work.job.sentence
    if work.accuracy is None:
        return "Stopped: nothing was measured."
    return outcome(work.check, work.accuracy)


def outcome(check: Check, accuracy: float) -> str:
    """What was measured, and how it compares with the bundled points beside it."""
    found = measured()[check.material]
    sizes = found.material.sizes
    below = max(n for n in sizes if n <= check.n_examples)
    above = min(n for n in sizes if n >= check.n_examples)
    low, high = found.at(check.learner, below).low, found.at(check.learner, above).high
    where = "between" if low <= accuracy <= high else "outside"
    size = f"with {below:,}" if below == above else f"with {below:,} and {above:,}"
    return f"**{accuracy:.1%}** right: {where} {low:.1%} and {high:.1%}, as bundled {size}."


def _found() -> list[tuple[Check, float]]:
    """The points that this visitor has measured."""
    found: list[tuple[Check, float]] = st.session_state.setdefault(_FOUND, [])
    return found


def _keep_result() -> None:
    """Put a finished measurement on the chart."""
    work: Measurement | None = st.session_state.get(_AT_WORK)
    if work is None or work.accuracy is None or work.active:
        return
    point = (work.check, work.accuracy)
    if point not in _found():
        st.session_state[_FOUND] = [*_found(), point][-KEPT_POINTS:]


def _pace() -> float | None:
    """Seconds between two looks at a measurement that waits or trains; None without."""
    work: Measurement | None = st.session_state.get(_AT_WORK)
    return look_seconds(work.job, TICK_SECONDS) if work is not None and work.active else None


def _start() -> None:
    """Measure the point of the settings."""
    _release()
    work = Measurement(settings.check_on_page())
    st.session_state.pop(_SAID, None)
    try:
        work.job = current_visit().submit(lambda engine: start_check(engine, work.check, work.add))
    except (PlanError, EngineError) as error:
        st.session_state[_SAID] = str(error)
        return
    st.session_state[_AT_WORK] = work


def _stop() -> None:
    work: Measurement | None = st.session_state.get(_AT_WORK)
    if work is None or work.job is None:
        return
    try:
        work.job.stop()
    except EngineError as error:
        st.toast(str(error))


def _reset() -> None:
    """The start again: the settings, and no points of one's own."""
    _release()
    for key in (_AT_WORK, _FOUND, _SAID):
        st.session_state.pop(key, None)
    reset(settings.TABLE)


def _release() -> None:
    """Let go of the measurement before, and of the worker it may still hold."""
    work: Measurement | None = st.session_state.get(_AT_WORK)
    visit = current_visit()
    if work is not None and work.job is not None and work.job in visit.jobs:
        visit.release(work.job)


def _fit_model() -> None:
    """Other data: a model and a number of examples that go with them."""
    material = MATERIALS[value_of(settings.DATA)]
    if value_of(settings.MODEL) not in material.live:
        st.session_state[settings.MODEL.name] = material.live[-1]
    examples = value_of(settings.EXAMPLES)
    st.session_state[settings.EXAMPLES.name] = max(examples, material.sizes[0])
