"""The queue and the connection to the workers: one for the whole server.

A job waits here until a worker is free, then goes to that worker. So a worker that dies takes
with it the one job it trained and nothing else, and a finished network is made again from its
kept result.
"""

import logging
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, fields
from functools import partial
from typing import Any, Literal

from distributed import Future
from distributed.scheduler import KilledWorker

from components.concepts.training import Event
from components.engine import worker as on_worker
from components.engine.calls import CALL_SECONDS, Calls
from components.engine.cluster import TRAIN, Cluster, ClusterError, open_cluster
from components.engine.jobs import LOST, EngineError, Job, Task

POLL_SECONDS = 0.1
RETRY_SECONDS = 5.0
ANSWER_SECONDS = 10.0  # for the scheduler to say how it stands; it takes milliseconds
SILENT_SECONDS = 30.0  # after so long without an answer the cluster is given up
TOPIC_PREFIX = "workshop-"

log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Device:
    """What a worker trains on: `kind` is "cpu" or "gpu", `backend` names Keras's backend."""

    name: str
    kind: str
    backend: str
    keras: str


@dataclass(frozen=True)
class EngineState:
    """How the engine is; `devices` has one for every worker."""

    status: Literal["starting", "ready", "failed"]
    sentence: str
    devices: tuple[Device, ...] = ()


class Engine:
    """Runs jobs and calls on Dask workers; starts by itself and starts again after a fault."""

    def __init__(
        self,
        open_cluster: Callable[[], Cluster] = open_cluster,
        breathe: Callable[[], None] = lambda: None,
    ) -> None:
        """`breathe` is called now and then while a call waits; what it raises ends the wait."""
        self._open_cluster = open_cluster
        self.calls = Calls(self._connection, breathe)
        self._cluster: Cluster | None = None
        self._topic = ""
        self._state = EngineState("starting", "The training process is starting.")
        self._lock = threading.RLock()
        self._queue: list[Job] = []
        self._running: dict[str, Job] = {}
        self._wake = threading.Event()
        self._closed = threading.Event()
        self._thread = threading.Thread(target=self._live, daemon=True, name="engine")
        self._thread.start()

    @property
    def state(self) -> EngineState:
        """How the engine is now."""
        return self._state

    def close(self) -> None:
        """End every job and the cluster, where it is ours."""
        self._closed.set()
        self._wake.set()
        self._thread.join(15)

    # Jobs.

    def submit(self, task: Task, spec: object, on_event: Callable[[Event], None]) -> Job:
        """Put a job at the end of the queue; its events go to `on_event`, one by one."""
        job = Job(self, task, spec, on_event)
        with self._lock:
            self._queue.append(job)
        self._wake.set()
        return job

    def place(self, job: Job) -> int:
        """1 for the job that starts next, 0 for one that does not wait."""
        with self._lock:
            return self._queue.index(job) + 1 if job in self._queue else 0

    def withdraw(self, job: Job) -> bool:
        """Take a job off the queue; False when it does not wait there."""
        with self._lock:
            if job not in self._queue:
                return False
            self._queue.remove(job)
            return True

    def steer(self, job: Job, wish: str, *values: object) -> None:
        """Pass a wish on to the worker that runs the job."""
        try:
            self._connection().run(on_worker.steer, job.id, wish, *values, workers=[job.worker])
        except (OSError, TimeoutError, KeyError, ValueError) as error:
            raise EngineError("The training process does not answer. Try again.") from error

    def abandon(self, future: Future) -> None:
        """Let go of a future; the worker notices and ends what it does for it."""
        try:
            future.cancel()
        except (OSError, TimeoutError, RuntimeError):
            return  # the cluster it belonged to is gone, and the work with it

    # Calls.

    def call(self, path: str, *args: object, patience: float = CALL_SECONDS) -> Any:
        """The result of the models' function `path` on `args`; waits `patience` seconds for it.

        Raises EngineError.
        """
        return self.calls.call(path, *args, patience=patience)

    def _connection(self) -> Any:
        """The connection to the cluster. Raises EngineError while there is none."""
        cluster = self._cluster
        if cluster is None:
            raise EngineError(self._state.sentence)
        return cluster.client

    # The engine's own thread.

    def _live(self) -> None:
        while not self._closed.is_set():
            try:
                self._open()
                self._serve()
            except ClusterError as error:
                self._state = EngineState("failed", str(error))
                self._closed.wait(RETRY_SECONDS)
                continue
            except Exception:  # without this thread nobody would train any more: start again
                log.exception("The engine starts again after an error.")
                self._closed.wait(RETRY_SECONDS)
            self._lose()

    def _open(self) -> None:
        cluster = self._open_cluster()
        self._topic = f"{TOPIC_PREFIX}{cluster.client.id}"
        cluster.client.subscribe_topic(self._topic, self._hear)
        self._cluster = cluster

    def _serve(self) -> None:
        """Hand out jobs while the cluster lives and answers."""
        assert self._cluster is not None
        known: tuple[str, ...] | None = None
        answered = time.monotonic()
        while self._cluster.is_alive() and not self._closed.is_set():
            try:
                workers = self._workers()
                if workers != known:
                    self._state = self._describe(workers)
                    known = workers
                self._hand_out(workers)
                answered = time.monotonic()
            except (OSError, TimeoutError, KilledWorker, EngineError) as error:
                # Asked a cluster that is going down, or too busy to answer.
                if time.monotonic() - answered > SILENT_SECONDS:
                    log.warning("The engine gives up a silent cluster: %r", error)
                    return
            self._wake.wait(POLL_SECONDS if self._queue or self._running else 1.0)
            self._wake.clear()

    def _lose(self) -> None:
        """The cluster is gone, or the engine closes."""
        cluster, self._cluster = self._cluster, None
        self._state = EngineState("starting", "The training process is starting again.")
        with self._lock:
            running = list(self._running.values())
            self._running.clear()
        for job in running:
            job.future = None
            job.fail(LOST)
        if cluster is not None:
            cluster.close()

    def _workers(self) -> tuple[str, ...]:
        """The addresses of the workers that train."""
        info = self._ask_scheduler("identity", n_workers=-1)["workers"]
        return tuple(
            sorted(address for address, worker in info.items() if worker["resources"].get(TRAIN))
        )

    def _ask_scheduler(self, what: str, **details: object) -> Any:
        """The scheduler's answer. Raises OSError or TimeoutError where none comes."""
        client = self._connection()
        question = getattr(client.scheduler, what)
        return client.sync(question, callback_timeout=ANSWER_SECONDS, **details)

    def _describe(self, workers: tuple[str, ...]) -> EngineState:
        if not workers:
            return EngineState("starting", "The training process is starting.")
        names = [field.name for field in fields(Device)]
        devices = []
        for address in workers:
            report = self.calls.ask(partial(_submit_report, address))
            devices.append(Device(**{name: report[name] for name in names}))
        return EngineState("ready", "", tuple(devices))

    def _hand_out(self, workers: tuple[str, ...]) -> None:
        """Start waiting jobs on workers that train nothing, ours or another app's."""
        self._start_those_aside(workers)
        if not self._queue:
            return
        processing = self._ask_scheduler("processing", workers=list(workers))
        busy = {job.worker for job in self._running.values() if not job.task.aside} | {
            address
            for address, keys in processing.items()
            if any(str(key).startswith(TRAIN) for key in keys)
        }
        for address in workers:
            if address in busy:
                continue
            with self._lock:
                if not self._queue:
                    return
                job = self._queue.pop(0)
                self._start(job, address)

    def _start_those_aside(self, workers: tuple[str, ...]) -> None:
        """Start the jobs that need no worker for themselves."""
        with self._lock:
            for job in [job for job in self._queue if job.task.aside and workers]:
                self._queue.remove(job)
                self._start(job, workers[0])

    def _start(self, job: Job, address: str) -> None:
        job.worker = address
        self._running[job.id] = job
        job.state = "running"
        job.future = self._connection().submit(
            on_worker.run_job,
            job.id,
            self._topic,
            job.task.train,
            job.spec,
            job.task.aside,
            key=f"{'aside' if job.task.aside else TRAIN}-{job.id}",
            workers=[address],
            resources={} if job.task.aside else {TRAIN: 1},
            pure=False,
        )
        job.future.add_done_callback(lambda future: self._settle(job, future))

    def _settle(self, job: Job, future: Future) -> None:
        """The job's work is over, one way or another. Called in a thread of Dask's."""
        try:
            if future.status == "finished":
                job.keep_result(future.result())
            elif future.status == "error":
                error = future.exception()
                job.fail(str(error) if isinstance(error, on_worker.WorkError) else LOST)
            else:
                job.fail(LOST)
        except (OSError, TimeoutError, RuntimeError):
            job.fail(LOST)  # the result was on a worker that died before it was fetched
        finally:
            with self._lock:
                self._running.pop(job.id, None)
            self._wake.set()

    def _hear(self, stamped: tuple[float, Event]) -> None:
        _, event = stamped
        job = self._running.get(event.get("job", ""))
        if job is not None:
            job.take_event({name: value for name, value in event.items() if name != "job"})


def _submit_report(address: str, client: Any) -> Future:
    return client.submit(on_worker.device_report, workers=[address], pure=False)
