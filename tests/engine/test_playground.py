"""The playground's turns on a real worker."""

import numpy as np

from components.concepts.playground import PlaygroundPlan, start_weights
from components.concepts.playground_run import PlaygroundRecord, PlaygroundState, Turn
from components.engine.engine import Engine
from components.engine.jobs import Job
from components.engine.playground import start_turn, state_after
from tests.engine.driving import wait_for


def finished(job: Job) -> PlaygroundState:
    """The state that the turn leaves when it is over."""
    wait_for(lambda: not job.active, "the end of the turn")
    assert job.state == "done", job.sentence
    state = state_after(job)
    job.release()
    return state


def test_two_learners_take_turns_and_do_not_mix(engine: Engine) -> None:
    plans = (PlaygroundPlan(data="xor", hidden=(3,)), PlaygroundPlan(seed=9, optimiser="adam"))
    records = [PlaygroundRecord(plan, start_weights(plan)) for plan in plans]
    states = [PlaygroundState(0, 0, record.start) for record in records]
    for _ in range(2):
        jobs = [
            start_turn(engine, Turn(plan, state, epochs=1), record.add)
            for plan, state, record in zip(plans, states, records, strict=True)
        ]
        states = [finished(job) for job in jobs]
    for state, record in zip(states, records, strict=True):
        assert (state.step, state.seen) == (50, 500)
        wait_for(lambda r=record: r.moments[-1].step == 50, "the last event")  # type: ignore[misc]
        for array, seen in zip(state.weights, record.moments[-1].weights, strict=True):
            np.testing.assert_array_equal(array, seen)


def test_a_turn_takes_a_new_learning_rate_and_stops(engine: Engine) -> None:
    plan = PlaygroundPlan()
    record = PlaygroundRecord(plan, start_weights(plan))
    job = start_turn(engine, Turn(plan, PlaygroundState(0, 0, record.start)), record.add)
    wait_for(lambda: record.moments, "the first moment")
    job.wish("learning_rate", 0.5)
    wait_for(lambda: record.changes, "the change")
    assert (record.changes[0].what, record.changes[0].value) == ("learning_rate", 0.5)
    job.stop()
    state = finished(job)
    assert state.how == "stopped"
    assert state.step > record.changes[0].step
