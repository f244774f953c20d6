"""The time of a run: what counts as the run, and what of it as training."""

import time
from collections.abc import Iterator
from contextlib import contextmanager


class RunClock:
    """Counts a run's seconds without its pauses, and those spent on training alone."""

    def __init__(self) -> None:
        self._started = time.perf_counter()
        self._paused = 0.0
        self._aside = 0.0

    @property
    def seconds(self) -> float:
        """Seconds since the start, pauses left out."""
        return time.perf_counter() - self._started - self._paused

    @property
    def training_seconds(self) -> float:
        """Seconds spent on training: without pauses, validation and snapshots."""
        return self.seconds - self._aside

    @contextmanager
    def pause(self) -> Iterator[None]:
        """Time in here is not the run's."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self._paused += time.perf_counter() - began

    @contextmanager
    def aside(self) -> Iterator[None]:
        """Time in here is the run's, but not training. Holds no pause."""
        began = time.perf_counter()
        try:
            yield
        finally:
            self._aside += time.perf_counter() - began
