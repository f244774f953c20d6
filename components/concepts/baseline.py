"""The honest baseline: the same examples, predicted by least squares and by no model at all.

Errors are on the rows held back. For numbers the error is the typical one (the root of the mean
square), in the target's unit; for classes it is the share of rows that are told wrongly.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike

from components.concepts.examples import REGRESSION, Examples
from components.concepts.linear_model import root_mean_squared_error
from components.concepts.table import Array

CLOSE = 0.01  # a difference of less than this share is no difference


@dataclass(frozen=True, eq=False)
class Baseline:
    """`coefficients` is (1 + n_inputs, n_outputs): a bias and a weight for every input.

    `guess_error` is that of always saying the mean, or the most frequent class, of the training
    rows. `losses` are least squares' mean squared and mean absolute error, for regression.
    """

    coefficients: Array
    error: float
    guess_error: float
    losses: dict[str, float]

    def predict(self, inputs: ArrayLike) -> Array:
        """Predictions (n, n_outputs) for inputs (n, n_inputs)."""
        return _with_ones(inputs) @ self.coefficients


def fit_baseline(examples: Examples) -> Baseline:
    """Least squares on the training rows; classes as one output of 0 and 1 for each."""
    n = examples.n_train
    targets = one_hot(examples) if examples.classes else examples.target[:, None]
    solution, *_ = np.linalg.lstsq(_with_ones(examples.inputs[:n]), targets[:n], rcond=None)
    found = np.asarray(solution, np.float64)
    outputs = _with_ones(examples.inputs[n:]) @ found
    guess = np.broadcast_to(targets[:n].mean(axis=0), targets[n:].shape)
    losses = {}
    if examples.task == REGRESSION:
        off = outputs - targets[n:]
        losses["mean_squared_error"] = float(np.mean(off**2))
        losses["mean_absolute_error"] = float(np.mean(np.abs(off)))
    return Baseline(
        found, error_of(examples, outputs), error_of(examples, np.asarray(guess)), losses
    )


def error_of(examples: Examples, outputs: ArrayLike) -> float:
    """The error of predictions (n_validation, n_outputs) for the rows held back."""
    held_back = examples.target[examples.n_train :]
    said = np.asarray(outputs, np.float64)
    if examples.task == REGRESSION:
        return root_mean_squared_error(said[:, 0], held_back)
    return float(np.mean(said.argmax(axis=1) != held_back))


def one_hot(examples: Examples) -> Array:
    """The classes as (n_rows, n_classes): 1 for the class that it is, 0 for the others."""
    return np.eye(len(examples.classes))[examples.target.astype(int)]


def write_error(examples: Examples, error: float) -> str:
    """An error to read: four digits for a number, per cent for classes."""
    return f"{error:.4g}" if examples.task == REGRESSION else f"{error:.1%}"


def verdict(examples: Examples, error: float, baseline: Baseline) -> str:
    """Whether the network was worth it, in one sentence."""
    ours, theirs = write_error(examples, error), write_error(examples, baseline.error)
    share = (baseline.error - error) / max(baseline.error, 1e-12)
    sides = f"{ours} against {theirs}"
    if abs(share) < CLOSE:
        return (
            f"The network does **not beat** least squares: {sides} on the rows held back, as good "
            "as the same. The plain model would do."
        )
    if share > 0:
        return f"The network **beats** least squares by {share:.0%}: {sides} on the rows held back."
    return (
        f"The network does **not beat** least squares: {sides} on the rows held back. Here the "
        "plain model is the better one."
    )


def _with_ones(inputs: ArrayLike) -> Array:
    values = np.atleast_2d(np.asarray(inputs, np.float64))
    return np.column_stack([np.ones(len(values)), values])
