"""Shuffled pixels: nothing is lost, and every picture is shuffled alike."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.pixels import pixel_order, shuffle_pixels


@given(st.integers(0, 9999))
def test_every_pixel_is_kept_and_moved_alike(seed: int) -> None:
    images = np.random.default_rng(1).integers(0, 256, (3, 28, 28), dtype=np.uint8)
    shuffled = shuffle_pixels(images, seed)
    order = pixel_order(seed)
    assert sorted(order) == list(range(784))
    for before, after in zip(images, shuffled, strict=True):
        assert (before.ravel()[order] == after.ravel()).all()


def test_another_seed_gives_another_order() -> None:
    assert (pixel_order(0) != pixel_order(1)).any()
