"""Whose turn it is, where only a few can get on at a time."""

import heapq
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager


class Turn:
    """The turn of a thread: when it asked for it, and by when it is due."""

    def __init__(self, handicap: float) -> None:
        self.asked = time.monotonic()
        self.due = self.asked + handicap
        self.begun = 0.0
        self.has_come = threading.Event()

    def __lt__(self, other: "Turn") -> bool:
        return self.due < other.due


class Turns:
    """Lets `places` threads at a time get on with their work, in the order in which they ask.

    A turn that has taken `seconds` is not counted any more: what waits in it itself, for a worker
    or a database, keeps nobody else waiting.
    """

    def __init__(self, places: int, seconds: float) -> None:
        self._places, self._seconds = places, seconds
        self._lock = threading.Lock()
        self._begun: list[Turn] = []
        self._waiting: list[Turn] = []  # a heap

    @contextmanager
    def turn(self, handicap: float = 0.0) -> Iterator[Turn]:
        """Wait for a place and have it. Who asks up to `handicap` seconds later comes first."""
        turn = Turn(handicap)
        self._wait(turn)
        try:
            yield turn
        finally:
            self._end(turn)

    def give_way(self, turn: Turn, handicap: float) -> None:
        """Within a turn: let those go first who would have, had it been asked for with this
        handicap."""
        turn.due = turn.asked + handicap
        with self._lock:
            is_behind = bool(self._waiting) and self._waiting[0] < turn
        if is_behind:
            self._end(turn)
            turn.has_come.clear()
            self._wait(turn)

    def _wait(self, turn: Turn) -> None:
        with self._lock:
            heapq.heappush(self._waiting, turn)
            self._let_in()
        while not turn.has_come.wait(self._seconds):
            with self._lock:
                self._let_in()

    def _end(self, turn: Turn) -> None:
        with self._lock:
            self._begun.remove(turn)
            self._let_in()

    def _let_in(self) -> None:
        now = time.monotonic()
        counted = sum(now - turn.begun < self._seconds for turn in self._begun)
        for _ in range(min(self._places - counted, len(self._waiting))):
            turn = heapq.heappop(self._waiting)
            turn.begun = now
            self._begun.append(turn)
            turn.has_come.set()
