"""The scrubber: at which moment of the run the page looks at the network."""

import streamlit as st

from components.labs.digits.runs import Run
from components.widgets.renewed_fields import RenewedField, put_away, renewed_field

_KEY, _MOVED = "digits.moment", "moment_moved"


def choose_moment(run: Run | None) -> None:
    """Draw the scrubber over the run's snapshots; all that shows the run goes with it."""
    snapshots = run.record.snapshots if run is not None else []
    if run is None or len(snapshots) < 2 or (run.active and not run.job.holding):
        # Drawn all the same, so that the page does not jump. It can be moved once the moments
        # stand still: the browser counts them by place, and a new one would move the old.
        put_away(_KEY)
        st.select_slider("Moment of the run", ("start", "now"), value="now", disabled=True)
        return
    labels = {s.step: f"epoch {s.epoch:.2f}".removesuffix(".00") for s in snapshots}
    steps = list(labels)
    # At its right end the scrubber follows the run; what is kept is how far it was pulled back.
    back = moment_step(run)
    shown = steps[-1] if back not in labels else back
    field = renewed_field(_KEY, shown, (run.number, *steps))
    st.select_slider(
        "Moment of the run",
        steps,
        value=field.start,
        key=field.key,
        format_func=lambda step: labels.get(step, ""),
        help="Slide back to see the network as it was. All that is shown below goes with it.",
        on_change=_pull_back,
        args=(run, field, steps[-1]),
    )


def moment_of(run: Run | None) -> float | None:
    """The epoch that the scrubber was pulled back to; None at its right end."""
    step = moment_step(run) if run is not None else None
    if run is None or step is None:
        return None
    snapshot = run.snapshot_at(step)
    return snapshot.epoch if snapshot is not None else None


def moment_step(run: Run) -> int | None:
    """The step that the scrubber was pulled back to; None at its right end."""
    step: int | None = st.session_state.get(_back(run))
    return step


def _pull_back(run: Run, field: RenewedField[int], end: int) -> None:
    if field.is_there:
        st.session_state[_back(run)] = None if field.said == end else field.said
        st.session_state[_MOVED] = True


def moved() -> bool:
    """Whether the scrubber was moved since the last call."""
    return bool(st.session_state.pop(_MOVED, False))


def _back(run: Run) -> str:
    return f"moment_back_{run.number}"
