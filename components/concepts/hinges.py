"""A curve built from hinges: a sum of ReLU nodes of one input.

Each node is flat up to its hinge and rises (or falls) in a straight line after it. The sum of
a few is a line with a few bends, and with enough bends it follows any curve.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from components.concepts.activations import ACTIVATIONS
from components.concepts.dense_network import DenseLayer, DenseNetwork
from components.concepts.linear_model import root_mean_squared_error

Array: TypeAlias = NDArray[np.float64]

LOW, HIGH, N_POINTS = 0.0, 10.0, 201
PLACES = 41  # where a hinge may sit
MAX_HINGES = 12


@dataclass(frozen=True)
class Curve:
    """A curve to follow, over x from 0 to 10."""

    name: str
    title: str
    value_of: Callable[[Array], Array]


_TABLE = (
    Curve("arch", "rise and fall", lambda x: 12 + 18 * np.sin(0.27 * x) ** 0.8),
    Curve("wave", "wave", lambda x: 3 * np.sin(x) + 5),
    Curve("bell", "bell", lambda x: 8 * np.exp(-((x - 5) ** 2) / 3) + 1),
    Curve("step", "smooth step", lambda x: 4 + 4 * np.tanh(2 * (x - 5))),
)
CURVES: dict[str, Curve] = {curve.name: curve for curve in _TABLE}


@dataclass(frozen=True)
class HingeFit:
    """A bias plus `sizes[k]` times ReLU(x − `places[k]`), in the order the hinges were added."""

    bias: float
    places: tuple[float, ...]
    sizes: tuple[float, ...]

    def parts(self, x: Array) -> Array:
        """What each hinge adds at x of shape (n,): shape (n_hinges, n)."""
        rows = [
            size * ACTIVATIONS["relu"].value(x - place)
            for place, size in zip(self.places, self.sizes, strict=True)
        ]
        return np.array(rows).reshape(len(self.places), len(x))

    def value(self, x: Array) -> Array:
        """The sum at x of shape (n,)."""
        return self.bias + self.parts(x).sum(axis=0)

    def as_network(self) -> DenseNetwork:
        """The same sum as a network: one hidden ReLU node for each hinge. Needs one at least."""
        hidden = DenseLayer(
            tuple((1.0,) for _ in self.places), tuple(-place for place in self.places), "relu"
        )
        return DenseNetwork(
            (hidden, DenseLayer((self.sizes,), (self.bias,), "linear")), ("x",), ("y",)
        )


def curve_points(curve: Curve) -> tuple[Array, Array]:
    """The points that a fit follows: x and y, shape (201,) each."""
    x = np.linspace(LOW, HIGH, N_POINTS)
    return x, curve.value_of(x)


def fit_hinges(curve: Curve, n_hinges: int) -> HingeFit:
    """Add `n_hinges` hinges one by one, each where it lowers the squared error most.

    The first one sits at the left end and gives the line its slope. With each new hinge all
    sizes are fitted again by least squares, so one more never makes the fit worse.
    """
    x, y = curve_points(curve)
    places: list[float] = []
    for _ in range(n_hinges):
        candidates = [LOW] if not places else _free_places(places)
        fits = [_least_squares(x, y, [*places, place]) for place in candidates]
        best = min(fits, key=lambda fit: root_mean_squared_error(fit.value(x), y))
        places = list(best.places)
    return _least_squares(x, y, places)


def _free_places(taken: list[float]) -> list[float]:
    every = np.linspace(LOW, HIGH, PLACES)[:-1].tolist()
    return [place for place in every if place not in taken]


def _least_squares(x: Array, y: Array, places: list[float]) -> HingeFit:
    rows = [np.ones_like(x), *(np.maximum(x - place, 0) for place in places)]
    solution, *_ = np.linalg.lstsq(np.column_stack(rows), y, rcond=None)
    bias, *sizes = solution.tolist()
    return HingeFit(bias, tuple(places), tuple(sizes))
