"""Shapes, parameter sums and error sentences of digit networks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.digit_network import (
    MAX_LAYERS,
    PRESETS,
    BatchNormalization,
    Conv2D,
    Dense,
    DigitNetwork,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
    NetworkError,
    count_parameters,
    summarize,
)
from components.concepts.digit_network_text import from_text, to_text
from tests.digit_networks import networks


def network(*layers: Layer) -> DigitNetwork:
    return DigitNetwork("Test network", layers)


def test_workshop_network_has_the_workshops_sums() -> None:
    summaries = summarize(PRESETS["workshop"])
    assert [s.parameters for s in summaries] == [40, 264, 0, 0, 135_300, 1_010]
    assert [s.output_shape for s in summaries] == [
        (27, 27, 8),
        (26, 26, 8),
        (13, 13, 8),
        (1352,),
        (100,),
        (10,),
    ]
    assert count_parameters(PRESETS["workshop"]) == 136_614


@given(networks())
def test_each_sum_written_out_gives_its_number(drawn: DigitNetwork) -> None:
    for summary in summarize(drawn):
        written = summary.parameter_sum.replace("·", "*").replace(",", "")
        assert eval(written) == summary.parameters


@given(networks())
def test_a_network_survives_its_url(drawn: DigitNetwork) -> None:
    assert from_text(to_text(drawn), drawn.name) == drawn


@given(st.text(max_size=40))
def test_any_text_gives_a_network_or_a_sentence(text: str) -> None:
    try:
        summarize(from_text(text))
    except NetworkError as error:
        assert str(error).endswith(".")


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (network(Dense(10)), "Put a flatten layer before it"),
        (network(Flatten(), Conv2D(8, 3)), "Move it before the flatten layer"),
        (network(Flatten(), MaxPooling2D(2)), "Move it before the flatten layer"),
        (network(Conv2D(8, 28), Conv2D(8, 2), Flatten()), "does not fit on a 1 × 1 map"),
        (network(Conv2D(8, 28), MaxPooling2D(2), Flatten()), "window does not fit"),
        (network(Conv2D(0, 2), Flatten()), "number of filters is 0"),
        (network(Conv2D(8, 29), Flatten()), "kernel size is 29"),
        (network(MaxPooling2D(1), Flatten()), "window size is 1"),
        (network(Conv2D(8, 2, "swish"), Flatten()), "no activation “swish”"),
        (network(Conv2D(8, 2, "relu", "full"), Flatten()), "padding is “valid” or “same”"),
        (network(Flatten(), Dense(0)), "number of nodes is 0"),
        (network(Flatten(), Dense(10, "softmax")), "no activation “softmax”"),
        (network(Flatten(), Dropout(1.0)), "below 1, not 1"),
        (network(Flatten(), Dropout(float("nan"))), "below 1, not nan"),
        (network(Conv2D(8, 2)), "Put a flatten layer before it"),
        (network(Conv2D(32, 2), Flatten(), Dense(1024)), "2,000,000 are the most"),
        (network(*[Conv2D(128, 5, "relu", "same")] * 3, Flatten()), "multiplications"),
        (network(*[BatchNormalization()] * (MAX_LAYERS + 1)), "Remove some"),
    ],
)
def test_what_cannot_be_built_is_named(broken: DigitNetwork, words: str) -> None:
    with pytest.raises(NetworkError, match=words) as caught:
        summarize(broken)
    assert str(caught.value).endswith(".")
