"""Covering a picture piece by piece, and what each pixel's share of the loss is."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.occlusion import (
    MOST_STOPS,
    corners,
    covered,
    drop_map,
    fill_color,
    stride_for,
)


@given(side=st.integers(4, 70), data=st.data())
def test_every_pixel_is_covered(side: int, data: st.DataObject) -> None:
    patch = data.draw(st.integers(1, side))
    stride = data.draw(st.integers(1, patch))
    places = corners(side, patch, stride)
    seen = {place + step for place in places for step in range(patch)}
    assert seen == set(range(side))


@pytest.mark.parametrize(
    ("side", "patch"), [(28, 3), (28, 7), (28, 14), (64, 8), (64, 16), (64, 32)]
)
def test_the_patch_stops_often_enough_and_not_too_often(side: int, patch: int) -> None:
    places = corners(side, patch, stride_for(side, patch))
    assert 4 < len(places) <= MOST_STOPS


@pytest.mark.parametrize(("side", "patch", "stride"), [(4, 5, 1), (4, 0, 1), (8, 2, 3), (8, 2, 0)])
def test_patches_that_skip_pixels_are_refused(side: int, patch: int, stride: int) -> None:
    with pytest.raises(ValueError, match="has to fit"):
        corners(side, patch, stride)


def test_the_patch_lies_where_it_should() -> None:
    picture = np.full((4, 4, 3), 9, np.uint8)
    many = covered(picture, (0, 2), 2, np.array([1, 2, 3], np.uint8))
    assert many.shape == (4, 4, 4, 3)
    assert many[1, 0, 2].tolist() == [1, 2, 3]  # the second place: top right
    assert many[1, 0, 1].tolist() == [9, 9, 9]
    assert (many.reshape(4, -1, 3) == [1, 2, 3]).all(axis=2).sum(axis=1).tolist() == [4] * 4


def test_a_pixel_gets_the_mean_of_the_patches_over_it() -> None:
    drops = np.array([1.0, 0, 0, 0])
    found = drop_map(drops, (0, 1), 2, 3)
    assert found.tolist() == [[1, 0.5, 0], [0.5, 0.25, 0], [0, 0, 0]]


def test_the_cover_is_black_on_digits_and_the_mean_on_photos() -> None:
    assert fill_color(np.full((4, 4), 200, np.uint8)).tolist() == 0
    photo = np.zeros((2, 2, 3), np.uint8)
    photo[0] = [200, 100, 40]
    assert fill_color(photo).tolist() == [100, 50, 20]
