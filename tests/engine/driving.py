"""How a test of the engine waits, and the jobs it gives it."""

import time
from collections.abc import Callable

import pytest

from components.engine.jobs import Task

PATIENCE = 120.0  # seconds after which a test gives up waiting; not a claim about speed
PRETEND = Task("tests.engine.pretend:train", "tests.engine.pretend:load")
ASIDE = Task("tests.engine.pretend:train", "tests.engine.pretend:load", aside=True)
BREAKS = Task("tests.engine.pretend:fail", "tests.engine.pretend:load")
LONG = 100_000  # steps; a job that goes on until it is stopped


def wait_for(condition: Callable[[], object], what: str) -> None:
    """Wait until `condition` holds, or fail the test."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"gave up waiting for: {what}")
        time.sleep(0.02)
