"""The receptive field by arithmetic is what brute force finds, and slips are told apart."""

import numpy as np
import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from components.concepts.convolution import Array, ConvolutionError, convolve
from components.concepts.digit_network import PRESETS
from components.concepts.photo_network import SIDE, photo_stages
from components.concepts.receptive_field import (
    Step,
    field_size,
    fields,
    jump,
    map_side,
    written_field,
)
from components.concepts.slips import diagnose
from components.concepts.slips_in_fields import slips_in_field_size, slips_in_map_side
from components.concepts.stages import digit_stages

steps_of_all_kinds = st.lists(
    st.builds(Step, st.integers(1, 5), st.integers(1, 3), st.sampled_from(["valid", "same"])),
    min_size=1,
    max_size=4,
)


def brute_force(size: int, steps: list[Step]) -> np.ndarray:
    """Which pixel reaches which place of the map: (pixels, places), by lighting one at a time.

    All weights are 1, so that nothing cancels. The other axis is one pixel wide.
    """
    reached = []
    for pixel in range(size):
        line: Array = np.zeros((size, 1))
        line[pixel] = 1
        for step in steps:
            kernel = np.ones((step.kernel, 1))
            line = convolve(line, kernel, step.stride, step.padding)
            line = line[:, :1]
        reached.append(line[:, 0] > 0)
    return np.array(reached)


@given(size=st.integers(6, 40), steps=steps_of_all_kinds)
def test_fields_are_what_brute_force_finds(size: int, steps: list[Step]) -> None:
    try:
        found = fields(size, steps)
    except ConvolutionError:
        assume(False)
    assert len(found) == map_side(size, steps)
    reached = brute_force(size, steps)
    assert reached.shape[1] == len(found)
    for place, (first, last) in enumerate(found):
        pixels = np.flatnonzero(reached[:, place])
        if len(pixels):  # a map that only sees padding there has seen no pixel
            assert (pixels[0], pixels[-1]) == (first, last)


@given(size=st.integers(900, 1000), steps=steps_of_all_kinds)
def test_far_from_the_border_the_formula_holds(size: int, steps: list[Step]) -> None:
    found = fields(size, steps)
    here, after = found[len(found) // 2], found[len(found) // 2 + 1]
    assert here[1] - here[0] + 1 == field_size(steps)
    assert after[0] - here[0] == jump(steps)


def test_the_workshop_network() -> None:
    sizes = [field_size(stage.steps) for stage in digit_stages(PRESETS["workshop"])]
    assert sizes == [2, 3, 4, 28, 28]
    pool = digit_stages(PRESETS["workshop"])[2]
    assert written_field(pool.steps) == "1 + (2 − 1)·1 + (2 − 1)·1 + (2 − 1)·1 = 4"


def test_the_photo_network_grows_from_edges_to_everything() -> None:
    stages = photo_stages()
    assert [field_size(stage.steps) for stage in stages[:9]] == [3, 7, 11, 15, 23, 31, 47, 63, 95]
    assert fields(SIDE, stages[9].steps) == [(0, SIDE - 1)]
    for stage in stages:
        assert map_side(SIDE, stage.steps) == stage.shape[0]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (8, ""),  # 1 + 2·1 + 1·1 + 2·2
        (6, "forgot the strides"),
        (7, "forgot the 1"),
        (3, "looked at the last layer only"),
        (18, "multiplied the kernels"),
        (64, "gave the area"),
        (5, "left out the pooling"),
        (99, "does not come from one of the usual slips"),
    ],
)
def test_slips_in_the_field(answer: float, words: str) -> None:
    steps = [Step(3), Step(2, 2, pools=True), Step(3)]
    assert field_size(steps) == 8
    found = diagnose(answer, 8, slips_in_field_size(steps))
    assert found.right == (words == "")
    assert words in found.sentence


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (17, ""),  # 40 → 38 → 19 → 17
        (40, "gave the size of the picture"),
        (19, "left out the last layer"),
        (36, "forgot the strides and the pooling"),
    ],
)
def test_slips_in_the_map(answer: float, words: str) -> None:
    steps = [Step(3), Step(2, 2, pools=True), Step(3)]
    assert map_side(40, steps) == 17
    found = diagnose(answer, 17, slips_in_map_side(40, steps))
    assert found.right == (words == "")
    assert words in found.sentence
