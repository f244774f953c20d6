"""The Dask scheduler and its workers: our own, or the ones that WORKSHOP_SCHEDULER names."""

import contextlib
import logging
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import dask
from distributed import Client
from distributed.deploy.subprocess import SubprocessCluster
from distributed.security import Security

from components.engine.admission import ROLES, settings_with
from components.engine.owner import OWNER_PID

SCHEDULER = "WORKSHOP_SCHEDULER"
TRAIN = "train"  # the resource that a worker has one unit of, so that it trains one job at a time
PROJECT = Path(__file__).resolve().parent.parent.parent
CONNECT_SECONDS = 10.0
START_SECONDS = 600.0  # a worker imports Keras before it reports: seconds, or minutes if busy

# For debugging, each end of a connection keeps the last thousand messages that it has sent, and the
# scheduler all events: pictures of visitors who have left, and up to a gigabyte of memory.
LOG_LENGTH = "distributed.admin.low-level-log-length"

# A job that kills its worker fails at once, instead of killing three more. Dask's own web pages,
# which show the work to everybody on the machine, are not served.
SCHEDULER_SETTINGS = {
    "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
    "DASK_DISTRIBUTED__ADMIN__LOW_LEVEL_LOG_LENGTH": "0",
    "DASK_DISTRIBUTED__SCHEDULER__HTTP__ROUTES": "[]",
    "DASK_DISTRIBUTED__WORKER__HTTP__ROUTES": "[]",
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
    dask.config.set({LOG_LENGTH: 0})
    address = os.environ.get(SCHEDULER)
    return _connect(address) if address else _start()


def _connect(address: str) -> Cluster:
    """The scheduler at `address`; a certificate for it is in Dask's own configuration."""
    security = Security()
    what_to_do = f"Correct it, or remove the environment variable {SCHEDULER}."
    if address.startswith("tls:") and not (security.tls_ca_file and security.tls_client_cert):
        raise ClusterError(
            f"The scheduler at {address} asks for a certificate, and the app was given none: see "
            f"“On your own Dask cluster” in the README. {what_to_do}"
        )
    if security.require_encryption and not address.startswith("tls:"):
        scheme = address.partition("//")[0]
        raise ClusterError(
            "Dask is configured to require encryption, and the address of the scheduler begins "
            f"with {scheme}// and not with tls://. {what_to_do}"
        )
    try:
        security.get_connection_args("client")
    except OSError as error:  # an SSLError is one too
        raise ClusterError(f"The app's certificate can't be read: {error}. {what_to_do}") from error
    try:
        client = Client(address, security=security, timeout=CONNECT_SECONDS, set_as_default=False)
    except (OSError, TimeoutError, ValueError) as error:
        if "certificate" in str(error):
            raise ClusterError(
                f"The scheduler at {address} has another certificate than the app. {what_to_do}"
            ) from error
        raise ClusterError(
            f"No Dask scheduler answers at {address}. Start it, or correct or remove the "
            f"environment variable {SCHEDULER}. The app tries again every few seconds."
        ) from error
    return Cluster(client)


def _start() -> Cluster:
    """A scheduler and a worker on this machine alone, and only for who has their certificate."""
    logging.getLogger("distributed").setLevel(logging.CRITICAL)
    try:
        certificate = _new_certificate()
        with _environment_of_children(settings_with(certificate)):
            own = SubprocessCluster(
                host="127.0.0.1",
                dashboard_address=None,
                n_workers=1,
                threads_per_worker=2,
                silence_logs=logging.CRITICAL,
                security=security_with(certificate),
                scheduler_kwargs={
                    "protocol": "tls://",
                    "preload": ["components.engine.owner"],
                },
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
    except (OSError, TimeoutError, RuntimeError, subprocess.SubprocessError) as error:
        raise ClusterError(
            f"The training process did not start ({error}). Is there enough memory? The app tries "
            "again every few seconds."
        ) from error
    return Cluster(client, own)


def _new_certificate() -> str:
    """A new private key and its certificate, in one text (PEM). See `certificate.py`."""
    command = [sys.executable, "-m", "components.engine.certificate", "-"]
    environment = {**os.environ, "PYTHONPATH": _python_path()}
    made = subprocess.run(command, env=environment, capture_output=True, text=True, check=True)
    return made.stdout


def security_with(certificate: str) -> Security:
    """What a client needs to be let in; without encryption nobody is."""
    names = {"tls_ca_file": certificate, **{f"tls_{role}_cert": certificate for role in ROLES}}
    return Security(require_encryption=True, **names)


def _python_path() -> str:
    """Where Python looks for this project first, then where it does now."""
    return os.pathsep.join(p for p in (str(PROJECT), os.environ.get("PYTHONPATH")) if p)


@contextlib.contextmanager
def _environment_of_children(certificate: dict[str, str]) -> Iterator[None]:
    """Let the processes find this project and these settings; leave our own as it was."""
    wanted = {
        **SCHEDULER_SETTINGS,
        **certificate,
        OWNER_PID: str(os.getpid()),
        "PYTHONPATH": _python_path(),
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
