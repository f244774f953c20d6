"""The room's store: no vote lost, none counted twice, on SQLite and on Postgres."""

import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import sqlalchemy as sa

from components.classroom.room import Room
from components.classroom.store import LockedError, RoomState, Store, StoreError
from components.classroom.survey import Answers

POSTGRES = "WORKSHOP_TEST_POSTGRES"
VOTERS = 200
OLD: Answers = {"python": ("None yet",)}
NEW: Answers = {"python": ("Some projects",), "hopes": ("To build one", "To read about it")}


@pytest.fixture(params=["sqlite", "postgres"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'classroom.sqlite'}"
        return
    named = os.environ.get(POSTGRES)
    if not named:
        pytest.skip(f"{POSTGRES} is not set: no Postgres to test with")
    schema = f"classroom_test_{os.getpid()}"
    engine = sa.create_engine(named)
    with engine.begin() as connection:
        connection.execute(sa.schema.CreateSchema(schema))
    address = sa.make_url(named).update_query_dict({"options": f"-csearch_path={schema}"})
    yield address.render_as_string(hide_password=False)
    with engine.begin() as connection:
        connection.execute(sa.schema.DropSchema(schema, cascade=True))
    engine.dispose()


@pytest.fixture
def store(url: str) -> Iterator[Store]:
    engine = sa.create_engine(url)
    yield Store(engine)
    engine.dispose()


def test_a_new_store_asks_before_the_workshop_and_hides_the_results(store: Store) -> None:
    state = store.read()
    assert state.asked == "before"
    assert not state.now.revealed
    assert not state.now.locked
    assert state.answer_sets == ()


def test_two_hundred_votes_at_once_are_all_there_once(store: Store) -> None:
    def vote(number: int) -> None:
        store.vote(f"visit {number % VOTERS}", "before", OLD if number < VOTERS else NEW)

    with ThreadPoolExecutor(VOTERS) as pool:
        list(pool.map(vote, range(VOTERS)))
        assert len(store.read().answer_sets) == VOTERS
        list(pool.map(vote, range(VOTERS, 2 * VOTERS)))
    voted = store.read().answer_sets
    assert {each.visit for each in voted} == {f"visit {number}" for number in range(VOTERS)}
    assert len(voted) == VOTERS
    assert all(each.answers == NEW for each in voted)


def test_one_visit_that_sends_many_times_at_once_counts_once(store: Store) -> None:
    with ThreadPoolExecutor(20) as pool:
        list(pool.map(lambda _: store.vote("a", "before", OLD), range(20)))
    assert [each.visit for each in store.read().answer_sets] == ["a"]


def test_servers_that_start_at_once_share_one_store(url: str) -> None:
    engines = [sa.create_engine(url) for _ in range(6)]
    with ThreadPoolExecutor(len(engines)) as pool:
        stores = list(pool.map(Store, engines))
    for number, store in enumerate(stores):
        store.vote(f"visit {number}", "before", OLD)
    assert len(stores[0].read().answer_sets) == len(stores)
    assert len(stores[0].read().rounds) == 2
    for engine in engines:
        engine.dispose()


def test_a_restart_keeps_the_votes_and_the_state(url: str) -> None:
    engine = sa.create_engine(url)
    store = Store(engine)
    store.vote("a", "before", NEW)
    store.set_revealed("before", True)
    store.ask("after")
    seen = store.read()
    engine.dispose()
    again = sa.create_engine(url)
    assert Store(again).read() == seen
    again.dispose()


def test_a_locked_round_takes_no_vote_and_keeps_those_it_has(store: Store) -> None:
    store.vote("a", "before", OLD)
    store.set_locked("before", True)
    for visit in ("a", "b"):
        with pytest.raises(LockedError, match="closed"):
            store.vote(visit, "before", NEW)
    assert [each.answers for each in store.read().answer_sets] == [OLD]
    store.vote("b", "after", NEW)
    store.set_locked("before", False)
    store.vote("a", "before", NEW)
    assert store.answers_of("a", "before") == NEW


def test_no_vote_comes_in_after_the_lock(store: Store) -> None:
    """Whatever was accepted while the lock was set is there when it is set."""

    def vote(number: int) -> bool:
        try:
            store.vote(f"visit {number}", "before", OLD)
        except LockedError:
            return False
        return True

    with ThreadPoolExecutor(40) as pool:
        votes = [pool.submit(vote, number) for number in range(40)]
        store.set_locked("before", True)
        counted = len(store.read().answer_sets)
        accepted = sum(each.result() for each in votes)
    assert counted == accepted == len(store.read().answer_sets)


def test_reset_deletes_one_round_only_and_hides_and_opens_it(store: Store) -> None:
    for which in ("before", "after"):
        store.vote("a", which, OLD)
        store.set_revealed(which, True)
        store.set_locked(which, True)
    store.reset("before")
    state = store.read()
    assert not state.answers_in("before")
    assert not state.rounds["before"].revealed
    assert not state.rounds["before"].locked
    assert len(state.answers_in("after")) == 1
    assert state.rounds["after"].revealed
    assert store.answers_of("a", "before") is None


def test_a_database_that_is_not_there_is_a_sentence(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'no folder' / 'classroom.sqlite'}")
    with pytest.raises(StoreError, match="gives no answer"):
        Store(engine)


class _Counting(Store):
    """Counts how often it is read."""

    reads = 0

    def read(self) -> RoomState:
        self.reads += 1
        return super().read()


def test_the_state_is_read_once_a_second_for_the_whole_room(tmp_path: Path) -> None:
    now = 0.0
    store = _Counting(sa.create_engine(f"sqlite:///{tmp_path / 'classroom.sqlite'}"))
    room = Room(lambda: store, clock=lambda: now)
    with ThreadPoolExecutor(30) as pool:
        list(pool.map(lambda _: room.state(), range(30)))
    assert store.reads == 1
    now = 1.5
    room.state()
    assert store.reads == 2
    room.store().vote("a", "before", OLD)
    room.changed()
    assert len(room.state().answer_sets) == 1


def test_a_database_that_fails_is_asked_again_after_a_pause(tmp_path: Path) -> None:
    now, opened, is_there = 0.0, 0, False

    def open_store() -> Store:
        nonlocal opened
        opened += 1
        if not is_there:
            raise StoreError("away")
        return Store(sa.create_engine(f"sqlite:///{tmp_path / 'classroom.sqlite'}"))

    room = Room(open_store, clock=lambda: now)
    for _ in range(5):
        with pytest.raises(StoreError, match="away"):
            room.state()
    assert opened == 1
    now, is_there = 6.0, True
    assert room.state().asked == "before"
