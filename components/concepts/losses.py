"""Losses: one number for how wrong a prediction is, and how it changes with the prediction."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Loss:
    """A loss of predictions and actual values of the same shape; several of them are added up.

    `name` is Keras's name (which takes the mean where this takes the sum: the same for one
    prediction), `formula` is LaTeX without the dollar signs.
    """

    name: str
    title: str
    formula: str
    value_of: Callable[[Array], Array]
    slope_of: Callable[[Array], Array]

    def value(self, prediction: ArrayLike, actual: ArrayLike) -> float:
        """The loss itself, 0 where the prediction is right."""
        return float(np.sum(self.value_of(_error(prediction, actual))))

    def slope(self, prediction: ArrayLike, actual: ArrayLike) -> Array:
        """How fast the loss grows with each prediction, in the predictions' shape."""
        return self.slope_of(_error(prediction, actual))


def _error(prediction: ArrayLike, actual: ArrayLike) -> Array:
    return np.asarray(prediction, dtype=np.float64) - np.asarray(actual, dtype=np.float64)


SQUARED_ERROR = Loss(
    "mean_squared_error",
    "squared error",
    r"(\text{prediction} - \text{actual})^2",
    np.square,
    lambda error: 2 * error,
)
ABSOLUTE_ERROR = Loss(
    "mean_absolute_error",
    "absolute error",
    r"|\text{prediction} - \text{actual}|",
    np.abs,
    np.sign,  # at an error of 0 the slope is 0
)

LOSSES: dict[str, Loss] = {loss.name: loss for loss in (SQUARED_ERROR, ABSOLUTE_ERROR)}
