"""Charts and tables of lesson 1.3 say what the functions and the network say."""

import re

import numpy as np
import pytest

from components.concepts.activations import ACTIVATIONS
from components.concepts.hinges import CURVES, curve_points, fit_hinges
from components.concepts.wage_network import interactions, wage_network
from components.figures.activation_curves import FAR, NEAR, POINT, activation_curves
from components.figures.activation_table import activation_table, approximately
from components.figures.hinge_chart import FIT, LATEST, PLACE, hinge_chart
from components.figures.hinge_table import hinge_table
from components.figures.interaction_lines import interaction_lines
from components.figures.interaction_table import interaction_table

RELU, IDENTITY = (
    interactions(wage_network(activation=activation)) for activation in ("relu", "linear")
)


def cells_of(table: str) -> dict[str, str]:
    """The four cells by row and column."""
    return dict(re.findall(r'data-cell="(\d-\d)">([^<]*)<', table))


def worths_of(table: str) -> list[str]:
    """The last row."""
    return re.findall(r"<td>([^<]*)</td>", table.split('class="worth"')[1])


@pytest.mark.parametrize("name", ACTIVATIONS)
@pytest.mark.parametrize("near", [False, True])
def test_the_curves_hold_value_and_slope_with_the_point(name: str, near: bool) -> None:
    curves = activation_curves(name, 2.5, near)
    for figure, of in ((curves.value, ACTIVATIONS[name].value), (curves.slope, None)):
        own = figure.data[figure.data.kind == name]
        expected = of(own.x) if of else ACTIVATIONS[name].slope(own.x)
        assert np.allclose(own.y, expected)
        assert abs(own.x).max() == (NEAR if near else FAR)
        point = figure.data[figure.data.kind == POINT]
        at = of(2.5) if of else ACTIVATIONS[name].slope(2.5)
        assert point.y.item() == pytest.approx(float(at))
        low, high = figure.spec["layer"][2]["encoding"]["y"]["scale"]["domain"]
        assert low <= own.y.min() <= own.y.max() <= high
        assert set(ACTIVATIONS) <= set(figure.data.kind)


def test_the_workshops_example_stands_at_the_point() -> None:
    curves = activation_curves("relu", 13)
    assert curves.value.data[curves.value.data.kind == POINT].text.item() == "f(13) = 13"
    assert "slope at 13 is 1" in curves.slope.summary


def test_a_point_outside_of_the_picture_is_left_out() -> None:
    assert POINT not in set(activation_curves("relu", 13, near=True).value.data.kind)


def test_the_table_of_activations_marks_the_chosen_one() -> None:
    table = activation_table(-2, "leaky_relu")
    assert table.count("<tr") == 1 + len(ACTIVATIONS)
    (chosen,) = re.findall(r'class="chosen".*?</tr>', table)
    assert "leaky ReLU" in chosen
    assert re.findall(r"<td>([^<]*)</td>", chosen) == ["-0.4", "0.2"]


@pytest.mark.parametrize(
    ("value", "text"), [(1.0, "1"), (0.9999999, "≈ 1"), (1e-9, "≈ 0"), (0.25, "0.25"), (0.0, "0")]
)
def test_what_only_looks_whole_gets_a_sign(value: float, text: str) -> None:
    assert approximately(value) == text


def test_the_interactions_are_filled_cell_by_cell() -> None:
    tables = [interaction_table(RELU, (12, 13), known) for known in range(5)]
    filled = [[text for text in cells_of(table).values() if text != "?"] for table in tables]
    assert [len(texts) for texts in filled] == [0, 1, 2, 3, 4]
    assert worths_of(tables[1]) == ["?", "?"]
    assert worths_of(tables[2]) == ["0", "?"]
    assert worths_of(tables[4]) == ["0", "12"]
    assert ['class="current"' in table for table in tables] == [False, True, True, True, False]


def test_the_golden_tables() -> None:
    relu = cells_of(interaction_table(RELU, (12, 13), 4))
    assert relu == {"0-0": "0", "0-1": "26", "1-0": "0", "1-1": "38"}
    table = interaction_table(IDENTITY, (12, 13), 4)
    assert cells_of(table) == {"0-0": "-96", "0-1": "26", "1-0": "-84", "1-1": "38"}
    assert worths_of(table) == ["12", "12"]


def test_the_lines_show_the_cells_that_are_known() -> None:
    network = wage_network()
    for known in range(5):
        data = interaction_lines(network, 12, known).data
        assert (data.mark == "point").sum() == known
        lines = [*data[data.mark == "line"].kind.unique()]
        assert lines == ["tech job 0", "tech job 1"][: known // 2]
    points = data[data.mark == "point"]
    assert sorted(points.wage) == [0, 0, 26, 38]
    assert "tech job 1: 26 at 12 years, 38 at 13" in interaction_lines(network, 12, 4).summary
    assert "38" not in interaction_lines(network, 12, 3).summary


@pytest.mark.parametrize("name", CURVES)
@pytest.mark.parametrize("n_hinges", [0, 1, 5])
def test_the_hinges_chart_is_the_fit(name: str, n_hinges: int) -> None:
    fit = fit_hinges(CURVES[name], n_hinges)
    data = hinge_chart(CURVES[name], fit).data
    x, _ = curve_points(CURVES[name])
    assert np.allclose(data[data.kind == FIT].y, fit.value(x))
    assert (data.kind == LATEST).sum() == min(n_hinges, 1)
    assert (data.kind == PLACE).sum() == max(n_hinges - 1, 0)
    assert hinge_table(fit).count("ReLU(x") == n_hinges
