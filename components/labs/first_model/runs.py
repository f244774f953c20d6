"""The fits of this visit: started, stopped and kept here. Changed in callbacks of buttons only."""

from dataclasses import dataclass, field

import streamlit as st

from components.concepts.first_model import FirstPlan, FitRecord
from components.concepts.table import TableError
from components.concepts.training import PlanError
from components.concepts.usual_mistakes import mistakes_in
from components.engine.first_model import start_fit
from components.engine.jobs import EngineError, Job
from components.engine.visit import current_visit
from components.labs.first_model import settings
from components.labs.first_model.data import LabData, data_on_page

KEPT_RUNS = 8

_RUNS, _COUNT, _REFUSED = "first.runs", "first.run_count", "first.run_refused"


@dataclass
class FitRun:
    """One fit: what was planned, on which examples, the job that does it, what it has said."""

    number: int
    plan: FirstPlan
    data: LabData
    job: Job
    record: FitRecord = field(repr=False)

    @property
    def active(self) -> bool:
        """Whether it waits or trains."""
        return self.job.active

    @property
    def done(self) -> bool:
        """Whether it has left a network."""
        return self.job.state == "done"


def runs() -> list[FitRun]:
    """The fits of this visit, oldest first."""
    kept: list[FitRun] = st.session_state.setdefault(_RUNS, [])
    return kept


def newest() -> FitRun | None:
    """The latest fit; None before the first."""
    return runs()[-1] if runs() else None


def active_run() -> FitRun | None:
    """The fit that waits or trains."""
    return next((run for run in runs() if run.active), None)


def trained_on(data: LabData | None) -> FitRun | None:
    """The latest fit on these examples that has left a network; None where there is none."""
    if data is None:
        return None
    done = [run for run in runs() if run.done and run.data.signature == data.signature]
    return done[-1] if done else None


def refusal() -> str:
    """Why the last press on Train started nothing; empty when it did."""
    return str(st.session_state.get(_REFUSED, ""))


def train() -> None:
    """Start the fit that the settings describe."""
    if active_run() is not None:
        return
    try:
        data = data_on_page()
        plan = settings.plan_on_page(data.examples.n_inputs, len(data.examples.classes))
        record = FitRecord(plan.epochs)
        job = current_visit().submit(lambda engine: start_fit(engine, plan, data.examples, record))
    except (PlanError, TableError, EngineError) as error:
        st.session_state[_REFUSED] = str(error)
        return
    st.session_state[_REFUSED] = ""
    number = st.session_state.get(_COUNT, 0) + 1
    st.session_state[_COUNT] = number
    runs().append(FitRun(number, plan, data, job, record))
    while len(runs()) > KEPT_RUNS:
        current_visit().release(runs().pop(0).job)


def train_mistake(name: str) -> None:
    """Make a usual mistake, and train with it."""
    settings.make_mistake(name)
    train()


def stop() -> None:
    """Let the fit end; what it has learnt so far is kept."""
    run = active_run()
    if run is None:
        return
    try:
        run.job.stop()
    except EngineError as error:
        st.toast(str(error))


def latest_without_mistake(run: FitRun) -> FitRun | None:
    """The latest fit on the same examples that has none of the usual mistakes."""
    good = [
        other
        for other in runs()
        if other.done
        and other.data.signature == run.data.signature
        and not mistakes_in(other.plan, other.data.examples)
    ]
    return good[-1] if good else None
