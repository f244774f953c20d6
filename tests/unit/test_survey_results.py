"""Counts, the table to take home, and the bars."""

import csv
import io

import pytest

from components.classroom.results import count, to_csv
from components.classroom.store import AnswerSet
from components.classroom.survey import Question, Survey
from components.figures.survey_bars import survey_bars

PYTHON = Question("python", "Python?", ("no", "yes"))
HOPES = Question("hopes", "=HOPES()", ("+1", "pictures, and more"), several=True)
SURVEY = Survey((PYTHON, HOPES))
SETS = (
    AnswerSet("after", "b", {"python": ("yes",)}),
    AnswerSet("before", "b", {"python": ("no",), "hopes": HOPES.choices}),
    AnswerSet("before", "a", {"python": ("no",), "old": ("@cmd", "x")}),
)


def test_counts_follow_the_choices() -> None:
    assert count(PYTHON, SETS) == (2, 1)
    assert count(HOPES, SETS) == (1, 1)
    assert count(Question("new", "New?", ("a", "b")), SETS) == (0, 0)


def test_the_table_has_every_answer_and_no_formula_and_no_visit_id() -> None:
    text = to_csv(SURVEY, SETS).decode("utf-8-sig")
    rows = list(csv.reader(io.StringIO(text)))
    assert rows == [
        ["round", "visit", "Python?", "'=HOPES()", "old"],
        ["before", "1", "no", "", "'@cmd; x"],
        ["before", "2", "no", "'+1; pictures, and more", ""],
        ["after", "2", "yes", "", ""],
    ]


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_no_cell_begins_like_a_formula(start: str) -> None:
    sets = (AnswerSet("before", "a", {"python": (f"{start}1+1",)}),)
    text = to_csv(SURVEY, sets).decode("utf-8-sig")
    assert list(csv.reader(io.StringIO(text, newline="")))[1][2] == f"'{start}1+1"


def test_bars_say_the_counts_in_words() -> None:
    figure = survey_bars(PYTHON.choices, {"after": (0, 3), "before": (2, 1)})
    assert figure.summary == "Before the workshop: no 2, yes 1; after the workshop: no 0, yes 3."
    assert list(figure.data["count"]) == [2, 1, 0, 3]
    changed = survey_bars(PYTHON.choices, {"before": (5, 1), "after": (0, 9)})
    assert changed.spec == figure.spec


def test_bars_refuse_what_they_cant_draw() -> None:
    wrong: list[dict[str, tuple[int, ...]]] = [{}, {"during": (1, 2)}, {"before": (1,)}]
    for counts in wrong:
        with pytest.raises(ValueError):
            survey_bars(PYTHON.choices, counts)
