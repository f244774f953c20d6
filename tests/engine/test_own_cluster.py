"""The engine on a cluster that was started by hand, as the README says."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from components.concepts.training import Event
from components.engine.cluster import SCHEDULER
from components.engine.engine import Engine
from tests.engine.test_engine import LONG, PRETEND, wait_for

PROJECT = Path(__file__).resolve().parent.parent.parent


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        return int(listener.getsockname()[1])


@pytest.fixture
def address() -> Iterator[str]:
    """A scheduler and two workers, each its own process."""
    address = f"tcp://127.0.0.1:{free_port()}"
    environment = {
        **os.environ,
        "PYTHONPATH": str(PROJECT),
        "DASK_DISTRIBUTED__SCHEDULER__ALLOWED_FAILURES": "0",
    }
    dask = [sys.executable, "-m", "dask"]
    worker = ["worker", address, "--nthreads", "2", "--nworkers", "1", "--resources", "train=1"]
    worker += ["--preload", "components.engine.worker", "--no-dashboard", "--memory-limit", "0"]
    commands = [
        [*dask, "scheduler", "--host", "127.0.0.1", "--port", address.rsplit(":", 1)[1]],
        [*dask, *worker],
        [*dask, *worker],
    ]
    commands[0] += ["--no-dashboard"]
    processes = [
        subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL, cwd=PROJECT)
        for command in commands
    ]
    yield address
    for process in reversed(processes):
        process.terminate()
    for process in processes:
        process.wait(20)


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
