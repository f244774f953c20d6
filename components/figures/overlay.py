"""A map of what mattered, laid over the picture."""

import base64
import io
from html import escape

import numpy as np
from PIL import Image

from components.concepts.convolution import Array
from components.figures.digit_sheet import FRAME
from components.figures.feature_maps import Pixels, picture_uri, visible


def overlay_figure(
    pixels: Pixels, mattered: Array, strength: float, alternative: str, caption: str
) -> str:
    """The picture with a map over it: blue where it speaks for the class, orange against it.

    `mattered` is (height, width) of any size, `strength` from 0 (only the picture) to 1. The map
    is as opaque as it is strong, so that where nothing mattered the picture is seen as it is.
    """
    return (
        '<figure style="margin:0;min-width:0">'
        f'<div style="position:relative;line-height:0;{FRAME}">'
        f'<img src="{picture_uri(pixels)}" alt="{escape(alternative)}" '
        'style="image-rendering:pixelated;width:100%;aspect-ratio:1">'
        f'<img class="overlay" src="{_map_uri(mattered, pixels.shape[0])}" alt="" '
        f'style="position:absolute;inset:0;width:100%;height:100%;opacity:{strength:.2f}">'
        f'</div><figcaption style="font-size:0.85rem">{escape(caption)}</figcaption></figure>'
    )


def side_by_side(figures: list[str]) -> str:
    """Figures in equal parts of the width, two in a row on a phone."""
    columns = f"repeat({len(figures)},minmax(0,1fr))"
    return (
        f'<div class="overlays" style="display:grid;gap:0.8rem;grid-template-columns:{columns}">'
        f"{''.join(figures)}</div>"
    )


def _map_uri(mattered: Array, side: int) -> str:
    """The map as a PNG, `side` pixels wide: its colour says the sign, its opacity how strong."""
    scaled = np.asarray(
        Image.fromarray(mattered.astype(np.float32)).resize((side, side), Image.Resampling.BILINEAR)
    )
    largest = float(np.abs(scaled).max())
    share = scaled / largest if largest > 0 else np.zeros_like(scaled)
    colored = np.zeros((side, side, 4), np.uint8)
    colored[..., :3] = visible(np.sign(share).astype(np.float64), "signed", 1.0)
    colored[..., 3] = np.rint(255 * np.abs(share))
    return png_uri(colored)


def small_uri(pixels: Pixels) -> str:
    """A small picture on its way to the browser: grey without loss, colour as WebP."""
    if pixels.ndim == 2:
        return png_uri(pixels)
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "WEBP", quality=90)
    return "data:image/webp;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")


def png_uri(pixels: Pixels) -> str:
    """Pixels with any number of channels as a data address, without loss."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG", compress_level=6)
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")
