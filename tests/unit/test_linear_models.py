"""Linear models, products, the generated workers, the small network, and hinges."""

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.dense_network import predict
from components.concepts.hinges import CURVES, curve_points, fit_hinges
from components.concepts.linear_model import (
    LinearModel,
    count_products,
    fit_least_squares,
    root_mean_squared_error,
)
from components.concepts.small_network_fit import fit_small_network
from components.concepts.wage_data import (
    CONSTRUCTION_PER_YEAR,
    EDUCATION_BY_INDUSTRY,
    INPUT_NAMES,
    NOISE,
    TECHNOLOGY_PER_YEAR,
    make_wage_data,
)

DATA = make_wage_data()


def test_the_same_seed_gives_the_same_workers() -> None:
    again, other = make_wage_data(), make_wage_data(seed=1)
    np.testing.assert_array_equal(again.inputs, DATA.inputs)
    np.testing.assert_array_equal(again.wage, DATA.wage)
    assert not np.array_equal(other.wage, DATA.wage)


def test_the_workers_are_plausible() -> None:
    education, experience, region, industry = DATA.inputs.T
    assert education.min() >= 8 and education.max() <= 18
    assert experience.min() >= 0 and experience.max() <= 35
    assert set(region) == set(industry) == {0.0, 1.0}
    assert 0.35 < DATA.is_technology.mean() < 0.65
    assert DATA.wage.min() >= 4


def test_in_the_data_a_year_is_worth_more_in_technology() -> None:
    slopes = []
    for here in (DATA.is_technology, ~DATA.is_technology):
        model = fit_least_squares(DATA.inputs[here][:, :3], DATA.wage[here], INPUT_NAMES[:3])
        slopes.append(model.weights[0])
    assert slopes[0] == pytest.approx(TECHNOLOGY_PER_YEAR, abs=0.25)
    assert slopes[1] == pytest.approx(CONSTRUCTION_PER_YEAR, abs=0.25)


def test_three_fits_and_three_errors() -> None:
    linear = fit_least_squares(DATA.inputs, DATA.wage, INPUT_NAMES)
    product = fit_least_squares(DATA.inputs, DATA.wage, INPUT_NAMES, [EDUCATION_BY_INDUSTRY])
    network = fit_small_network(DATA.inputs, DATA.wage, INPUT_NAMES)
    errors = [
        root_mean_squared_error(model.predict(DATA.inputs), DATA.wage)
        for model in (linear, product, network)
    ]
    assert errors[0] > 1.5 * NOISE  # what is left is not noise alone
    assert errors[1] == pytest.approx(NOISE, rel=0.1)
    assert errors[2] == pytest.approx(NOISE, rel=0.1)  # found without being told the product
    assert product.term_names()[-1] == "education × industry"


@pytest.mark.parametrize("products", [(), ((0, 3),), ((0, 1), (1, 2))])
def test_least_squares_leaves_no_slope(products: tuple[tuple[int, int], ...]) -> None:
    model = fit_least_squares(DATA.inputs, DATA.wage, INPUT_NAMES, products)
    error = model.predict(DATA.inputs) - DATA.wage
    assert abs(error.mean()) < 1e-9
    assert np.abs(DATA.inputs.T @ error).max() < 1e-6


@given(st.lists(st.floats(-20, 20), min_size=6, max_size=6))
def test_lines_of_a_linear_model_are_parallel(blanks: list[float]) -> None:
    bias, *weights, product = blanks
    plain = LinearModel(INPUT_NAMES, bias, tuple(weights))
    crossed = LinearModel(INPUT_NAMES, bias, tuple(weights), (EDUCATION_BY_INDUSTRY,), (product,))
    cells = np.array([[e, 10, 1, i] for e in (12, 13) for i in (0, 1)], dtype=float)
    for model, opening in ((plain, 0.0), (crossed, product)):
        table = model.predict(cells).reshape(2, 2)
        year = table[1] - table[0]
        assert year[1] - year[0] == pytest.approx(opening, abs=1e-9)
    np.testing.assert_allclose(
        predict(plain.as_network(), cells)[:, 0], plain.predict(cells), atol=1e-9
    )


def test_a_small_network_is_the_same_for_the_same_seed() -> None:
    fits = [fit_small_network(DATA.inputs, DATA.wage, INPUT_NAMES, 3, n_steps=20) for _ in "ab"]
    assert fits[0].network == fits[1].network


def test_how_many_products_there_are() -> None:
    assert [count_products(n) for n in (2, 4, 10, 100)] == [1, 6, 45, 4950]
    assert [count_products(n, 3) for n in (2, 4, 10)] == [0, 4, 120]


@pytest.mark.parametrize("name", CURVES)
def test_one_more_hinge_never_fits_worse(name: str) -> None:
    x, y = curve_points(CURVES[name])
    errors = [
        root_mean_squared_error(fit_hinges(CURVES[name], n).value(x), y) for n in range(0, 11, 2)
    ]
    assert all(later <= earlier + 1e-9 for earlier, later in itertools.pairwise(errors))
    assert errors[-1] < 0.05 * errors[0]


def test_hinges_are_a_relu_network() -> None:
    fit = fit_hinges(CURVES["wave"], 5)
    x, _ = curve_points(CURVES["wave"])
    np.testing.assert_allclose(predict(fit.as_network(), x[:, None])[:, 0], fit.value(x))
    assert fit.parts(x).shape == (5, len(x)) and len(set(fit.places)) == 5
    assert fit_hinges(CURVES["wave"], 0).value(x) == pytest.approx(5, abs=1)
