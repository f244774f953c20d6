"""What a convolution gives, as pictures: numbers of any size and sign made visible."""

import base64
import io
from html import escape
from typing import Literal, TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from components.concepts.convolution import Array
from components.figures import theme
from components.figures.digit_sheet import FRAME

Pixels: TypeAlias = NDArray[np.uint8]
Look: TypeAlias = Literal["clipped", "signed"]
QUALITY = 90  # of a photograph on its way to the browser; small pictures go without loss
SMALL = 128 * 128  # pixels; up to here a picture's pixels are seen one by one


def visible(numbers: Array, look: Look, largest: float | None = None) -> Pixels:
    """Numbers of shape (height, width) or (height, width, 3) as a picture.

    "clipped" shows them as brightness: below 0 black, above 255 white. "signed" shows one map
    in colours: 0 is white, positive numbers blue, negative ones orange, strongest at `largest`,
    which is the largest there is unless it is given. What is no number gets the last colour of
    the scale, grey.
    """
    if look == "clipped":
        return np.clip(np.nan_to_num(numbers) + 0.5, 0, 255).astype(np.uint8)
    top = float(np.nanmax(np.abs(numbers), initial=0)) if largest is None else largest
    share = np.clip(numbers / top if top > 0 else np.zeros_like(numbers), -1, 1)
    place = np.nan_to_num(share * SCALE_STEPS + SCALE_STEPS, nan=2 * SCALE_STEPS + 1)
    return _SCALE[np.rint(place).astype(np.intp)]


def strength(numbers: Array) -> float:
    """What counts as strong in a map: all but the strongest 0.5 % of its numbers are weaker.

    A few great numbers, as at the border to the zeros of the padding, would pale all others.
    """
    return float(np.percentile(np.abs(numbers[::2, ::2]), 99.5))


def smaller(pixels: Pixels, side: int) -> Pixels:
    """A picture whose longer side is about `side` pixels at most: squares become their mean."""
    factor = max(1, round(max(pixels.shape[:2]) / side))
    return np.asarray(Image.fromarray(pixels).reduce(factor))


SCALE_STEPS = 127


def _scale() -> Pixels:
    """The colours from the most negative over 0 to the most positive, and that for no number."""
    ends = [_rgb(theme.NEGATIVE), _rgb(theme.POSITIVE)]
    shares = np.linspace(0, 1, SCALE_STEPS + 1)[:, np.newaxis]
    down, up = (255 + shares * (end - 255) for end in ends)
    return np.rint(np.vstack([down[:0:-1], up, [_rgb(theme.GREY)]])).astype(np.uint8)


def _rgb(color: str) -> NDArray[np.float64]:
    return np.array([int(color[place : place + 2], 16) for place in (1, 3, 5)], np.float64)


_SCALE = _scale()


def picture_uri(pixels: Pixels) -> str:
    """A picture (height, width) or (height, width, 3) as a data address.

    Small ones as PNG, without loss; large ones as JPEG, which is by far the quickest to make
    (512 × 512: about 1 ms, against 7 as WebP and 10 as PNG) and as small as WebP.
    """
    buffer = io.BytesIO()
    image = Image.fromarray(pixels)
    if pixels.shape[0] * pixels.shape[1] <= SMALL:
        image.save(buffer, "PNG", compress_level=1)
        kind = "png"
    else:
        image.save(buffer, "JPEG", quality=QUALITY, subsampling=0)
        kind = "jpeg"
    return f"data:image/{kind};base64," + base64.b64encode(buffer.getvalue()).decode("ascii")


def picture(pixels: Pixels, alternative: str, caption: str = "", width: str = "100%") -> str:
    """A picture in HTML with sharp pixels and a caption; `width` in CSS, at most the column's."""
    height, wide = pixels.shape[:2]
    sharp = "image-rendering:pixelated;" if height * wide <= SMALL else ""
    below = f'<figcaption style="font-size:0.85rem">{escape(caption)}</figcaption>'
    return (
        f'<figure style="margin:0;width:{width};max-width:100%">'
        f'<img src="{picture_uri(pixels)}" alt="{escape(alternative)}" width="{wide}" '
        f'height="{height}" style="{sharp}display:block;width:100%;height:auto;{FRAME}">'
        f"{below if caption else ''}</figure>"
    )


def in_a_row(pictures: list[str], gap: str = "0.8rem") -> str:
    """Pictures side by side; one below the other where there is no room."""
    return (
        f'<div style="display:flex;flex-wrap:wrap;align-items:flex-start;gap:{gap}">'
        f"{''.join(pictures)}</div>"
    )
