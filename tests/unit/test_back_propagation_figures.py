"""The ledger, the stages and the chart of lesson 1.5 say what the trace says."""

import html
import re

import numpy as np
import pytest
from hypothesis import given

from components.concepts.back_propagation import back_propagate, update
from components.concepts.dense_network import random_network
from components.concepts.one_step import take_step
from components.concepts.wage_network import EDGES, WAGE_NETWORK
from components.figures.one_step_chart import BEFORE as BEFORE_LINE
from components.figures.one_step_chart import COMPARED, CURVE, HERE, loss_after_one_step
from components.figures.slope_ledger import AGREES, CORNER, DIFFERS, slope_ledger
from components.labs.back_propagation.questions import asked_rate
from components.labs.back_propagation.settings import UPDATE_STAGE
from components.labs.back_propagation.stages import draw_ledger, draw_stage, part_of, stage_bar
from tests.unit.random_networks import Case, cases

BEFORE = back_propagate(WAGE_NETWORK, (13, 1), 30)


def rows_of(table: str) -> dict[str, list[str]]:
    """The cells of each edge's row, by the edge's name in the diagram."""
    rows = re.findall(r'data-row="([^"]+)">(.*?)</tr>', table)
    return {
        key: [re.sub("<[^>]+>", "", cell).strip() for cell in re.findall(r"<td>(.*?)</td>", cells)]
        for key, cells in rows
    }


def test_the_ledger_has_the_golden_slopes_and_both_weights() -> None:
    table = slope_ledger(BEFORE, update(BEFORE, 0.00001), EDGES["h2_tech"])
    rows = rows_of(table)
    products = [cells[1] for cells in rows.values()]
    assert products == [
        "1 × 16 = 16",
        "3 × 16 = 48",
        "1 × 32 = 32",
        "13 × 32 = 416",
        "1 × 32 = 32",
        "1 × 192 = 192",
        "13 × 192 = 2496",
        "1 × 192 = 192",
    ]
    assert rows["1-1-2"] == ["education", "13 × 192 = 2496", f"2496 {AGREES}", "1 → 0.97504"]
    assert "To hidden node 2: slope 192 at its output, 192 at its sum" in table
    assert "8 of 8 agree" in table
    assert 'class="chosen" data-row="1-2-2"' in table


def test_the_ledger_marks_a_corner() -> None:
    at_corner = back_propagate(WAGE_NETWORK, (12, 0), 30)
    table = slope_ledger(at_corner)
    assert CORNER in rows_of(table)["1-bias-1"][2]
    assert rows_of(table)["1-bias-2"][3] == "-20"


@given(cases(n_outputs=1))
def test_every_edge_stands_in_the_ledger_and_agrees(case: Case) -> None:
    trace = back_propagate(case.network, case.inputs, case.actual)
    table = html.unescape(slope_ledger(trace))
    assert len(rows_of(table)) == len(list(case.network.edges))
    assert DIFFERS not in table


def test_the_stages_tell_forward_loss_backward_and_update() -> None:
    step = take_step(BEFORE, 0.00001)
    stages = [draw_stage(step, number_of_stage, None) for number_of_stage in range(9)]
    assert [part_of(stage) for stage in range(9)] == [None, 0, 0, 0, 1, 2, 2, 2, 3]
    sums = [stage.sum for stage in stages]
    assert "1·2 + 3·12 = 38" in sums[3]
    assert "38 - 30 = 8" in sums[4]
    assert "8² = 64" in sums[4]
    assert sums[5].startswith("the wage: slope 16\n")
    assert sums[6].startswith("hidden node 2: slope 16·12 = 192, times ReLU's 1 = 192\n")
    assert "13 × 192 = 2496" in sums[6]
    assert sums[7].startswith("hidden node 1: slope 16·2 = 32")
    assert "every weight - 0.00001 × its slope" in sums[UPDATE_STAGE]
    assert "38 → 33.9493, loss 64 → 15.597" in sums[UPDATE_STAGE]
    assert "slope ?" in stages[6].wide
    assert "slope ?" not in stages[7].wide


def test_the_ledger_is_filled_as_the_slopes_flow_back() -> None:
    step = take_step(BEFORE, 0.00001)
    tables = [draw_ledger(step, stage, None) for stage in range(9)]
    filled = [sum(cells[1] != "?" for cells in rows_of(table).values()) for table in tables]
    assert filled == [8, 0, 0, 0, 0, 2, 5, 8, 8]
    assert "No slope is known yet" in tables[4]
    assert "To hidden node 1: slope ?" in tables[6]
    assert "5 of 5 agree" in tables[6]
    assert ["→" in table for table in tables] == [True] + 7 * [False] + [True]


def test_the_bar_marks_the_part_at_hand() -> None:
    assert re.findall(r'aria-current="step">([^<]+)', stage_bar(2)) == ["3 Backward"]
    assert "aria-current" not in stage_bar(None).split("</style>")[1]


def test_the_chart_shows_the_loss_of_every_rate() -> None:
    figure = loss_after_one_step(BEFORE, 1e-6, 1e-2, [1e-5, 1e-4, 1e-3], 1e-4)
    data = figure.data
    curve = data[data.kind == CURVE]
    assert np.isclose(curve.rate.iloc[0], 1e-6)
    assert np.isclose(curve.rate.iloc[-1], 1e-2)
    assert np.isclose(curve.loss.min(), 0, atol=2)
    assert data[data.kind == HERE].loss.item() == pytest.approx(846.526, abs=1e-3)
    assert data[data.kind == COMPARED].loss.tolist() == pytest.approx([15.597, 900], rel=1e-3)
    assert set(data[data.kind == BEFORE_LINE].loss) == {64.0}
    assert "at 0.0001 846.526" in figure.summary


def test_a_chart_of_a_huge_loss_keeps_the_compared_points_in_view() -> None:
    rng = np.random.default_rng(0)
    trace = back_propagate(random_network([2, 2, 1], "linear", rng), (20, 1), 0)
    figure = loss_after_one_step(trace, 1e-6, 1e-2, [1e-5], 1e-5)
    assert np.isfinite(figure.data.loss).all()
    shown = figure.data[figure.data.kind == HERE].loss.item()
    assert figure.data.loss.max() <= 1.2 * max(shown, trace.loss_value)


@pytest.mark.parametrize(
    ("slope", "rate"), [(2496.0, 0.0001), (0.3, 1.0), (-17.0, 0.01), (0.0, 0.1), (1e-6, 1.0)]
)
def test_the_question_takes_a_step_that_can_be_seen(slope: float, rate: float) -> None:
    assert asked_rate(slope, in_lab=0.00001) == pytest.approx(rate)
    assert asked_rate(slope, in_lab=rate) == pytest.approx(2 * rate)
