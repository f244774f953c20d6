"""The comparisons and leaky runs of this visit: started here, kept to look at."""

from dataclasses import dataclass, field

import streamlit as st

from components.concepts.leakage import LeakRecord
from components.concepts.small_data import (
    Comparison,
    LabelledPictures,
    SmallDataResult,
)
from components.concepts.training import PlanError
from components.engine.jobs import EngineError, Job
from components.engine.small_data import result_of, start_comparison, start_leak
from components.engine.visit import current_visit
from components.labs.small_data import settings, source

KEPT = 12  # comparisons; the oldest goes when there are more

_COMPARED, _LEAKED, _REFUSED, _LEAK_REFUSED = "sd.compared", "sd.leaked", "sd.no", "sd.no_leak"
_CHANGED = "sd.changed"


@dataclass
class Compared:
    """A comparison, the pictures it is on, and the job that makes it.

    `images` are those of the held-out pictures that the scatter shows, as data addresses.
    """

    number: int
    pictures: LabelledPictures
    comparison: Comparison
    job: Job = field(init=False)
    images: tuple[str, ...] = ()
    _result: SmallDataResult | None = None

    @property
    def result(self) -> SmallDataResult | None:
        """The features that it kept; None before its end. Read once: then its file goes."""
        if self._result is None and self.job.state == "done":
            try:
                self._result = result_of(self.job)
            except EngineError:
                return None
            _release(self.job)
        return self._result


@dataclass
class Leaked:
    """A leaky run and the job that makes it."""

    pictures: LabelledPictures
    record: LeakRecord
    job: Job = field(init=False)


def all_compared() -> list[Compared]:
    """All comparisons of this visit, oldest first."""
    kept: list[Compared] = st.session_state.setdefault(_COMPARED, [])
    return kept


def compared() -> Compared | None:
    """The comparison that the page shows: the newest on the pictures that are chosen."""
    pictures = source.pictures_on_page()
    fitting = [each for each in all_compared() if each.pictures is pictures]
    return fitting[-1] if fitting else None


def fitting() -> Compared | None:
    """The newest complete comparison that was made with just the settings on the page."""
    plan = settings.plan_on_page()
    pictures = source.pictures_on_page()
    for each in reversed(all_compared()):
        same = each.comparison.plan == plan and each.pictures is pictures
        if same and each.comparison.is_complete:
            return each
    return None


def leaked() -> Leaked | None:
    """The leaky run that was made last, if it is on the pictures that are chosen."""
    run: Leaked | None = st.session_state.get(_LEAKED)
    return run if run is not None and run.pictures is source.pictures_on_page() else None


def active() -> Compared | None:
    """The comparison of this visit that waits or trains, on whatever pictures."""
    return next((each for each in all_compared() if each.job.active), None)


def refusal(leak: bool = False) -> str:
    """Why the last press on a Train button started nothing; empty when it did."""
    return str(st.session_state.get(_LEAK_REFUSED if leak else _REFUSED, ""))


def train() -> None:
    """Start the comparison that the settings describe."""
    pictures = source.pictures_on_page()
    if pictures is None:
        return
    plan = settings.plan_on_page()
    number = all_compared()[-1].number + 1 if all_compared() else 1
    begun = Compared(number, pictures, Comparison(plan))
    st.session_state[_REFUSED] = ""
    try:
        begun.job = current_visit().submit(
            lambda engine: start_comparison(engine, plan, pictures, begun.comparison.add)
        )
    except (PlanError, EngineError) as error:
        st.session_state[_REFUSED] = str(error)
        return
    all_compared().append(begun)
    for old in [each for each in all_compared() if not each.job.active][:-KEPT]:
        all_compared().remove(old)
        _release(old.job)
    st.session_state[_CHANGED] = True


def train_leaky() -> None:
    """Start the leaky run that the settings describe."""
    pictures = source.pictures_on_page()
    if pictures is None:
        return
    plan = settings.leak_on_page()
    begun = Leaked(pictures, LeakRecord(plan))
    st.session_state[_LEAK_REFUSED] = ""
    try:
        begun.job = current_visit().submit(
            lambda engine: start_leak(engine, plan, pictures, begun.record.add)
        )
    except (PlanError, EngineError) as error:
        st.session_state[_LEAK_REFUSED] = str(error)
        return
    before: Leaked | None = st.session_state.get(_LEAKED)
    if before is not None:
        _release(before.job)
    st.session_state[_LEAKED] = begun
    st.session_state[_CHANGED] = True


def stop() -> None:
    """End the comparison at hand; what it has measured is kept."""
    here = active()
    if here is not None:
        _stop(here.job)


def stop_leaky() -> None:
    """End the leaky run at hand."""
    run: Leaked | None = st.session_state.get(_LEAKED)
    if run is not None:
        _stop(run.job)


def run_page_if_changed() -> None:
    """Run the whole page, once, after a button of a fragment has started something."""
    if st.session_state.pop(_CHANGED, False):
        st.rerun()


def _stop(job: Job) -> None:
    try:
        job.stop()
    except EngineError as error:
        st.toast(str(error))


def _release(job: Job) -> None:
    visit = current_visit()
    if job in visit.jobs:
        visit.release(job)
