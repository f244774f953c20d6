"""The picture of the lab: how the run goes, as numbers and curves."""

import streamlit as st

from components.concepts.training import TrainingRecord
from components.engine.visit import get_engine
from components.figures.training_curves import loss_and_accuracy_by_batch
from components.labs.digits import runs, settings
from components.labs.digits.moment import choose_moment, moment_of, moved
from components.labs.looking import look_seconds
from components.widgets.chart import show_chart
from components.widgets.setting_values import value_of

TICK_SECONDS, LATER_TICK_SECONDS = 0.25, 0.5
LATER = 8.0  # seconds of training; until then there is most to be seen
START_TICK_SECONDS = 1.0
CURVE_HEIGHT = 230


def show_picture() -> None:
    """Draw the run, again and again while it goes on or the engine starts."""
    run = runs.active_run()
    starting = get_engine().state.status != "ready"
    ticking = START_TICK_SECONDS if starting else None
    if run is not None:
        ticking = pace(run)
    st.fragment(_draw, run_every=ticking)(run, starting, ticking)


def pace(run: runs.Run) -> float:
    """Seconds between two looks at a run. A long one is looked at half as often: each look has
    the browser draw the whole page anew, which takes it a tenth of a second."""
    is_young = run.record.seconds < LATER
    return look_seconds(run.job, TICK_SECONDS if is_young else LATER_TICK_SECONDS)


def _draw(followed: runs.Run | None, was_starting: bool, ticking: float | None) -> None:
    if followed is not None and not followed.active:
        st.rerun()  # it has just ended: the buttons change, and the ticking stops
    if followed is not None and pace(followed) != ticking:
        st.rerun()  # its turn has come, or it is a long one
    if was_starting and get_engine().state.status == "ready":
        st.rerun()  # the same, for an engine that has just become ready
    if followed is None and moved():
        st.rerun()  # what shows the run is not ticking, so it has to be told
    run = runs.shown_run()
    record = run.record if run else TrainingRecord(epochs=value_of(settings.EPOCHS))
    _show_status(run)
    _show_numbers(record)
    curves = loss_and_accuracy_by_batch(record, moment_of(run), height=CURVE_HEIGHT)
    left, right = st.columns(2)
    with left:
        show_chart(curves.accuracy, key="accuracy_curve")
    with right:
        show_chart(curves.loss, key="loss_curve")
    choose_moment(run)


def _show_status(run: runs.Run | None) -> None:
    share, text = _status(run)
    st.progress(share, text=text)


def _status(run: runs.Run | None) -> tuple[float, str]:
    """How far it is, 0 to 1, and in words."""
    if run is None:
        state = get_engine().state
        ready = state.status == "ready"
        return 0.0, "Press **Train** and watch it learn." if ready else state.sentence
    job, record = run.job, run.record
    if job.state == "failed":
        return 0.0, f"**{run.name}**: {job.sentence}"
    if waits_for := job.waits_for:
        return 0.0, waits_for
    if record.download is not None:
        return record.download, f"Downloading the 70,000 digits: {record.download:.0%}."
    if not record.batches and not record.ended:
        return 0.0, f"**{run.name}**: building the network and loading the digits."
    done = record.batches[-1].epoch if record.batches else 0.0
    share = min(done / record.epochs, 1.0)
    words = f"**{run.name}** on {record.device}: epoch {done:.1f} of {record.epochs}"
    if record.ended == "finished":  # the numbers below say how well: one line is enough
        return share, f"{words}. Trained for {record.seconds:.1f} s."
    if record.ended:  # the message says where it ended
        return share, f"**{run.name}**: {record.message}"
    if record.paused:
        return share, f"{words}, paused."
    return share, f"{words}, {record.images_per_second:,.0f} images a second, {_left(record)}."


def _left(record: TrainingRecord) -> str:
    seconds = record.seconds_left
    return f"{seconds:.0f} s left" if seconds < 90 else f"{seconds / 60:.0f} min left"


def _show_numbers(record: TrainingRecord) -> None:
    last = record.epoch_points[-1] if record.epoch_points else None
    wrong = round((1 - last.val_accuracy) * record.validation_size) if last else None
    numbers = {
        "Validation accuracy": f"{100 * last.val_accuracy:.2f} %" if last else "–",
        "Digits read wrong": f"{wrong:,} of {record.validation_size:,}" if last else "–",
        "Training time": f"{record.seconds:.1f} s" if record.started else "–",
    }
    with st.container(horizontal=True, key="run-numbers"):
        for label, value in numbers.items():
            st.metric(label, value)
    if record.note:
        st.caption(record.note)
