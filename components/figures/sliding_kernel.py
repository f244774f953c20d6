"""The kernel on its way over a picture, and the output so far: two pictures of equal scale."""

from html import escape

import numpy as np
from numpy.typing import NDArray

from components.concepts.convolution import Along, Array, Geometry, pad
from components.figures import theme
from components.figures.digit_sheet import FRAME
from components.figures.feature_maps import picture_uri, visible

SIDE = 300  # px that the padded picture takes at most
MARK = theme.VERMILLION
UNKNOWN = "repeating-linear-gradient(45deg,rgb(128 140 150 / 35%) 0 2px,transparent 2px 9px)"
HATCH = (
    f"repeating-linear-gradient(45deg,{theme.VERMILLION} 0 2px,transparent 2px 5px),"
    f"repeating-linear-gradient(-45deg,{theme.BLUE} 0 2px,transparent 2px 5px)"
)


def sliding(picture: Array, output: Array, how: Geometry, window: int | None) -> str:
    """The picture with the window on it, and beside it the output up to this window.

    `window` counts the stops from 0, line by line; None shows the whole output. Pixels that no
    window reads are hatched, and the zeros of the padding lie outside a dashed frame. What is
    not known yet is faintly hatched.
    """
    padded = pad(picture[..., np.newaxis], how)[..., 0]
    scale = min(SIDE / max(padded.shape), SIDE / max(output.shape))
    place = None if window is None else how.place(window)
    known = output.copy()
    if window is not None:
        known.ravel()[window + 1 :] = np.nan
    largest = float(np.abs(output).max())
    return (
        '<div style="display:flex;gap:0.8rem;align-items:flex-start">'
        + _panel(
            padded, scale, "clipped", _input_marks(how, padded.shape, place), _about(how, place), 0
        )
        + _panel(
            known, scale, "signed", _output_mark(how, place), _about_output(how, place), largest
        )
        + "</div>"
    )


def _panel(
    numbers: Array,
    scale: float,
    look: str,
    marks: list[str],
    texts: tuple[str, str],
    largest: float,
) -> str:
    pixels = visible(numbers, "signed" if look == "signed" else "clipped", largest or None)
    opaque = np.where(np.isnan(numbers), 0, 255).astype(np.uint8)
    pixels = np.dstack([*_channels(pixels), opaque])
    height, width = numbers.shape
    alternative, caption = texts
    return (
        f'<figure style="margin:0;flex:0 1 {width * scale:.1f}px;min-width:0">'
        f'<div style="position:relative;{FRAME};background:{UNKNOWN};'
        f'aspect-ratio:{width}/{height}">'
        f'<img src="{picture_uri(pixels)}" alt="{escape(alternative)}" '
        'style="image-rendering:pixelated;display:block;width:100%;height:100%">'
        f'{"".join(marks)}</div><figcaption style="font-size:0.85rem;min-width:9.5rem">'
        f"{escape(caption)}</figcaption></figure>"
    )


def _channels(pixels: NDArray[np.uint8]) -> list[NDArray[np.uint8]]:
    """Red, green and blue of a picture, of a grey one three times the same."""
    return [pixels] * 3 if pixels.ndim == 2 else [pixels[..., place] for place in range(3)]


def _input_marks(how: Geometry, shape: tuple[int, ...], place: tuple[int, int] | None) -> list[str]:
    """The unread pixels, the frame of the padding, and the pixels in the window."""
    top, left = how.rows.before, how.columns.before
    marks = []
    if how.rows.padded or how.columns.padded:
        frame = (top, left, how.rows.size, how.columns.size)
        marks.append(_box(shape, frame, f"border:2px dashed {theme.GREY}"))
    marks += [
        _box(shape, (top + row, left + start, 1, length), f"background:{HATCH};opacity:0.6")
        for row, start, length in _runs(how)
    ]
    if place is None:
        return marks
    rows, columns = how.rows.reads(place[0]) + top, how.columns.reads(place[1]) + left
    reach = (int(rows[0]), int(columns[0]), how.rows.reach, how.columns.reach)
    marks.append(_box(shape, reach, f"outline:3px solid {MARK};outline-offset:-1px"))
    if how.rows.dilation > 1:
        marks += [
            _box(shape, (int(row), int(column), 1, 1), f"border:2px solid {MARK}")
            for row in rows
            for column in columns
        ]
    return marks


def _output_mark(how: Geometry, place: tuple[int, int] | None) -> list[str]:
    if place is None:
        return []
    return [_box(how.shape, (*place, 1, 1), f"outline:3px solid {MARK};outline-offset:-1px")]


def _box(shape: tuple[int, ...], at: tuple[int, int, int, int], style: str) -> str:
    """A mark over row, column, height and width, in pixels of a picture of this shape."""
    top, height = (100 * at[index] / shape[0] for index in (0, 2))
    left, width = (100 * at[index] / shape[1] for index in (1, 3))
    return (
        f'<div style="position:absolute;top:{top:.3f}%;left:{left:.3f}%;height:{height:.3f}%;'
        f'width:{width:.3f}%;box-sizing:border-box;{style}"></div>'
    )


def _runs(how: Geometry) -> list[tuple[int, int, int]]:
    """The unread pixels as runs along a row: row, first column, length."""
    runs = []
    for row, line in enumerate(how.unread()):
        edges = np.flatnonzero(np.diff(np.concatenate([[False], line, [False]])))
        runs += [
            (row, int(start), int(end - start))
            for start, end in zip(edges[::2], edges[1::2], strict=True)
        ]
    return runs


def _about(how: Geometry, place: tuple[int, int] | None) -> tuple[str, str]:
    size = f"{how.rows.size} × {how.columns.size}"
    n_unread = int(how.unread().sum())
    unread = f", {n_unread} pixels hatched: no window reads them" if n_unread else ""
    where = ""
    if place is not None:
        row, column = (int(along.reads(p)[0]) for along, p in zip(_sides(how), place, strict=True))
        where = f". The window starts at row {row}, column {column}"
    padding = f" + {how.rows.padded} of padding" if how.rows.padded else ""
    hatched = f", {n_unread} unread" if n_unread else ""
    return f"Picture of {size} pixels{unread}{where}", f"Picture {size}{padding}{hatched}"


def _about_output(how: Geometry, place: tuple[int, int] | None) -> tuple[str, str]:
    size = f"{how.shape[0]} × {how.shape[1]}"
    if place is None:
        return f"Output of {size} numbers, complete", f"Output {size}"
    number = place[0] * how.shape[1] + place[1] + 1
    return (
        f"Output of {size} numbers; {number} of {how.n_windows} are known so far",
        f"Output {size}: {number} of {how.n_windows}",
    )


def _sides(how: Geometry) -> tuple[Along, Along]:
    return how.rows, how.columns
