"""Pictures as numbers: patches, counts, grey, edits, and the slips in answers about them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.filtering import to_grey
from components.concepts.picture_numbers import (
    MOST_EDITS,
    Edit,
    Patch,
    grey_value,
    is_grey,
    parse_edits,
    patch_at,
    put_edit,
    shape_of,
    with_edits,
    write_edits,
    written_count,
    written_grey,
)
from components.concepts.slips import diagnose
from components.concepts.slips_in_pictures import (
    slips_in_count,
    slips_in_grey,
    slips_in_twice_the_size,
)
from components.widgets.pixel_grid import read_cell, read_place

byte = st.integers(0, 255)
pixel = st.tuples(byte, byte, byte)
edits = st.lists(
    st.builds(Edit, st.integers(0, 1023), st.integers(0, 1023), pixel), max_size=MOST_EDITS
)


@given(pixel)
def test_the_written_grey_is_the_grey_of_the_matrix(values: tuple[int, int, int]) -> None:
    in_matrix = int(to_grey(np.array([[values]], np.uint8))[0, 0])
    assert abs(grey_value(values) - in_matrix) <= 0.5 + 1e-3
    assert written_grey(values).endswith(f"= {grey_value(values):g}")


def test_a_grey_written_out() -> None:
    assert written_grey((200, 100, 50)) == "0.299·200 + 0.587·100 + 0.114·50 = 124.2"
    assert grey_value((255, 255, 255)) == 255


@given(st.integers(1, 40), st.integers(1, 40), st.integers(1, 28), st.floats(0, 1), st.floats(0, 1))
def test_a_patch_lies_in_its_picture(
    height: int, width: int, side: int, down: float, across: float
) -> None:
    patch = patch_at(height, width, side, down, across)
    part = patch.of(np.zeros((height, width, 3), np.uint8))
    assert part.shape == (min(side, height), min(side, width), 3)
    assert 0 <= patch.top <= height - patch.n_rows
    assert 0 <= patch.left <= width - patch.n_columns


def test_the_ends_of_a_patchs_way() -> None:
    assert patch_at(20, 30, 8, 0, 0) == Patch(0, 0, 8, 8)
    assert patch_at(20, 30, 8, 1, 1) == Patch(12, 22, 8, 8)
    assert patch_at(6, 30, 8, 1, 0) == Patch(0, 0, 6, 8)


def test_a_grey_picture_has_one_channel_and_a_colour_picture_three() -> None:
    grey = np.full((28, 30, 3), 7, np.uint8)
    colour = grey.copy()
    colour[27, 29, 2] = 8
    assert is_grey(grey) and not is_grey(colour)
    assert shape_of(grey) == (28, 30) and shape_of(colour) == (28, 30, 3)
    assert written_count(shape_of(colour)) == "28 × 30 × 3 = 2,520"


@given(edits)
def test_edits_come_back_from_the_address(some: list[Edit]) -> None:
    assert parse_edits(write_edits(some)) == tuple(some)


@pytest.mark.parametrize(
    "text",
    ["1", "1-2-3-4", "1-2-3-4-256", "1-2-3-4-5_", "-1-2-3-4-5", "1-2-3-4-٣", "a-b-c-d-e",
     "_".join(["1-1-1-1-1"] * (MOST_EDITS + 1))],
)  # fmt: skip
def test_no_edits(text: str) -> None:
    with pytest.raises(ValueError, match="pixels such as 3-5-255-0-0"):
        parse_edits(text)


def test_edits_change_only_their_pixels() -> None:
    picture = np.arange(48, dtype=np.uint8).reshape(4, 4, 3)
    edited = with_edits(picture, (Edit(1, 2, (9, 8, 7)), Edit(4, 0, (1, 1, 1))))
    assert edited[1, 2].tolist() == [9, 8, 7]
    assert (edited != picture).any(axis=2).sum() == 1
    assert picture[1, 2].tolist() == [18, 19, 20]


def test_an_edit_replaces_that_of_the_same_pixel_and_may_be_taken_back() -> None:
    once = put_edit((), Edit(1, 2, (9, 8, 7)), (0, 0, 0))
    twice = put_edit(once, Edit(1, 2, (9, 8, 6)), (0, 0, 0))
    assert twice == (Edit(1, 2, (9, 8, 6)),)
    assert put_edit(twice, Edit(1, 2, (0, 0, 0)), (0, 0, 0)) == ()
    many = tuple(Edit(0, place, (1, 1, 1)) for place in range(MOST_EDITS))
    with pytest.raises(ValueError, match="Press Reset"):
        put_edit(many, Edit(1, 2, (9, 8, 7)), (0, 0, 0))
    assert len(put_edit(many, Edit(0, 3, (2, 2, 2)), (0, 0, 0))) == MOST_EDITS


@pytest.mark.parametrize(
    ("answer", "slip"),
    [
        (64 * 48, "forgot the channels"),
        (64 + 48 + 3, "added the three sides"),
        (64 + 48, "added height and width"),
        (64 * 48 * 4, "fourth channel"),
        (64 * 48 * 3 * 256, "256"),
    ],
)
def test_slips_in_a_count(answer: float, slip: str) -> None:
    found = diagnose(answer, 64 * 48 * 3, slips_in_count((64, 48, 3)))
    assert not found.right and slip in found.sentence


def test_slips_in_twice_the_size() -> None:
    slips = slips_in_twice_the_size((28, 28))
    assert "doubled the numbers" in diagnose(2 * 784, 4 * 784, slips).sentence
    assert "three channels" in diagnose(12 * 784, 4 * 784, slips).sentence
    assert diagnose(4 * 784, 4 * 784, slips).right


@pytest.mark.parametrize(
    ("answer", "slip"),
    [
        (350 / 3, "plain mean"),
        (350, "without their weights"),
        (0.299 * 50 + 0.587 * 100 + 0.114 * 200, "blue got the weight of red"),
        (0.299 * 200 + 0.587 * 100, "forgot the blue part"),
        (125, "middle between"),
    ],
)
def test_slips_in_a_grey_value(answer: float, slip: str) -> None:
    found = diagnose(answer, 124.2, slips_in_grey((200, 100, 50)))
    assert not found.right and slip in found.sentence


def test_what_a_browser_may_send() -> None:
    patch = Patch(10, 10, 8, 6)
    sent: object
    assert read_cell({"row": 7, "column": 5}, patch) == (7, 5)
    for sent in (None, 3, {}, {"row": 8, "column": 0}, {"row": 0, "column": 6},
                 {"row": -1, "column": 0}, {"row": True, "column": 0}, {"row": "1", "column": 0},
                 {"row": 1.0, "column": 0}):  # fmt: skip
        assert read_cell(sent, patch) is None
    assert read_place({"down": 0, "across": 0.5}) == (0.0, 0.5)
    for sent in (None, [], {"down": 0.5}, {"down": 1.1, "across": 0}, {"down": True, "across": 0},
                 {"down": float("nan"), "across": 0}, {"down": "0", "across": 0}):  # fmt: skip
        assert read_place(sent) is None
