"""A table made into examples that a network can learn from: numbers in, numbers out.

A column of numbers goes in as it is. A column of two words becomes one input of 0 and 1, a
column of more words one such input for each. What is to be predicted is a number
("regression") or one of a few classes ("classification").
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from components.concepts.table import (
    Array,
    Column,
    NumberColumn,
    Table,
    TableError,
    WordColumn,
    as_code,
)

REGRESSION, CLASSIFICATION = "regression", "classification"
TASKS = {REGRESSION: "Regression", CLASSIFICATION: "Classification"}
HELD_BACK = 0.3  # the last rows, as Keras's validation_split takes them
FEWEST_ROWS = 20
MOST_CLASSES = 10
MOST_INPUTS = 100  # after words have become inputs
MOST_NUMBERS = 1_000_000  # in the table of inputs: it travels to the worker


@dataclass(frozen=True)
class Input:
    """One number that goes into the network: a column, or whether it has `word`."""

    column: str
    word: str = ""

    @property
    def name(self) -> str:
        """The column's name, with the word where there is one: "city = Leeds"."""
        return f"{self.column} = {self.word}" if self.word else self.column


@dataclass(frozen=True, eq=False)
class Examples:
    """What a network is given.

    `inputs` is (n_rows, n_inputs). `target` is (n_rows,): the numbers to predict, or the place
    of the class in `classes`, which is empty for regression. The last rows, from `n_train` on,
    are held back for validation. `middle` is set where two classes are the numbers up to it and
    above it.
    """

    table_name: str
    columns: tuple[Column, ...]
    input_names: tuple[Input, ...]
    inputs: Array
    target_name: str
    target: Array
    task: str
    classes: tuple[str, ...] = ()
    middle: float | None = None

    @property
    def n_inputs(self) -> int:
        """How many numbers go in."""
        return len(self.input_names)

    @property
    def n_train(self) -> int:
        """Rows that are trained on, counted as Keras does."""
        return n_train(len(self.target))

    @property
    def n_validation(self) -> int:
        """Rows that are held back."""
        return len(self.target) - self.n_train

    @cached_property
    def scaling(self) -> tuple[Array, Array]:
        """Mean and spread of each input on the training rows, both (n_inputs,)."""
        train = self.inputs[: self.n_train]
        spread = train.std(axis=0)
        return train.mean(axis=0), np.where(spread > 0, spread, 1.0)

    @cached_property
    def key(self) -> tuple[object, ...]:
        """Two examples with the same key are the same."""
        shape = (self.table_name, self.target_name, self.task, self.classes, self.input_names)
        return (*shape, hash(self.inputs.tobytes()), hash(self.target.tobytes()))

    def row(self, values: Mapping[str, float | str]) -> Array:
        """One case as the network takes it, (n_inputs,), from its value for each column."""
        return np.array(
            [
                float(values[i.column] == i.word) if i.word else float(values[i.column])
                for i in self.input_names
            ]
        )


def n_train(n_rows: int) -> int:
    """Rows to train on when Keras holds the last 30 % back: 373 of 534."""
    return math.floor(n_rows * (1 - HELD_BACK))


def make_examples(
    table: Table, target: str, inputs: Sequence[str], task: str, shuffle_seed: int | None = None
) -> Examples:
    """The examples for predicting column `target` from the columns `inputs`.

    With `shuffle_seed` the rows are put into that seed's order first. Raises TableError, in a
    sentence, where the choice makes no sense.
    """
    _check_choice(table, target, inputs)
    order = np.arange(table.n_rows)
    if shuffle_seed is not None:
        order = np.random.default_rng(shuffle_seed).permutation(table.n_rows)
    columns = tuple(table.column(name) for name in inputs)
    names, values = _encode(columns)
    values = values[order]
    chosen = table.column(target)
    classes, middle = tuple[str, ...](), None
    if task == REGRESSION:
        numbers = _numbers(chosen)[order]
    else:
        numbers, classes, middle = _classes(chosen, order)
    _check_target(target, numbers[: n_train(len(numbers))])
    return Examples(table.name, columns, names, values, target, numbers, task, classes, middle)


def _check_choice(table: Table, target: str, inputs: Sequence[str]) -> None:
    if not inputs:
        raise TableError("Choose at least one column to predict from.")
    if target in inputs:
        raise TableError(
            f"{as_code(target)} is what the network is to predict; it can't be told it as well. "
            "Take it off the inputs."
        )
    if table.n_rows < FEWEST_ROWS:
        raise TableError(
            f"The table has {table.n_rows} rows; {FEWEST_ROWS} are the fewest to learn from."
        )


def _encode(columns: Sequence[Column]) -> tuple[tuple[Input, ...], Array]:
    names: list[Input] = []
    arrays: list[Array] = []
    for column in columns:
        if isinstance(column, NumberColumn):
            names.append(Input(column.name))
            arrays.append(column.values)
            continue
        places = (1,) if len(column.words) == 2 else range(len(column.words))
        for place in places:
            names.append(Input(column.name, column.words[place]))
            arrays.append((column.codes == place).astype(np.float64))
    if len(names) > MOST_INPUTS or len(names) * len(arrays[0]) > MOST_NUMBERS:
        raise TableError(
            f"With every word as an input of its own, {len(names)} inputs for "
            f"{len(arrays[0]):,} rows are too many. Choose fewer columns."
        )
    return tuple(names), np.column_stack(arrays)


def _numbers(column: Column) -> Array:
    if isinstance(column, WordColumn):
        raise TableError(
            f"{as_code(column.name)} has words, and regression predicts a number. Choose "
            "Classification, or another column to predict."
        )
    return column.values


def _classes(
    column: Column, order: NDArray[np.intp]
) -> tuple[Array, tuple[str, ...], float | None]:
    """The class of every row, in that order, what the classes are called, and the middle of a
    column of numbers that was cut in two."""
    if isinstance(column, WordColumn):
        if len(column.words) > MOST_CLASSES:
            raise TableError(
                f"{as_code(column.name)} has {len(column.words)} different words; "
                f"{MOST_CLASSES} classes are the most. Choose another column to predict."
            )
        return column.codes[order].astype(np.float64), column.words, None
    values = column.values[order]
    distinct = np.unique(values)
    if len(distinct) <= MOST_CLASSES and (distinct == np.round(distinct)).all():
        names = tuple(f"{value:g}" for value in distinct)
        return np.searchsorted(distinct, values).astype(np.float64), names, None
    middle = float(np.median(values[: n_train(len(values))]))
    names = (f"up to {middle:.6g}", f"above {middle:.6g}")
    return (values > middle).astype(np.float64), names, middle


def _check_target(name: str, train: Array) -> None:
    if np.ptp(train) == 0:
        raise TableError(
            f"{as_code(name)} is the same in every row that is trained on: there is nothing to "
            "predict. Choose another column, or shuffle the rows first."
        )
