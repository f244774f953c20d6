"""What a picture loses when its pixels change places, and what it keeps."""

import numpy as np
from numpy.typing import NDArray

N_PIXELS = 28 * 28


def pixel_order(seed: int) -> NDArray[np.intp]:
    """A random order of the 784 pixels of a digit, always the same for the same seed."""
    return np.random.default_rng(seed).permutation(N_PIXELS)


def shuffle_pixels(images: NDArray[np.uint8], seed: int) -> NDArray[np.uint8]:
    """Every picture with its pixels in the order of `pixel_order(seed)`.

    `images` is (n, 28, 28); so is the result. Every value is still there, at another place:
    a layer in which all is connected to all can learn the same as before, a convolution can't,
    since neighbours are no longer neighbours.
    """
    rows = images.reshape(len(images), N_PIXELS)
    return rows[:, pixel_order(seed)].reshape(images.shape)
