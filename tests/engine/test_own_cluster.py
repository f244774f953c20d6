"""The engine on a cluster that was started by hand, as the README says."""

import contextlib
import os
import shlex
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import dask
import pytest

from components.concepts.training import Event
from components.engine.admission import settings_with
from components.engine.certificate import make_certificate
from components.engine.cluster import SCHEDULER, ClusterError, open_cluster
from components.engine.engine import Engine
from tests.engine.driving import LONG, PRETEND, wait_for

PROJECT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


def with_settings(variables: dict[str, str]) -> contextlib.AbstractContextManager[object]:
    """What Dask does with environment variables when a process starts, for this process now."""
    return dask.config.set(
        {
            name.removeprefix("DASK_").lower().replace("__", ".").replace("_", "-"): value
            for name, value in variables.items()
        }
    )


@pytest.fixture(params=["tcp", "tls"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A scheduler and two workers, each its own process; open, or with the README's certificate."""
    address = f"{request.param}://127.0.0.1:{free_port()}"
    secured = _certificate_for(tmp_path) if request.param == "tls" else {}
    environment = {
        **os.environ,
        **secured,
        "PYTHONPATH": str(PROJECT),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
    }
    dask_command = [sys.executable, "-m", "dask"]
    worker = ["worker", address, "--nthreads", "2", "--nworkers", "1", "--resources", "train=1"]
    worker += ["--preload", "components.engine.worker", "--no-dashboard", "--memory-limit", "0"]
    scheduler = ["scheduler", "--host", "127.0.0.1", "--port", address.rsplit(":", 1)[1]]
    scheduler += ["--no-dashboard", "--protocol", request.param]
    processes = [
        subprocess.Popen(
            [*dask_command, *command], env=environment, stderr=subprocess.DEVNULL, cwd=PROJECT
        )
        for command in (scheduler, worker, worker)
    ]
    with with_settings(secured):
        yield address
    for process in reversed(processes):
        process.terminate()
    for process in processes:
        process.wait(20)


def _certificate_for(folder: Path) -> dict[str, str]:
    """A certificate as the README makes it, and the settings that it says to use."""
    command = [sys.executable, "-m", "components.engine.certificate", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=PROJECT)
    exports = (line.removeprefix("export ").split("=", 1) for line in done.stdout.splitlines())
    return {name: shlex.split(value)[0] for name, value in exports}


def test_two_workers_train_two_jobs_at_once(address: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SCHEDULER, address)
    engine = Engine()
    try:
        wait_for(lambda: len(engine.state.devices) == 2, "two workers")
        events: tuple[list[Event], list[Event], list[Event]] = ([], [], [])
        jobs = [engine.submit(PRETEND, LONG, seen.append) for seen in events]
        wait_for(lambda: events[0] and events[1], "events of two jobs")
        assert jobs[0].worker != jobs[1].worker
        counts = [len(seen) for seen in events[:2]]
        wait_for(lambda: all(len(events[n]) > counts[n] for n in (0, 1)), "both going on")
        assert jobs[2].place == 1
        jobs[1].stop()
        wait_for(lambda: events[2], "the third job on the worker that is free")
        assert jobs[2].worker == jobs[1].worker
        for job in jobs:
            job.release()
    finally:
        engine.close()


def test_a_scheduler_that_does_not_answer_gets_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SCHEDULER, f"tcp://127.0.0.1:{free_port()}")
    monkeypatch.setattr("components.engine.cluster.CONNECT_SECONDS", 1.0)
    engine = Engine()
    wait_for(lambda: engine.state.status == "failed", "the failure to be said")
    assert "No Dask scheduler answers" in engine.state.sentence
    engine.close()


@pytest.mark.parametrize(
    ("settings", "address", "words"),
    [
        ({}, "tls://127.0.0.1:9", "asks for a certificate"),
        (
            {"DASK_DISTRIBUTED__COMM__TLS__CA_FILE": "/no/such.pem",
             "DASK_DISTRIBUTED__COMM__TLS__CLIENT__CERT": "/no/such.pem"},
            "tls://127.0.0.1:9",
            "can't be read",
        ),
        (
            {"DASK_DISTRIBUTED__COMM__REQUIRE_ENCRYPTION": "True"},
            "tcp://127.0.0.1:9",
            "begins with tcp://",
        ),
    ],
)  # fmt: skip
def test_a_connection_that_can_not_be_secured_gets_a_sentence(
    monkeypatch: pytest.MonkeyPatch, settings: dict[str, str], address: str, words: str
) -> None:
    monkeypatch.setenv(SCHEDULER, address)
    with with_settings(settings), pytest.raises(ClusterError, match=words):
        open_cluster()


def test_a_scheduler_with_another_certificate_gets_a_sentence(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert engine._cluster is not None
    monkeypatch.setenv(SCHEDULER, engine._cluster.client.scheduler.address)
    with (
        with_settings(settings_with(make_certificate())),
        pytest.raises(ClusterError, match="another certificate"),
    ):
        open_cluster()


def test_a_lost_scheduler_is_said_and_replaced() -> None:
    engine = Engine()
    try:
        wait_for(lambda: engine.state.status == "ready", "a ready engine")
        events: list[Event] = []
        job = engine.submit(PRETEND, LONG, events.append)
        wait_for(lambda: events, "the first event")
        assert engine._cluster is not None
        engine._cluster.own.scheduler.process.kill()
        wait_for(lambda: job.state == "failed", "the failure")
        assert "ended unexpectedly" in job.sentence
        wait_for(lambda: engine.state.status == "ready", "a new cluster")
        again = engine.submit(PRETEND, 2, lambda _: None)
        wait_for(lambda: again.state == "done", "a job on the new cluster")
    finally:
        engine.close()
