"""The linear model: a bias plus a weight for each input, and what it can't say.

In a linear model an input is worth the same whatever the other inputs are. A product term
(education × industry) lets the worth of one depend on the other; but somebody has to know
which products to add, and there are many.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.concepts.dense_network import DenseLayer, DenseNetwork

Array: TypeAlias = NDArray[np.float64]
Pair: TypeAlias = tuple[int, int]


@dataclass(frozen=True)
class LinearModel:
    """A bias, a weight for each input, and a weight for each product of two inputs.

    `products` names the two inputs of each product by their place, as `product_weights` does
    its weight.
    """

    input_names: tuple[str, ...]
    bias: float
    weights: tuple[float, ...]
    products: tuple[Pair, ...] = ()
    product_weights: tuple[float, ...] = ()

    def predict(self, inputs: ArrayLike) -> Array:
        """Predictions of shape (n_examples,) for inputs of shape (n_examples, n_inputs)."""
        terms = with_products(inputs, self.products)
        return terms @ np.array(self.weights + self.product_weights) + self.bias

    def term_names(self) -> tuple[str, ...]:
        """The inputs and the products by name: "education", "education × industry"."""
        pairs = (f"{self.input_names[a]} × {self.input_names[b]}" for a, b in self.products)
        return (*self.input_names, *pairs)

    def as_network(self, output_name: str = "wage") -> DenseNetwork:
        """The same model as a network without a hidden layer; products are inputs of their own."""
        layer = DenseLayer((self.weights + self.product_weights,), (self.bias,), "linear")
        return DenseNetwork((layer,), self.term_names(), (output_name,))


def with_products(inputs: ArrayLike, products: Sequence[Pair]) -> Array:
    """The inputs, and a column more for each product: (n_examples, n_inputs + n_products)."""
    columns = np.asarray(inputs, dtype=np.float64)
    return np.column_stack([columns, *(columns[:, a] * columns[:, b] for a, b in products)])


def fit_least_squares(
    inputs: ArrayLike,
    actual: ArrayLike,
    input_names: Sequence[str],
    products: Sequence[Pair] = (),
) -> LinearModel:
    """The model with the smallest sum of squared errors on (n_examples, n_inputs) inputs."""
    terms = with_products(inputs, products)
    columns = np.column_stack([np.ones(len(terms)), terms])
    solution, *_ = np.linalg.lstsq(columns, np.asarray(actual, dtype=np.float64), rcond=None)
    bias, *weights = solution.tolist()
    n = len(input_names)
    return LinearModel(
        tuple(input_names), bias, tuple(weights[:n]), tuple(products), tuple(weights[n:])
    )


def root_mean_squared_error(prediction: ArrayLike, actual: ArrayLike) -> float:
    """The typical size of the error, in the unit of what is predicted."""
    errors = np.asarray(prediction, dtype=np.float64) - np.asarray(actual, dtype=np.float64)
    return float(np.sqrt(np.mean(errors**2)))


def count_products(n_inputs: int, order: int = 2) -> int:
    """How many products of `order` different inputs n inputs have; pairs: n(n-1)/2."""
    return math.comb(n_inputs, order)
