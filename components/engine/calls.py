"""Questions to the models, which a worker answers: in general, or about the network of a job."""

import threading
import time
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from distributed import Future
from distributed.scheduler import KilledWorker

from components.engine import worker as on_worker
from components.engine.jobs import EngineError

if TYPE_CHECKING:
    from components.engine.jobs import Job

CALL_SECONDS = 20.0
BREATH_SECONDS = 0.2  # between two looks, while a call waits, whether anybody still wants it
MAX_NETWORKS = 16  # finished networks kept ready on the workers; older ones load when asked for


class Calls:
    """Calls by the client that `client` gives; it raises EngineError where there is none now.

    `breathe` is called now and then while a call waits; what it raises ends the wait.
    """

    def __init__(self, client: Callable[[], Any], breathe: Callable[[], None]) -> None:
        self._client = client
        self._breathe = breathe
        self._lock = threading.Lock()
        self._ready_networks: list[Job] = []

    def call(self, path: str, *args: object, patience: float = CALL_SECONDS) -> Any:
        """The result of the models' function `path` on `args`; waits `patience` seconds for it.

        Raises EngineError.
        """
        return self.ask(lambda c: c.submit(on_worker.call, path, *args, pure=False), patience)

    def call_live(
        self, job: "Job", path: str, *args: object, patience: float = CALL_SECONDS
    ) -> Any:
        """A call on the network of a job while it trains. Raises EngineError."""
        return self.ask(
            lambda c: c.submit(
                on_worker.call_live, job.id, path, *args, workers=[job.worker], pure=False
            ),
            patience,
        )

    def call_on(self, job: "Job", path: str, *args: object, patience: float = CALL_SECONDS) -> Any:
        """A call on a finished network. It is loaded where it is not ready; and again, by
        Dask itself, where its worker has died since. Raises EngineError.
        """
        network = self._network(job)
        return self.ask(
            lambda c: c.submit(on_worker.call_on, path, network, *args, pure=False), patience
        )

    def ask(self, submit: Callable[[Any], Future], patience: float = CALL_SECONDS) -> Any:
        """The result of what `submit` gives the client to do. Raises EngineError."""
        for last_try in (False, True):
            future = submit(self._client())
            try:
                return self._wait(future, patience)
            except KilledWorker as error:
                # Somebody's training took the worker down under this call; a new one comes up.
                if last_try:
                    raise EngineError("The training process ended. Try again.") from error
            except TimeoutError as error:
                future.cancel()
                raise EngineError("The server is busy and gave no answer. Try again.") from error
            except on_worker.WorkError as error:
                raise EngineError(str(error)) from error
        raise AssertionError("the loop returns or raises")

    def _wait(self, future: Future, patience: float) -> Any:
        """The future's result. Raises TimeoutError when none comes in `patience` seconds."""
        # Not by asking for the result again and again: each time, Dask would begin to fetch it.
        done = threading.Event()
        future.add_done_callback(lambda _: done.set())
        until = time.monotonic() + patience
        while not done.wait(BREATH_SECONDS) and not future.done():
            if time.monotonic() > until:
                raise TimeoutError
            try:
                self._breathe()
            except BaseException:
                future.cancel()
                raise
        return future.result(timeout=max(BREATH_SECONDS, until - time.monotonic()))

    def _network(self, job: "Job") -> Future:
        """The finished network of a job, ready on a worker."""
        client = self._client()
        with self._lock:
            if job.network is None or job.network.client is not client:
                job.network = client.submit(
                    on_worker.load_network, job.task.load, job.read_result(), pure=False
                )
            if job in self._ready_networks:
                self._ready_networks.remove(job)
            self._ready_networks.append(job)
            for old in self._ready_networks[:-MAX_NETWORKS]:
                old.network = None
            del self._ready_networks[:-MAX_NETWORKS]
            return job.network
