"""A picture as a network gets it: square, and as large as the network reads."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Pixels = NDArray[np.uint8]


def fit_square(pixels: Pixels, side: int) -> Pixels:
    """The largest square in the middle of a picture (height, width, 3), scaled to `side`.

    Returns uint8 of shape (side, side, 3). A pixel of the result is the mean of those it covers.
    """
    height, width = pixels.shape[:2]
    edge = min(height, width)
    top, left = (height - edge) // 2, (width - edge) // 2
    square = Image.fromarray(pixels[top : top + edge, left : left + edge])
    return np.asarray(square.resize((side, side), Image.Resampling.BOX))
