"""The picture of the lab: how the three ways go, as numbers and curves."""

import streamlit as st

from components.concepts.small_data import WAYS, Comparison
from components.concepts.small_data_words import percent, rate_advice
from components.engine.visit import get_engine
from components.figures.small_data_curves import ways_chart
from components.labs.looking import look_seconds
from components.labs.small_data import runs, settings, source
from components.widgets.chart import show_chart
from components.widgets.setting_values import value_of
from components.widgets.settings_in_url import publish_url

TICK_SECONDS = 0.4
START_TICK_SECONDS = 1.0
CHART_HEIGHT = 262


def show_picture() -> None:
    """Draw the comparison, again and again while it goes on or the engine starts."""
    if source.is_bringing():
        source.show_way()
        return
    pace = _pace()
    starting = get_engine().state.status != "ready"
    ticking = pace or (START_TICK_SECONDS if starting else None)
    st.fragment(_draw, run_every=ticking)(pace, starting)


def _pace() -> float | None:
    """Seconds between two looks at the comparison that waits or trains; None without."""
    compared = runs.active()
    return look_seconds(compared.job, TICK_SECONDS) if compared else None


def _draw(pace: float | None, was_starting: bool) -> None:
    if pace is not None and _pace() != pace:
        st.rerun()  # it has just ended: the buttons change, and all below; or its turn comes
    if was_starting and get_engine().state.status == "ready":
        st.rerun()
    compared = runs.active() or runs.compared()
    comparison = compared.comparison if compared else Comparison(settings.plan_on_page())
    share, text = _status(compared)
    st.progress(share, text=text)
    _show_numbers(comparison)
    axis = value_of(settings.AXIS)
    show_chart(ways_chart(comparison, axis, CHART_HEIGHT), key=f"small_data_{axis}")
    with st.container(horizontal=True, vertical_alignment="center"):
        settings.AXIS.draw(bare=True)
        _show_advice(comparison)
    publish_url(settings.TABLE)


def _status(compared: runs.Compared | None) -> tuple[float, str]:
    """How far it is, 0 to 1, and in words."""
    engine = get_engine().state
    if compared is None:
        ready = engine.status == "ready"
        return 0.0, "Press **Train** and watch three ways to learn." if ready else engine.sentence
    job, comparison = compared.job, compared.comparison
    if waits_for := job.waits_for:
        return 0.0, waits_for
    if job.state == "failed":
        return comparison.share, job.sentence
    if not comparison.device:
        return 0.0, "Computing the features of the frozen network, once for all."
    plan = comparison.plan
    made = f"{plan.per_class} pictures per class, {comparison.n_train} in all"
    if comparison.ended == "finished":
        return 1.0, f"Finished: {made}, {plan.repeats} small set{'s'[: plan.repeats > 1]}."
    if comparison.ended:
        return comparison.share, comparison.message
    return comparison.share, f"{made}: {comparison.share:.0%} done on {comparison.device}."


def _show_numbers(comparison: Comparison) -> None:
    """How accurate each way is at its last epoch, and from where to where the repeats go."""
    with st.container(horizontal=True, key="run-numbers"):
        for way, title in WAYS.items():
            band = comparison.band(way)
            value = percent(band.middle[-1]) if band else "–"
            several = band is not None and band.n_repeats > 1
            low_to_high = (
                f"{100 * band.low[-1]:.0f} to {100 * band.high[-1]:.0f}"
                if band and several
                else None
            )
            st.metric(title, value, low_to_high, delta_color="off", delta_arrow="off")


def _show_advice(comparison: Comparison) -> None:
    advice = rate_advice(comparison)
    if advice is None:
        return
    mark = {"ruin": ":orange[:material/warning:]", "faint": ":material/hourglass_empty:"}.get(
        advice.kind, ":green[:material/check_circle:]"
    )
    st.markdown(f"{mark} {advice.sentence}", width="stretch")
