"""All maps on one sheet: where each stands, its colours, and what a browser may send."""

import io

import numpy as np
import pytest
from PIL import Image

from components.concepts.patches import field_of, pieces
from components.figures.map_sheet import best_columns, map_sheet
from components.figures.overlay import overlay_figure
from components.figures.patch_sheet import Patch, patch_sheet
from components.widgets.feature_sheet import read_pick


def pixels_of(png: bytes) -> np.ndarray:
    return np.asarray(Image.open(io.BytesIO(png)).convert("RGB")).astype(int)


@pytest.mark.parametrize("shape", [(27, 27, 8), (4, 4, 256), (1, 1, 10), (32, 32, 32)])
def test_every_map_has_its_place_and_its_colours(shape: tuple[int, int, int]) -> None:
    maps = np.zeros(shape)
    height, width, n = shape
    maps[height - 1, 0, n - 1] = 2.0
    maps[0, width - 1, n // 2] = -2.0
    sheet = map_sheet(maps)
    board = pixels_of(sheet.png)
    for number, row, column, is_blue in (
        (n - 1, height - 1, 0, True),
        (n // 2, 0, width - 1, False),
    ):
        top = sheet.gap + number // sheet.columns * (height * sheet.factor + sheet.gap)
        left = sheet.gap + number % sheet.columns * (width * sheet.factor + sheet.gap)
        red, _, blue = board[top + row * sheet.factor, left + column * sheet.factor]
        assert (blue > red) == is_blue


def test_columns_make_the_maps_as_large_as_they_can_be() -> None:
    assert best_columns(1, 1.0, 700, 200) == 1
    assert best_columns(4, 1.0, 800, 200) == 4
    assert best_columns(4, 1.0, 200, 800) == 1
    assert best_columns(8, 1.0, 720, 210) == 4


@pytest.mark.parametrize(
    "sent",
    [
        None,
        "3",
        {},
        {"map": 8, "row": 0, "column": 0},
        {"map": 0, "row": -1, "column": 0},
        {"map": 0, "row": 0, "column": 27},
        {"map": True, "row": 0, "column": 0},
        {"map": 0.5, "row": 0, "column": 0},
        {"map": "0", "row": 0, "column": 0},
    ],
)
def test_nonsense_from_a_browser_is_no_place(sent: object) -> None:
    assert read_pick(sent, map_sheet(np.zeros((27, 27, 8)))) is None


def test_a_place_from_a_browser() -> None:
    sheet = map_sheet(np.zeros((27, 27, 8)))
    assert read_pick({"map": 7, "row": 26, "column": 0}, sheet) == (7, 26, 0)


def test_pieces_and_fields() -> None:
    picture = np.arange(36, dtype=np.uint8).reshape(6, 6)
    cut = pieces(picture, 4, 2)
    assert cut.shape == (4, 4, 4)
    assert cut[1, 0, 0] == 2
    assert field_of([(0, 1), (1, 2), (2, 3)], 5, 3) == (1, 2, 2, 3)


def test_pictures_are_described_and_text_is_escaped() -> None:
    picture = np.zeros((8, 8, 3), np.uint8)
    sheet = patch_sheet([Patch(picture, (2, 3, 4, 6), 1.5)], "What <excites> it")
    assert "What &lt;excites&gt; it" in sheet
    assert "rows 3 to 4, columns 5 to 7" in sheet
    assert "left:50.00%;top:25.00%;width:37.50%;height:25.00%" in sheet
    figure = overlay_figure(picture, np.ones((2, 2)), 0.25, "A <picture>", "below")
    assert "opacity:0.25" in figure
    assert "A &lt;picture&gt;" in figure
