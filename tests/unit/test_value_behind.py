"""A value taken apart adds up to the value, and is written as a person would."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.convolution import convolve
from components.concepts.digit_network import PRESETS, summarize
from components.concepts.receptive_field import Step
from components.concepts.stages import Stage, digit_stages, find_stage, written_shape
from components.concepts.value_behind import StageWeights, take_apart
from components.concepts.written_value import written_value
from tests.digit_networks import networks


@given(network=networks())
def test_stages_have_the_shapes_of_the_layers(network: object) -> None:
    shapes = {math_shape(each.output_shape) for each in summarize(network)}  # type: ignore[arg-type]
    stages = digit_stages(network)  # type: ignore[arg-type]
    assert stages[-1].shape == (1, 1, 10)
    assert all(stage.shape in shapes for stage in stages)
    assert len({stage.key for stage in stages}) == len(stages)


def math_shape(shape: tuple[int, ...]) -> tuple[int, ...]:
    return shape if len(shape) == 3 else (1, 1, shape[0])


def test_the_workshop_network_has_five_stages() -> None:
    stages = digit_stages(PRESETS["workshop"])
    assert [stage.key for stage in stages] == [
        "conv_1", "conv_2", "pool_3", "dense_5", "probabilities",
    ]  # fmt: skip
    assert written_shape(stages[0]) == "8 maps of 27 × 27"
    assert written_shape(stages[3]) == "100 nodes"
    with pytest.raises(KeyError, match="no layer"):
        find_stage(stages, "conv_9")


@given(
    seed=st.integers(0, 999),
    kernel=st.integers(1, 4),
    stride=st.integers(1, 3),
    padding=st.sampled_from(["valid", "same"]),
)
def test_a_convolution_value_is_that_of_the_convolution(
    seed: int, kernel: int, stride: int, padding: str
) -> None:
    rng = np.random.default_rng(seed)
    inputs = rng.normal(size=(9, 9, 3))
    weights, bias = rng.normal(size=(kernel, kernel, 3, 5)), rng.normal(size=5)
    maps = np.maximum(convolve(inputs, weights, stride, padding) + bias, 0)  # type: ignore[arg-type]
    shape = (maps.shape[0], maps.shape[1], 5)
    step = Step(kernel, stride, padding)  # type: ignore[arg-type]
    stage = Stage("c", "C", "convolution", shape, (step,), (9, 9, 3), "relu")
    for place in ((0, 0, 0), (4, shape[0] - 1, shape[1] - 1), (2, shape[0] // 2, 0)):
        trace = take_apart(stage, inputs, StageWeights(weights, bias), place)
        assert trace.value == pytest.approx(maps[place[1], place[2], place[0]])
        assert trace.before == pytest.approx(sum(p.total for p in trace.parts) + bias[place[0]])


def test_the_sum_is_written_out() -> None:
    stage = Stage("c", "C", "convolution", (1, 1, 1), (Step(2),), (2, 2, 1), "relu")
    kernel = np.array([[1.5, 1.5], [-1.5, -1.5]])[:, :, None, None]
    trace = take_apart(
        stage,
        np.array([[200, 200], [0, 0.0]])[:, :, None],
        StageWeights(kernel, np.array([-0.5])),
        (0, 0, 0),
    )
    assert written_value(trace, from_picture=True) == [
        "picture: 200·1.5 + 200·1.5 + 0·(-1.5) + 0·(-1.5) = 600",
        "+ bias (-0.5) = 599.5",
        "ReLU(599.5) = 599.5",
    ]


def test_many_channels_are_summed_up() -> None:
    rng = np.random.default_rng(0)
    stage = Stage("c", "C", "convolution", (1, 1, 1), (Step(3),), (3, 3, 40), "relu")
    inputs, kernel = rng.normal(size=(3, 3, 40)), rng.normal(size=(3, 3, 40, 1))
    weights = StageWeights(kernel, None, np.array([2.0]), np.array([0.25]))
    trace = take_apart(stage, inputs, weights, (0, 0, 0), shortcut=-1.0)
    lines = written_value(trace, from_picture=False)
    assert lines[0].count("·") == 9
    assert lines[1].startswith("map ")
    assert "9 products" in lines[1]
    assert lines[3].startswith("37 more, 333 products")
    assert trace.before == pytest.approx(2 * (inputs * kernel[..., 0]).sum() + 0.25 - 1)
    assert any(line.startswith("batch-norm: ") for line in lines)
    assert any(line.startswith("+ shortcut (-1)") for line in lines)


@pytest.mark.parametrize(
    ("kind", "value", "words"),
    [
        ("max-pool", 7.0, "the largest of 1, 7, 3, 2 = 7"),
        ("mean", 3.25, "the mean of the 4 values"),
    ],
)
def test_pooling(kind: str, value: float, words: str) -> None:
    stage = Stage("p", "P", kind, (1, 1, 1), (Step(2, 2, pools=True),), (2, 2, 1))  # type: ignore[arg-type]
    trace = take_apart(stage, np.array([[1.0, 7], [3, 2]])[:, :, None], StageWeights(), (0, 0, 0))
    assert trace.value == value
    assert words in written_value(trace, from_picture=False)[0]


def test_a_place_outside_is_refused() -> None:
    stage = digit_stages(PRESETS["workshop"])[0]
    for place in ((8, 0, 0), (0, 27, 0), (0, 0, -1)):
        with pytest.raises(IndexError, match="is not in this layer"):
            take_apart(stage, np.zeros((28, 28, 1)), StageWeights(), place)
