"""What a layer reacts to, measured: how far plain edge detectors explain its maps, and how
particular its maps are.

Both measures go from 0 to 1, and are means over a layer's maps:

- **edges**: the share of a map's variance, over all places and pictures, that a linear model of
  plain edge detectors and the brightness at the same place explains (R²).
- **particular**: with classes, the share of the variance of a map's strongest response to a
  picture that lies between the classes, corrected for chance (ε²). Without classes, how few of
  the pictures a map reacts to: 1 − mean² ÷ mean of the squares (Treves and Rolls 1991).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from components.concepts.convolution import Array

DIRECTIONS = ((0, 1), (1, 0), (1, 1), (1, -1))  # rows and columns to the pixel it is compared with
LARGEST_PIXEL = 255.0


@dataclass(frozen=True)
class Evidence:
    """The two measures of one layer; `live` counts its maps that react to anything at all.

    `sees` is the length of its receptive field, in pixels.
    """

    key: str
    title: str
    edges: float
    particular: float
    live: int
    sees: int


def edge_responses(pictures: NDArray[np.uint8]) -> Array:
    """Plain detectors on pictures (n, side, side): (n, side, side, 9).

    The brightness, and for four directions the difference of two neighbours, its positive and
    its negative part by themselves, as ReLU would leave them.
    """
    bright = pictures.astype(np.float32) / LARGEST_PIXEL
    features = [bright]
    for down, right in DIRECTIONS:
        moved = np.roll(bright, (-down, -right), axis=(1, 2))
        difference = moved - bright
        difference[:, -1 if down else slice(None, 0)] = 0  # what came round from the other side
        if right:
            difference[:, :, -1 if right > 0 else 0] = 0
        features += [np.maximum(difference, 0), np.maximum(-difference, 0)]
    return np.stack(features, axis=-1)


def add_up(responses: Array) -> Array:
    """The sums of responses (n, side, side, 9) over all rectangles from the corner: one longer."""
    n, side, _, count = responses.shape
    sums = np.zeros((n, side + 1, side + 1, count), np.float32)
    sums[:, 1:, 1:] = responses.cumsum(axis=1, dtype=np.float64).cumsum(axis=2)
    return sums


def at_fields(sums: Array, fields: Sequence[tuple[int, int]]) -> Array:
    """The mean response in the receptive field of each place of a map: (n, map, map, 9).

    `sums` are those of `add_up`; `fields` are the first and last pixel for each place.
    """
    first = np.array([first for first, _ in fields])
    end = np.array([last + 1 for _, last in fields])
    rows = sums[:, end] - sums[:, first]
    total = rows[:, :, end] - rows[:, :, first]
    length = (end - first).astype(np.float32)
    return total / (length[:, None] * length)[None, :, :, None]


def edges_explain(maps: Array, responses: Array) -> tuple[float, int]:
    """How far plain detectors explain maps (n, height, width, maps): the mean R², live maps.

    R² is adjusted for the number of detectors, and 0 at least. `responses` has the same n, height
    and width. A map that never changes is not counted; 0 where none is left.
    """
    targets = maps.reshape(-1, maps.shape[-1])
    design = responses.reshape(len(targets), -1).astype(np.float64)
    targets, design = targets - targets.mean(axis=0), design - design.mean(axis=0)
    spread = np.einsum("ij,ij->j", targets, targets, dtype=np.float64)
    live = spread > 1e-9
    if not live.any():
        return 0.0, 0
    # By the normal equations: the detectors are few, and the places very many.
    common = design.T @ targets[:, live]
    weights = np.linalg.lstsq(design.T @ design, common, rcond=1e-10)[0]
    left = spread[live] - (weights * common).sum(axis=0)
    n, detectors = design.shape
    by_chance = (n - 1) / max(1, n - 1 - detectors)
    explained = 1 - by_chance * left / spread[live]
    return float(np.clip(explained, 0, 1).mean()), int(live.sum())


def classes_explain(maps: Array, classes: NDArray[np.integer]) -> float:
    """How far the class explains a map's strongest response to a picture: the mean ε² (0 to 1).

    `maps` is (n, height, width, maps); `classes` is (n,). Chance is taken off: maps that know
    nothing of the classes have 0 on average.
    """
    strongest = maps.max(axis=(1, 2)).astype(np.float64)
    n, names = len(classes), np.unique(classes)
    spread = ((strongest - strongest.mean(axis=0)) ** 2).sum(axis=0)
    live = spread > 1e-9
    if not live.any() or n <= len(names):
        return 0.0
    within = np.zeros(strongest.shape[1])
    for name in names:
        members = strongest[classes == name]
        within += ((members - members.mean(axis=0)) ** 2).sum(axis=0)
    corrected = 1 - (within[live] / (n - len(names))) / (spread[live] / (n - 1))
    return float(np.clip(corrected, 0, 1).mean())


def few_excite(maps: Array) -> float:
    """How few of the pictures a map reacts to, by its strongest response: the mean (0 to 1)."""
    strongest = maps.max(axis=(1, 2)).astype(np.float64)
    squares = (strongest**2).mean(axis=0)
    live = squares > 1e-9
    if not live.any():
        return 0.0
    return float(np.mean(1 - strongest.mean(axis=0)[live] ** 2 / squares[live]))
