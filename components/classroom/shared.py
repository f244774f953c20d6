"""Something in the database that is read once a second for everyone who looks at it."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Generic, TypeVar

from components.classroom.database import StoreError

SHARED_SECONDS = 1.0  # what was read is good for so long
RETRY_SECONDS = 5.0  # a database that gave no answer is left alone for so long
PATIENCE_SECONDS = 0.3  # no page waits longer for what it can do without

State = TypeVar("State")


class Shared(Generic[State]):
    """What `read` returns, at most a second old, for however many threads ask."""

    def __init__(
        self, read: Callable[[], State], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._read, self._clock = read, clock
        self._lock = threading.Lock()
        self._state: State | None = None
        self._read_at = float("-inf")
        self._failure: tuple[float, StoreError] | None = None
        self._reader: ThreadPoolExecutor | None = None  # made when first needed
        self._reading: tuple[float, Future[State]] | None = None
        self._reading_lock = threading.Lock()

    @property
    def last_known(self) -> State | None:
        """What was last read."""
        return self._state

    def get(self) -> State:
        """The state, at most a second old. Raises StoreError."""
        with self._lock:
            now = self._clock()
            if self._state is not None and self._failure is None:
                if now - self._read_at < SHARED_SECONDS:
                    return self._state
            elif self._failure is not None and now - self._failure[0] < RETRY_SECONDS:
                raise self._failure[1]
            try:
                self._state = self._read()
            except StoreError as error:
                self._failure = (now, error)
                raise
            self._failure, self._read_at = None, now
            return self._state

    def soon(self) -> State | None:
        """The state where it can be had quickly, else as it was last known. Never raises.

        A database that hangs keeps one thread waiting, and not every page of the room.
        """
        with self._reading_lock:
            now = time.monotonic()
            if self._reader is None:
                self._reader = ThreadPoolExecutor(1, thread_name_prefix="room")
            if self._reading is None or self._reading[1].done():
                self._reading = now, self._reader.submit(self.get)
            began, reading = self._reading
        try:
            return reading.result(max(0.0, began + PATIENCE_SECONDS - now))
        except (TimeoutError, StoreError):
            return self.last_known

    def changed(self) -> None:
        """Something was stored: whoever looks next reads anew."""
        with self._lock:
            self._read_at = float("-inf")
