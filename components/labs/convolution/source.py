"""The picture that the lab filters, as a square in the two sizes it needs."""

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

from components.concepts.filtering import to_grey
from components.widgets.picture_source import picture_on_page

SMALL, LARGE = 28, 512  # pixels a side: to go through step by step, and to look at


def small_picture() -> NDArray[np.uint8]:
    """The picture in grey, 28 × 28."""
    return to_grey(_square(SMALL))


def large_picture() -> NDArray[np.uint8]:
    """The picture in colour, 512 × 512 × 3."""
    return _square(LARGE)


def _square(side: int) -> NDArray[np.uint8]:
    """The middle of the picture (side, side, 3); the pixels of a smaller one stay in sight."""
    image = Image.fromarray(picture_on_page().pixels)
    is_smaller = min(image.size) < side
    how = Image.Resampling.NEAREST if is_smaller else Image.Resampling.BOX
    return np.asarray(ImageOps.fit(image, (side, side), how))
