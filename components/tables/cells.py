"""The cells of one column: numbers, however they are written, or a few words."""

import re
from collections.abc import Sequence

import numpy as np

from components.concepts.table import Column, NumberColumn, TableError, WordColumn, as_code

MISSING = frozenset(
    ("", "na", "n/a", "nan", "null", "none", "?", "-", "--", ".", "#n/a", "missing")
)
MOST_WORDS = 30  # different ones: a column with more is names, numbers of orders or free text
MOSTLY_NUMBERS = 0.8  # with more numbers than that, the rest are slips
LARGEST = 1e12

_PLAIN = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
_THOUSANDS = re.compile(r"[+-]?\d{1,3}(,\d{3})+(\.\d*)?", re.ASCII)
_COMMA = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+)?,\d+([eE][+-]?\d{1,3})?", re.ASCII)


def is_missing(cell: str) -> bool:
    """Whether a cell says that nothing is known."""
    return cell.strip().lower() in MISSING


def looks_like_number(cell: str) -> bool:
    """Whether a cell is a number in any of the ways in which they are written."""
    return _number(cell, comma=False) is not None or _number(cell, comma=True) is not None


def read_column(
    name: str, cells: Sequence[tuple[int, str]], comma: bool
) -> tuple[Column | None, str]:
    """The column with these cells, each with its line in the file, and a note, else "".

    None where the column can't be used; the note says why. With `comma`, "3,5" is a number.
    Raises TableError where the column has numbers and something else.
    """
    numbers = [_number(cell, comma) for _, cell in cells]
    n_numbers = sum(number is not None for number in numbers)
    if n_numbers == len(cells):
        return _number_column(name, cells, [n for n in numbers if n is not None])
    if n_numbers > MOSTLY_NUMBERS * len(cells):
        line, cell = cells[numbers.index(None)]
        raise TableError(
            f"has numbers in the column {as_code(name)}, and {as_code(cell)} in line {line}. "
            "Correct it, or leave the cell empty where nothing is known."
        )
    return _word_column(name, [cell for _, cell in cells])


def _number(cell: str, comma: bool) -> float | None:
    """The number in a cell; None for anything else."""
    text = cell.strip().removesuffix("%").rstrip().lstrip("$€£").replace("−", "-")
    if _PLAIN.fullmatch(text):
        return float(text)
    if comma and _COMMA.fullmatch(text):
        return float(text.replace(".", "").replace(",", "."))
    if _THOUSANDS.fullmatch(text):
        return float(text.replace(",", ""))
    return None


def _number_column(
    name: str, cells: Sequence[tuple[int, str]], numbers: Sequence[float]
) -> tuple[Column | None, str]:
    values = np.array(numbers)
    if not (np.abs(values) <= LARGEST).all():
        line, cell = cells[int(np.argmax(~(np.abs(values) <= LARGEST)))]
        raise TableError(
            f"has {as_code(cell)} in the column {as_code(name)}, line {line}: too large a number. "
            "Correct it, or give the column in a larger unit."
        )
    if np.ptp(values) == 0:
        return None, _same(name)
    return NumberColumn(name, values), ""


def _word_column(name: str, cells: Sequence[str]) -> tuple[Column | None, str]:
    words, codes = np.unique(np.array(cells, dtype=object), return_inverse=True)
    if len(words) == 1:
        return None, _same(name)
    if len(words) > MOST_WORDS:
        return None, (
            f"{as_code(name)} has {len(words):,} different words, too many to be kinds of "
            "something, and was left out."
        )
    return WordColumn(name, codes.astype(np.intp), tuple(str(word) for word in words)), ""


def _same(name: str) -> str:
    return (
        f"{as_code(name)} is the same in every row: it says nothing, can't be predicted, and was "
        "left out."
    )
