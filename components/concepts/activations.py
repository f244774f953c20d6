"""Activation functions: what a node makes of its sum, and how steep that is.

The table's names are Keras's names, and the numbers are Keras's numbers (tested): the leak of
the leaky ReLU is 0.2, and GELU is the exact one. All functions take arrays of any shape.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

Array: TypeAlias = NDArray[np.float64]

LEAK = 0.2  # slope of the leaky ReLU below 0


@dataclass(frozen=True)
class Activation:
    """A function from a node's sum to its output, with its slope.

    `name` is Keras's name for it, `title` the one for people, `formula` is LaTeX without the
    dollar signs, and `note` says in a sentence what is special about it.
    """

    name: str
    title: str
    formula: str
    note: str
    value_of: Callable[[Array], Array]
    slope_of: Callable[[Array], Array]

    def value(self, x: ArrayLike) -> Array:
        """The output for the sum `x`, of the same shape."""
        return self.value_of(np.asarray(x, dtype=np.float64))

    def slope(self, x: ArrayLike) -> Array:
        """How fast the output grows with the sum at `x`, of the same shape."""
        return self.slope_of(np.asarray(x, dtype=np.float64))


def _relu(x: Array) -> Array:
    return np.where(x < 0, 0.0, x)


def _relu_slope(x: Array) -> Array:
    return np.where(x > 0, 1.0, 0.0)  # at the corner itself 0, as in Keras


def _leaky_relu(x: Array) -> Array:
    return np.where(x < 0, LEAK * x, x)


def _leaky_relu_slope(x: Array) -> Array:
    return np.where(x > 0, 1.0, LEAK)


def _sigmoid(x: Array) -> Array:
    return 0.5 * (1 + np.tanh(x / 2))  # the same as 1 / (1 + exp(-x)), and never overflows


def _sigmoid_slope(x: Array) -> Array:
    return _sigmoid(x) * _sigmoid(-x)


def _tanh_slope(x: Array) -> Array:
    return 4 * _sigmoid_slope(2 * x)


def _elu(x: Array) -> Array:
    return np.where(x < 0, np.expm1(np.minimum(x, 0)), x)


def _elu_slope(x: Array) -> Array:
    return np.exp(np.minimum(x, 0))


def _normal_share(x: Array) -> Array:
    """The share of a standard normal distribution that lies below x."""
    return 0.5 * np.vectorize(math.erfc, otypes=[np.float64])(-x / math.sqrt(2))


def _gelu(x: Array) -> Array:
    return x * _normal_share(x)


def _gelu_slope(x: Array) -> Array:
    density = np.exp(-np.minimum(x * x, 1400.0) / 2) / math.sqrt(2 * math.pi)
    return _normal_share(x) + x * density


_TABLE = (
    Activation(
        "linear",
        "identity",
        "f(x) = x",
        "No activation: the sum goes through unchanged.",
        lambda x: x.copy(),
        np.ones_like,
    ),
    Activation(
        "relu",
        "ReLU",
        r"f(x) = \begin{cases} 0 & x < 0 \\ x & x \geq 0 \end{cases}",
        "Zero below 0, the sum itself above: one corner, at 0.",
        _relu,
        _relu_slope,
    ),
    Activation(
        "leaky_relu",
        "leaky ReLU",
        rf"f(x) = \begin{{cases}} {LEAK:g}\,x & x < 0 \\ x & x \geq 0 \end{{cases}}",
        f"Like ReLU, but a negative sum still counts, {LEAK:g} times: the slope is never 0.",
        _leaky_relu,
        _leaky_relu_slope,
    ),
    Activation(
        "sigmoid",
        "sigmoid",
        r"f(x) = \frac{1}{1 + e^{-x}}",
        "Squeezes every sum between 0 and 1; far from 0 it is almost flat.",
        _sigmoid,
        _sigmoid_slope,
    ),
    Activation(
        "tanh",
        "tanh",
        r"f(x) = \tanh x",
        "Squeezes every sum between −1 and 1; far from 0 it is almost flat.",
        np.tanh,
        _tanh_slope,
    ),
    Activation(
        "softplus",
        "softplus",
        r"f(x) = \ln(1 + e^x)",
        "A ReLU with the corner rounded off; its slope is the sigmoid.",
        lambda x: np.logaddexp(0.0, x),
        _sigmoid,
    ),
    Activation(
        "elu",
        "ELU",
        r"f(x) = \begin{cases} e^x - 1 & x < 0 \\ x & x \geq 0 \end{cases}",
        "Above 0 the sum itself; below 0 it levels off at −1.",
        _elu,
        _elu_slope,
    ),
    Activation(
        "gelu",
        "GELU",
        r"f(x) = x\,\Phi(x)",
        "A smooth ReLU that dips a little below 0; Φ is the normal distribution's share below x.",
        _gelu,
        _gelu_slope,
    ),
)

ACTIVATIONS: dict[str, Activation] = {activation.name: activation for activation in _TABLE}
