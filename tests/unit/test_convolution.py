"""The convolution: golden numbers, sizes counted by hand, and the trace of one window."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.convolution import (
    Along,
    ConvolutionError,
    Geometry,
    Padding,
    convolve,
    geometry,
    look,
    spread,
)
from components.concepts.kernels import WORKSHOP_KERNEL
from components.concepts.pooling import max_pool

PADDINGS: tuple[Padding, ...] = ("valid", "same")


@st.composite
def ways(draw: st.DrawFn) -> Geometry:
    """Random geometries in which the kernel fits."""
    stride, dilation = draw(st.integers(1, 4)), draw(st.integers(1, 3))
    padding = draw(st.sampled_from(PADDINGS))
    kernel = draw(st.tuples(st.integers(1, 5), st.integers(1, 5)))
    size = [draw(st.integers(dilation * (side - 1) + 1, 20)) for side in kernel]
    return geometry((size[0], size[1]), kernel, stride, padding, dilation)


@pytest.mark.parametrize(
    ("patch", "total"),
    [([[200, 200], [200, 200]], 0), ([[0, 0], [0, 0]], 0), ([[200, 200], [0, 0]], 600)],
)
def test_the_golden_patches(patch: list[list[int]], total: float) -> None:
    assert WORKSHOP_KERNEL.tolist() == [[1.5, 1.5], [-1.5, -1.5]]
    assert convolve(patch, WORKSHOP_KERNEL).tolist() == [[total]]
    window = look(patch, WORKSHOP_KERNEL, geometry((2, 2), (2, 2)), 0, 0)
    assert window.total == total
    assert window.products.sum() == total


@pytest.mark.parametrize(
    ("along", "output", "dropped", "padded"),
    [
        (Along(28, 2), 27, 0, 0),
        (Along(28, 3, 2), 13, 1, 0),
        (Along(28, 3, 2, "same"), 14, 0, 1),
        (Along(28, 3, 1, "same"), 28, 0, 2),
        (Along(28, 3, 1, "valid", 3), 22, 0, 0),
        (Along(28, 7, 4), 6, 1, 0),
        (Along(10, 1, 3, "same"), 4, 0, 0),
    ],
)
def test_the_size_of_the_output(along: Along, output: int, dropped: int, padded: int) -> None:
    assert (along.output, along.dropped, along.padded) == (output, dropped, padded)


@given(ways())
def test_the_windows_are_all_those_that_fit(how: Geometry) -> None:
    for along in (how.rows, how.columns):
        last = along.reads(along.output - 1)[-1]
        end = along.size + along.padded - along.before
        assert last < end
        assert last + along.stride >= end  # one more would not fit
        assert end - 1 - last == along.dropped


@given(ways(), st.integers(0, 9999))
def test_every_output_is_the_sum_of_its_window(how: Geometry, seed: int) -> None:
    rng = np.random.default_rng(seed)
    picture = rng.integers(-9, 10, (how.rows.size, how.columns.size)).astype(float)
    kernel = rng.integers(-4, 5, (how.rows.kernel, how.columns.kernel)).astype(float)
    settings = (how.rows.stride, how.rows.padding, how.rows.dilation)
    output = convolve(picture, kernel, *settings)
    assert output.shape == how.shape
    for number in range(how.n_windows):
        place = how.place(number)
        window = look(picture, kernel, how, *place)
        assert window.total == output[place]
        assert not window.pixels[~window.inside].any()
    with pytest.raises(ConvolutionError):
        how.place(how.n_windows)


@given(ways(), st.integers(0, 9999))
def test_unread_pixels_make_no_difference_and_all_others_do(how: Geometry, seed: int) -> None:
    unread = how.unread()
    kernel = np.ones((how.rows.kernel, how.columns.kernel))
    settings = (how.rows.stride, how.rows.padding, how.rows.dilation)
    assert not convolve(unread.astype(float), kernel, *settings).any()
    read = [tuple(place) for place in np.argwhere(~unread)]
    row, column = read[np.random.default_rng(seed).integers(len(read))]
    picture = np.zeros(unread.shape)
    picture[row, column] = 1
    assert convolve(picture, kernel, *settings).any()


@given(ways(), st.integers(0, 9999))
def test_a_dilated_kernel_is_one_with_zeros_in_its_gaps(how: Geometry, seed: int) -> None:
    rng = np.random.default_rng(seed)
    picture = rng.normal(size=(how.rows.size, how.columns.size))
    kernel = rng.normal(size=(how.rows.kernel, how.columns.kernel))
    dilated = convolve(picture, kernel, how.rows.stride, how.rows.padding, how.rows.dilation)
    wide = convolve(picture, spread(kernel, how.rows.dilation), how.rows.stride, how.rows.padding)
    np.testing.assert_allclose(dilated, wide, atol=1e-12)


def test_it_does_not_turn_the_kernel() -> None:
    dot = np.zeros((5, 5))
    dot[2, 2] = 1
    kernel = np.arange(9.0).reshape(3, 3)
    np.testing.assert_array_equal(convolve(dot, kernel), kernel[::-1, ::-1])


def test_channels_are_added_up_and_filters_stand_side_by_side() -> None:
    rng = np.random.default_rng(0)
    picture, kernels = rng.normal(size=(9, 8, 3)), rng.normal(size=(3, 2, 3, 4))
    maps = convolve(picture, kernels)
    assert maps.shape == (7, 7, 4)
    for number in range(4):
        parts = [convolve(picture[..., c], kernels[..., c, number]) for c in range(3)]
        np.testing.assert_allclose(maps[..., number], sum(parts))


@pytest.mark.parametrize(
    ("picture", "kernels"),
    [((4, 4), (5, 5)), ((4, 4, 3), (3, 3, 1, 2)), ((4, 4, 3), (3, 3)), ((4,), (3, 3))],
)
def test_what_does_not_fit_is_refused(picture: tuple[int, ...], kernels: tuple[int, ...]) -> None:
    with pytest.raises(ConvolutionError):
        convolve(np.zeros(picture), np.zeros(kernels))


@pytest.mark.parametrize(
    ("kernel", "stride", "padding", "dilation"),
    [(0, 1, "valid", 1), (3, 0, "valid", 1), (3, 1, "valid", 0), (3, 1, "full", 1)],
)
def test_senseless_settings_are_refused(
    kernel: int, stride: int, padding: Padding, dilation: int
) -> None:
    with pytest.raises(ConvolutionError):
        Along(28, kernel, stride, padding, dilation)


def test_max_pooling_keeps_the_largest_and_drops_what_fills_no_square() -> None:
    maps = np.arange(5 * 7, dtype=float).reshape(5, 7, 1)
    pooled = max_pool(maps, 2)[..., 0]
    assert pooled.tolist() == [[8, 10, 12], [22, 24, 26]]
    with pytest.raises(ConvolutionError):
        max_pool(np.zeros((1, 5, 1)), 2)
