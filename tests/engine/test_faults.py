"""What goes wrong around the engine, and what is left of a run then.

A killed worker is in test_engine.py, a killed scheduler in test_own_cluster.py, a damaged cache
and a broken download in tests/models/test_digits.py and test_imagenet.py.
"""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from components.concepts.digit_network_text import from_text
from components.concepts.training import Event, TrainingPlan, TrainingRecord
from components.engine.digits import keras_file, litert_file, start_training
from components.engine.engine import Engine
from components.engine.jobs import EngineError, Job, Task
from tests.engine import pretend
from tests.engine.driving import LONG, PRETEND, wait_for

PROJECT = Path(__file__).resolve().parent.parent.parent
FULL_DISK = Path("/dev/full")  # every write to it fails as on a full disk
NEEDS_DISK = Task("tests.engine.pretend:fill_disk")
DAY = 86_400.0
QUIET_SECONDS = 1.0


def ended(job: Job) -> Job:
    """The job, once it is over."""
    wait_for(lambda: not job.active, "the end of the job")
    return job


@pytest.mark.skipif(not FULL_DISK.exists(), reason="this system has no /dev/full")
def test_a_full_disk_costs_the_result_and_says_so(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        patch.setattr("tempfile.TemporaryFile", lambda **_: FULL_DISK.open("r+b"))
        lost = ended(engine.submit(PRETEND, 2, lambda _: None))
    assert lost.state == "failed"
    assert "could not be kept: No space left on device" in lost.sentence
    with pytest.raises(EngineError):
        lost.call("tests.engine.pretend:ask", 1)
    again = ended(engine.submit(PRETEND, 2, lambda _: None))
    assert again.call("tests.engine.pretend:ask", 1) == 3


def test_a_full_disk_on_a_worker_is_said(engine: Engine) -> None:
    job = ended(engine.submit(NEEDS_DISK, 1, lambda _: None))
    assert job.sentence == (
        "The disk of the server is full. Ask whoever runs it to free some space."
    )


def test_nothing_is_written_where_the_app_lies(engine: Engine) -> None:
    engine.call("tests.engine.pretend:make_tree_read_only", str(PROJECT))
    with pytest.raises(EngineError, match="Read-only file system"):
        engine.call("tests.engine.pretend:write_below", str(PROJECT / "assets"))
    plan = TrainingPlan(from_text("flatten.dense-20"), epochs=1)
    job = ended(start_training(engine, plan, TrainingRecord()))
    assert job.state == "done", job.sentence
    assert len(keras_file(job)) > 50_000
    assert len(litert_file(job)) > 10_000
    job.release()


@pytest.fixture(params=[DAY, -DAY], ids=["a day ahead", "a day back"])
def clocks_jump(engine: Engine, request: pytest.FixtureRequest) -> Iterator[None]:
    """The clocks of the scheduler and the worker jump, while nothing is on its way.

    Dask holds a message for some milliseconds, to send it with others, until a time by the clock:
    one that is held when the clock goes back a day would wait for that day.
    """
    time.sleep(QUIET_SECONDS)
    _set_clocks(engine, request.param)
    yield
    time.sleep(QUIET_SECONDS)
    _set_clocks(engine, 0)


def _set_clocks(engine: Engine, ahead: float) -> None:
    assert engine._cluster is not None
    client = engine._cluster.client
    client.run_on_scheduler(pretend.set_clock, ahead)
    client.run(pretend.set_clock, ahead)


def test_a_clock_that_jumps_costs_nothing(engine: Engine, clocks_jump: None) -> None:
    events: list[Event] = []
    job = engine.submit(PRETEND, LONG, events.append)
    wait_for(lambda: len(events) > 5, "a run that goes on")
    job.stop()
    assert ended(job).state == "done"
    before = engine.call("tests.engine.pretend:pid")
    os.kill(before, signal.SIGKILL)
    wait_for(lambda: engine.call("tests.engine.pretend:pid") != before, "another worker")
    again = ended(engine.submit(PRETEND, 2, lambda _: None))
    assert again.state == "done", again.sentence
    assert again.call("tests.engine.pretend:ask", 1) == 3
