"""An engine of the benchmark's own, ready to work."""

import time
from collections.abc import Iterator
from contextlib import contextmanager

from components.engine.engine import Engine

STARTING_SECONDS = 120.0


@contextmanager
def ready_engine() -> Iterator[Engine]:
    """An engine whose worker is up; it is closed at the end. Raises TimeoutError."""
    engine = Engine()
    try:
        deadline = time.perf_counter() + STARTING_SECONDS
        while engine.state.status != "ready":
            if time.perf_counter() > deadline:
                raise TimeoutError(f"The engine did not start: {engine.state.sentence}")
            time.sleep(0.1)
        yield engine
    finally:
        engine.close()
