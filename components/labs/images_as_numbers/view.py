"""What the lab has on show: the picture with its edits, the patch, the chosen pixel."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from components.concepts.filtering import to_grey
from components.concepts.picture_numbers import (
    Edit,
    Patch,
    Pixels,
    is_grey,
    parse_edits,
    patch_at,
    shape_of,
    with_edits,
)
from components.labs.images_as_numbers import settings
from components.widgets.pixel_grid import Matrix
from components.widgets.setting_values import value_of


@dataclass(frozen=True)
class View:
    """A picture (height, width, 3) as it came, with the edits in it, and the patch on show.

    `chosen` is the row and column of the chosen pixel in the whole picture.
    """

    name: str
    original: Pixels
    pixels: Pixels
    edits: tuple[Edit, ...]
    patch: Patch
    chosen: tuple[int, int]
    is_grey: bool

    @property
    def shape(self) -> tuple[int, ...]:
        """(height, width, 3), and (height, width) for a grey picture."""
        return shape_of(self.original)

    @property
    def pixel(self) -> tuple[int, int, int]:
        """Red, green and blue of the chosen pixel."""
        red, green, blue = (int(value) for value in self.pixels[self.chosen])
        return red, green, blue

    @property
    def grey_number(self) -> int:
        """The chosen pixel in grey, as a whole number: the one in the matrix of the grey."""
        return int(to_grey(self.pixels[self.chosen][np.newaxis, np.newaxis])[0, 0])

    @property
    def n_edits_outside(self) -> int:
        """How many edits lie in no pixel of this picture."""
        height, width = self.pixels.shape[:2]
        return sum(edit.row >= height or edit.column >= width for edit in self.edits)

    def matrices(self, show: str) -> tuple[Matrix, ...]:
        """The matrices to show: those of the three colours, one of them, or that of the grey."""
        if self.is_grey:
            return (Matrix("Grey", self.pixels[..., 0]),)
        if show == settings.GREY:
            return (Matrix("Grey", to_grey(self.pixels)),)
        return tuple(
            Matrix(name.capitalize(), self.pixels[..., place], _tint(place))
            for place, name in enumerate(settings.CHANNELS)
            if show in (settings.ALL, name)
        )


def view_on_page(original: Pixels, name: str, values: Mapping[str, float]) -> View:
    """What the settings show of a picture; the patch and the chosen pixel are brought inside."""
    height, width = original.shape[:2]
    edits = parse_edits(value_of(settings.EDITS))
    patch = patch_at(
        height,
        width,
        int(value_of(settings.SIDE)),
        values[settings.DOWN.name] / 100,
        values[settings.ACROSS.name] / 100,
    )
    row = min(int(value_of(settings.ROW)), patch.n_rows - 1)
    column = min(int(value_of(settings.COLUMN)), patch.n_columns - 1)
    return View(
        name,
        original,
        with_edits(original, edits),
        edits,
        patch,
        (patch.top + row, patch.left + column),
        is_grey(original),
    )


def _tint(place: int) -> tuple[int, int, int]:
    red, green, blue = (int(place == each) for each in range(3))
    return red, green, blue
