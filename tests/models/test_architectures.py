"""Keras builds what concepts.digit_network describes."""

import pytest
from hypothesis import given, settings

from components.concepts.digit_network import PRESETS, DigitNetwork, NetworkError, summarize
from components.models.architectures import build, network_layers
from tests.digit_networks import networks


def check_same(network: DigitNetwork) -> None:
    model = build(network, seed=0)
    layers = network_layers(model)
    summaries = summarize(network)
    assert [layer.count_params() for layer in layers] == [s.parameters for s in summaries]
    assert [layer.output.shape[1:] for layer in layers] == [s.output_shape for s in summaries]


@pytest.mark.parametrize("name", PRESETS)
def test_presets_have_the_shapes_and_sums_of_concepts(name: str) -> None:
    check_same(PRESETS[name])


@settings(max_examples=25, deadline=None)
@given(networks())
def test_any_network_has_the_shapes_and_sums_of_concepts(network: DigitNetwork) -> None:
    check_same(network)


def test_workshop_network_has_136_614_parameters() -> None:
    model = build(PRESETS["workshop"], seed=0)
    counts = [layer.count_params() for layer in network_layers(model)]
    assert counts == [40, 264, 0, 0, 135_300, 1_010]
    assert model.count_params() == 136_614


def test_the_seed_sets_the_start_weights() -> None:
    first, again, other = (build(PRESETS["workshop"], seed).get_weights() for seed in (1, 1, 2))
    assert all((a == b).all() for a, b in zip(first, again, strict=True))
    assert (first[0] != other[0]).any()


def test_an_impossible_network_is_refused() -> None:
    with pytest.raises(NetworkError):
        build(DigitNetwork("No row", PRESETS["workshop"].layers[:2]), seed=0)
