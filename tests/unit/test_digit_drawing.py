"""Drawings: read from the browser, and centred the way MNIST was made."""

import base64
import gzip
import itertools
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_array_equal
from numpy.typing import NDArray

from components.concepts.digit_drawing import (
    PAD_SIDE,
    DrawingError,
    EmptyDrawingError,
    center_digit,
    read_drawing,
    write_drawing,
)

SEVEN = ((0.3, 0.2), (0.7, 0.2), (0.42, 0.8))  # corners of a stroke, x and y from 0 to 1


def stroke(
    side: int, scale: float = 1.0, shift: tuple[float, float] = (0.0, 0.0), width: float = 0.086
) -> NDArray[np.float64]:
    """A seven with soft edges on a pad of `side` pixels, scaled about the middle and shifted."""
    points = [
        (scale * (x - 0.5) + 0.5 + shift[0], scale * (y - 0.5) + 0.5 + shift[1]) for x, y in SEVEN
    ]
    centers = (np.arange(side) + 0.5) / side
    x, y = np.meshgrid(centers, centers)
    distance = np.full((side, side), np.inf)
    for (x0, y0), (x1, y1) in itertools.pairwise(points):
        along = (x - x0) * (x1 - x0) + (y - y0) * (y1 - y0)
        part = np.clip(along / ((x1 - x0) ** 2 + (y1 - y0) ** 2), 0, 1)
        distance = np.minimum(
            distance, np.hypot(x - x0 - part * (x1 - x0), y - y0 - part * (y1 - y0))
        )
    return np.clip((scale * width / 2 - distance) * side + 0.5, 0, 1)


def difference(one: NDArray[np.uint8], other: NDArray[np.uint8]) -> float:
    """The mean absolute difference as a share of the ink."""
    return float(np.abs(one.astype(float) - other).mean() / one.mean())


def test_trace_of_a_bar() -> None:
    ink = np.zeros((50, 40), np.uint8)
    ink[5:45, 10:20] = 255
    trace = center_digit(ink)
    assert trace.box == (5, 10, 45, 20)
    assert trace.scale == 0.5
    assert trace.fitted.shape == (20, 5) and (trace.fitted == 255).all()
    assert trace.center_of_mass == (9.5, 2.0)
    assert trace.offset == (4, 12)
    expected = np.zeros((28, 28), np.uint8)
    expected[4:24, 12:17] = 255
    assert_array_equal(trace.image, expected)


def test_scaling_averages_the_area() -> None:
    checks = (255 * (np.indices((40, 40)).sum(axis=0) % 2)).astype(np.uint8)
    fitted = center_digit(checks).fitted
    assert fitted.shape == (20, 20)
    assert np.unique(fitted).tolist() == [128]  # half of each 2 × 2 square is ink


def test_a_small_drawing_grows() -> None:
    ink = np.zeros((28, 28), np.uint8)
    ink[3:7, 3:13] = 200
    trace = center_digit(ink)
    assert trace.fitted.shape == (8, 20) and (trace.fitted == 200).all()


@settings(max_examples=40, deadline=None)
@given(
    st.floats(0.6, 1.4),
    st.tuples(st.floats(-0.09, 0.09), st.floats(-0.09, 0.09)),
    st.sampled_from([PAD_SIDE, 112, 140]),
)
def test_place_and_size_of_a_drawing_hardly_matter(
    scale: float, shift: tuple[float, float], side: int
) -> None:
    reference = center_digit(stroke(112)).image
    moved = center_digit(stroke(side, scale, shift)).image
    # One pixel to the side is the most that rounding can do to the place.
    shifts = [np.roll(moved, (down, right), (0, 1)) for down in (-1, 0, 1) for right in (-1, 0, 1)]
    assert min(difference(reference, candidate) for candidate in shifts) < 0.45


def test_another_drawing_differs_much() -> None:
    seven = center_digit(stroke(112)).image
    assert difference(seven, center_digit(np.flipud(stroke(112)).copy()).image) > 0.8


@settings(max_examples=60, deadline=None)
@given(st.integers(1, 60), st.integers(1, 60), st.integers(0, 2**32 - 1), st.floats(0.01, 1))
def test_any_ink_gives_a_picture_with_its_mass_in_the_middle(
    height: int, width: int, seed: int, density: float
) -> None:
    generator = np.random.default_rng(seed)
    ink = (generator.random((height, width)) < density) * np.uint8(255)
    ink[generator.integers(height), generator.integers(width)] = 255
    trace = center_digit(ink.astype(np.uint8))
    assert trace.image.shape == (28, 28) and trace.image.dtype == np.uint8
    assert max(trace.fitted.shape) == 20
    for mass, offset in zip(trace.center_of_mass, trace.offset, strict=True):
        assert abs(mass + offset - 14) <= 0.5


def test_bytes_and_decimals_are_the_same_drawing() -> None:
    ink = stroke(PAD_SIDE)
    as_bytes = np.rint(255 * ink).astype(np.uint8)
    assert_array_equal(center_digit(ink).image, center_digit(as_bytes).image)


def test_centring_again_changes_nothing() -> None:
    image = center_digit(stroke(112)).image
    assert_array_equal(center_digit(image).image, image)


def test_an_empty_drawing() -> None:
    with pytest.raises(EmptyDrawingError, match="Draw a digit"):
        center_digit(np.zeros((PAD_SIDE, PAD_SIDE), np.uint8))


@pytest.mark.parametrize(
    "ink",
    [
        np.zeros((0, 5), np.uint8),
        np.ones((28, 28, 1), np.uint8),
        np.ones((28, 28), np.int64),
        np.full((28, 28), np.nan),
        np.full((28, 28), np.inf),
        np.full((28, 28), 1.5),
        np.full((28, 28), -0.1),
        np.full((28, 28), "1"),
    ],
)
def test_what_is_no_drawing(ink: NDArray) -> None:
    with pytest.raises(DrawingError):
        center_digit(ink)


def test_faint_ink_that_rounds_away_does_no_harm() -> None:
    ink = np.zeros((112, 112), np.uint8)
    ink[0, 0] = ink[111, 111] = 1
    assert not center_digit(ink).image.any()


def test_digits_of_mnist_are_already_centred(test_data: Path) -> None:
    folder = test_data / "keras-home" / "datasets"
    digits = np.load(folder / "mnist.npz")["x_test"][:500]
    for digit in digits:
        assert_array_equal(center_digit(digit).image, digit)


def test_a_drawing_survives_the_journey() -> None:
    ink = np.rint(255 * stroke(PAD_SIDE)).astype(np.uint8)
    assert_array_equal(read_drawing(write_drawing(ink)), ink)


def test_an_empty_pad_is_read_as_no_ink() -> None:
    ink = read_drawing({"ink": ""})
    assert ink.shape == (PAD_SIDE, PAD_SIDE) and not ink.any()


ANYTHING = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=8,
)


@given(ANYTHING | st.fixed_dictionaries({"ink": ANYTHING}))
def test_nonsense_is_answered_with_a_sentence(payload: object) -> None:
    if isinstance(payload, dict) and payload.get("ink") == "":
        return
    with pytest.raises(DrawingError) as caught:
        read_drawing(payload)
    assert str(caught.value).endswith(".")


FULL = base64.b64encode(bytes(PAD_SIDE**2)).decode()


@pytest.mark.parametrize(
    ("ink", "words"),
    [
        (FULL[:-4], "characters"),
        (FULL + "AAAA", "characters"),
        ("A" * 10_000_000, "10,000,000 characters"),
        ("?" + FULL[1:], "did not arrive whole"),
        ("é" + FULL[1:], "did not arrive whole"),
        (FULL[:-4] + "AAAA", "3,138 pixels"),
        (gzip.compress(b"x", mtime=0), "not as"),
        (float("nan"), "“nan”"),
        (10**400, "type int"),
        ([0] * PAD_SIDE**2, "type list"),
    ],
)
def test_ink_that_is_none(ink: object, words: str) -> None:
    with pytest.raises(DrawingError, match=words):
        read_drawing({"ink": ink})
