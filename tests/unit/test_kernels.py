"""Kernels by name and by text, challenges with many answers, and the slips."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.convolution import Along, Padding, convolve
from components.concepts.kernel_challenges import (
    CHALLENGES,
    Riddle,
    compare,
    make_riddle,
)
from components.concepts.kernels import (
    KINDS,
    MAX_SIDE,
    identity,
    kind_of,
    output_range,
    parse_kernel,
    write_kernel,
)
from components.concepts.slips import Slip, diagnose
from components.concepts.slips_in_convolution import slips_in_output_size, slips_in_sum

SOBEL = parse_kernel("1 0 -1; 2 0 -2; 1 0 -1")
whole = st.integers(-9, 9)


@pytest.mark.parametrize("key", KINDS)
def test_what_the_kernels_add_up_to(key: str) -> None:
    wanted = 0 if key in ("horizontal", "vertical", "outline") else 1
    for side in range(KINDS[key].smallest, MAX_SIDE + 1):
        kernel = KINDS[key].of(side)
        assert kernel.shape == (side, side)
        assert kernel.sum() == pytest.approx(wanted)
        if side == 3:
            assert kind_of(kernel) == key
    with pytest.raises(ValueError, match="at least"):
        KINDS["vertical"].of(1)


def test_a_kernel_of_ones_own_has_no_name() -> None:
    assert kind_of(SOBEL) is None


def test_identity_leaves_the_picture_as_it_is() -> None:
    picture = np.random.default_rng(0).normal(size=(9, 9))
    for side in range(1, MAX_SIDE + 1):
        np.testing.assert_array_equal(convolve(picture, identity(side), padding="same"), picture)


@given(st.integers(1, MAX_SIDE), st.data())
def test_text_and_back(side: int, data: st.DataObject) -> None:
    weights = data.draw(st.lists(whole, min_size=side**2, max_size=side**2))
    kernel = np.array(weights, float).reshape(side, side) / 4
    np.testing.assert_array_equal(parse_kernel(write_kernel(kernel)), kernel)
    np.testing.assert_array_equal(parse_kernel(write_kernel(kernel).replace(" ", ",")), kernel)


@pytest.mark.parametrize(
    "text",
    ["", ";", "1 2; 3", "1 2 3", "a", "nan", "1e9", "inf", "1 1; 1 2000", "1;" * 8, "0x1", "１"],
)
def test_nonsense_is_no_kernel(text: str) -> None:
    with pytest.raises(ValueError, match=r"square|numbers"):
        parse_kernel(text)


def test_the_range_of_an_output() -> None:
    assert output_range(parse_kernel("1.5 1.5; -1.5 -1.5")) == (-765, 765)


@pytest.mark.parametrize(
    "text",
    [
        "1 0 -1; 2 0 -2; 1 0 -1",
        "-1 0 1; -1 0 1; -1 0 1",
        "3 0 -3; 10 0 -10; 3 0 -3",
        "0 0 0; 1 -1 0; 0 0 0",
        "0.01 -0.01 0; 0 0 0; 0 0 0",
        "1 -2 1; 1 -2 1; 1 -2 1",
        "1 -1; 1 -1",
    ],
)
def test_every_form_of_an_vertical_edge_detector_passes(text: str) -> None:
    kernel = parse_kernel(text)
    assert CHALLENGES["vertical"].solved(kernel)
    assert not CHALLENGES["horizontal"].solved(kernel)
    assert CHALLENGES["horizontal"].solved(kernel.T)
    assert not CHALLENGES["vertical"].solved(kernel.T)


@pytest.mark.parametrize(
    ("text", "failing"),
    [
        ("0 0 0; 0 0 0; 0 0 0", "has to react"),
        ("1 0 -1; 1 0 -1; 1 0 0", "one grey"),
        ("0 -1 0; -1 4 -1; 0 -1 0", "horizontal edge"),
        ("1 -1 0; -1 1 0; 0 0 0", "has to react"),
        ("0 0 0; 0 1 0; 0 0 0", "one grey"),
    ],
)
def test_what_is_no_vertical_edge_detector_hears_why(text: str, failing: str) -> None:
    findings = CHALLENGES["vertical"].judge(parse_kernel(text))
    assert any(failing in finding.sentence for finding in findings if not finding.holds)


def test_smoothing_and_moving() -> None:
    blur = KINDS["blur"].of(3)
    gauss = parse_kernel("0.0625 0.125 0.0625; 0.125 0.25 0.125; 0.0625 0.125 0.0625")
    assert all(CHALLENGES["smooth"].solved(kernel) for kernel in (blur, gauss))
    assert not any(CHALLENGES["smooth"].solved(k) for k in (2 * blur, identity(3), SOBEL))
    assert CHALLENGES["shift"].solved(parse_kernel("0 0 0; 0 0 1; 0 0 0"))
    assert not CHALLENGES["shift"].solved(parse_kernel("0 0 0; 1 0 0; 0 0 0"))


@given(st.integers(0, 200))
def test_the_hidden_kernel_solves_its_riddle_and_another_does_not(seed: int) -> None:
    picture = np.random.default_rng(seed).integers(0, 256, (8, 8))
    riddle = make_riddle(seed, picture)
    assert compare(riddle, riddle.kernel).same
    other = riddle.kernel.copy()
    other[1, 1] += 1
    found = compare(riddle, other)
    assert not found.same
    assert found.wanted == riddle.output[found.place] != found.got


def test_every_kernel_that_gives_the_output_passes() -> None:
    stripes = np.tile([0.0, 0, 200, 200, 0, 100], (9, 1))
    riddle = Riddle(stripes, parse_kernel("1 0 -1; 0 0 0; 0 0 0"))
    assert compare(riddle, parse_kernel("0 0 0; 0 0 0; 1 0 -1")).same
    assert compare(riddle, parse_kernel("0.5 0 0; 0.5 0 -2; 0 0 1")).same
    assert not compare(riddle, parse_kernel("0 0 0; 0 0 0; -1 0 1")).same


def expect_named(slip: Slip, correct: float, slips: tuple[Slip, ...]) -> None:
    """A learner who made this slip hears of it, or of one with the same number."""
    diagnosis = diagnose(slip.value, correct, slips)
    if abs(slip.value - correct) <= 1e-9 * max(1.0, abs(correct)):
        assert diagnosis.right
    else:
        assert not diagnosis.right
        assert all(found.value == pytest.approx(slip.value) for found in diagnosis.slips)
        assert diagnosis.slips


@given(st.lists(st.integers(0, 255), min_size=4, max_size=4), st.data())
def test_a_slip_in_a_sum_is_named(pixels: list[int], data: st.DataObject) -> None:
    window = np.array(pixels, float).reshape(2, 2)
    weights = data.draw(st.lists(whole, min_size=4, max_size=4))
    kernel = np.array(weights, float).reshape(2, 2) / 2
    slips = slips_in_sum(window, kernel)
    expect_named(data.draw(st.sampled_from(slips)), float((window * kernel).sum()), slips)


@given(st.integers(1, 5), st.integers(1, 4), st.sampled_from(["valid", "same"]), st.integers(1, 3))
def test_a_slip_in_the_size_is_named(
    kernel: int, stride: int, padding: Padding, dilation: int
) -> None:
    along = Along(28, kernel, stride, padding, dilation)
    slips = slips_in_output_size(along)
    for slip in slips:
        expect_named(slip, along.output, slips)


def test_the_slips_in_a_size_by_hand() -> None:
    slips = {slip.what.split(";")[0]: slip.value for slip in slips_in_output_size(Along(28, 3, 2))}
    assert slips["rounded up"] == 14
    assert slips["forgot the floor: a number of windows is whole"] == 13.5
    assert slips["forgot the + 1 for the window at the start"] == 12
    dilated = slips_in_output_size(Along(28, 3, 1, "valid", 2))
    assert {slip.what: slip.value for slip in dilated}["left out the dilation"] == 26
