"""What the instructor shows everyone: the stage in the store, and what is said of changes."""

import os
import threading
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from components.classroom.database import Database, StoreError
from components.classroom.shared import RETRY_SECONDS, Shared
from components.classroom.stage import (
    LONGEST_TIMER,
    LOST_AFTER,
    MAX_QUERY,
    SHOWN_AFTER,
    Place,
    Stage,
    StageError,
    StageState,
)
from components.room.changes import changed_names, say_changes
from components.widgets.settings import Choice, Index, Number, Setting, Switch, Text

HERE = Place("gradient_descent", {"rate": "0.3", "view": "two"})
THERE = Place("convolution")


class Clock:
    """A clock that a test sets."""

    now = 1000.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture(params=["sqlite", "postgres"])
def engine(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[sa.Engine]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        made = sa.create_engine(f"sqlite:///{tmp_path / 'classroom.sqlite'}")
        yield made
        made.dispose()
        return
    named = os.environ.get("WORKSHOP_TEST_POSTGRES")
    if not named:
        pytest.skip("WORKSHOP_TEST_POSTGRES is not set: no Postgres to test with")
    schema = f"stage_test_{os.getpid()}"
    outside = sa.create_engine(named)
    with outside.begin() as connection:
        connection.execute(sa.schema.CreateSchema(schema))
    address = sa.make_url(named).update_query_dict({"options": f"-csearch_path={schema}"})
    made = sa.create_engine(address)
    yield made
    made.dispose()
    with outside.begin() as connection:
        connection.execute(sa.schema.DropSchema(schema, cascade=True))
    outside.dispose()


def test_a_new_stage_is_empty(engine: sa.Engine) -> None:
    assert Stage(Database(engine)).read() == StageState()


def test_several_servers_see_where_the_leader_is(engine: sa.Engine, clock: Clock) -> None:
    one, other = Stage(Database(engine), clock), Stage(Database(engine), clock)
    one.lead("a", HERE)
    lead = other.read().lead
    assert lead is not None
    assert (lead.leader, lead.place) == ("a", HERE)
    assert one.move("a", THERE)
    assert other.read().lead == one.read().lead
    one.stop_leading("a")
    assert other.read().lead is None


def test_another_leader_takes_over_and_the_first_is_told(engine: sa.Engine) -> None:
    stage = Stage(Database(engine))
    stage.lead("a", HERE)
    stage.lead("b", THERE)
    assert not stage.move("a", HERE)
    stage.stop_leading("a")
    lead = stage.read().lead
    assert lead is not None
    assert (lead.leader, lead.place) == ("b", THERE)


def test_who_does_not_lead_moves_nobody(engine: sa.Engine) -> None:
    stage = Stage(Database(engine))
    assert not stage.move("a", HERE)
    assert stage.read().lead is None


def test_a_leader_who_gives_no_sign_of_life_leads_nobody(engine: sa.Engine, clock: Clock) -> None:
    stage = Stage(Database(engine), clock)
    stage.lead("a", HERE)
    clock.now += LOST_AFTER
    assert stage.read().lead is not None
    clock.now += 1
    assert stage.read().lead is None
    assert stage.move("a", HERE)  # back again, from sleep for example
    assert stage.read().lead is not None


def test_an_address_that_is_too_long_is_a_sentence(engine: sa.Engine) -> None:
    stage = Stage(Database(engine))
    long = Place("convolution", {"kernel": "1" * MAX_QUERY})
    stage.lead("a", HERE)
    for act in (stage.lead, stage.move):
        with pytest.raises(StageError, match="too long"):
            act("a", long)
    lead = stage.read().lead
    assert lead is not None
    assert lead.place == HERE


def test_a_timer_runs_stops_and_goes_when_it_is_long_over(engine: sa.Engine, clock: Clock) -> None:
    stage = Stage(Database(engine), clock)
    stage.start_timer(5)
    clock.now += 60
    timer = stage.read().timer
    assert timer is not None
    assert timer.left(clock.now) == 240
    stage.start_timer(1)
    timer = stage.read().timer
    assert timer is not None
    assert timer.left(clock.now) == 60
    clock.now += 60 + SHOWN_AFTER
    assert stage.read().timer is not None
    clock.now += 1
    assert stage.read().timer is None
    stage.start_timer(1)
    stage.stop_timer()
    assert stage.read().timer is None


@pytest.mark.parametrize("minutes", [0, -1, LONGEST_TIMER + 0.5, float("nan"), float("inf")])
def test_a_timer_that_makes_no_sense_is_a_sentence(engine: sa.Engine, minutes: float) -> None:
    with pytest.raises(StageError, match="minutes"):
        Stage(Database(engine)).start_timer(minutes)


def test_a_spotlight_is_new_each_time(engine: sa.Engine, clock: Clock) -> None:
    stage = Stage(Database(engine), clock)
    stage.point("convolution", "lab")
    first = stage.read().spotlight
    clock.now += 1
    stage.point("convolution", "lab")
    assert first is not None
    assert stage.read().spotlight not in (None, first)
    stage.point_nowhere()
    assert stage.read().spotlight is None


def test_instructors_who_begin_at_once_leave_one_leader(engine: sa.Engine) -> None:
    stage = Stage(Database(engine))
    with ThreadPoolExecutor(12) as pool:
        list(pool.map(lambda number: stage.lead(f"visit {number}", HERE), range(12)))
    with engine.connect() as connection:
        rows = connection.execute(sa.text("select part from room_stage")).all()
    assert [row.part for row in rows] == ["lead"]


# ---- Read once for everyone


def test_a_hanging_database_keeps_no_page_waiting_twice() -> None:
    hangs = threading.Event()
    calls = []

    def read() -> str:
        calls.append(1)
        if len(calls) > 1:
            hangs.wait()
        return f"read {len(calls)}"

    clock = Clock()
    shared = Shared(read, clock)
    assert shared.soon() == "read 1"
    clock.now += 2
    answers = [shared.soon() for _ in range(50)]
    assert set(answers) == {"read 1"}
    assert len(calls) == 2  # one read hangs; the others did not begin another
    hangs.set()


def test_a_failing_database_never_raises_where_it_is_only_looked_at() -> None:
    clock, fails, reads = Clock(), True, 0

    def read() -> str:
        nonlocal reads
        reads += 1
        if fails:
            raise StoreError("away")
        return "there"

    shared = Shared(read, clock)
    assert [shared.soon() for _ in range(5)] == [None] * 5
    assert reads == 1
    clock.now += RETRY_SECONDS
    fails = False
    assert shared.soon() == "there"


# ---- What is said


RATE = Number("rate", "Learning rate", 0.1, 0.0, 1.0)
VIEW = Choice("view", "View", "one", {"one": "One weight", "two": "Two weights"})
RACER = Number("rate_a", "A: learning rate", 0.1, 0.0, 1.0)
SHUFFLE = Switch("shuffle", "Shuffle the pixels")
HIDDEN = Text("hidden", "Hidden layers", "4.2", str)
CLASS = Index("class", "Class to explain", 0, 0, 9)
SETTINGS: dict[str, Setting] = {s.name: s for s in (RATE, VIEW, RACER, SHUFFLE, HIDDEN, CLASS)}


@pytest.mark.parametrize(
    ("old", "new", "said"),
    [
        ({}, {"rate": "0.3"}, "The instructor set learning rate to 0.3."),
        ({"rate": "0.3"}, {}, "The instructor set learning rate to 0.1."),
        ({}, {"view": "two"}, "The instructor set view to Two weights."),
        ({}, {"rate_a": "1"}, "The instructor set A: learning rate to 1."),
        (
            {"rate": "1"},
            {"rate": "0.5", "shuffle": "on"},
            "The instructor set learning rate to 0.5, shuffle the pixels to on.",
        ),
        ({}, {"hidden": "4.4"}, "The instructor changed hidden layers."),
        (
            {"class": "3"},
            {"rate": "1", "hidden": "8"},
            "The instructor set learning rate to 1 and changed class to explain, hidden layers.",
        ),
        ({}, {"gone": "1"}, "The instructor changed the page."),
        (
            {},
            {"rate": "1", "view": "two", "rate_a": "1", "shuffle": "on"},
            "The instructor changed 4 settings.",
        ),
    ],
)
def test_what_changed_is_said_in_words(old: dict[str, str], new: dict[str, str], said: str) -> None:
    assert say_changes(old, new, SETTINGS) == said


def test_only_what_differs_has_changed() -> None:
    old, new = {"a": "1", "b": "2", "c": "3"}, {"b": "2", "c": "4", "d": "5"}
    assert changed_names(old, new) == ("a", "c", "d")
