"""Which moments of a run are looked at, and how a picture is made to fit a network."""

import numpy as np
import pytest

from components.concepts.digit_network import PRESETS
from components.concepts.moments import pick_moments
from components.concepts.stages import digit_stages
from components.labs.seeing.mattered import able_stages
from components.labs.seeing.questions import asked_stage
from components.labs.seeing.source import fit


@pytest.mark.parametrize(
    ("steps", "picked"),
    [
        ((), []),
        ((0,), [("after", 0)]),
        ((0, 5), [("after", 5)]),
        ((0, 5, 9), [("before", 0), ("during", 5), ("after", 9)]),
        ((0, 4, 16, 31, 125, 1000), [("before", 0), ("during", 16), ("after", 1000)]),
    ],
)
def test_three_moments_of_a_run(steps: tuple[int, ...], picked: list[tuple[str, int]]) -> None:
    found = pick_moments(steps, [step / 125 for step in steps])
    assert [(moment.key, moment.step) for moment in found] == picked


def test_a_picture_is_cut_to_its_middle_and_scaled() -> None:
    wide = np.zeros((64, 128, 3), np.uint8)
    wide[:, 32:96] = [200, 100, 50]
    photo = fit(wide, (64, 64, 3))
    assert (photo == [200, 100, 50]).all()
    digit = fit(wide, (28, 28))
    assert digit.shape == (28, 28)
    assert (digit == 124).all()  # 0.299 · 200 + 0.587 · 100 + 0.114 · 50 = 124.2


def test_a_digit_stays_as_it_is() -> None:
    digit = np.random.default_rng(0).integers(0, 256, (28, 28)).astype(np.uint8)
    np.testing.assert_array_equal(fit(np.repeat(digit[..., None], 3, 2), (28, 28)), digit)


def test_a_dense_network_has_nodes_and_no_maps() -> None:
    stages = digit_stages(PRESETS["dense"])
    assert [stage.shape for stage in stages] == [(1, 1, 128), (1, 1, 64), (1, 1, 10)]
    assert able_stages(stages) == []
    assert asked_stage(stages, 1) is None


def test_the_layer_asked_about_comes_after_the_one_shown() -> None:
    stages = digit_stages(PRESETS["workshop"])
    assert [asked_stage(stages, shown) for shown in (1, 2, 3)] == [stages[1], stages[2], stages[1]]
