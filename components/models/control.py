"""What the learner may tell a run while it runs: stop, pause, resume, a new learning rate."""

import threading


class Control:
    """Wishes of the learner, set from one thread and read by the training loop in another."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._going = threading.Event()
        self._going.set()
        self._stop = False
        self._learning_rate: float | None = None
        self._wishes: list[tuple[str, float]] = []

    def stop(self) -> None:
        """End the run after the batch at hand; what was learnt so far is kept."""
        self._stop = True
        self._going.set()

    def pause(self) -> None:
        """Hold the run after the batch at hand until `resume` or `stop`."""
        if not self._stop:
            self._going.clear()

    def resume(self) -> None:
        """Let a held run go on."""
        self._going.set()

    def set_learning_rate(self, value: float) -> None:
        """Use this learning rate from the next batch on."""
        with self._lock:
            self._learning_rate = value

    def wish(self, what: str, value: float) -> None:
        """Any other number that a job lets the learner change; the job knows it by `what`."""
        with self._lock:
            self._wishes.append((what, value))

    @property
    def stop_wanted(self) -> bool:
        """Whether the run should end."""
        return self._stop

    @property
    def pause_wanted(self) -> bool:
        """Whether the run should hold."""
        return not self._going.is_set()

    def wait_until_going(self, timeout: float) -> bool:
        """Block while paused, `timeout` seconds at most; True when the run may go on."""
        return self._going.wait(timeout)

    def take_learning_rate(self) -> float | None:
        """The learning rate set since the last call, None if none was."""
        with self._lock:
            value, self._learning_rate = self._learning_rate, None
        return value

    def take_wishes(self) -> list[tuple[str, float]]:
        """What was wished for since the last call, in order."""
        with self._lock:
            wishes, self._wishes = self._wishes, []
        return wishes
