"""Threads that stand in line for a turn."""

import threading
import time
from collections.abc import Callable

from components.turns import Turns

PATIENCE = 60.0  # seconds after which a test gives up
NEVER = 1e6  # seconds


def start(work: Callable[[], object]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def end(*threads: threading.Thread) -> None:
    for thread in threads:
        thread.join(PATIENCE)
        assert not thread.is_alive()


def ask(turns: Turns, done: list[str], name: str, handicap: float = 0.0) -> threading.Thread:
    """A thread that asks for a turn, and says when it had it; it stands in line when we return."""
    in_line = len(turns._waiting)

    def work() -> None:
        with turns.turn(handicap):
            done.append(name)

    thread = start(work)
    until = time.monotonic() + PATIENCE
    while len(turns._waiting) == in_line:
        assert time.monotonic() < until
        time.sleep(0.001)
    return thread
