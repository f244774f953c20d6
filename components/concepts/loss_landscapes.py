"""Landscapes to walk down: losses of one weight and of two, with their slopes.

They are made up, so that each shows one thing that real losses have: a clear minimum, several
minima, a plateau, a narrow valley. `loss_slice` cuts a real one out of a network.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.concepts.activations import ACTIVATIONS
from components.concepts.dense_network import DenseNetwork, Edge, forward
from components.concepts.losses import SQUARED_ERROR, Loss

Array: TypeAlias = NDArray[np.float64]


@dataclass(frozen=True)
class Landscape:
    """A loss of one or two weights over a region.

    `value_of` takes weights of shape (..., n_weights) and gives losses (...); `slope_of` gives
    the slopes, shape (..., n_weights). `low` and `high` bound the picture, one number for all
    weights. `start` is where a walk begins by default. `keras_code` is the loss as Python
    source, an expression in `w` with Keras operations.
    """

    name: str
    title: str
    note: str
    low: float
    high: float
    start: tuple[float, ...]
    value_of: Callable[[Array], Array]
    slope_of: Callable[[Array], Array]
    keras_code: str

    @property
    def n_weights(self) -> int:
        return len(self.start)

    @property
    def formula(self) -> str:
        """The loss as a person would write it: "(w - 2)² + 1"."""
        text = self.keras_code.replace("keras.ops.", "").replace(" * ", "·")
        for power, raised in ((" ** 2", "²"), ("**2", "²"), (" ** 4", "⁴")):
            text = text.replace(power, raised)
        names = ("w",) if self.n_weights == 1 else ("w₁", "w₂")
        for place, name in enumerate(names):
            text = text.replace(f"w[{place}]", name)
        return text

    def value(self, weights: ArrayLike) -> Array:
        """The loss at weights of shape (..., n_weights)."""
        return self.value_of(np.asarray(weights, dtype=np.float64))

    def slope(self, weights: ArrayLike) -> Array:
        """The slopes at weights of shape (..., n_weights), in the same shape."""
        return self.slope_of(np.asarray(weights, dtype=np.float64))


# ---- One weight


def _sigmoid(w: Array) -> Array:
    return ACTIVATIONS["sigmoid"].value(w)


_BOWL = Landscape(
    "bowl",
    "bowl",
    "One minimum, at w = 2. The slope shrinks on the way down, and the steps with it.",
    -4.0,
    8.0,
    (-3.0,),
    lambda w: (w[..., 0] - 2) ** 2 + 1,
    lambda w: 2 * (w - 2),
    "(w[0] - 2) ** 2 + 1",
)
_TWO_VALLEYS = Landscape(
    "two_valleys",
    "two valleys",
    "Two minima, the right one deeper. Where you start decides which one you find.",
    -3.0,
    3.0,
    (-2.5,),
    lambda w: 0.25 * w[..., 0] ** 4 - 1.5 * w[..., 0] ** 2 - 0.6 * w[..., 0] + 5,
    lambda w: w**3 - 3 * w - 0.6,
    "0.25 * w[0] ** 4 - 1.5 * w[0] ** 2 - 0.6 * w[0] + 5",
)
_PLATEAU = Landscape(
    "plateau",
    "plateau",
    "Far from the minimum the ground is almost flat: the slope is tiny, and so is every step.",
    -10.0,
    10.0,
    (8.0,),
    lambda w: 10 * (_sigmoid(w[..., 0] - 2) - 0.5) ** 2 + 0.02 * (w[..., 0] - 2) ** 2 + 0.5,
    lambda w: 20 * (_sigmoid(w - 2) - 0.5) * _sigmoid(w - 2) * _sigmoid(2 - w) + 0.04 * (w - 2),
    "10 * (keras.ops.sigmoid(w[0] - 2) - 0.5) ** 2 + 0.02 * (w[0] - 2) ** 2 + 0.5",
)

# ---- Two weights

# Hollows of the bumpy surface: where they are, how deep and how wide.
_HOLLOWS = (
    (-2.0, 2.0, 5.0, 1.0),
    (2.0, 2.2, 4.0, 1.1),
    (1.6, -1.8, 6.5, 1.2),
    (-2.2, -2.0, 3.5, 0.9),
)
_RIM, _LIFT = 0.15, 7.0


def _bumpy(w: Array) -> Array:
    ground = _LIFT + _RIM * np.sum(w**2, axis=-1)
    for x, y, depth, width in _HOLLOWS:
        away = (w[..., 0] - x) ** 2 + (w[..., 1] - y) ** 2
        ground = ground - depth * np.exp(-away / (2 * width**2))
    return ground


def _bumpy_slope(w: Array) -> Array:
    slopes = 2 * _RIM * w
    for x, y, depth, width in _HOLLOWS:
        offset = w - np.array([x, y])
        away = np.sum(offset**2, axis=-1, keepdims=True)
        slopes = slopes + depth / width**2 * offset * np.exp(-away / (2 * width**2))
    return slopes


_BUMPY = Landscape(
    "bumpy",
    "bumpy",
    "Four hollows of different depth. Every walk ends in one of them, not always in the deepest.",
    -4.0,
    4.0,
    (0.2, 3.4),
    _bumpy,
    _bumpy_slope,
    " ".join(
        [f"{_LIFT} + {_RIM} * keras.ops.sum(w**2)"]
        + [
            f"- {depth} * keras.ops.exp("
            f"-((w[0] - {x}) ** 2 + (w[1] - {y}) ** 2) / {2 * width**2:g})"
            for x, y, depth, width in _HOLLOWS
        ]
    ),
)
_VALLEY = Landscape(
    "valley",
    "narrow valley",
    "Steep across, gentle along: plain gradient descent zigzags where momentum and Adam cruise.",
    -4.0,
    4.0,
    (-3.5, 2.0),
    lambda w: 0.1 * w[..., 0] ** 2 + 2 * w[..., 1] ** 2 + 0.5,
    lambda w: w * np.array([0.2, 4.0]),
    "0.1 * w[0] ** 2 + 2 * w[1] ** 2 + 0.5",
)

ONE_WEIGHT: dict[str, Landscape] = {land.name: land for land in (_BOWL, _TWO_VALLEYS, _PLATEAU)}
TWO_WEIGHTS: dict[str, Landscape] = {land.name: land for land in (_BUMPY, _VALLEY)}
LANDSCAPES: dict[str, Landscape] = ONE_WEIGHT | TWO_WEIGHTS


def loss_slice(
    network: DenseNetwork,
    edge: Edge,
    inputs: ArrayLike,
    actual: ArrayLike,
    weights: ArrayLike,
    loss: Loss = SQUARED_ERROR,
) -> Array:
    """The loss of a network for each value of one of its weights, all others kept.

    `weights` and the answer have shape (n,); `inputs` (n_inputs,) and `actual` are one example.
    """
    values = np.asarray(weights, dtype=np.float64)
    moved = (forward(network.with_weights({edge: float(value)}), inputs) for value in values)
    return np.array([loss.value(trace.outputs, actual) for trace in moved])
