"""The Dask scheduler and its workers: our own, or the ones that WORKSHOP_SCHEDULER names."""

import contextlib
import logging
import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from distributed import Client
from distributed.deploy.subprocess import SubprocessCluster

from components.engine.owner import OWNER_PID

SCHEDULER = "WORKSHOP_SCHEDULER"
TRAIN = "train"  # the resource that a worker has one unit of, so that it trains one job at a time
PROJECT = Path(__file__).resolve().parent.parent.parent
CONNECT_SECONDS = 10.0
START_SECONDS = 600.0  # a worker imports Keras before it reports: seconds, or minutes if busy

# A job that kills its worker fails at once, instead of killing three more. The scheduler keeps
# only a short log of the progress events, which otherwise would grow with every run.
SCHEDULER_SETTINGS = {
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
    "DASK_DISTRIBUTED__ADMIN__LOW_LEVEL_LOG_LENGTH": "100",
}


class ClusterError(RuntimeError):
    """The cluster can't be had; the message says why and what to do."""


@dataclass
class Cluster:
    """A connection to a scheduler, and the processes behind it where they are ours."""

    client: Client
    own: Any = None

    def is_alive(self) -> bool:
        """Whether the connection stands and, where they are ours, the processes run."""
        if self.client.status not in ("running", "connecting"):
            return False
        if self.own is None:
            return True
        parts = [self.own.scheduler, *self.own.workers.values()]
        return all(part.process is not None and part.process.returncode is None for part in parts)

    def close(self) -> None:
        """Disconnect, and end the processes where they are ours."""
        # Closing what is half gone may fail in as many ways as there are halves.
        with contextlib.suppress(Exception):
            self.client.close(timeout=2)
        if self.own is not None:
            with contextlib.suppress(Exception):
                self.own.close(timeout=5)


def open_cluster() -> Cluster:
    """Connect to WORKSHOP_SCHEDULER, or start a scheduler and one worker of our own.

    Raises ClusterError, in a sentence, where neither works.
    """
    address = os.environ.get(SCHEDULER)
    return _connect(address) if address else _start()


def _connect(address: str) -> Cluster:
    try:
        return Cluster(Client(address, timeout=CONNECT_SECONDS, set_as_default=False))
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(
            f"No Dask scheduler answers at {address}. Start it, or correct or remove the "
            f"environment variable {SCHEDULER}. The app tries again every few seconds."
        ) from error


def _start() -> Cluster:
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        with _environment_of_children():
            own = SubprocessCluster(
                host="127.0.0.1",
                dashboard_address=None,
                n_workers=1,
                threads_per_worker=2,
                silence_logs=logging.CRITICAL,
                scheduler_kwargs={"preload": ["components.engine.owner"]},
                worker_kwargs={
                    "resources": {TRAIN: 1},
                    "memory_limit": 0,
                    "dashboard": False,
                    "death_timeout": START_SECONDS,
                    "preload_nanny": ["components.engine.owner"],
                    "preload": ["components.engine.owner", "components.engine.worker"],
                },
            )
        client = Client(own, set_as_default=False)
        client.wait_for_workers(1, timeout=START_SECONDS)
    except (OSError, TimeoutError, RuntimeError) as error:
        raise ClusterError(
            f"The training process did not start ({error}). Is there enough memory? The app tries "
            "again every few seconds."
        ) from error
    return Cluster(client, own)


@contextlib.contextmanager
def _environment_of_children() -> Iterator[None]:
    """Let the processes find this project and these settings; leave our own as it was."""
    path = os.pathsep.join(p for p in (str(PROJECT), os.environ.get("PYTHONPATH")) if p)
    wanted = {
        **SCHEDULER_SETTINGS,
        OWNER_PID: str(os.getpid()),
        "PYTHONPATH": path,
        "TF_CPP_MIN_LOG_LEVEL": os.environ.get("TF_CPP_MIN_LOG_LEVEL", "2"),
    }
    before = {name: os.environ.get(name) for name in wanted}
    os.environ.update(wanted)
    try:
        yield
    finally:
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
