"""Sheets of small pictures with captions, in grey or in colour, and pictures as data addresses."""

import base64
import io
from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from components.figures.digit_sheet import FRAME, png_uri

JPEG_QUALITY = 80


def picture_uri(pixels: NDArray[np.uint8]) -> str:
    """A picture, grey (height, width) or in colour (height, width, 3), as a data address."""
    if pixels.ndim == 2:
        return png_uri(pixels)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "JPEG", quality=JPEG_QUALITY)
    return "data:image/jpeg;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")


def picture_sheet(
    pictures: NDArray[np.uint8], captions: Sequence[str], title: str, size: int = 84
) -> str:
    """Pictures (n, height, width) or (n, height, width, 3), each with its caption, as HTML.

    `title` is for screen readers. `size` is the least width of a picture in pixels; a row takes
    as many as fit, and the sheet grows downwards. Raises ValueError where captions are missing.
    """
    if len(pictures) != len(captions):
        raise ValueError(f"There are {len(pictures)} pictures, but {len(captions)} captions.")
    cells = "".join(
        f'<div style="text-align:center" role="listitem"><img src="{picture_uri(pixels)}" '
        f'alt="{escape(caption)}" style="image-rendering:pixelated;aspect-ratio:1;display:block;'
        f'{FRAME};width:100%"><div style="font-size:0.8rem;line-height:1.3;overflow:hidden;'
        f'text-overflow:ellipsis">{escape(caption)}</div></div>'
        for pixels, caption in zip(pictures, captions, strict=True)
    )
    columns = f"repeat(auto-fill,minmax({size}px,1fr))"
    return (
        f'<div class="picture-sheet" role="list" aria-label="{escape(title)}" '
        f'style="display:grid;gap:0.5rem;grid-template-columns:{columns}">{cells}</div>'
    )
