"""The measurement of one point of accuracy against data, for its page."""

from collections.abc import Callable

from components.concepts.data_appetite import Check
from components.concepts.training import Event
from components.engine.engine import Engine
from components.engine.jobs import Job, Task

MEASURE = Task("components.models.appetite:measure")


def start_check(engine: Engine, check: Check, on_event: Callable[[Event], None]) -> Job:
    """Queue the measurement; its events go to `on_event`. Raises PlanError where it can't be
    done."""
    check.check()
    return engine.submit(MEASURE, check, on_event)
