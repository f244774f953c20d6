"""Dense networks of any shape: the trace adds up, edges can be read and changed."""

import numpy as np
import pytest
from hypothesis import given

from components.concepts.dense_network import (
    DenseLayer,
    DenseNetwork,
    DenseNetworkError,
    Edge,
    Node,
    forward,
    predict,
)
from components.concepts.wage_network import WAGE_NETWORK
from tests.unit.random_networks import Case, cases


@given(cases())
def test_the_trace_adds_up(case: Case) -> None:
    trace = forward(case.network, case.inputs)
    for node in case.network.nodes:
        total = sum(
            trace.start_value(edge) * case.network.weight(edge) for edge in trace.edges_into(node)
        )
        assert trace.sum(node) == pytest.approx(total, abs=1e-9)
    np.testing.assert_allclose(trace.outputs, predict(case.network, case.inputs[None])[0])


@given(cases())
def test_every_edge_can_be_read_and_changed(case: Case) -> None:
    edges = list(case.network.edges)
    assert len(set(edges)) == len(edges)
    values = {edge: float(place) for place, edge in enumerate(edges)}
    changed = case.network.with_weights(values)
    assert {edge: changed.weight(edge) for edge in edges} == values
    assert changed.with_weights({e: case.network.weight(e) for e in edges}) == case.network


def test_names_in_sentences() -> None:
    assert WAGE_NETWORK.edge_name(Edge(0, None, 1)) == "bias to hidden node 2"
    assert WAGE_NETWORK.edge_name(Edge(1, 0, 0)) == "hidden node 1 to the wage"
    deep = DenseNetwork(
        (DenseLayer(((1.0,),)), DenseLayer(((1.0,),)), DenseLayer(((1.0,),))), ("x",)
    )
    assert deep.node_name(Node(1, 0)) == "node 1 of hidden layer 2"


@pytest.mark.parametrize(
    ("layers", "sentence"),
    [
        ((DenseLayer(((1.0,),)),), "needs 2 weights"),
        ((DenseLayer(((1.0, 2.0),), (1.0, 2.0)),), "one bias"),
        ((DenseLayer(((1.0, 2.0),), None, "square"),), "no activation “square”"),
        ((DenseLayer(((1.0, 2.0), (1.0, 2.0))),), "one node for each thing"),
        ((), "one node for each thing"),
    ],
)
def test_what_does_not_fit_is_named(layers: tuple[DenseLayer, ...], sentence: str) -> None:
    with pytest.raises(DenseNetworkError, match=sentence):
        DenseNetwork(layers, ("a", "b"))


def test_wrong_inputs_and_missing_biases_are_named() -> None:
    with pytest.raises(DenseNetworkError, match="2 inputs"):
        forward(WAGE_NETWORK, [1, 12, 1])
    with pytest.raises(DenseNetworkError, match="no bias"):
        WAGE_NETWORK.weight(Edge(1, None, 0))
    with pytest.raises(DenseNetworkError, match="no bias"):
        WAGE_NETWORK.with_weights({Edge(1, None, 0): 1.0})
