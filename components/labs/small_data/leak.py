"""The leakage lesson: validation pictures let into training, and what is measured then."""

import streamlit as st

from components.concepts.leakage import CLEAN, MEASURED, LeakBand, LeakRecord
from components.concepts.small_data_words import percent
from components.figures.small_data_curves import leak_chart
from components.labs.looking import look_seconds
from components.labs.small_data import runs, settings, source
from components.widgets.chart import show_chart
from components.widgets.setting_values import hold
from components.widgets.settings_in_url import publish_url

TICK_SECONDS = 0.4
CHART_HEIGHT = 270

STORY = """
The accuracy on held-out pictures is worth something only while they are held out. Here you can
break that on purpose: some of the validation pictures go into training as well, each in the place
of another one, so that the small set stays as large. The network is measured on the validation
set, as usual, and on **clean** pictures that are in neither.

It happens to everyone. The workshop's own data had ten dogs to validate on, and all ten were also
among the dogs to train on. So half of its validation pictures measured memory.
"""


def show_leak() -> None:
    """The story, the controls, and the chart with what it shows."""
    st.header("A leak, on purpose", anchor="leak")
    st.markdown(STORY)
    ticking = _pace()
    st.fragment(_draw, run_every=ticking)(ticking)


def _pace() -> float | None:
    """Seconds between two looks at the run that waits or trains; None without."""
    run = runs.leaked()
    return look_seconds(run.job, TICK_SECONDS) if run is not None and run.job.active else None


def _draw(ticking: float | None) -> None:
    run, pace = runs.leaked(), _pace()
    if ticking is not None and pace != ticking:
        st.rerun()
    is_active = pace is not None
    chart, controls = st.columns([0.62, 0.38], gap="medium")
    hold((settings.LEAK_SHARE, settings.LEAK_WAY))
    with controls, st.container(gap="xsmall"):
        settings.LEAK_SHARE.draw_as_slider(100, disabled=is_active)
        settings.LEAK_WAY.draw_as_list(disabled=is_active)
        with st.container(horizontal=True):
            st.button(
                "Train with the leak",
                icon=":material/water_drop:",
                on_click=runs.train_leaky,
                disabled=is_active or source.pictures_on_page() is None,
            )
            st.button("Stop", key="sd.leak_stop", on_click=runs.stop_leaky, disabled=not is_active)
        if refusal := runs.refusal(leak=True):
            st.warning(refusal)
        if run is not None:
            st.progress(run.record.share, text=_status(run))
            if run.record.ended == "finished":
                st.markdown(_finding(run.record))
    with chart:
        record = run.record if run is not None else LeakRecord(settings.leak_on_page())
        show_chart(leak_chart(record, CHART_HEIGHT), key="small_data_leak")
    publish_url(settings.TABLE)
    runs.run_page_if_changed()


def _status(run: runs.Leaked) -> str:
    job, record = run.job, run.record
    if waits_for := job.waits_for:
        return waits_for
    if job.state == "failed":
        return job.sentence
    if record.ended and record.ended != "finished":
        return record.message
    return (
        f"{record.n_leaked} of {record.n_validation} validation pictures are among the "
        f"{record.n_train} in training; {record.n_clean} are clean."
        if record.n_train
        else "Preparing the small sets."
    )


def _finding(record: LeakRecord) -> str:
    """What the measured accuracy is worth, from the run on the page."""
    ends = {band.measured_on: band for band in record.bands()}
    measured, clean = ends[MEASURED], ends[CLEAN]
    gap = measured.middle[-1] - clean.middle[-1]
    said = (
        f"Measured: **{percent(measured.middle[-1])}**. On clean pictures: "
        f"**{percent(clean.middle[-1])}**."
    )
    if not record.n_leaked:
        return (
            f"{said} Without a leak the two differ by {abs(100 * gap):.1f} points, by the luck "
            "of which pictures are in which set."
        )
    if gap <= _noise(clean):
        return (
            f"{said} The leak adds {100 * gap:.1f} points here, no more than the repeats differ: "
            "the network is right on new pictures about as often as on those it has seen. Try "
            "fewer pictures per class, or from scratch."
        )
    return f"{said} The leak adds **{100 * gap:.1f} points** that will be gone on new pictures."


def _noise(band: LeakBand) -> float:
    return float(band.high[-1] - band.low[-1])
