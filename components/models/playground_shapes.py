"""Depth against width: train networks of about equal size from several starts."""

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

from components.concepts.playground import PlaygroundPlan, losses, start_weights
from components.concepts.playground_run import PlaygroundState, Turn
from components.concepts.playground_shapes import (
    N_STARTS,
    Shape,
    planned_epochs,
    shapes_of_equal_size,
    with_shape,
)
from components.concepts.training import Event
from components.models.control import Control
from components.models.device import on_processor, prepare_device
from components.models.playground import Session

Report = Callable[[Event], None]


def compare_shapes(
    plan: PlaygroundPlan,
    report: Report,
    control: Control,
    publish: Callable[[object], None] = lambda reader: None,
) -> None:
    """Train every shape from every start, start by start; `report` gets a "curve" for each.

    All have the plan's points and its order of them. `control` may stop it. Raises PlanError
    where the plan can't be trained.
    """
    plan.check()
    prepare_device()
    for start in range(N_STARTS):
        for shape in shapes_of_equal_size(plan):
            test = _curve(with_shape(plan, shape), plan.seed + start, control)
            if control.stop_wanted:
                return
            report({"kind": "curve", "shape": _plain(shape), "start": start, "test": test})


def _curve(plan: PlaygroundPlan, seed: int, control: Control) -> list[float]:
    """The test losses of one network. One that runs off stays at its last finite loss."""
    state = PlaygroundState(0, 0, start_weights(replace(plan, seed=seed)))
    test = [losses(plan, state.weights).test]
    for before, after in pairwise(planned_epochs(plan)):
        if control.stop_wanted:
            break
        if state.how != "diverged":
            turn = Turn(plan, state, epochs=after - before)
            with on_processor():
                state = Session(turn, lambda event: None).run(control)
        test.append(losses(plan, state.weights).test)
    return test


def _plain(shape: Shape) -> list[int]:
    return [int(n) for n in shape]
