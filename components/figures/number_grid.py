"""Small matrices as tables of coloured cells: pixels in their grey, weights by sign and size."""

from html import escape

import numpy as np
from numpy.typing import NDArray

from components.concepts.convolution import Array, Window
from components.concepts.written_sums import number
from components.figures import theme
from components.figures.digit_sheet import BLACK, WHITE, weight_color

BRIGHTEST = 255.0
PHONE_SHARE = 24  # of the width of a phone, in per cent, that one of three matrices takes
SHRINKING = 3  # matrices up to this side stay side by side on a phone
NARROW = 40  # px; narrower cells have no room for decimals of large numbers
CELL = {1: 52, 2: 52, 3: 52, 4: 46, 5: 40, 6: 33, 7: 28}  # px wide, by the kernel's side


def pixel_grid(
    pixels: Array, title: str, cell: int, inside: NDArray[np.bool_] | None = None
) -> str:
    """Pixels 0 to 255, each in its grey. Those not `inside` are padding: dashed."""
    dashed = np.zeros(pixels.shape, bool) if inside is None else ~inside
    fills = np.vectorize(lambda pixel: theme.mix(BLACK, WHITE, _share(pixel)))(pixels)
    return _grid(pixels, fills, dashed, title, cell)


def weight_grid(weights: Array, title: str, cell: int) -> str:
    """Weights or products: positive ones blue, negative ones orange, 0 white."""
    largest = float(np.abs(weights).max())
    fills = np.vectorize(lambda weight: weight_color(weight, largest))(weights)
    return _grid(weights, fills, np.zeros(weights.shape, bool), title, cell)


def window_grids(window: Window, cell: int | None = None) -> str:
    """One stop of the kernel: the pixels times the weights are the products, side by side."""
    width = cell or CELL[window.weights.shape[0]]
    parts = (
        pixel_grid(window.pixels, "Window", width, window.inside),
        _sign("×"),
        weight_grid(window.weights, "Kernel", width),
        _sign("="),
        weight_grid(window.products, "Products", width),
    )
    return (
        '<div class="window-grids" style="display:flex;flex-wrap:wrap;align-items:center;'
        f'gap:0.3rem 0.5rem">{"".join(parts)}</div>'
    )


def range_bar(value: float, lowest: float, highest: float) -> str:
    """Where a sum lies between the least and the most that its kernel can give."""
    span = highest - lowest
    place = 50.0 if span == 0 else 100 * (value - lowest) / span
    zero = 50.0 if span == 0 else -100 * lowest / span
    color = theme.POSITIVE if value > 0 else theme.NEGATIVE if value < 0 else theme.GREY
    ends = (number(lowest), number(highest))
    label = f"The sum {number(value)} on a scale from {ends[0]} to {ends[1]}"
    return (
        f'<div role="img" aria-label="{escape(label)}" style="max-width:460px">'
        '<div style="position:relative;height:1.1rem;border-bottom:2px solid currentColor">'
        f'<div style="position:absolute;left:{min(zero, place):.2f}%;'
        f'width:{abs(place - zero):.2f}%;top:0.35rem;bottom:0;background:{color}"></div>'
        f'<div style="position:absolute;left:{zero:.2f}%;top:0;bottom:0;width:2px;'
        'background:currentColor"></div>'
        f'<div style="position:absolute;left:calc({place:.2f}% - 3px);top:0;bottom:0;width:6px;'
        f'background:{color};border:1px solid currentColor"></div></div>'
        '<div style="display:flex;justify-content:space-between;font-size:0.85rem">'
        f"<span>{ends[0]} at least</span><span>{ends[1]} at most</span></div></div>"
    )


def _grid(
    values: Array, fills: NDArray[np.str_], dashed: NDArray[np.bool_], title: str, cell: int
) -> str:
    side = values.shape[1]
    wide = f"min({cell}px,{PHONE_SHARE / side:.1f}vw)" if side <= SHRINKING else f"{cell}px"
    style = f"width:{wide};min-width:{wide};font-size:min({max(10, round(cell * 0.34))}px,4.5vw)"
    rows = "".join(
        "<tr>"
        + "".join(
            _cell(float(value), str(fill), bool(dash), cell, style)
            for value, fill, dash in zip(*line, strict=True)
        )
        + "</tr>"
        for line in zip(values, fills, dashed, strict=True)
    )
    return (
        f'<table style="border-collapse:collapse;margin:0;table-layout:fixed;'
        f'width:calc({side} * {wide})">'
        '<caption style="caption-side:top;'
        f'text-align:left;font-size:0.85rem;color:inherit;padding:0">{escape(title)}</caption>'
        f"<tbody>{rows}</tbody></table>"
    )


def _cell(value: float, fill: str, dashed: bool, width: int, style: str) -> str:
    ink = max((BLACK, WHITE), key=lambda color: theme.contrast(color, fill))
    border = "2px dashed" if dashed else "1px solid"
    return (
        f'<td style="{style};height:{round(width * 0.62)}px;padding:0;'
        f"text-align:center;line-height:1;color:{ink};background:{fill};"
        f'border:{border} {theme.GREY}">{_short(value, width)}</td>'
    )


def _short(value: float, width: int) -> str:
    """A number that fits into a cell of this width, in pixels."""
    if abs(value) >= (10 if width < NARROW else 1000):
        return number(round(value), 9)
    return number(value, 2 if width < NARROW else 3 if abs(value) < 1 else 4)


def _sign(sign: str) -> str:
    return f'<span style="font-size:1.3rem;padding-top:1rem">{sign}</span>'


def _share(pixel: float) -> float:
    return min(max(pixel / BRIGHTEST, 0.0), 1.0)
