"""A whole picture through one convolutional layer: channels, filters, ReLU and max-pooling."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from components.concepts.convolution import Array, convolve
from components.concepts.pooling import max_pool

# How much of red, green and blue the eye sees (ITU-R BT.601: 0.299, 0.587, 0.114), in parts of
# 65,536: so written, the grey is to the digit the one that Pillow and Keras make.
GREY_PARTS = (19595, 38470, 7471)
ALL_PARTS = 65536


@dataclass(frozen=True)
class Filtering:
    """What is done to a picture.

    `channels` is "grey" (one channel), "sum" (a kernel for each colour, added up, as in Conv2D)
    or "each" (the kernel on every colour by itself). `kernels` has the shape that Conv2D takes,
    (height, width, channels, filters), with one filter and one channel for "each". `names` are
    those of the filters.
    """

    channels: str
    names: tuple[str, ...]
    kernels: NDArray[np.float32]
    relu: bool = False
    pool: bool = False


def apply(filtering: Filtering, pixels: NDArray[np.uint8]) -> Array:
    """The maps (height, width, filters) of a picture (height, width, 3), with padding "same".

    With "each" they are a picture again: one map for each colour.
    """
    kernels = filtering.kernels
    if filtering.channels == "each":
        colours = [pixels[..., [channel]].astype(np.float32) for channel in range(3)]
        maps = np.concatenate([convolve(one, kernels, padding="same") for one in colours], axis=2)
    elif filtering.channels == "grey":
        grey = to_grey(pixels).astype(np.float32)
        maps = convolve(grey[..., np.newaxis], kernels, padding="same")
    else:
        maps = convolve(pixels.astype(np.float32), kernels, padding="same")
    if filtering.relu:
        maps = np.maximum(maps, 0)
    return max_pool(maps) if filtering.pool else maps


def to_grey(pixels: NDArray[np.uint8]) -> NDArray[np.uint8]:
    """Red, green and blue (height, width, 3) as one grey (height, width), rounded."""
    parts = pixels.astype(np.uint32) @ np.array(GREY_PARTS, np.uint32)
    return ((parts + ALL_PARTS // 2) // ALL_PARTS).astype(np.uint8)
