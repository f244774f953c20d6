"""The turns of the playground, for its page."""

import pickle
from collections.abc import Callable

from components.concepts.playground import PlaygroundPlan
from components.concepts.playground_run import PlaygroundState, Turn
from components.concepts.training import Event
from components.engine.engine import Engine
from components.engine.jobs import Job, Task

TRAIN_TURN = Task("components.models.playground:train_turn")
COMPARE_SHAPES = Task("components.models.playground_shapes:compare_shapes")


def start_turn(engine: Engine, turn: Turn, on_event: Callable[[Event], None]) -> Job:
    """Queue a turn; its events go to `on_event`. Raises PlanError where it can't be trained."""
    turn.plan.check()
    return engine.submit(TRAIN_TURN, turn, on_event)


def state_after(job: Job) -> PlaygroundState:
    """The state that a finished turn left. Raises EngineError where there is none (any more)."""
    state: PlaygroundState = pickle.loads(job.read_result())
    return state


def start_comparison(
    engine: Engine, plan: PlaygroundPlan, on_event: Callable[[Event], None]
) -> Job:
    """Queue the comparison of depth and width for a plan. Raises PlanError."""
    plan.check()
    return engine.submit(COMPARE_SHAPES, plan, on_event)
