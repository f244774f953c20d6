"""The instructor's passcode: compared in constant time, and guessed at only slowly."""

import hashlib
import hmac
import math
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass

FREE_FOR_A_VISIT = 3  # wrong passcodes before a visit has to wait
FREE_FOR_THE_SERVER = 20  # and before everyone has to
LONGEST_FOR_A_VISIT, LONGEST_FOR_THE_SERVER = 300.0, 60.0  # seconds
FORGET_AFTER = 900.0  # seconds without a wrong passcode


class PasscodeError(ValueError):
    """A passcode that was not accepted; the sentence says why and what to do."""


@dataclass
class _Failures:
    """Wrong passcodes in a row, and when the last came."""

    free: int
    longest: float
    count: int = 0
    last: float = -math.inf

    def wait(self, now: float) -> float:
        """Seconds until another try is looked at: 2, 4, 8 and so on after the free ones."""
        if self.count < self.free:
            return 0.0
        doublings = min(self.count - self.free + 1, 30)
        return max(0.0, self.last + min(2.0**doublings, self.longest) - now)

    def note(self, now: float) -> None:
        self.count, self.last = self.count + 1, now

    def is_old(self, now: float) -> bool:
        return now - self.last > FORGET_AFTER


class PasscodeGate:
    """Looks at passcodes for a whole server.

    A visit that guesses wrong waits longer and longer, and so does the whole server: opening
    the page again does not help. Nothing sleeps here: who is too early is told how long to wait.
    """

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._by_visit: dict[str, _Failures] = {}
        self._of_all = _Failures(FREE_FOR_THE_SERVER, LONGEST_FOR_THE_SERVER)

    def check(self, typed: str, passcode: str, visit: str) -> None:
        """Raise PasscodeError unless `typed` is the passcode and it was this visit's turn."""
        with self._lock:  # so that a hundred guesses at once are not all looked at as the first
            now = self._clock()
            self._forget(now)
            mine = self._by_visit.get(visit, _Failures(FREE_FOR_A_VISIT, LONGEST_FOR_A_VISIT))
            wait = max(mine.wait(now), self._of_all.wait(now))
            if wait > 0:
                raise PasscodeError(
                    f"Too many wrong passcodes. Wait {write_wait(wait)}, then try again."
                )
            if _equal(typed, passcode):
                self._by_visit.pop(visit, None)
                return
            mine.note(now)
            self._of_all.note(now)
            self._by_visit[visit] = mine
            wait = mine.wait(now)
        again = f"Wait {write_wait(wait)}, then try again." if wait > 0 else "Try again."
        raise PasscodeError(f"That is not the passcode. {again}")

    def _forget(self, now: float) -> None:
        self._by_visit = {v: f for v, f in self._by_visit.items() if not f.is_old(now)}
        if self._of_all.is_old(now):
            self._of_all = _Failures(FREE_FOR_THE_SERVER, LONGEST_FOR_THE_SERVER)


def write_wait(seconds: float) -> str:
    """A time to wait, rounded up: "4 seconds", "2 minutes"."""
    whole = math.ceil(seconds)
    if whole > 90:
        return f"{math.ceil(whole / 60)} minutes"
    return f"{whole} second{'s' if whole != 1 else ''}"


def _equal(one: str, other: str) -> bool:
    """Compare digests: neither a matching beginning nor the length shows in the time it takes."""
    digests = (hashlib.sha256(text.encode("utf-8", "replace")).digest() for text in (one, other))
    return hmac.compare_digest(*digests)
