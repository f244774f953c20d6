"""Max-pooling: of each square of a feature map only the largest number is kept."""

import numpy as np
from numpy.typing import ArrayLike

from components.concepts.convolution import Array, geometry


def max_pool(maps: ArrayLike, size: int = 2) -> Array:
    """The largest number of each `size` × `size` square of maps (height, width, filters).

    The squares stand side by side; rows and columns that don't fill one are dropped, as in
    Keras with padding "valid". Raises ConvolutionError where the map is smaller than a square.
    """
    values = np.asarray(maps)
    how = geometry((values.shape[0], values.shape[1]), (size, size), stride=size)
    height, width = (side * size for side in how.shape)
    pooled = values[0:height:size, 0:width:size]
    for row in range(size):
        for column in range(size):
            pooled = np.maximum(pooled, values[row:height:size, column:width:size])
    return pooled
