"""The run on the page: played, paused, stepped, edited, laid aside.

A worker trains for a turn at a time and hands the state back; while the page plays, it asks
for the next turn at once. So a paused run holds no worker, and with many learners all get
their turns. What changes a run is for the callbacks of buttons and fields.
"""

from dataclasses import dataclass, field, replace

import streamlit as st

from components.concepts.dense_network import Edge
from components.concepts.playground import PlaygroundPlan, losses, start_weights, with_weight
from components.concepts.playground_run import (
    Change,
    Moment,
    PlaygroundRecord,
    PlaygroundState,
    Turn,
)
from components.concepts.playground_weights import read_weights, write_weights
from components.concepts.training import PlanError
from components.engine import jobs
from components.engine.jobs import EngineError, Job
from components.engine.playground import start_turn, state_after
from components.engine.visit import current_visit
from components.labs.playground import settings

KEPT_RUNS = 8
MAX_TURNS = 10  # without a click: nobody may be looking any more
LIVE = ("learning_rate", "batch_size", "penalty_rate")

_RUN, _KEPT, _COUNT, _CHANGED = "pg.run", "pg.kept", "pg.count", "pg.changed"
LOOK_BACK = "pg.back"  # the run's number and the step that the scrubber was pulled back to

LOST = "The training process ended unexpectedly. Play goes on from the last moment you saw."
ENOUGH = "Paused after five minutes, so that others get the processor. Play goes on from here."


@dataclass
class Run:
    """One run. `plan` is how it trains now; the record's plan is how it began."""

    number: int
    plan: PlaygroundPlan
    state: PlaygroundState
    record: PlaygroundRecord = field(repr=False)
    weights_text: str = ""
    job: Job | None = None
    playing: bool = False
    turns: int = 0
    sentence: str = ""

    @property
    def active(self) -> bool:
        """Whether it plays, or a turn of it still waits or trains."""
        return self.playing or self.job is not None

    @property
    def latest(self) -> Moment:
        """The network as it was last seen."""
        return self.record.moments[-1]

    @property
    def name(self) -> str:
        """What to call it in the list of runs."""
        plan = self.record.plan
        hidden = "-".join(str(n) for n in plan.hidden) or "no hidden layer"
        penalty = (
            f", {plan.penalty.upper()} {plan.penalty_rate:g}" if plan.penalty != "none" else ""
        )
        return f"{self.number}: {plan.data}, {hidden}, {plan.activation}{penalty}"


def current_run() -> Run:
    """The run of the settings on the page: the one at hand, or a new one that has not begun.

    While the settings make no sense it stays as it was; the controls say what is wrong.
    """
    plan = settings.plan_on_page()
    text = st.session_state.get(settings.WEIGHTS.name) or ""
    run: Run | None = st.session_state.get(_RUN)
    try:
        plan.check()
    except PlanError:
        plan = run.record.plan if run is not None else PlaygroundPlan()
    if run is not None and run.record.plan.fixed == plan.fixed and run.weights_text == text:
        return run
    if run is not None:
        lay_aside(run)
        text = "" if text == run.weights_text else text
    return _begin(plan, text)


def _begin(plan: PlaygroundPlan, text: str) -> Run:
    """A new run at its start, with the weights of the address where they fit."""
    sentence = ""
    weights = start_weights(plan)
    if text:
        try:
            weights = read_weights(plan, text)
        except PlanError as error:
            text, sentence = "", f"{error} The page starts from the seed's weights."
    st.session_state[settings.WEIGHTS.name] = text
    number = st.session_state.get(_COUNT, 0) + 1
    st.session_state[_COUNT] = number
    record = PlaygroundRecord(plan, weights)
    record.put(Moment(0, 0.0, losses(plan, weights), weights))
    run = Run(number, plan, PlaygroundState(0, 0, weights), record, text, sentence=sentence)
    st.session_state[_RUN] = run
    return run


def kept_runs() -> list[Run]:
    """The runs laid aside in this visit, oldest first."""
    runs: list[Run] = st.session_state.setdefault(_KEPT, [])
    return runs


def begun_runs() -> list[Run]:
    """The runs of this visit that have taken a step, oldest first; also the one at hand."""
    at_hand: Run | None = st.session_state.get(_RUN)
    runs = [*kept_runs(), *([] if at_hand is None else [at_hand])]
    return [run for run in runs if len(run.record.moments) > 1]


def lay_aside(run: Run) -> None:
    """End a run and keep its record, if it has got anywhere."""
    run.playing = False
    if run.job is not None:
        _release(run.job)
        run.job = None
    if run.latest.step > 0:
        kept_runs().append(run)
        del kept_runs()[:-KEPT_RUNS]


def play() -> None:
    """Train until paused."""
    run = current_run()
    run.playing, run.turns, run.sentence = True, 0, ""
    look_ahead()
    _take_turn(run)
    changed()


def step() -> None:
    """Train for one epoch."""
    run = current_run()
    run.sentence = ""
    look_ahead()
    _take_turn(run, epochs=1)
    changed()


def pause() -> None:
    """Let the turn end."""
    run = current_run()
    run.playing = False
    _ask(run, "stop")
    changed()


def start_again() -> None:
    """Back to exactly the start: the seed's weights, nothing learnt."""
    run = current_run()
    lay_aside(run)
    _begin(settings.plan_on_page(), "")
    changed()


def pass_on() -> None:
    """Learning rate, batch size or regularisation rate was set: a turn that trains takes it."""
    run: Run | None = st.session_state.get(_RUN)
    if run is None or run.job is None:
        return
    wanted = settings.plan_on_page()
    for what in LIVE:
        if getattr(run.plan, what) != getattr(wanted, what):
            _ask(run, "wish", what, getattr(wanted, what))
            run.plan = replace(run.plan, **{what: getattr(wanted, what)})


def edit(edge: Edge, value: float) -> None:
    """Give an edge another weight; training goes on from it."""
    run = current_run()
    if run.active:
        return
    look_ahead()
    weights = with_weight(run.state.weights, edge, value)
    if run.state.step:
        run.record.changes.append(Change(run.state.step, "weight", value, edge))
    else:
        run.record.start = weights
    run.state = replace(run.state, weights=weights)
    last = run.latest
    run.record.put(Moment(last.step, last.epoch, losses(run.plan, weights), weights))
    run.weights_text = write_weights(weights)
    st.session_state[settings.WEIGHTS.name] = run.weights_text
    changed()


def follow(run: Run) -> None:
    """Take over what a finished turn left, and ask for the next one while the page plays."""
    job = run.job
    if job is None or job.active:
        return
    run.job = None
    if job.state == "done":
        run.state = state_after(job)
        run.sentence = run.state.message
        run.playing = run.playing and run.state.how == "turn"
        run.record.put(_moment(run))
    else:
        _fall_back(run, job)
    _release(job)
    if run.playing and run.turns >= MAX_TURNS:
        run.playing, run.sentence = False, ENOUGH
    if run.playing:
        _take_turn(run)


def _fall_back(run: Run, job: Job) -> None:
    """A turn was taken off the queue, or lost: the last moment seen is what there is."""
    run.playing = False
    last = run.latest
    if last.step == run.state.step:
        if job.worker:
            run.sentence = LOST if job.sentence == jobs.LOST else job.sentence
        return
    n_train = len(run.plan.points().train)
    run.record.changes.append(Change(last.step, "fresh_optimiser", 0.0))
    run.state = PlaygroundState(last.step, round(last.epoch * n_train), last.weights)
    run.sentence = LOST


def _moment(run: Run) -> Moment:
    state = run.state
    epoch = state.seen / len(run.plan.points().train)
    return Moment(state.step, epoch, losses(run.plan, state.weights), state.weights)


def _take_turn(run: Run, epochs: int | None = None) -> None:
    """Ask for a turn, with the settings as they are now."""
    if run.job is not None:
        return
    wanted = settings.plan_on_page()
    for what in LIVE:
        value = getattr(wanted, what)
        if run.state.step and getattr(run.plan, what) != value:
            run.record.changes.append(Change(run.state.step, what, value))
    run.plan = wanted
    if not run.state.step:
        run.record.plan = wanted
    turn = Turn(wanted, run.state, epochs)
    try:
        run.job = current_visit().submit(lambda engine: start_turn(engine, turn, run.record.add))
        run.turns += 1
    except (PlanError, EngineError) as error:
        run.playing, run.sentence = False, str(error)


def _ask(run: Run, what: str, *values: object) -> None:
    """Tell the turn that trains; no answer is said, not raised."""
    if run.job is None:
        return
    try:
        getattr(run.job, what)(*values)
    except EngineError as error:
        st.toast(str(error))


def _release(job: Job) -> None:
    visit = current_visit()
    if job in visit.jobs:
        visit.release(job)
    else:
        job.release()


def look_ahead() -> None:
    """Put the scrubber back to its right end."""
    st.session_state.pop(LOOK_BACK, None)


def changed() -> None:
    """What was done shows in more than one fragment."""
    st.session_state[_CHANGED] = True


def run_page_if_changed() -> None:
    """Run the whole page, once, after a callback has changed the run."""
    if st.session_state.pop(_CHANGED, False):
        st.rerun()
