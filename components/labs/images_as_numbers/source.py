"""The picture that the lab shows: the one chosen, made as small as the settings say."""

import numpy as np
from PIL import Image

from components.concepts.picture_numbers import Pixels
from components.labs.images_as_numbers import settings
from components.widgets.picture_source import choose_picture


def choose() -> tuple[Pixels, str]:
    """Draw the choice of a picture; its pixels (height, width, 3), and its name."""
    picture = choose_picture(bare=True)
    return picture.pixels, picture.name


def in_detail(pixels: Pixels, detail: str) -> Pixels:
    """The picture with as many pixels as the setting `detail` says."""
    return pixels if detail == settings.FULL else with_longer_side(pixels, int(detail))


def with_longer_side(pixels: Pixels, side: int) -> Pixels:
    """The picture with `side` pixels along its longer side, each the mean of what it covers.

    A picture that is no larger stays as it is.
    """
    height, width = pixels.shape[:2]
    share = side / max(height, width)
    if share >= 1:
        return pixels
    size = (max(1, round(width * share)), max(1, round(height * share)))
    return np.asarray(Image.fromarray(pixels).resize(size, Image.Resampling.BOX))
