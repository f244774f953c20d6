"""What people send to the room: the store, nicknames, and the figures."""

import math
import os
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import sqlalchemy as sa

from components.classroom.database import Database
from components.classroom.entries import MOST_IN_A_TOPIC, Entries, EntryError
from components.classroom.nickname import LONGEST, NicknameError, clean
from components.concepts.wage_lines import three_fits, typical_error, workers
from components.concepts.wage_surface import EDUCATION, INDUSTRY, lowest_error, wage_surface
from components.figures.room_bars import MOST_BARS, Bar, answer_bars, room_bars
from components.figures.room_points import Axes, Point, points_on_curve, points_on_surface
from components.room.predictions import digest


@pytest.fixture(params=["sqlite", "postgres"])
def entries(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Entries]:
    """An empty database of each kind."""
    if request.param == "sqlite":
        engine = sa.create_engine(f"sqlite:///{tmp_path / 'classroom.sqlite'}")
        yield Entries(Database(engine))
        engine.dispose()
        return
    named = os.environ.get("WORKSHOP_TEST_POSTGRES")
    if not named:
        pytest.skip("WORKSHOP_TEST_POSTGRES is not set: no Postgres to test with")
    schema = f"entries_test_{os.getpid()}"
    outside = sa.create_engine(named)
    with outside.begin() as connection:
        connection.execute(sa.schema.CreateSchema(schema))
    address = sa.make_url(named).update_query_dict({"options": f"-csearch_path={schema}"})
    engine = sa.create_engine(address)
    yield Entries(Database(engine))
    engine.dispose()
    with outside.begin() as connection:
        connection.execute(sa.schema.DropSchema(schema, cascade=True))
    outside.dispose()


def test_an_entry_replaces_the_earlier_one_of_the_visit(entries: Entries) -> None:
    entries.send("weights", "a", "Ada", {"w": 1.5, "land": "bowl"})
    entries.send("weights", "b", "", {"w": 2.0})
    entries.send("other", "a", "", {"w": 3.0})
    entries.send("weights", "a", "Grace", {"w": -1.0})
    first, second = entries.of("weights")
    assert (first.visit, first.name, first.value) == ("a", "Grace", {"w": -1.0})
    assert (second.visit, second.number_of("w")) == ("b", 2.0)
    assert math.isnan(second.number_of("gone"))
    assert len(entries.of("other")) == 1


def test_one_visit_that_sends_many_times_at_once_has_one_entry(entries: Entries) -> None:
    with ThreadPoolExecutor(20) as pool:
        list(
            pool.map(lambda n: entries.send("weights", f"visit {n % 10}", "", {"w": n}), range(40))
        )
    assert len(entries.of("weights")) == 10


def test_what_is_hidden_stays_hidden_when_it_is_sent_anew(entries: Entries) -> None:
    for visit in ("a", "b"):
        entries.send("weights", visit, visit, {"w": 1})
    first, second = entries.of("weights")
    entries.hide("weights", frozenset({first.number}))
    entries.send("weights", "a", "another name", {"w": 2})
    assert [each.hidden for each in entries.of("weights")] == [True, False]
    entries.hide("weights", frozenset({second.number}))
    assert [each.hidden for each in entries.of("weights")] == [False, True]
    entries.hide("other", frozenset())
    assert [each.hidden for each in entries.of("weights")] == [False, True]


def test_entries_can_be_taken_back_and_emptied(entries: Entries) -> None:
    for visit in ("a", "b"):
        entries.send("weights", visit, "", {"w": 1})
    entries.send("other", "a", "", {"w": 1})
    entries.withdraw("weights", "a")
    assert [each.visit for each in entries.of("weights")] == ["b"]
    entries.clear("weights")
    assert entries.of("weights") == ()
    assert len(entries.of("other")) == 1


@pytest.mark.parametrize("value", [{"w": math.nan}, {"w": math.inf}, {"w": "x" * 2000}])
def test_a_value_that_cant_be_shown_is_a_sentence(
    entries: Entries, value: dict[str, str | float]
) -> None:
    with pytest.raises(EntryError, match="can't be shown"):
        entries.send("weights", "a", "", value)
    assert entries.of("weights") == ()


def test_a_topic_has_an_end(entries: Entries, monkeypatch: pytest.MonkeyPatch) -> None:
    assert MOST_IN_A_TOPIC >= 200
    monkeypatch.setattr("components.classroom.entries.MOST_IN_A_TOPIC", 2)
    for visit in ("a", "b"):
        entries.send("weights", visit, "", {"w": 1})
    with pytest.raises(EntryError, match="no more space"):
        entries.send("weights", "c", "", {"w": 1})
    entries.send("weights", "a", "", {"w": 2})


# ---- Nicknames


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("", ""),
        ("  Ada   Lovelace ", "Ada Lovelace"),
        ("Zoë-Marie", "Zoë-Marie"),
        ("O'Neil 2", "O'Neil 2"),
        ("李雷", "李雷"),
        ("नमस्ते", "नमस्ते"),
    ],
)
def test_a_nickname_of_letters_is_kept(text: str, name: str) -> None:
    assert clean(text) == name


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b>",
        "**x**",
        "[x](y)",
        "www.x.org",
        "http://x",
        ":smile:",
        "$x$",
        "a\u202eb",
        "a\u200bb",
        "_x_",
        "`x`",
        "=1+1",
        "a" + "\u0335" * 3,
        "a" * (LONGEST + 1),
    ],
)
def test_a_nickname_that_could_do_something_is_refused(text: str) -> None:
    with pytest.raises(NicknameError, match="nickname"):
        clean(text)


# ---- The figures


def test_the_lowest_of_the_surface_is_the_least_squares_fit() -> None:
    best = three_fits().linear
    error = typical_error(best.predict, workers())
    here = (best.weights[EDUCATION], best.weights[INDUSTRY])
    assert lowest_error(*here) == pytest.approx(error, rel=1e-9)
    surface = wage_surface(np.array([here[0] - 0.1, here[0]]), np.array([here[1], here[1] + 1]))
    assert surface.error.shape == (2, 2)
    assert surface.error.min() == surface.error[0, 1] == pytest.approx(error, rel=1e-9)


def test_a_model_by_hand_is_never_below_the_surface() -> None:
    generator = np.random.default_rng(0)
    best = three_fits().linear
    for _ in range(20):
        weights = tuple(generator.normal(0, 3, 4))
        model = type(best)(best.input_names, float(generator.normal(0, 10)), weights)
        low = lowest_error(weights[EDUCATION], weights[INDUSTRY])
        assert typical_error(model.predict, workers()) >= low - 1e-9


def test_answers_in_numbers_have_their_order_and_words_their_frequency() -> None:
    bars = answer_bars([6.0, -96.0, 6.0, 5.0], 5.0)
    assert [(bar.label, bar.length, bar.is_mine) for bar in bars] == [
        ("-96", 1, False),
        ("5", 1, True),
        ("6", 2, False),
    ]
    words = answer_bars(["b", "a", "b"], "a")
    assert [(bar.label, bar.length, bar.is_mine) for bar in words] == [
        ("b", 2, False),
        ("a", 1, True),
    ]


def test_many_different_numbers_are_counted_in_groups_and_none_is_lost() -> None:
    values = [float(number) for number in range(100)] + [1e9]
    bars = answer_bars(values, 1e9)
    assert len(bars) <= MOST_BARS
    assert sum(bar.length for bar in bars) == len(values)
    assert [bar.is_mine for bar in bars] == [False] * (len(bars) - 1) + [True]


def test_bars_say_in_words_what_they_show_and_need_labels_that_differ() -> None:
    figure = room_bars([Bar("1. Ada", 0.95, "95 %"), Bar("2. Ada", 0.9, "90 %", True)], "Best")
    assert figure.summary == "Best: 1. Ada: 95 %, 2. Ada: 90 %."
    assert list(figure.data["kind"]) == ["the room", "you"]
    with pytest.raises(ValueError, match="same label"):
        room_bars([Bar("Ada", 1, "1"), Bar("Ada", 2, "2")], "Best")


def test_points_outside_the_picture_are_counted_and_not_drawn() -> None:
    axes = Axes("w", "loss", "loss", (0, 1), (0, 10))
    points = [Point(0.5, 1, 1, "Ada", True), Point(9, 2, 2), Point(0.5, 99, 99)]
    line = np.linspace(0, 1, 5)
    for figure in (
        points_on_curve(line, line, points, axes),
        points_on_surface(line, line, np.ones((5, 5)), points, axes),
    ):
        drawn = figure.data[figure.data["kind"].isin(["you", "the room"])]
        assert list(drawn["name"]) == ["Ada"]
        assert figure.summary == "3 in the room; the lowest loss is 1. 2 lie outside the picture."


def test_the_same_question_has_the_same_word_in_every_visit() -> None:
    assert digest(("What?", (1.0, "x"))) == digest(("What?", (1.0, "x")))
    assert digest(("What?", (1.0, "x"))) != digest(("What?", (1.5, "x")))
