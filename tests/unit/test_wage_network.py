"""The golden numbers of the wage network: forward, interactions, backward, one step."""

import numpy as np
import pytest

from components.concepts.back_propagation import back_propagate, ledger, silent_nodes, update
from components.concepts.dense_network import Node, forward
from components.concepts.wage_network import (
    EDGES,
    WAGE_NETWORK,
    WEIGHT_NAMES,
    WORKSHOP_WEIGHTS,
    interactions,
    wage_network,
    weights_of,
    worth_of_a_year,
)
from components.concepts.written_sums import written_activation, written_slope, written_sum

HIDDEN_1, HIDDEN_2, WAGE = Node(0, 0), Node(0, 1), Node(1, 0)


@pytest.mark.parametrize(
    ("education", "hidden", "wage"), [(12, (1.0, 2.0), 26.0), (13, (1.0, 3.0), 38.0)]
)
def test_forward_pass_of_the_workshop(
    education: float, hidden: tuple[float, float], wage: float
) -> None:
    trace = forward(WAGE_NETWORK, [education, 1])
    assert tuple(trace.layers[0].outputs) == hidden
    assert trace.prediction == wage


def test_sums_are_written_out() -> None:
    trace = forward(WAGE_NETWORK, [12, 1])
    assert written_sum(trace, HIDDEN_2) == "1·(-20) + 12·1 + 1·10 = 2"
    assert written_sum(trace, WAGE) == "1·2 + 2·12 = 26"
    assert written_activation(trace, HIDDEN_2) == "ReLU(2) = 2"
    assert written_activation(trace, WAGE) == ""


def test_interactions_with_relu() -> None:
    table = interactions(WAGE_NETWORK)
    assert table.tolist() == [[0, 26], [0, 38]]
    assert worth_of_a_year(table).tolist() == [0, 12]


def test_no_interaction_without_an_activation() -> None:
    table = interactions(wage_network(activation="linear"))
    assert table.tolist() == [[-96, 26], [-84, 38]]
    assert worth_of_a_year(table).tolist() == [12, 12]


def test_slopes_of_the_workshop() -> None:
    trace = back_propagate(WAGE_NETWORK, [13, 1], 30)
    assert trace.error.tolist() == [8] and trace.loss_value == 64
    assert trace.output_slope(WAGE) == 16
    assert [trace.output_slope(HIDDEN_1), trace.output_slope(HIDDEN_2)] == [32, 192]
    golden = dict(zip(WORKSHOP_WEIGHTS, [32, 416, 32, 192, 2496, 192, 16, 48], strict=True))
    assert {name: trace.slope(edge) for name, edge in EDGES.items()} == golden
    rows = {WEIGHT_NAMES[row.edge]: row for row in ledger(trace)}
    assert {name: row.slope for name, row in rows.items()} == golden
    assert written_slope(rows["h2_education"]) == "13 × 192 = 2496"


@pytest.mark.parametrize(
    ("learning_rate", "prediction", "loss", "silent"),
    [
        (0.00001, 33.9493, 15.597, ()),
        (0.0001, 0.9049, 846.5, (HIDDEN_2,)),
        (0.001, 0.0, 900.0, (HIDDEN_1, HIDDEN_2)),
    ],
)
def test_one_step_of_learning(
    learning_rate: float, prediction: float, loss: float, silent: tuple[Node, ...]
) -> None:
    stepped = update(back_propagate(WAGE_NETWORK, [13, 1], 30), learning_rate)
    after = back_propagate(stepped, [13, 1], 30)
    assert after.forward.prediction == pytest.approx(prediction, abs=5e-5)
    assert after.loss_value == pytest.approx(loss, abs=0.05 if loss > 100 else 5e-4)
    assert silent_nodes(after.forward) == silent


def test_names_and_weights_go_both_ways() -> None:
    assert weights_of(WAGE_NETWORK) == WORKSHOP_WEIGHTS
    weights = {name: float(place) for place, name in enumerate(WORKSHOP_WEIGHTS)}
    assert weights_of(wage_network(weights)) == weights
    assert set(EDGES.values()) == set(WAGE_NETWORK.edges)


def test_batches_and_single_passes_agree() -> None:
    rng = np.random.default_rng(3)
    for row in rng.uniform(0, 20, (5, 2)):
        table = interactions(WAGE_NETWORK, row)
        assert table[0, 1] == forward(WAGE_NETWORK, [row[0], 1]).prediction
