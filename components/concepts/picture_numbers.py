"""A picture as numbers: its shape, a patch of it, edited pixels, and what grey makes of it."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from components.concepts.written_sums import number

Pixels: TypeAlias = NDArray[np.uint8]
BRIGHTEST = 255
GREY_WEIGHTS = (0.299, 0.587, 0.114)  # of red, green and blue: ITU-R BT.601, luma
MOST_EDITS = 40  # pixels; they stand in the page's address, which must not grow without end
_EDIT = re.compile(r"(\d{1,4})-(\d{1,4})-(\d{1,3})-(\d{1,3})-(\d{1,3})", re.ASCII)


@dataclass(frozen=True)
class Edit:
    """A pixel (row and column from 0) with numbers of the learner's own: red, green, blue."""

    row: int
    column: int
    pixel: tuple[int, int, int]


@dataclass(frozen=True)
class Patch:
    """A window on a picture: its first row and column, counted from 0, and its size."""

    top: int
    left: int
    n_rows: int
    n_columns: int

    def of(self, pixels: Pixels) -> Pixels:
        """The part of a picture (height, width, ...) that lies in the patch."""
        return pixels[self.top : self.top + self.n_rows, self.left : self.left + self.n_columns]


def patch_at(height: int, width: int, side: int, down: float = 0.5, across: float = 0.5) -> Patch:
    """A patch of `side` × `side` pixels, less where the picture is smaller.

    `down` and `across` are shares of the way that it can go: 0 is the top and left border, 1
    the bottom and right one.
    """
    n_rows, n_columns = min(side, height), min(side, width)
    return Patch(
        round(down * (height - n_rows)), round(across * (width - n_columns)), n_rows, n_columns
    )


def is_grey(pixels: Pixels) -> bool:
    """Whether red, green and blue (height, width, 3) are the same everywhere."""
    return bool((pixels == pixels[..., :1]).all())


def shape_of(pixels: Pixels) -> tuple[int, ...]:
    """The shape that a picture (height, width, 3) needs: a grey one is one matrix."""
    return pixels.shape[:2] if is_grey(pixels) else pixels.shape


def written_count(shape: tuple[int, ...]) -> str:
    """How many numbers an array of this shape has: "64 × 64 × 3 = 12,288"."""
    return f"{' × '.join(str(side) for side in shape)} = {int(np.prod(shape)):,}"


def grey_value(pixel: Iterable[float]) -> float:
    """What grey makes of a pixel (red, green, blue), not rounded."""
    shares = zip(GREY_WEIGHTS, pixel, strict=True)
    return round(sum(weight * float(value) for weight, value in shares), 3)


def written_grey(pixel: Iterable[float]) -> str:
    """The grey value with its numbers: "0.299·200 + 0.587·100 + 0.114·50 = 124.2"."""
    values = tuple(float(value) for value in pixel)
    products = [
        f"{number(weight)}·{number(value)}"
        for weight, value in zip(GREY_WEIGHTS, values, strict=True)
    ]
    return f"{' + '.join(products)} = {number(grey_value(values))}"


def parse_edits(text: str) -> tuple[Edit, ...]:
    """The edits in "3-5-255-0-0_4-5-0-0-0": row, column, red, green, blue of each.

    Raises ValueError where it is none, or where they are too many.
    """
    if not text:
        return ()
    parts = text.split("_")
    found = [_EDIT.fullmatch(part) for part in parts]
    edits = []
    for match in found:
        numbers = [int(part) for part in match.groups()] if match else []
        if not numbers or max(numbers[2:]) > BRIGHTEST or len(parts) > MOST_EDITS:
            raise ValueError(
                f"at most {MOST_EDITS} pixels such as 3-5-255-0-0, each with its row, its column "
                f"and three numbers from 0 to {BRIGHTEST}, and a _ between two pixels"
            )
        row, column, red, green, blue = numbers
        edits.append(Edit(row, column, (red, green, blue)))
    return tuple(edits)


def write_edits(edits: Iterable[Edit]) -> str:
    """The edits as `parse_edits` reads them."""
    return "_".join(
        "-".join(str(each) for each in (edit.row, edit.column, *edit.pixel)) for edit in edits
    )


def with_edits(pixels: Pixels, edits: Iterable[Edit]) -> Pixels:
    """A picture (height, width, 3) with the edits in it; those outside of it are left out."""
    edits = tuple(edits)
    if not edits:
        return pixels
    edited = pixels.copy()
    height, width = pixels.shape[:2]
    for edit in edits:
        if edit.row < height and edit.column < width:
            edited[edit.row, edit.column] = edit.pixel
    return edited


def put_edit(edits: Iterable[Edit], edit: Edit, before: Iterable[int]) -> tuple[Edit, ...]:
    """The edits with one more, which replaces that of the same pixel.

    `before` is the pixel of the picture itself: an edit that gives it back is no edit.
    Raises ValueError, in a sentence, where they would be too many.
    """
    place = (edit.row, edit.column)
    others = tuple(each for each in edits if (each.row, each.column) != place)
    if edit.pixel == tuple(int(value) for value in before):
        return others
    if len(others) >= MOST_EDITS:
        raise ValueError(
            f"You have edited {MOST_EDITS} pixels, and that is the most the page keeps. Press "
            "Reset to start again."
        )
    return (*others, edit)
