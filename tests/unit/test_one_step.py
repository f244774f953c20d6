"""One step of learning: the workshop's three outcomes, and what is said about them."""

import numpy as np
import pytest
from hypothesis import given

from components.concepts.back_propagation import back_propagate, silent_nodes, update
from components.concepts.dense_network import Node, forward
from components.concepts.one_step import explain, take_step
from components.concepts.wage_network import WAGE_NETWORK, WORKSHOP_WEIGHTS, wage_network
from components.concepts.written_sums import rounded
from tests.unit.random_networks import Case, cases

BEFORE = back_propagate(WAGE_NETWORK, (13, 1), 30)


@pytest.mark.parametrize(
    ("rate", "prediction", "loss", "silent"),
    [
        (0.00001, 33.9493, 15.597, ()),
        (0.0001, 0.9049, 846.5, (Node(0, 1),)),
        (0.001, 0.0, 900.0, (Node(0, 0), Node(0, 1))),
    ],
)
def test_the_workshops_three_learning_rates(
    rate: float, prediction: float, loss: float, silent: tuple[Node, ...]
) -> None:
    step = take_step(BEFORE, rate)
    assert step.after.prediction == pytest.approx(prediction, abs=5e-5)
    assert step.loss == pytest.approx(loss, rel=1e-4)
    assert step.fell_silent == silent
    assert step.all_silent == (len(silent) == 2)


def test_each_outcome_is_explained_with_its_numbers() -> None:
    assert explain(take_step(BEFORE, 0.00001)) == (
        "A step downhill: the loss fell from 64 to 15.597."
    )
    one = explain(take_step(BEFORE, 0.0001))
    assert "Hidden node 2 dies: its sum falls from 3 to -0.2832" in one
    assert "its weight for education changes by -0.2496 and counts 13 times" in one
    assert "The loss grew from 64 to 846.526" in one
    both = explain(take_step(BEFORE, 0.001))
    assert "Hidden node 1 dies" in both
    assert "Hidden node 2 dies" in both
    assert "nothing gets through to the wage" in both
    assert "predicts 0 and the loss is 900" in both
    assert "passed the actual value" in explain(take_step(BEFORE, 0.00002))


def test_a_step_from_a_dead_network_moves_nothing_and_says_why() -> None:
    dead = back_propagate(take_step(BEFORE, 0.001).network, (13, 1), 30)
    step = take_step(dead, 0.001)
    assert step.network == dead.forward.network
    assert "hidden node 1 and hidden node 2 pass on 0" in explain(step)
    right = back_propagate(WAGE_NETWORK, (13, 1), 38)
    assert "The prediction is right" in explain(take_step(right, 0.001))


def test_a_step_too_long_without_a_dead_node_says_so() -> None:
    weights = {**WORKSHOP_WEIGHTS, "h1_bias": 0.0}
    before = back_propagate(wage_network(weights), (13, 1), 60)  # the weights grow
    step = take_step(before, 0.001)
    assert not step.fell_silent
    assert "The step was too long" in explain(step)


@given(cases(n_outputs=1))
def test_a_step_is_update_and_forward_and_always_has_words(case: Case) -> None:
    before = back_propagate(case.network, case.inputs, case.actual)
    step = take_step(before, 0.01)
    assert step.network == update(before, 0.01)
    assert np.array_equal(step.after.outputs, forward(step.network, case.inputs).outputs)
    assert set(step.fell_silent) <= set(silent_nodes(step.after))
    assert explain(step).endswith(".")


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (33.949306, "33.9493"),
        (64.0, "64"),
        (-0.00001, "0"),
        (900.0, "900"),
        (1e9, "1e+09"),
        (-30.0, "-30"),
    ],
)
def test_numbers_to_compare_have_four_decimals(value: float, text: str) -> None:
    assert rounded(value) == text
