"""A table of numbers and words, and the wage table that comes with the app.

The wage table is nobody's data: it is drawn from the process written down in
`draw_wage_table`, with the columns of the workshop's table and ranges that are plausible.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]

N_WORKERS = 534
WAGE_SEED = 1985
WAGE_TABLE = "The wage table"


class TableError(ValueError):
    """A table, or a choice of its columns, that can't be used; the message is a sentence."""


@dataclass(frozen=True, eq=False)
class NumberColumn:
    """A column of numbers, `values` of shape (n_rows,)."""

    name: str
    values: Array


@dataclass(frozen=True, eq=False)
class WordColumn:
    """A column of a few words: row i has `words[codes[i]]`; `codes` has shape (n_rows,)."""

    name: str
    codes: NDArray[np.intp]
    words: tuple[str, ...]


Column: TypeAlias = NumberColumn | WordColumn


@dataclass(frozen=True, eq=False)
class Table:
    """Columns of the same length. `notes` are sentences about what was done on the way in."""

    name: str
    columns: tuple[Column, ...]
    notes: tuple[str, ...] = ()

    @property
    def n_rows(self) -> int:
        """How many rows every column has."""
        first = self.columns[0]
        return len(first.values if isinstance(first, NumberColumn) else first.codes)

    @property
    def names(self) -> tuple[str, ...]:
        """The names of the columns, in order."""
        return tuple(column.name for column in self.columns)

    def column(self, name: str) -> Column:
        """The column of that name. Raises TableError."""
        for column in self.columns:
            if column.name == name:
                return column
        raise TableError(f"The table has no column {as_code(name)}. Choose one that it has.")


def as_code(name: str) -> str:
    """Somebody's word as it may stand in a page's text: as code, so that nothing in it is a
    link, a formula or a colour."""
    plain = "".join(_printable(name)).replace("`", "'").strip()
    return f"`{plain or '?'}`"


def _printable(text: str) -> Iterator[str]:
    return (letter for letter in text if letter.isprintable())


def draw_wage_table(n_workers: int, seed: int) -> dict[str, Array]:
    """Workers and their wages in dollars an hour, one array (n_workers,) for each column."""
    rng = np.random.default_rng(seed)
    female = rng.random(n_workers) < 0.46
    education = np.clip(np.round(rng.normal(13, 2.6, n_workers)), 2, 18)
    experience = np.clip(np.round(rng.gamma(1.9, 9.5, n_workers)), 0, 64 - 6 - education)
    union = rng.random(n_workers) < np.where(female, 0.12, 0.23)
    marr = rng.random(n_workers) < 0.25 + 0.5 * np.minimum(experience, 20) / 20
    south = rng.random(n_workers) < 0.29
    industry = rng.random(n_workers)
    manufacturing = industry < 0.19
    construction = (industry > 0.19) & (industry < 0.19 + np.where(female, 0.01, 0.08))
    logarithm = (
        0.55
        + 0.1 * education
        + 0.045 * experience
        - 0.0008 * experience**2
        + 0.2 * union
        - 0.22 * female
        - 0.1 * south
        + 0.06 * marr
        + 0.05 * manufacturing
        + 0.12 * construction
        + rng.normal(0, 0.28, n_workers)
    )
    return {
        "wage_per_hour": np.clip(np.round(np.exp(logarithm), 2), 1.0, 44.5),
        "union": union.astype(float),
        "education_yrs": education,
        "experience_yrs": experience,
        "age": 6 + education + experience,
        "female": female.astype(float),
        "marr": marr.astype(float),
        "south": south.astype(float),
        "manufacturing": manufacturing.astype(float),
        "construction": construction.astype(float),
    }


@lru_cache(maxsize=1)
def wage_table() -> Table:
    """The 534 generated workers; the first column is their wage in dollars an hour."""
    drawn = draw_wage_table(N_WORKERS, WAGE_SEED)
    return Table(WAGE_TABLE, tuple(NumberColumn(name, v) for name, v in drawn.items()))
