"""What runs on a worker: its start-up, a job with its progress, and calls on a network.

Functions of the models are named by a path like "components.models.training:train_digits", so
that the app, which never imports them, can ask for them.
"""

import errno
import os
import pickle
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from operator import attrgetter
from typing import Any

from distributed import Worker, get_worker, secede

from components.concepts.training import Event

ABANDONED_POLL_SECONDS = 1.0
GIVES_WAY = 10  # added to the process's niceness: a page in use goes before a network in training
LONGEST_GIST = 200  # characters of an error that are shown to a learner


@dataclass
class LiveJob:
    """A job that runs on this worker now: where its wishes go, and a look at its network."""

    control: Any
    reader: Any = None


@dataclass
class Held:
    """A network that stays on its worker.

    Dask tells the app the type of everything that a future stands for, and the app would have
    to import Keras to know the type of a network. This one it knows.
    """

    network: object


_live_jobs: dict[str, LiveJob] = {}


class WorkError(RuntimeError):
    """Work on a worker failed; the message is a sentence.

    All errors leave a worker as this one: the app could not even read an error of Keras's own
    without importing Keras.
    """


def dask_setup(worker: Worker) -> None:
    """A Dask preload: import Keras and set the device up before the first click."""
    from components.models.device import prepare_device

    if hasattr(os, "nice"):  # not on Windows
        os.nice(GIVES_WAY)  # before there are threads: each has the niceness of the one it is from
    prepare_device()
    import_module("components.models.training")


def resolve(path: str) -> Callable[..., Any]:
    """The function that "module:name" stands for, or the method that "module:Class.name" does."""
    module, _, name = path.partition(":")
    function: Callable[..., Any] = attrgetter(name)(import_module(module))
    return function


def device_report() -> dict[str, str]:
    """What this worker trains on; the fields of `models.device.DeviceReport`."""
    from components.models.device import prepare_device

    return {name: str(value) for name, value in asdict(prepare_device()).items()}


def run_job(job_id: str, topic: str, path: str, spec: object, aside: bool = False) -> bytes:
    """Run the job `path` on `spec`; its events go to `topic`. Returns its result, pickled: the
    app keeps it without having to know, or import, what it is. One that stands `aside` takes
    none of the worker's threads from others. Raises WorkError."""
    from components.models.control import Control

    worker = get_worker()
    live = _live_jobs[job_id] = LiveJob(Control())
    over = threading.Event()

    def report(event: Event) -> None:
        worker.log_event(topic, {**event, "job": job_id})

    def publish(reader: object) -> None:
        live.reader = reader

    key = worker.get_current_task()
    watch = threading.Thread(target=_stop_when_abandoned, args=(worker, key, live, over))
    watch.daemon = True
    watch.start()
    if aside:
        secede()
    report({"kind": "running"})
    try:
        return pickle.dumps(_call(resolve(path), spec, report, live.control, publish))
    finally:
        over.set()
        del _live_jobs[job_id]


def _stop_when_abandoned(worker: Worker, key: str, live: LiveJob, over: threading.Event) -> None:
    """Stop a job that nobody waits for any more: its visit is gone, or the whole app."""
    while not over.wait(ABANDONED_POLL_SECONDS):
        task = worker.state.tasks.get(key)
        if task is None or task.state in ("cancelled", "released", "forgotten"):
            live.control.stop()


def steer(job_id: str, wish: str, *values: object) -> bool:
    """Tell a job on this worker: "stop", "pause", "resume", "set_learning_rate", "wish"."""
    live = _live_jobs.get(job_id)
    if live is None:
        return False
    getattr(live.control, wish)(*values)
    return True


def call(path: str, *args: object) -> object:
    """Any function of the models, on its arguments. Raises WorkError."""
    return _call(resolve(path), *args)


def call_on(path: str, held: Held, *args: object) -> object:
    """A function of the models on a network and more arguments. Raises WorkError."""
    return _call(resolve(path), held.network, *args)


def call_live(job_id: str, path: str, *args: object) -> object:
    """A call on the network of a job that trains on this worker. Raises WorkError."""
    live = _live_jobs.get(job_id)
    if live is None or live.reader is None:
        raise WorkError("The network is not built yet; it will be in a moment.")
    return _call(resolve(path), live.reader, *args)


def load_network(path: str, result: bytes) -> Held:
    """The network that `path` makes of the result of a job, as `run_job` returned it."""
    return Held(_call(resolve(path), pickle.loads(result)))


def _call(function: Callable[..., Any], *args: object) -> Any:
    try:
        return function(*args)
    except Exception as error:  # noqa: BLE001 - whatever it is, a learner gets a sentence
        raise WorkError(_sentence(error)) from None


def _sentence(error: Exception) -> str:
    """The project's own errors are sentences already; others get one around their gist."""
    text = str(error).strip()
    if type(error).__module__.startswith("components."):
        return text
    if isinstance(error, OSError) and error.errno in (errno.ENOSPC, errno.EDQUOT):
        return "The disk of the server is full. Ask whoever runs it to free some space."
    gist = text.splitlines()[0][:LONGEST_GIST] if text else type(error).__name__
    return f"Keras gave up with an error: {gist}"
