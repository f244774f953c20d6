"""All maps of a layer as one picture: one sheet, one message."""

import base64
import io
from dataclasses import dataclass
from html import escape

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from components.concepts.convolution import Array
from components.figures.feature_maps import strength, visible

GAP = 1  # pixels of the sheet between two maps
SMALLEST_TILE = 6  # maps with fewer values along a side are drawn larger, so that the gap is thin
WIDE, HIGH = 720, 210  # px on a projector; the sheet is laid out to fill this


@dataclass(frozen=True)
class MapSheet:
    """The sheet as a PNG, and where a map is on it: `columns` maps in a row, each `height` ×
    `width` values of `factor` pixels a side, `gap` pixels apart.
    """

    png: bytes
    maps: int
    height: int
    width: int
    columns: int
    factor: int
    gap: int
    largest: float

    @property
    def uri(self) -> str:
        """The sheet as a data address."""
        return "data:image/png;base64," + base64.b64encode(self.png).decode("ascii")


def map_sheet(maps: NDArray[np.floating], wide: int = WIDE, high: int = HIGH) -> MapSheet:
    """The maps (height, width, n) of a layer, all on one scale: 0 white, positive numbers blue,
    negative ones orange, full colour at the layer's strongest 0.5 %.
    """
    height, width, n = maps.shape
    factor = max(1, -(-SMALLEST_TILE // max(height, width)))
    columns = best_columns(n, height / width, wide, high)
    rows = -(-n // columns)
    tall, broad = height * factor + GAP, width * factor + GAP
    board = np.full((rows * tall + GAP, columns * broad + GAP), np.nan)
    for number in range(n):
        top, left = GAP + number // columns * tall, GAP + number % columns * broad
        tile = np.kron(maps[..., number], np.ones((factor, factor)))
        board[top : top + height * factor, left : left + width * factor] = tile
    largest = scale_of(maps)
    buffer = io.BytesIO()
    Image.fromarray(visible(board, "signed", largest)).save(buffer, "PNG", compress_level=6)
    return MapSheet(buffer.getvalue(), n, height, width, columns, factor, GAP, largest)


def sheet_figure(sheet: MapSheet, caption: str, wide: int, high: int) -> str:
    """A sheet in HTML with its caption, which also describes it; within `wide` × `high` pixels."""
    rows = -(-sheet.maps // sheet.columns)
    tall = rows * (sheet.height * sheet.factor + sheet.gap) + sheet.gap
    broad = sheet.columns * (sheet.width * sheet.factor + sheet.gap) + sheet.gap
    width = min(wide, high * broad / tall)
    return (
        '<figure style="margin:0">'
        f'<img src="{sheet.uri}" alt="{escape(caption)}" style="image-rendering:pixelated;'
        f'width:{width:.0f}px;max-width:100%;display:block">'
        f'<figcaption style="font-size:0.85rem">{escape(caption)}</figcaption></figure>'
    )


def scale_of(maps: Array) -> float:
    """The number that gets the full colour: what counts as strong in this layer."""
    flat = maps.reshape(-1, maps.shape[-1])
    strong = strength(np.repeat(np.repeat(flat, 2, 0), 2, 1))
    return strong if strong > 0 else float(np.abs(maps).max())


def best_columns(n: int, shape: float, wide: int, high: int) -> int:
    """How many maps stand in a row so that they are as large as they can be.

    `shape` is a map's height by its width.
    """
    sizes = {
        columns: min(wide / columns, high / (-(-n // columns)) / shape)
        for columns in range(1, n + 1)
    }
    return max(sizes, key=lambda columns: sizes[columns])
