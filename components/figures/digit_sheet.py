"""Sheets of small pictures in HTML: digits with captions, filters, what the network sees.

Each function returns a string for `st.html`. Text in it is escaped; lines and letters take the
colour of the page around them.
"""

import base64
import io
from collections.abc import Sequence
from html import escape

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from components.concepts.digit_drawing import SIDE
from components.figures import theme

FRAME = "border:1px solid color-mix(in srgb,currentColor 40%,transparent)"
LARGEST_KERNEL_WITH_NUMBERS = 3
WHITE, BLACK = "#FFFFFF", "#000000"


def digit_sheet(
    digits: NDArray[np.uint8], captions: Sequence[str], title: str, size: int = 84
) -> str:
    """Digits of shape (n, 28, 28), each with its caption, such as "4 → 9 (83 %)".

    `title` is for screen readers ("24 digits read wrongly"). `size` is the least width of a
    digit in pixels; a row takes as many as fit, and the sheet grows downwards.
    """
    if digits.ndim != 3 or digits.shape[1:] != (SIDE, SIDE) or digits.dtype != np.uint8:
        raise ValueError(f"Digits are bytes of shape (n, {SIDE}, {SIDE}).")
    if len(digits) != len(captions):
        raise ValueError(f"There are {len(digits)} digits, but {len(captions)} captions.")
    cells = "".join(
        f'<div style="text-align:center" role="listitem">'
        f"{_picture(digit, '', 'width:100%')}"
        f'<div style="font-size:0.8rem;line-height:1.4;white-space:nowrap">{escape(caption)}</div>'
        "</div>"
        for digit, caption in zip(digits, captions, strict=True)
    )
    columns = f"repeat(auto-fill,minmax({size}px,1fr))"
    return (
        f'<div class="digit-sheet" role="list" aria-label="{escape(title)}" '
        f'style="display:grid;gap:0.5rem;grid-template-columns:{columns}">{cells}</div>'
    )


def input_28x28(image: NDArray[np.uint8], size: int = 140) -> str:
    """The 28 × 28 picture that the network sees, `size` pixels wide, each pixel a square."""
    if image.shape != (SIDE, SIDE) or image.dtype != np.uint8:
        raise ValueError(f"The network sees bytes of shape ({SIDE}, {SIDE}).")
    return (
        '<div class="network-input">'
        f"{_picture(image, _describe(image), f'width:{size}px;max-width:100%')}</div>"
    )


def filters_sheet(filters: NDArray[np.float32], size: int = 84) -> str:
    """Kernels of shape (height, width, n): positive weights blue, negative orange, 0 white.

    All share one scale, stated below them. Kernels up to 3 × 3 carry their numbers. `size` is
    the width of a kernel in pixels.
    """
    if filters.ndim != 3:
        raise ValueError("Filters have shape (height, width, n).")
    if not filters.size:
        return "<p>This network has no convolution, so it has no filters to show.</p>"
    if not np.isfinite(filters).all():
        return "<p>The filters hold numbers that are no longer finite: the run has diverged.</p>"
    largest = float(np.abs(filters).max())
    tiles = "".join(
        _kernel(filters[:, :, index], largest, f"Filter {index + 1}", size)
        for index in range(filters.shape[2])
    )
    end = _signed(largest)
    scale = (
        f'<span style="color:{theme.NEGATIVE}">■</span> {_signed(-largest)} &ensp; '
        f'<span style="color:{theme.POSITIVE}">■</span> {end} &ensp; white 0'
    )
    return (
        '<div class="filters" role="list" style="display:flex;flex-wrap:wrap;gap:0.6rem">'
        f'{tiles}</div><div style="font-size:0.85rem;margin-top:0.3rem">{scale}</div>'
    )


def weight_color(weight: float, largest: float) -> str:
    """The colour of a weight on a scale from -`largest` to `largest`: orange, white, blue."""
    strength = min(abs(weight) / largest, 1.0) if largest > 0 else 0.0
    return theme.mix(WHITE, theme.POSITIVE if weight > 0 else theme.NEGATIVE, strength)


def _kernel(weights: NDArray[np.float32], largest: float, name: str, size: int) -> str:
    """One kernel as SVG, 100 units wide, with its numbers where they fit."""
    height, width = weights.shape
    side = 100 / max(height, width)
    with_numbers = max(height, width) <= LARGEST_KERNEL_WITH_NUMBERS
    parts = []
    for row in range(height):
        for column in range(width):
            weight = float(weights[row, column])
            fill = weight_color(weight, largest)
            x, y = column * side, row * side
            parts.append(
                f'<rect x="{x:.2f}" y="{y:.2f}" width="{side:.2f}" height="{side:.2f}" '
                f'fill="{fill}"/>'
            )
            if with_numbers:
                ink = max((BLACK, WHITE), key=lambda color: theme.contrast(color, fill))
                parts.append(
                    f'<text x="{x + side / 2:.2f}" y="{y + side / 2:.2f}" fill="{ink}" '
                    f'font-size="{side * 0.36:.1f}" text-anchor="middle" '
                    f'dominant-baseline="central">{_signed(weight)}</text>'
                )
    rows = "; ".join(", ".join(_signed(float(w)) for w in row) for row in weights)
    label = escape(f"{name}: {rows}")
    svg = (
        f'<svg xmlns="http://www.w3.org/2000/svg" font-family="sans-serif" '
        f'viewBox="0 0 {side * width:.2f} {side * height:.2f}">{"".join(parts)}</svg>'
    )
    box = f"width:{size}px;aspect-ratio:{width}/{height}"
    return f'<img role="listitem" src="{svg_uri(svg)}" alt="{label}" style="{FRAME};{box}">'


def _picture(pixels: NDArray[np.uint8], alternative: str, style: str) -> str:
    """A grey picture as an HTML image with sharp pixels."""
    return (
        f'<img src="{png_uri(pixels)}" alt="{escape(alternative)}" '
        f'style="image-rendering:pixelated;aspect-ratio:1;display:block;{FRAME};{style}">'
    )


def svg_uri(svg: str) -> str:
    """A drawing as a data address: `st.html` lets pictures through, but no inline SVG."""
    return "data:image/svg+xml;base64," + base64.b64encode(svg.encode()).decode("ascii")


def png_uri(pixels: NDArray[np.uint8]) -> str:
    """A grey picture (height, width) as a PNG in a data address."""
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "PNG")
    return "data:image/png;base64," + base64.b64encode(buffer.getvalue()).decode("ascii")


def _describe(image: NDArray[np.uint8]) -> str:
    """Where the ink is, in words."""
    rows, columns = np.flatnonzero(image.any(axis=1)), np.flatnonzero(image.any(axis=0))
    if not rows.size:
        return "28 by 28 pixels without ink"
    return (
        f"28 by 28 pixels; ink in rows {rows[0]} to {rows[-1]} and columns {columns[0]} "
        f"to {columns[-1]}, counted from 0"
    )


def _signed(value: float) -> str:
    text = f"{value:.2f}"
    return "0.00" if text == "-0.00" else text.replace("-", "−")
