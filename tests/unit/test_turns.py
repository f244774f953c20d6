"""Turns: how many at a time, in which order, and who does not count."""

import threading
import time

import pytest

from components.turns import Turns
from tests.unit.in_line import NEVER, PATIENCE, ask, end, start


@pytest.mark.parametrize("places", [1, 2, 3])
def test_as_many_at_a_time_as_there_are_places(places: int) -> None:
    turns, lock = Turns(places, NEVER), threading.Lock()
    together = threading.Barrier(places)  # opens only where that many are in it
    at_once: list[int] = []
    inside = 0

    def work() -> None:
        nonlocal inside
        with turns.turn():
            with lock:
                inside += 1
                at_once.append(inside)
            together.wait(PATIENCE)
            with lock:
                inside -= 1

    end(*[start(work) for _ in range(4 * places)])
    assert len(at_once) == 4 * places
    assert max(at_once) == places


def test_they_come_in_the_order_in_which_they_ask() -> None:
    turns, done = Turns(1, NEVER), list[str]()
    with turns.turn():
        threads = [ask(turns, done, name) for name in "abcd"]
        assert done == []
    end(*threads)
    assert done == list("abcd")


def test_who_asks_later_than_a_handicap_comes_later() -> None:
    turns, done = Turns(1, NEVER), list[str]()
    with turns.turn():
        threads = [ask(turns, done, "held back", handicap=60.0), ask(turns, done, "at once")]
    end(*threads)
    assert done == ["at once", "held back"]
    done.clear()
    with turns.turn():
        threads = [ask(turns, done, "held back", handicap=0.01)]
        time.sleep(0.02)
        threads.append(ask(turns, done, "at once"))
    end(*threads)
    assert done == ["held back", "at once"]


def test_a_long_turn_keeps_nobody_waiting() -> None:
    turns, others_are_done = Turns(1, 0.01), threading.Event()

    def work() -> None:
        with turns.turn():
            others_are_done.set()

    with turns.turn():
        other = start(work)
        assert others_are_done.wait(PATIENCE)
    end(other)


def test_a_turn_gives_way_to_who_is_due_before_it_and_goes_on() -> None:
    turns, done = Turns(1, NEVER), list[str]()
    with turns.turn() as turn:
        turns.give_way(turn, NEVER)  # there is nobody
        late = ask(turns, done, "a page", handicap=2 * NEVER)
        threads = [ask(turns, done, name) for name in "ab"]
        turns.give_way(turn, 0.0)  # it has asked first
        assert done == []
        turns.give_way(turn, NEVER)
        assert done == ["a", "b"]
        threads.append(ask(turns, done, "c"))
        assert done == ["a", "b"]
    end(late, *threads)
    assert done == ["a", "b", "c", "a page"]


def test_what_fails_in_a_turn_leaves_its_place() -> None:
    turns = Turns(1, NEVER)
    for _ in range(2):
        with pytest.raises(ValueError, match="as told"), turns.turn():
            raise ValueError("as told")
