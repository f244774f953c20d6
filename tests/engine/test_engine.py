"""The engine on real worker processes, with jobs that need no Keras."""

import os
import signal
import sys
import time
from collections.abc import Callable, Iterator
from typing import cast
from unittest.mock import MagicMock

import pytest
from streamlit.testing.v1 import AppTest

from components.concepts.training import Event
from components.engine import engine as engine_module
from components.engine.cluster import Cluster
from components.engine.engine import Engine
from components.engine.jobs import EngineError, Job, Task
from components.engine.visit import MAX_WAITING, Visit, Visits, _let_go
from components.engine.worker import GIVES_WAY
from tests.engine.driving import ASIDE, BREAKS, LONG, PRETEND, wait_for


@pytest.fixture
def begin(engine: Engine) -> Iterator[Callable[..., tuple[Job, list[Event]]]]:
    """Start jobs that are ended with the test."""
    jobs: list[Job] = []

    def submit(steps: int = LONG, task: Task = PRETEND) -> tuple[Job, list[Event]]:
        events: list[Event] = []
        job = engine.submit(task, steps, events.append)
        jobs.append(job)
        return job, events

    yield submit
    for job in jobs:
        job.release()
    wait_for(lambda: engine.call("tests.engine.pretend:live_jobs") == 0, "an idle worker")


Begin = Callable[..., tuple[Job, list[Event]]]


class GoneError(Exception):
    """What the wait for an answer ends with when its visitor has left."""


def test_a_call_that_nobody_waits_for_any_more_ends(
    engine: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    def leave() -> None:
        raise GoneError

    monkeypatch.setattr(engine.calls, "_breathe", leave)
    with pytest.raises(GoneError):
        engine.call("time:sleep", 3.0)
    monkeypatch.undo()
    assert engine.call("tests.engine.pretend:live_jobs") == 0, "others get their answers"


def test_a_run_that_waits_looks_whether_its_visitor_has_gone_on() -> None:
    def page() -> None:
        from components.engine.visit import _let_go

        _let_go()

    app = AppTest.from_function(page).run()
    assert not app.exception
    _let_go()  # the engine's own thread, which runs no page


def test_it_says_what_it_trains_on(engine: Engine) -> None:
    (device,) = engine.state.devices
    assert device.kind in ("cpu", "gpu")
    assert device.name
    assert device.keras


def test_a_page_in_use_goes_before_a_network_in_training(engine: Engine) -> None:
    assert engine.call("os:nice", 0) == min(os.nice(0) + GIVES_WAY, 19)


def test_a_job_reports_in_order_and_leaves_a_network(begin: Begin) -> None:
    job, events = begin(5)
    wait_for(lambda: job.state == "done", "the end of the job")
    wait_for(lambda: events and events[-1]["kind"] == "ended", "the last event")
    assert [event["step"] for event in events] == [1, 2, 3, 4, 5, 5]
    assert events[0]["bytes"] == b"\x01"
    assert job.call("tests.engine.pretend:ask", 100) == 105


def test_what_stands_aside_takes_no_turn_from_others(begin: Begin, engine: Engine) -> None:
    downloads = [begin(task=ASIDE) for _ in range(3)]  # more than the worker has threads
    wait_for(lambda: all(len(events) > 2 for _, events in downloads), "downloads on their way")
    job, _ = begin(5)
    wait_for(lambda: job.state == "done", "the end of a run beside the downloads")
    assert engine.call("tests.engine.pretend:live_jobs") == 3
    for download, _ in downloads:
        download.stop()
    wait_for(lambda: all(each.state == "done" for each, _ in downloads), "stopped downloads")
    assert all(events[-1]["step"] < LONG for _, events in downloads)


def test_what_stands_aside_starts_beside_a_run(begin: Begin) -> None:
    job, events = begin()
    wait_for(lambda: events, "a run that trains")
    download, received = begin(5, ASIDE)
    wait_for(lambda: download.state == "done", "the end of a download beside the run")
    wait_for(lambda: received and received[-1]["kind"] == "ended", "its last event")
    assert job.state == "running"


def test_one_trains_the_others_wait_in_order(begin: Begin) -> None:
    first, events = begin()
    wait_for(lambda: events, "the first event")
    second, third = begin(3)[0], begin(3)[0]
    assert (first.place, second.place, third.place) == (0, 1, 2)
    assert (second.state, third.state) == ("waiting", "waiting")
    second.stop()
    assert second.state == "failed"
    assert third.place == 1
    first.stop()
    wait_for(lambda: third.state == "done", "the job that waited")


def test_pause_resume_learning_rate_and_stop(begin: Begin) -> None:
    job, events = begin()
    wait_for(lambda: events, "the first event")
    job.pause()
    wait_for(lambda: _is_still(events), "no more events")
    held = len(events)
    job.set_learning_rate(0.5)
    job.resume()
    wait_for(lambda: len(events) > held, "events after the pause")
    wait_for(lambda: events[-1]["rate"] == 0.5, "the new learning rate")
    job.stop()
    wait_for(lambda: job.state == "done", "the end of the job")


def _is_still(events: list[Event]) -> bool:
    before = len(events)
    time.sleep(0.3)
    return len(events) == before


def test_calls_reach_the_network_while_it_trains(begin: Begin) -> None:
    job, events = begin()
    wait_for(lambda: events, "the first event")
    assert job.call("tests.engine.pretend:ask", 1) == LONG + 1


def test_a_broken_job_says_why(begin: Begin) -> None:
    job, _ = begin(7, BREAKS)
    wait_for(lambda: job.state == "failed", "the failure")
    assert "no run with 7" in job.sentence


def test_a_call_before_there_is_a_network_says_so(begin: Begin) -> None:
    begin()
    waiting, _ = begin()
    with pytest.raises(EngineError, match="Press Train"):
        waiting.call("tests.engine.pretend:ask", 1)


def test_a_killed_worker_costs_one_run_and_nothing_else(engine: Engine, begin: Begin) -> None:
    finished, _ = begin(2)
    wait_for(lambda: finished.state == "done", "a finished run")
    assert finished.call("tests.engine.pretend:ask", 1) == 3
    running, events = begin()
    wait_for(lambda: events, "the first event")
    waiting, _ = begin(2)
    os.kill(engine.call("tests.engine.pretend:pid"), signal.SIGKILL)
    wait_for(lambda: running.state == "failed", "the failure")
    assert "ended unexpectedly" in running.sentence
    wait_for(lambda: waiting.state == "done", "the run that had waited")
    assert finished.call("tests.engine.pretend:ask", 1) == 3


def test_released_work_ends(engine: Engine, begin: Begin) -> None:
    job, events = begin()
    wait_for(lambda: events, "the first event")
    job.release()
    wait_for(lambda: engine.call("tests.engine.pretend:live_jobs") == 0, "an idle worker")
    with pytest.raises(EngineError):
        job.call("tests.engine.pretend:ask", 1)


def test_a_visit_that_stays_away_ends_and_a_break_does_not(engine: Engine) -> None:
    present = {"here", "gone", "blinks"}
    visits = Visits(lambda session: session in present, grace=1.0, sweep=1e6)
    jobs = {
        name: visits.of(name, engine).submit(lambda e: e.submit(PRETEND, LONG, lambda _: None))
        for name in sorted(present)
    }
    present -= {"gone", "blinks"}
    visits.end_absent()
    assert all(job.active for job in jobs.values())
    present.add("blinks")
    visits.end_absent()
    time.sleep(1.2)
    visits.end_absent()
    assert jobs["here"].active
    assert jobs["blinks"].active
    assert not jobs["gone"].active
    for name in ("here", "blinks"):
        visits.of(name, engine).end()
    wait_for(lambda: engine.call("tests.engine.pretend:live_jobs") == 0, "an idle worker")


def test_visits_have_their_own_jobs_and_not_too_many(engine: Engine) -> None:
    one, other = Visit(engine), Visit(engine)
    for _ in range(MAX_WAITING):
        one.submit(lambda e: e.submit(PRETEND, LONG, lambda _: None))
    with pytest.raises(EngineError, match="Stop one first"):
        one.submit(lambda e: e.submit(PRETEND, LONG, lambda _: None))
    assert other.jobs == []
    one.end()
    wait_for(lambda: engine.call("tests.engine.pretend:live_jobs") == 0, "an idle worker")


def test_the_app_process_never_imports_keras(begin: Begin) -> None:
    job, _ = begin(1)
    wait_for(lambda: job.state == "done", "the end of the job")
    job.call("tests.engine.pretend:ask", 1)
    assert not {"keras", "tensorflow", "jax"} & set(sys.modules)


def test_results_are_kept_in_files_without_a_name(begin: Begin) -> None:
    job, _ = begin(1)
    wait_for(lambda: job.state == "done", "the end of the job")
    assert job.read_result()
    job.release()
    with pytest.raises(EngineError, match="no network any more"):
        job.read_result()


def test_an_unforeseen_error_starts_the_engine_again(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "RETRY_SECONDS", 0.01)
    tries: list[int] = []

    def break_down() -> Cluster:
        tries.append(1)
        raise RuntimeError("nobody has thought of this")

    engine = Engine(break_down)
    wait_for(lambda: len(tries) > 2, "the engine to try again")
    engine.close()


def test_a_cluster_that_falls_silent_is_replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine_module, "SILENT_SECONDS", 0.1)
    clusters: list[SilentCluster] = []

    def open_silent() -> Cluster:
        clusters.append(SilentCluster())
        return cast(Cluster, clusters[-1])

    engine = Engine(open_silent)
    wait_for(lambda: len(clusters) > 1, "another cluster")
    assert clusters[0].is_closed
    engine.close()


class SilentCluster:
    """A cluster whose processes live and whose scheduler answers no question."""

    def __init__(self) -> None:
        self.client, self.is_closed = MagicMock(), False
        self.client.sync.side_effect = TimeoutError

    def is_alive(self) -> bool:
        """The processes run."""
        return True

    def close(self) -> None:
        """Noted."""
        self.is_closed = True


def test_any_other_number_can_be_changed_while_it_runs(begin: Begin) -> None:
    job, events = begin()
    wait_for(lambda: events, "the first event")
    job.wish("speed", 3.0)
    job.wish("size", 7)
    wait_for(lambda: sum(event["kind"] == "wish" for event in events) == 2, "both wishes")
    wishes = [(e["what"], e["value"]) for e in events if e["kind"] == "wish"]
    assert wishes == [("speed", 3.0), ("size", 7)]
