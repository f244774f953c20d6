"""The scrubber: at which moment of the run the picture shows the network."""

import streamlit as st

from components.concepts.playground_run import Moment
from components.labs.playground.runs import LOOK_BACK, Run
from components.widgets.renewed_fields import RenewedField, put_away, renewed_field

KEY = "pg.moment"


def shown_moment(run: Run) -> Moment:
    """The moment that the scrubber stands at; the latest one while the run goes on."""
    number, step = st.session_state.get(LOOK_BACK, (0, 0))
    if run.active or number != run.number:
        return run.latest
    return next((m for m in run.record.moments if m.step == step), run.latest)


def choose_moment(run: Run) -> None:
    """Draw the scrubber. It can be moved while the run is paused."""
    moments = run.record.moments
    if run.active or len(moments) < 2:
        # Drawn all the same, so that the page does not jump.
        put_away(KEY)
        st.select_slider("Moment of the run", ("start", "now"), value="now", disabled=True)
        return
    # With its step, so that no two have the same label: Streamlit tells them apart by it.
    labels = {m.step: f"epoch {m.epoch:.1f}, step {m.step:,}" for m in moments}
    field = renewed_field(KEY, shown_moment(run).step, (run.number, *labels))
    st.select_slider(
        "Moment of the run",
        list(labels),
        value=field.start,
        key=field.key,
        format_func=lambda step: labels.get(step, ""),
        help="Slide back to see the network as it was. Play goes on from the right end.",
        on_change=_pull_back,
        args=(run.number, field),
    )


def _pull_back(number: int, field: RenewedField[int]) -> None:
    if field.is_there:
        st.session_state[LOOK_BACK] = (number, field.said)
