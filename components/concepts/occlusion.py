"""Which part of a picture mattered: cover it piece by piece, and see what the network loses."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from components.concepts.convolution import Array

MOST_STOPS = 13  # of the patch along a side: each costs one reading by the network


def stride_for(side: int, patch: int) -> int:
    """How far the patch moves: a quarter of itself, or more where it would stop too often."""
    return min(patch, max(1, patch // 4, -(-(side - patch) // (MOST_STOPS - 1))))


def corners(side: int, patch: int, stride: int) -> tuple[int, ...]:
    """Where a patch starts along one side, so that every pixel is covered at least once.

    Raises ValueError for a patch that is larger than the picture, or skips pixels.
    """
    if not 1 <= patch <= side or not 1 <= stride <= patch:
        raise ValueError("The patch has to fit into the picture, and the stride into the patch.")
    places = list(range(0, side - patch + 1, stride))
    if places[-1] < side - patch:
        places.append(side - patch)
    return tuple(places)


def covered(
    pixels: NDArray[np.uint8], places: Sequence[int], patch: int, fill: NDArray[np.uint8]
) -> NDArray[np.uint8]:
    """The picture once for every place of the patch, row by row: (places², height, width …).

    `fill` is the colour of the patch: one number, or three.
    """
    many = np.repeat(pixels[np.newaxis], len(places) ** 2, axis=0)
    for number in range(len(many)):
        row, column = places[number // len(places)], places[number % len(places)]
        many[number, row : row + patch, column : column + patch] = fill
    return many


def drop_map(drops: Array, places: Sequence[int], patch: int, side: int) -> Array:
    """For each pixel the mean of the drops of all patches that covered it: (side, side).

    `drops` has one number for each picture of `covered`.
    """
    total, count = np.zeros((side, side)), np.zeros((side, side))
    for number, drop in enumerate(drops):
        row, column = places[number // len(places)], places[number % len(places)]
        total[row : row + patch, column : column + patch] += drop
        count[row : row + patch, column : column + patch] += 1
    return total / count


def fill_color(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """The colour to cover with: black on a digit, its background; else the picture's mean."""
    if pixels.ndim == 2:
        return np.zeros((), np.uint8)
    return np.rint(pixels.reshape(-1, pixels.shape[2]).mean(axis=0)).astype(np.uint8)
