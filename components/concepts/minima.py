"""Where a landscape has its minima: the places that walks downhill can end in."""

from functools import lru_cache
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from components.concepts.gradient_descent import descend
from components.concepts.loss_landscapes import LANDSCAPES, Landscape
from components.concepts.optimisers import OPTIMISERS

Array: TypeAlias = NDArray[np.float64]

GRID = 81  # places looked at along each weight
SMALL_RATE, MANY_STEPS = 0.05, 500  # a careful walk from the grid to the very bottom


@lru_cache(maxsize=len(LANDSCAPES))
def minima(landscape: Landscape) -> tuple[tuple[float, ...], ...]:
    """The local minima inside the picture, the deepest first, each as its weights."""
    weights = np.linspace(landscape.low, landscape.high, GRID)
    places = np.stack(np.meshgrid(*[weights] * landscape.n_weights, indexing="ij"), axis=-1)
    losses = landscape.value(places)
    lowest = np.ones_like(losses, dtype=bool)
    for axis in range(landscape.n_weights):
        for shift in (-1, 1):
            lowest &= losses <= np.roll(losses, shift, axis)
        lowest &= _inside(losses, axis)
    found = [_bottom(landscape, place) for place in places[lowest]]
    distinct = {tuple(round(w, 3) for w in place): place for place in found}
    return tuple(sorted(distinct.values(), key=lambda place: float(landscape.value(place))))


def _inside(losses: Array, axis: int) -> NDArray[np.bool_]:
    """Which places of the grid are not at its border along `axis`."""
    place = np.arange(losses.shape[axis])
    shape = [1] * losses.ndim
    shape[axis] = -1
    inside: NDArray[np.bool_] = ((place > 0) & (place < len(place) - 1)).reshape(shape)
    return inside


def _bottom(landscape: Landscape, place: Array) -> tuple[float, ...]:
    walk = descend(landscape, place, OPTIMISERS["sgd"], SMALL_RATE, MANY_STEPS)
    return tuple(walk.weights[-1].tolist())
