"""The runs of this visit: started here, named, kept for comparison.

What changes them is for the callbacks of buttons: there a click is never lost. Asked about in
the body of a fragment it is, when another fragment reruns the page before the button is reached,
and when the click itself disables the button.
"""

from dataclasses import dataclass, field

import streamlit as st

from components.concepts.digit_network import NetworkError
from components.concepts.training import PlanError, Snapshot, TrainingPlan, TrainingRecord
from components.engine.digits import start_training
from components.engine.jobs import EngineError, Job
from components.engine.visit import current_visit
from components.labs.digits.settings import plan_on_page

KEPT_RUNS = 8  # the oldest goes when there are more
LONGEST_NAME = 40

_RUNS, _SHOWN, _COUNT, _REFUSED = "runs", "shown_run", "run_count", "run_refused"
_CHANGED = "runs_changed"


@dataclass
class Run:
    """One run: its name, what was planned, the job that does it, and what it has said."""

    number: int
    name: str
    plan: TrainingPlan
    job: Job
    record: TrainingRecord = field(repr=False)

    @property
    def active(self) -> bool:
        """Whether it waits or trains."""
        return self.job.active

    def snapshot_at(self, step: int | None) -> Snapshot | None:
        """The last snapshot up to `step`, the latest without; None while there is none."""
        seen = [s for s in self.record.snapshots if step is None or s.step <= step]
        return seen[-1] if seen else None


def runs() -> list[Run]:
    """All runs of this visit, oldest first."""
    kept: list[Run] = st.session_state.setdefault(_RUNS, [])
    return kept


def shown_run() -> Run | None:
    """The run that the page shows: the one chosen, else the newest."""
    number = st.session_state.get(_SHOWN)
    return next((run for run in runs() if run.number == number), None) or _newest()


def show_run(number: int) -> None:
    """Show this run from now on."""
    st.session_state[_SHOWN] = number
    st.session_state[_CHANGED] = True


def run_page_if_changed() -> None:
    """Run the whole page, once, after a button of a fragment has changed the runs."""
    if st.session_state.pop(_CHANGED, False):
        st.rerun()


def active_run() -> Run | None:
    """The run of this visit that waits or trains."""
    return next((run for run in runs() if run.active), None)


def refusal() -> str:
    """Why the last press on Train started nothing; empty when it did."""
    return str(st.session_state.get(_REFUSED, ""))


def train() -> None:
    """Start the run that the settings describe."""
    plan = plan_on_page()
    record = TrainingRecord()
    visit = current_visit()
    try:
        job = visit.submit(lambda engine: start_training(engine, plan, record))
    except (PlanError, NetworkError, EngineError) as error:
        st.session_state[_REFUSED] = str(error)
        return
    st.session_state[_REFUSED] = ""
    number = st.session_state.get(_COUNT, 0) + 1
    st.session_state[_COUNT] = number
    runs().append(Run(number, _name(number, plan), plan, job, record))
    show_run(number)
    for old in [run for run in runs() if not run.active][: max(0, len(runs()) - KEPT_RUNS)]:
        forget(old)


def forget(run: Run) -> None:
    """Take a run off the list and free its network; one that is off it already stays off."""
    if run not in runs():
        return
    runs().remove(run)
    st.session_state[_CHANGED] = True
    current_visit().release(run.job)


def rename(run: Run, name: str) -> None:
    """Give a run another name; a name that is taken gets the run's number behind it."""
    name = " ".join(name.split())[:LONGEST_NAME]
    if not name:
        return
    taken = {other.name for other in runs() if other is not run}
    st.session_state[_CHANGED] = True
    run.name = f"{name} ({run.number})" if name in taken else name


def _newest() -> Run | None:
    return runs()[-1] if runs() else None


def _name(number: int, plan: TrainingPlan) -> str:
    shuffled = ", shuffled" if plan.shuffle_pixels else ""
    return f"{number}: {plan.network.name}{shuffled}"
