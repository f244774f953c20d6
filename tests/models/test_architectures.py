"""The Keras networks are the networks that the page counts."""

import keras
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from components.concepts.digit_network import (
    PRESETS,
    BatchNormalization,
    Conv2D,
    Dense,
    DigitNetwork,
    Dropout,
    Flatten,
    MaxPooling2D,
    NetworkError,
    summarize,
)
from components.models.architectures import build

convolutions = st.builds(
    Conv2D,
    st.integers(1, 6),
    st.integers(1, 5),
    st.sampled_from(["relu", "tanh"]),
    st.sampled_from(["valid", "same"]),
)
map_layers = st.lists(
    st.one_of(
        convolutions, st.builds(MaxPooling2D, st.integers(2, 3)), st.just(BatchNormalization())
    ),
    max_size=4,
)
row_layers = st.lists(
    st.one_of(st.builds(Dense, st.integers(1, 20)), st.just(Dropout(0.3))), max_size=3
)
networks = st.builds(
    lambda maps, rows: DigitNetwork("drawn", (*maps, Flatten(), *rows)), map_layers, row_layers
)


def assert_same(network: DigitNetwork) -> None:
    """Layer by layer: output shape and number of parameters."""
    summaries = summarize(network)
    layers = build(network, seed=0).layers[-len(summaries) :]
    for summary, layer in zip(summaries, layers, strict=True):
        assert tuple(layer.output.shape[1:]) == summary.output_shape, layer.name
        assert layer.count_params() == summary.parameters, layer.name


@pytest.mark.parametrize("network", PRESETS.values(), ids=PRESETS.keys())
def test_presets(network: DigitNetwork) -> None:
    assert_same(network)


@settings(max_examples=25, deadline=None)
@given(networks)
def test_any_network_that_can_be_built(network: DigitNetwork) -> None:
    try:
        summarize(network)
    except NetworkError:
        return
    assert_same(network)


def test_golden_parameters_of_the_workshops_network() -> None:
    model = build(PRESETS["workshop"], seed=0)
    counts = [layer.count_params() for layer in model.layers if layer.count_params()]
    assert counts == [40, 264, 135_300, 1_010]
    assert model.count_params() == 136_614


def test_same_seed_same_weights() -> None:
    one, same, other = (build(PRESETS["dense"], seed).get_weights() for seed in (1, 1, 2))
    assert all((a == b).all() for a, b in zip(one, same, strict=True))
    assert any((a != b).any() for a, b in zip(one, other, strict=True))


def test_half_precision_keeps_the_answer_in_full() -> None:
    model = build(PRESETS["workshop"], 0, "mixed_bfloat16")
    assert model.output.dtype == "float32"
    assert model.layers[3].compute_dtype == "bfloat16"
    assert keras.config.dtype_policy().name == "float32"
