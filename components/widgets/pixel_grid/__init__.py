"""A patch of a picture beside its numbers, with one cursor for all of them.

The cursor moves in the browser, without the server: a pixel under the pointer or with the focus
lights up in the picture and in every matrix. Only a pixel that is chosen, by a click, a tap or
Enter, and a click into the whole picture are told to the page.
"""

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from components.concepts.picture_numbers import Patch, Pixels
from components.figures.feature_maps import picture_uri, smaller

_HERE = Path(__file__).parent
_OVERVIEW = 340  # pixels of the whole picture as it is sent: twice its size on the page
_MOST_IN_A_ROW = 10  # numbers in a row of a matrix that may stand beside others

_mount = st.components.v2.component(
    "pixel_grid",
    html=(_HERE / "pixel_grid.html").read_text("utf-8"),
    css=(_HERE / "pixel_grid.css").read_text("utf-8"),
    js="\n".join((_HERE / name).read_text("utf-8") for name in ("cells.js", "pixel_grid.js")),
)


@dataclass(frozen=True)
class Matrix:
    """One matrix of numbers from 0 to 255 beside the picture: uint8 (height, width).

    `tint` is the share of red, green and blue that its cells are coloured with.
    """

    name: str
    numbers: Pixels
    tint: tuple[int, int, int] = (1, 1, 1)


def pixel_grid(
    pixels: Pixels,
    patch: Patch,
    matrices: Sequence[Matrix],
    chosen: tuple[int, int],
    key: str,
    name: str,
    on_choose: Callable[[int, int], None],
    on_move: Callable[[float, float], None],
) -> None:
    """Show a picture (height, width, 3) with a patch of it, and the patch in each matrix.

    `chosen` is the row and column in the patch of the chosen pixel, and `name` says what the
    picture is. `on_choose` gets row and column, in the patch, of a pixel that the learner
    chooses; `on_move` gets the place that is clicked in the whole picture, as shares of its
    height and width. Both are called before the fragment or page around it runs again.
    """
    data = {
        "overview": picture_uri(smaller(pixels, _OVERVIEW)),
        "name": name,
        "size": list(pixels.shape[:2]),
        "patch": [patch.top, patch.left, patch.n_rows, patch.n_columns],
        "pixels": patch.of(pixels).reshape(-1, 3).tolist(),
        "matrices": [
            {
                "name": each.name,
                "tint": list(each.tint),
                "numbers": patch.of(each.numbers).ravel().tolist(),
            }
            for each in matrices
        ],
        "chosen": list(chosen),
        "layout": _layout(patch, len(matrices)),
    }

    def picked() -> None:
        place = read_cell(getattr(st.session_state.get(key), "picked", None), patch)
        if place is not None:
            on_choose(*place)

    def moved() -> None:
        place = read_place(getattr(st.session_state.get(key), "moved", None))
        if place is not None:
            on_move(*place)

    _mount(key=key, data=data, on_picked_change=picked, on_moved_change=moved)


def read_cell(sent: object, patch: Patch) -> tuple[int, int] | None:
    """The row and column that a browser sent, None for anything that is none in this patch."""
    if not isinstance(sent, dict):
        return None
    row, column = sent.get("row"), sent.get("column")
    if type(row) is not int or type(column) is not int:
        return None
    inside = 0 <= row < patch.n_rows and 0 <= column < patch.n_columns
    return (row, column) if inside else None


def read_place(sent: object) -> tuple[float, float] | None:
    """The two shares that a browser sent, down and across, None for anything that is none."""
    if not isinstance(sent, dict):
        return None
    down, across = (_share(sent.get(name)) for name in ("down", "across"))
    return None if math.isnan(down + across) else (down, across)


def _share(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value <= 1:
        return math.nan
    return float(value)


def _layout(patch: Patch, n_matrices: int) -> str:
    """How the parts stand: several matrices in a row, one beside its picture, or a large one."""
    if n_matrices > 1:
        return "several"
    return "one" if patch.n_columns <= _MOST_IN_A_ROW else "large"
