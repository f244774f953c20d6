"""What a model of the wage says about education in the two industries, and what it gets wrong."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from components.concepts.linear_model import (
    LinearModel,
    fit_least_squares,
    root_mean_squared_error,
)
from components.concepts.small_network_fit import SmallNetworkFit, fit_small_network
from components.concepts.wage_data import (
    EDUCATION_BY_INDUSTRY,
    INPUT_NAMES,
    WageData,
    make_wage_data,
)

Array: TypeAlias = NDArray[np.float64]
Predict: TypeAlias = Callable[[Array], Array]

CLEAR = 3.0  # standard errors; a slope beyond that is hardly chance


@dataclass(frozen=True)
class Lines:
    """Predicted wages by years of education, all of shape (n,): one line for each industry.

    The other inputs are held at the workers' mean.
    """

    education: Array
    technology: Array
    construction: Array


@dataclass(frozen=True)
class Trend:
    """How the error (actual minus predicted wage) goes with education in one industry.

    `slope` is in dollars an hour for each year of education, `standard_error` what chance alone
    makes of it.
    """

    slope: float
    standard_error: float

    @property
    def is_clear(self) -> bool:
        """Whether it is more than chance."""
        return abs(self.slope) > CLEAR * self.standard_error


def lines(predict: Predict, data: WageData, education: Array) -> Lines:
    """The two lines of a model at these years of education, shape (n,)."""
    inputs = np.tile(data.inputs.mean(axis=0), (len(education), 1))
    inputs[:, 0] = education
    wages = []
    for industry in (1.0, 0.0):
        inputs[:, 3] = industry
        wages.append(predict(inputs))
    return Lines(education, *wages)


def trend_of_errors(predict: Predict, data: WageData, in_technology: bool) -> Trend:
    """The least-squares line through the errors of one industry, by education."""
    here = data.is_technology == in_technology
    education = data.inputs[here, 0]
    errors = (data.wage - predict(data.inputs))[here]
    away = education - education.mean()
    spread = float(away @ away)
    slope = float(away @ errors) / spread
    left = errors - errors.mean() - slope * away
    variance = float(left @ left) / (len(left) - 2)
    return Trend(slope, float(np.sqrt(variance / spread)))


def mean_errors(predict: Predict, data: WageData, in_technology: bool) -> tuple[Array, Array]:
    """Years of education that occur in an industry, and the mean error at each, both (n,)."""
    here = data.is_technology == in_technology
    years = np.unique(data.inputs[here, 0])
    errors = (data.wage - predict(data.inputs))[here]
    means = [errors[data.inputs[here, 0] == year].mean() for year in years]
    return years, np.array(means)


@dataclass(frozen=True)
class ThreeFits:
    """The three models of the lesson, fitted to the same workers."""

    linear: LinearModel
    with_product: LinearModel
    network: SmallNetworkFit

    @property
    def network_size(self) -> int:
        """How many weights and biases the small network has."""
        layers = self.network.network.layers
        return sum(layer.n_nodes * (layer.n_inputs + 1) for layer in layers)


@lru_cache(maxsize=1)
def workers() -> WageData:
    """The lesson's workers; always the same."""
    return make_wage_data()


@lru_cache(maxsize=1)
def three_fits() -> ThreeFits:
    """All three fits to the lesson's workers."""
    data = workers()
    return ThreeFits(
        fit_least_squares(data.inputs, data.wage, INPUT_NAMES),
        fit_least_squares(data.inputs, data.wage, INPUT_NAMES, [EDUCATION_BY_INDUSTRY]),
        fit_small_network(data.inputs, data.wage, INPUT_NAMES),
    )


def typical_error(predict: Predict, data: WageData) -> float:
    """The root mean squared error on these workers, in dollars an hour."""
    return root_mean_squared_error(predict(data.inputs), data.wage)
