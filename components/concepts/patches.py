"""Pictures cut into pieces, and the pieces that excite a filter most."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]


def pieces(picture: Pixels, side: int, stride: int) -> Pixels:
    """All squares of `side` pixels that fit into a picture (height, width, …), `stride` apart,
    row by row: (n, side, side, …).
    """
    height, width = picture.shape[:2]
    return np.stack(
        [
            picture[top : top + side, left : left + side]
            for top in range(0, height - side + 1, stride)
            for left in range(0, width - side + 1, stride)
        ]
    )


def field_of(
    fields: Sequence[tuple[int, int]], place: int, width: int
) -> tuple[int, int, int, int]:
    """First and last row, first and last column of the picture that `place` has seen.

    `place` is row · width + column on the map.
    """
    return (*fields[place // width], *fields[place % width])
