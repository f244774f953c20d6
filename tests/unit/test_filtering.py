"""Whole pictures, and how their maps are made visible."""

import base64
import io

import numpy as np
import pytest
from PIL import Image

from components.concepts.convolution import convolve, geometry, look
from components.concepts.filtering import Filtering, apply, to_grey
from components.concepts.kernels import KINDS, WORKSHOP_KERNEL
from components.figures import theme
from components.figures.feature_maps import picture, picture_uri, smaller, strength, visible
from components.figures.number_grid import range_bar, window_grids
from components.figures.sliding_kernel import sliding

PIXELS = np.random.default_rng(0).integers(0, 256, (20, 31, 3)).astype(np.uint8)


def kernel(kind: str, channels: int = 1) -> np.ndarray:
    """A well-known kernel for one filter, the same for each channel."""
    flat = KINDS[kind].of(3).astype(np.float32)
    return np.repeat(flat[:, :, np.newaxis, np.newaxis], channels, axis=2)


def test_grey_is_that_of_pillow() -> None:
    expected = np.asarray(Image.fromarray(PIXELS).convert("L"))
    np.testing.assert_array_equal(to_grey(PIXELS), expected)


def test_each_colour_by_itself_and_added_up() -> None:
    each = apply(Filtering("each", ("blur",), kernel("blur")), PIXELS)
    added = apply(Filtering("sum", ("blur",), kernel("blur", 3)), PIXELS)
    assert each.shape == (20, 31, 3)
    assert added.shape == (20, 31, 1)
    np.testing.assert_allclose(each.sum(axis=2), added[..., 0], rtol=1e-5)


def test_identity_relu_and_pooling() -> None:
    same = apply(Filtering("each", ("identity",), kernel("identity")), PIXELS)
    np.testing.assert_array_equal(same, PIXELS)
    done = apply(Filtering("grey", ("v",), kernel("vertical"), relu=True, pool=True), PIXELS)
    raw = convolve(to_grey(PIXELS), KINDS["vertical"].of(3), padding="same")
    assert done.shape == (10, 15, 1)
    assert done[2, 3, 0] == max(0, raw[4:6, 6:8].max())


def test_signs_become_colours() -> None:
    colours = visible(np.array([[-4.0, 0, 4, 1, np.nan]]), "signed")[0]
    written = ["#" + "".join(f"{part:02X}" for part in colour) for colour in colours]
    assert written[:3] == [theme.NEGATIVE, "#FFFFFF", theme.POSITIVE]
    assert written[3] == theme.mix("#FFFFFF", theme.POSITIVE, 32 / 127)
    assert written[4] == theme.GREY
    np.testing.assert_array_equal(visible(np.zeros((2, 2)), "signed"), 255)
    assert visible(np.array([[-3.0, 99.6, 300]]), "clipped").tolist() == [[0, 100, 255]]


def test_a_few_great_numbers_do_not_pale_the_others() -> None:
    numbers = np.tile([1.0, -1.0], (40, 20))
    numbers[0, 0] = 1000
    assert strength(numbers) == 1


def test_a_smaller_picture_is_the_mean_of_squares() -> None:
    pixels = np.array([[0, 100], [200, 40]]).repeat(3, axis=0).repeat(3, axis=1)
    assert smaller(pixels.astype(np.uint8), 2).tolist() == [[0, 100], [200, 40]]
    assert smaller(PIXELS, 100).shape == PIXELS.shape


@pytest.mark.parametrize(("side", "kind"), [(28, "PNG"), (512, "JPEG")])
def test_pictures_go_in_a_data_address(side: int, kind: str) -> None:
    pixels = np.full((side, side, 3), (10, 20, 200), np.uint8)
    data = base64.b64decode(picture_uri(pixels).split(",")[1])
    image = Image.open(io.BytesIO(data))
    assert (image.format, image.size) == (kind, (side, side))
    assert np.abs(np.asarray(image.convert("RGB"), int) - pixels).max() < 6
    assert 'alt="a &lt;b&gt;"' in picture(pixels, "a <b>")


def test_the_sliding_picture_says_in_words_what_it_shows() -> None:
    how = geometry((8, 8), (3, 3), 2)
    pixels = np.arange(64.0).reshape(8, 8)
    output = convolve(pixels, KINDS["blur"].of(3), 2)
    html = sliding(pixels, output, how, 4)
    assert "15 pixels hatched: no window reads them. The window starts at row 2, column 2" in html
    assert "Output of 3 × 3 numbers; 5 of 9 are known so far" in html
    assert "complete" in sliding(pixels, output, how, None)


def test_the_numbers_of_a_window_stand_in_tables() -> None:
    how = geometry((2, 2), (2, 2))
    window = look([[200, 200], [0, 0]], WORKSHOP_KERNEL, how, 0, 0)
    html = window_grids(window)
    assert [html.count(f">{text}</td>") for text in ("200", "1.5", "-1.5", "300", "0")] == [
        2, 2, 2, 2, 4,
    ]  # fmt: skip
    assert "dashed" not in html
    padded = look(np.ones((2, 2)), np.ones((3, 3)), geometry((2, 2), (3, 3), padding="same"), 0, 0)
    assert window_grids(padded).count("dashed") == 5
    assert "The sum 600 on a scale from -765 to 765" in range_bar(600, -765, 765)
    assert "left:50.00%" in range_bar(0, 0, 0)
