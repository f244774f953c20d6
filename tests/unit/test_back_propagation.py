"""Back-propagation equals nudging, on random networks of random depth."""

from hypothesis import given
from hypothesis import strategies as st

from components.concepts.back_propagation import back_propagate, ledger, nudge, update
from components.concepts.losses import LOSSES
from components.concepts.wage_network import EDGES, WAGE_NETWORK
from tests.unit.random_networks import Case, cases


@given(cases(), st.sampled_from(list(LOSSES)))
def test_back_propagation_equals_nudging(case: Case, loss: str) -> None:
    trace = back_propagate(case.network, case.inputs, case.actual, LOSSES[loss])
    for edge in case.network.edges:
        test = nudge(trace, edge)
        assert test.agrees(trace.slope(edge)), (edge, trace.slope(edge), test)


@given(cases())
def test_a_wrong_slope_is_found_out(case: Case) -> None:
    trace = back_propagate(case.network, case.inputs, case.actual)
    for edge in case.network.edges:
        test, slope = nudge(trace, edge), trace.slope(edge)
        if not test.at_corner and abs(slope) > 0.01:
            assert not test.agrees(1.01 * slope) and not test.agrees(-slope)


@given(cases())
def test_the_ledger_holds_every_edge_and_multiplies(case: Case) -> None:
    trace = back_propagate(case.network, case.inputs, case.actual)
    rows = ledger(trace)
    assert {row.edge for row in rows} == set(case.network.edges)
    for row in rows:
        assert abs(row.start_value * row.end_slope - row.slope) < 1e-9 * (1 + abs(row.slope))
    layers = [row.edge.layer for row in rows]
    assert layers == sorted(layers, reverse=True)


@given(cases())
def test_a_tiny_step_lowers_the_loss(case: Case) -> None:
    trace = back_propagate(case.network, case.inputs, case.actual)
    steepness = sum(trace.slope(edge) ** 2 for edge in case.network.edges)
    after = back_propagate(update(trace, 1e-9), case.inputs, case.actual)
    assert after.loss_value <= trace.loss_value + 1e-12 * (1 + steepness)


def test_at_a_corner_both_sides_are_seen() -> None:
    trace = back_propagate(WAGE_NETWORK, [12, 0], 30)  # hidden node 1 sums to exactly 0
    test = nudge(trace, EDGES["h1_bias"])
    assert test.at_corner and test.agrees(trace.slope(EDGES["h1_bias"]))
    assert round(test.up) == -120 and test.down == 0
    assert not test.agrees(1.0) and not test.agrees(-121.0)


def test_no_slope_is_minus_zero() -> None:
    trace = back_propagate(WAGE_NETWORK, [12, 0], 30)
    assert all(str(trace.slope(edge)) == "0.0" for edge in WAGE_NETWORK.edges)
