"""The question of the MNIST lesson: its answer is what a changed network really has."""

from dataclasses import replace

import pytest

from components.concepts.digit_network import (
    PRESETS,
    Conv2D,
    Dense,
    DigitNetwork,
    Flatten,
    summarize,
)
from components.concepts.parameter_question import ask, diagnose

WORKSHOP = PRESETS["workshop"]


def test_workshop_network_with_twice_the_first_filters() -> None:
    question = ask(WORKSHOP)
    changed = replace(WORKSHOP, layers=(Conv2D(16, 2), *WORKSHOP.layers[1:]))
    assert question.answer == summarize(changed)[1].parameters == 520
    assert question.worked == "8 · (2·2·16 + 1) = 520"


def test_dense_network_with_twice_the_first_nodes() -> None:
    network = PRESETS["dense"]
    changed = replace(network, layers=(Flatten(), Dense(256), Dense(64)))
    assert ask(network).answer == summarize(changed)[2].parameters


def test_a_network_without_hidden_weights_gets_a_layer_added() -> None:
    network = DigitNetwork("bare", (Flatten(),))
    changed = DigitNetwork("bare", (Flatten(), Dense(50)))
    assert ask(network).answer == summarize(changed)[-1].parameters == 510


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (520, "Right"),
        (264, "what it has now"),
        (512, "forgot the biases"),
        (513, "one bias for the whole layer"),
        (528, "doubled the biases"),
        (65, "one filter alone"),
        (300, "too few"),
        (9999, "too many"),
    ],
)
def test_each_slip_is_named(answer: int, words: str) -> None:
    assert words in diagnose(ask(WORKSHOP), answer)


@pytest.mark.parametrize("network", PRESETS.values(), ids=PRESETS.keys())
def test_no_slip_contradicts_the_right_answer(network: DigitNetwork) -> None:
    question = ask(network)
    assert all(slip.answer != question.answer for slip in question.slips)
    assert diagnose(question, question.answer).startswith("Right")
