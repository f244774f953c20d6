"""Answers as a table: who is sure, what a spreadsheet makes of it, and whose words are shown."""

import csv
import io

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.answer_table import answer_of, to_csv
from components.concepts.plain_words import as_markdown

CLASSES = ("cat", "dog", "rabbit")


def test_the_likeliest_comes_first_and_the_threshold_decides() -> None:
    row = np.array([0.2, 0.7, 0.1], np.float32)
    answer = answer_of(row, CLASSES, 0.7 - 1e-6)
    assert [name for name, _ in answer.ranked] == ["dog", "cat", "rabbit"]
    assert answer.word == "dog"
    assert answer_of(row, CLASSES, 0.71).word == "not sure"


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8-sig"))))


def test_the_csv_has_every_probability_and_empty_cells_for_what_was_not_asked() -> None:
    answer = answer_of(np.array([0.2, 0.7, 0.1]), CLASSES, 0.5)
    rows = rows_of(to_csv(["a.jpg", "b.jpg"], [answer, None], CLASSES))
    assert rows[0] == ["picture", "answer", "likeliest", *CLASSES]
    assert rows[1] == ["a.jpg", "dog", "dog", "0.2000", "0.7000", "0.1000"]
    assert rows[2] == ["b.jpg", "", "", "", "", ""]


@pytest.mark.parametrize(
    "name",
    [
        "=1+1.jpg", "+1", "-2+3", "@SUM(A1)", "\t=1", "\r=1", " =1", "\u00a0=1", "|calc",
        '=HYPERLINK("http://x")', "＝1",
    ],
)  # fmt: skip
def test_nothing_is_a_formula_to_a_spreadsheet(name: str) -> None:
    classes = (name, "dog")
    answer = answer_of(np.array([0.9, 0.1]), classes, 0.5)
    rows = rows_of(to_csv([name], [answer], classes))
    cells = [rows[0][3], *rows[1][:3]]
    assert all(cell.startswith("'") for cell in cells)


@given(st.lists(st.text(), max_size=3))
def test_every_name_comes_out_of_the_csv_again(names: list[str]) -> None:
    rows = rows_of(to_csv(names, [None] * len(names), CLASSES))
    encodable = [name.encode("utf-8", "replace").decode() for name in names]
    # csv reads any line break within quotes as it is.
    assert [row[0].removeprefix("'") for row in rows[1:]] == [
        name.removeprefix("'") for name in encodable
    ]


def test_words_of_a_visitor_are_no_markdown() -> None:
    assert as_markdown("**bold** [a](b) $x$ <b>") == (r"\*\*bold\*\* \[a\]\(b\) \$x\$ \<b\>")
    assert as_markdown("  two\n lines ") == "two lines"
