"""The two lines of a wage model, what its errors show, and the slips about interactions."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.linear_model import LinearModel, count_products
from components.concepts.slips import diagnose
from components.concepts.slips_in_linear_models import interaction, slips_in_interaction
from components.concepts.wage_data import EDUCATION_BY_INDUSTRY, INPUT_NAMES, NOISE
from components.concepts.wage_lines import (
    lines,
    mean_errors,
    three_fits,
    trend_of_errors,
    typical_error,
    workers,
)
from components.figures.product_counts import product_counts
from components.figures.wage_chart import HIGHEST_WAGE, error_chart, wage_chart
from components.labs.linear_models.settings import BLANKS, model_of, values_of

DATA, FITS = workers(), three_fits()
YEARS = np.linspace(8, 18, 11)
WEIGHTS = st.tuples(*[st.floats(-10, 10)] * 4)


@given(st.floats(-30, 30), WEIGHTS)
def test_the_lines_of_a_linear_model_are_parallel(
    bias: float, weights: tuple[float, float, float, float]
) -> None:
    found = lines(LinearModel(INPUT_NAMES, bias, weights).predict, DATA, YEARS)
    apart = found.technology - found.construction
    np.testing.assert_allclose(apart, weights[3], atol=1e-9)


def test_a_product_opens_the_lines_and_the_network_finds_it_by_itself() -> None:
    for predict in (FITS.with_product.predict, FITS.network.predict):
        found = lines(predict, DATA, YEARS)
        rise = [float(w[-1] - w[0]) / 10 for w in (found.technology, found.construction)]
        assert rise[0] == pytest.approx(3.0, abs=0.5) and rise[1] == pytest.approx(0.5, abs=0.5)


def test_three_errors_side_by_side() -> None:
    linear, product, network = (
        typical_error(fit.predict, DATA) for fit in (FITS.linear, FITS.with_product, FITS.network)
    )
    assert linear > 1.5 * product
    assert product == pytest.approx(NOISE, rel=0.1) and network == pytest.approx(NOISE, rel=0.1)
    assert FITS.network_size == 8 * 5 + 9


def test_the_error_of_the_best_linear_fit_is_a_pattern_and_not_noise() -> None:
    technology, construction = (
        trend_of_errors(FITS.linear.predict, DATA, here) for here in (True, False)
    )
    assert technology.is_clear and technology.slope > 1
    assert construction.is_clear and construction.slope < -1
    for here in (True, False):
        assert not trend_of_errors(FITS.with_product.predict, DATA, here).is_clear


def test_mean_errors_are_those_of_the_workers() -> None:
    years, means = mean_errors(FITS.linear.predict, DATA, True)
    here = DATA.is_technology & (DATA.inputs[:, 0] == years[3])
    errors = DATA.wage[here] - FITS.linear.predict(DATA.inputs[here])
    assert means[3] == pytest.approx(float(errors.mean()))


@given(st.floats(-30, 30), WEIGHTS, st.floats(-5, 5), st.booleans(), st.data())
def test_a_random_slip_is_named(
    bias: float,
    weights: tuple[float, float, float, float],
    product: float,
    with_product: bool,
    data: st.DataObject,
) -> None:
    extra = ((EDUCATION_BY_INDUSTRY,), (product,)) if with_product else ((), ())
    model = LinearModel(INPUT_NAMES, bias, weights, *extra)
    correct = interaction(model, EDUCATION_BY_INDUSTRY)
    assert correct == (product if with_product else 0.0)
    slips = slips_in_interaction(model, EDUCATION_BY_INDUSTRY)
    slip = data.draw(st.sampled_from(slips))
    found = diagnose(slip.value, correct, slips)
    if abs(slip.value - correct) > 1e-6 * max(1, abs(correct)):
        assert not found.right
        assert any(abs(named.value - slip.value) < 1e-6 for named in found.slips)
    assert diagnose(correct, correct, slips).right


def test_golden_counts_of_products() -> None:
    assert [count_products(n) for n in (2, 4, 10, 100)] == [1, 6, 45, 4950]
    assert [count_products(n, 3) for n in (2, 4, 10, 100)] == [0, 4, 120, 161700]
    chart = product_counts(10)
    assert chart.summary == "With 10 inputs: 10 inputs, 45 pairs, 120 triples."
    assert (chart.data["count"] > 0).all()  # a logarithm shows nothing else


def test_every_worker_is_in_the_picture() -> None:
    chart = wage_chart(FITS.linear.predict, DATA)
    points = chart.spec["layer"][0]["data"]["values"]
    assert len(points) == len(DATA.wage)
    assert all(0 < point["dollars"] < HIGHEST_WAGE for point in points)
    assert "1.54 a year" in chart.summary
    other = wage_chart(FITS.network.predict, DATA)
    assert other.spec == chart.spec and other.alt == chart.alt
    errors = error_chart(FITS.linear.predict, DATA)
    assert "in technology it changes by 1.36 dollars" in errors.summary
    assert (errors.data["what"] == "worker").sum() == len(DATA.wage)


def test_the_fits_can_be_shown_by_the_sliders() -> None:
    for fit in (FITS.linear, FITS.with_product):
        values = values_of(fit)
        for setting in BLANKS:
            if setting.name in values:
                assert setting.low <= values[setting.name] <= setting.high
        filled = model_of({s.name: s.default for s in BLANKS} | values, bool(fit.products))
        assert typical_error(filled.predict, DATA) == pytest.approx(
            typical_error(fit.predict, DATA), rel=1e-4
        )
