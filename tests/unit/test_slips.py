"""The diagnosis: random networks and random slips, found out by the number they give."""

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from components.concepts.back_propagation import back_propagate
from components.concepts.dense_network import Node, forward
from components.concepts.slips import Slip, diagnose
from components.concepts.slips_in_predictions import slips_in_change, slips_in_prediction
from components.concepts.slips_in_slopes import (
    slips_in_output_slope,
    slips_in_step,
    slips_in_weight_slope,
)
from components.concepts.wage_network import EDGES, WAGE_NETWORK
from tests.unit.random_networks import Case, cases


def expect_found(slip: Slip, correct: float, slips: tuple[Slip, ...]) -> None:
    """A learner who made this slip hears about it, or about another that gives the same number;
    where it does no harm, the answer is right.
    """
    scale = max(1.0, abs(slip.value), abs(correct))
    diagnosis = diagnose(slip.value, correct, slips)
    if abs(slip.value - correct) <= 1e-9 * scale:
        assert diagnosis.right and diagnosis.slips == ()
        return
    assert not diagnosis.right and diagnosis.slips
    names = [found.what for found in diagnosis.slips]
    assert slip.what in names or (slip.is_general and not diagnosis.slips[0].is_general)
    for found in diagnosis.slips:
        assert found.value == pytest.approx(slip.value, rel=1e-6, abs=1e-6)


@given(cases(n_outputs=1, max_hidden=3), st.data())
def test_a_random_slip_in_a_prediction_is_named(case: Case, data: st.DataObject) -> None:
    slips = slips_in_prediction(case.network, case.inputs)
    assume(slips)
    expect_found(
        data.draw(st.sampled_from(slips)), forward(case.network, case.inputs).prediction, slips
    )


@given(cases(n_outputs=1, max_hidden=3), st.data())
def test_a_random_slip_in_a_change_is_named(case: Case, data: st.DataObject) -> None:
    after = case.inputs + 1
    slips = slips_in_change(case.network, case.inputs, after)
    last, first = forward(case.network, after), forward(case.network, case.inputs)
    expect_found(data.draw(st.sampled_from(slips)), last.prediction - first.prediction, slips)


@given(cases(n_outputs=1, max_hidden=3), st.data())
def test_a_random_slip_in_a_slope_is_named(case: Case, data: st.DataObject) -> None:
    trace = back_propagate(case.network, case.inputs, case.actual)
    edge = data.draw(st.sampled_from(list(case.network.edges)))
    slips = slips_in_weight_slope(trace, edge)
    expect_found(data.draw(st.sampled_from(slips)), trace.slope(edge), slips)
    node = data.draw(st.sampled_from(list(case.network.nodes)))
    slips = slips_in_output_slope(trace, node)
    expect_found(data.draw(st.sampled_from(slips)), trace.output_slope(node), slips)


@given(st.floats(-20, 20), st.floats(-3000, 3000), st.floats(1e-5, 0.5), st.data())
def test_a_random_slip_in_a_step_is_named(
    weight: float, slope: float, learning_rate: float, data: st.DataObject
) -> None:
    slips = slips_in_step(weight, slope, learning_rate)
    expect_found(data.draw(st.sampled_from(slips)), weight - learning_rate * slope, slips)


@given(cases(n_outputs=1, max_hidden=3))
def test_the_right_answer_is_right_whatever_slips_give_it_too(case: Case) -> None:
    correct = forward(case.network, case.inputs).prediction
    slips = (*slips_in_prediction(case.network, case.inputs), Slip("guessed well", correct))
    assert diagnose(correct, correct, slips).right


def say(answer: float, inputs: tuple[float, float]) -> str:
    correct = forward(WAGE_NETWORK, inputs).prediction
    return diagnose(answer, correct, slips_in_prediction(WAGE_NETWORK, inputs)).sentence


def test_sentences_on_the_wage_network() -> None:
    assert say(-96, (12, 0)) == "-96: you skipped the ReLU on hidden node 2."
    assert say(144, (12, 0)) == "144: you forgot the bias of hidden node 2."
    assert say(18, (13, 1)).endswith(
        "swapped the weights from hidden node 1 and hidden node 2 to the wage."
    )
    assert say(4, (13, 1)) == "4: you added up the hidden outputs without their weights."
    assert say(2, (13, 1)).startswith("2 can come about in more than one way: you ")
    assert say(77, (13, 1)).startswith("77 does not come from one of the usual slips.")
    assert say(38, (13, 1)) == "It is 38."


def test_sentences_on_the_slopes() -> None:
    trace = back_propagate(WAGE_NETWORK, [13, 1], 30)
    slips = slips_in_weight_slope(trace, EDGES["h2_education"])
    assert "did not double" in diagnose(1248, 2496, slips).sentence
    assert "hidden node 2 to the wage, 12" in diagnose(208, 2496, slips).sentence
    nodes = slips_in_output_slope(trace, Node(0, 1))
    assert diagnose(32, 192, nodes).sentence == "32: you gave the slope of hidden node 1."
    assert diagnose(-495, 0.504, slips_in_step(1, 496, 0.001)).sentence == (
        "-495: you forgot the learning rate."
    )


def test_a_rounded_answer_is_right_unless_a_slip_is_nearer() -> None:
    assert diagnose(33.95, 33.9493, ()).right
    assert not diagnose(34.1, 33.9493, ()).right
    assert not diagnose(34.0, 33.98, (Slip("slipped", 34.0),)).right
    assert diagnose(33.98, 33.98, (Slip("slipped", 34.0),)).right


def test_not_a_number_is_never_right() -> None:
    assert not diagnose(float("nan"), 1.0, (Slip("slipped", 2.0),)).right
    assert not diagnose(float("inf"), 1.0, (Slip("slipped", 2.0),)).right


def test_an_answer_that_cannot_be_told_from_the_right_one_is_right() -> None:
    nearly = Slip("were off by a hair", 0.0013 + 2e-9)
    assert diagnose(0.0013 + 0.9e-9, 0.0013, (nearly,)).right
    assert not diagnose(0.0013 + 2e-9, 0.0013, (nearly,)).right
