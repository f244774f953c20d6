"""A job as a page sees it: what it is doing, what it says, what may be asked of its network."""

import contextlib
import tempfile
import threading
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import IO, TYPE_CHECKING, Any, Literal

from components.concepts.training import Event

if TYPE_CHECKING:
    from components.engine.engine import Engine

State = Literal["waiting", "running", "done", "failed"]

LOST = (
    "The training process ended unexpectedly, and this run with it. A new process is starting; "
    "press Train to begin again."
)
NOT_KEPT = (
    "The run is over, but what it has learnt could not be kept: {why}. Ask whoever runs this "
    "server to free some of its disk; then press Train again."
)


class EngineError(RuntimeError):
    """Work could not be done; the message is a sentence for the learner."""


@dataclass(frozen=True)
class Task:
    """What a job is to do, by the names of functions in `components.models`.

    `train(spec, report, control, publish)` does the work; its result, pickled, is what `load`
    makes a network of for later calls; empty where none are made. A task that stands `aside`
    waits for something outside, as a download does: it starts at once, beside whatever trains.
    """

    train: str
    load: str = ""
    aside: bool = False


@dataclass
class Job:
    """One piece of training. Made by `Engine.submit`; a page only reads it and steers it."""

    engine: "Engine"
    task: Task
    spec: object
    on_event: Callable[[Event], None]
    id: str = field(default_factory=lambda: uuid.uuid4().hex)
    state: State = "waiting"
    sentence: str = ""
    holding: bool = False
    worker: str = ""
    worker_began: bool = False
    future: Any = None
    _result: IO[bytes] | None = None
    network: Any = None
    _lock: threading.RLock = field(default_factory=threading.RLock)

    @property
    def active(self) -> bool:
        """Whether it waits or runs."""
        return self.state in ("waiting", "running")

    @property
    def place(self) -> int:
        """How many jobs start before it does, itself included; 0 once it runs."""
        return self.engine.place(self)

    @property
    def waits_for(self) -> str:
        """What it waits for, in a sentence for its owner; "" once it runs."""
        place, state = self.place, self.engine.state
        if not place:
            return ""
        if state.status != "ready":
            return f"You are at place {place} in the queue. {state.sentence}"
        if place == 1:
            return "You are next: place 1 in the queue."
        return f"Others are training: place {place} in the queue."

    def stop(self) -> None:
        """End it; what it has learnt so far is kept. A job that waits is taken off the queue."""
        if self.engine.withdraw(self):
            self.finish_without_result("Stopped before it began.")
        else:
            self._steer("stop")

    def pause(self) -> None:
        """Hold it after the batch at hand; one that waits in the queue just waits."""
        self._steer("pause")
        self.holding = self.state == "running"

    def resume(self) -> None:
        """Let it go on."""
        self._steer("resume")
        self.holding = False

    def set_learning_rate(self, value: float) -> None:
        """Use this learning rate from the next batch on."""
        self._steer("set_learning_rate", value)

    def wish(self, what: str, value: float) -> None:
        """Change another number of the job from its next batch on; the job knows it by `what`."""
        self._steer("wish", what, value)

    def call(self, path: str, *args: object, **how: float) -> Any:
        """The result of the models' function `path`, called on this job's network and `args`.

        Works while it trains, on the network as it is then, and afterwards. Raises EngineError
        where there is no network (yet), or no answer; `patience=` says after how many seconds.
        """
        if self.state == "running":
            return self.engine.calls.call_live(self, path, *args, **how)
        if self.state == "done":
            return self.engine.calls.call_on(self, path, *args, **how)
        raise EngineError("There is no network yet. Press Train first.")

    def release(self) -> None:
        """Forget it: end the work, free its network here and on the worker."""
        self.engine.withdraw(self)
        with self._lock:
            future, self.future, self.network = self.future, None, None
            if self._result is not None:
                self._result.close()
                self._result = None
            if self.active:
                self.state, self.sentence = "failed", "The run was given up."
        if future is not None:
            self.engine.abandon(future)

    # For the engine.

    def take_event(self, event: Event) -> None:
        """An event from the worker; "running" is for us, the rest is the page's record."""
        with self._lock:
            if event["kind"] != "running":
                self.on_event(event)
            elif self.worker_began:
                # Dask runs a lost result's task again by itself; a run is not to be repeated.
                self.fail(LOST)
            else:
                self.worker_began = True

    def keep_result(self, result: bytes) -> None:
        """The run is over: its result goes to a private file, not to memory."""
        with self._lock:
            if not self.active:
                return
            try:
                self._result = _private_file(result)
            except OSError as error:
                self.fail(NOT_KEPT.format(why=error.strerror or "the disk is full"))
            else:
                self.state, self.future = "done", None

    def read_result(self) -> bytes:
        """The result as it was kept. Raises EngineError after `release`."""
        with self._lock:
            if self._result is None:
                raise EngineError("This run has no network any more. Press Train for a new one.")
            self._result.seek(0)
            return self._result.read()

    def fail(self, sentence: str) -> None:
        """The run is lost; the page says why."""
        with self._lock:
            if self.active:
                self.state, self.sentence = "failed", sentence
                future, self.future = self.future, None
                if future is not None:
                    self.engine.abandon(future)

    def finish_without_result(self, sentence: str) -> None:
        """It never began."""
        with self._lock:
            if self.active:
                self.state, self.sentence = "failed", sentence

    def _steer(self, wish: str, *values: object) -> None:
        if self.state == "running":
            self.engine.steer(self, wish, *values)


def _private_file(content: bytes) -> IO[bytes]:
    """A file without a name, with `content` in it. Raises OSError where the disk is full."""
    file = tempfile.TemporaryFile(prefix="workshop-")  # noqa: SIM115 - closed by `release`
    try:
        file.write(content)
        file.flush()
    except OSError:
        with contextlib.suppress(OSError):  # what is buffered can't be written now either
            file.close()
        raise
    return file
