"""Activations and losses: known values, and slopes that agree with nudging."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.activations import ACTIVATIONS
from components.concepts.losses import LOSSES, SQUARED_ERROR

NUDGE = 1e-6


@pytest.mark.parametrize(
    ("name", "x", "value", "slope"),
    [
        ("linear", -3, -3, 1),
        ("relu", -3, 0, 0),
        ("relu", 0, 0, 0),
        ("relu", 13, 13, 1),
        ("leaky_relu", -3, -0.6, 0.2),
        ("sigmoid", 0, 0.5, 0.25),
        ("tanh", 0, 0, 1),
        ("softplus", 0, np.log(2), 0.5),
        ("elu", -1, np.exp(-1) - 1, np.exp(-1)),
        ("gelu", 1, 0.841344746, 1.083315471),
    ],
)
def test_known_values(name: str, x: float, value: float, slope: float) -> None:
    assert float(ACTIVATIONS[name].value(x)) == pytest.approx(value)
    assert float(ACTIVATIONS[name].slope(x)) == pytest.approx(slope)


@given(st.sampled_from(list(ACTIVATIONS)), st.floats(-30, 30))
def test_slope_agrees_with_nudging(name: str, x: float) -> None:
    if abs(x) <= NUDGE:
        return  # the corners are in the table above
    activation = ACTIVATIONS[name]
    nudged = (activation.value(x + NUDGE) - activation.value(x - NUDGE)) / (2 * NUDGE)
    assert float(activation.slope(x)) == pytest.approx(float(nudged), abs=1e-6)


@pytest.mark.parametrize("name", ACTIVATIONS)
def test_far_away_nothing_overflows(name: str) -> None:
    with np.errstate(over="raise", invalid="raise"):
        far = np.array([-1e6, -800.0, 800.0, 1e6])
        assert np.isfinite(ACTIVATIONS[name].value(far)).all()
        assert np.isfinite(ACTIVATIONS[name].slope(far)).all()


@given(st.sampled_from(list(LOSSES)), st.floats(-50, 50), st.floats(-50, 50))
def test_loss_slope_agrees_with_nudging(name: str, prediction: float, actual: float) -> None:
    if abs(prediction - actual) < 1e-3:
        return
    loss = LOSSES[name]
    step = 1e-4
    nudged = loss.value(prediction + step, actual) - loss.value(prediction - step, actual)
    assert float(loss.slope(prediction, actual)) == pytest.approx(nudged / (2 * step), abs=1e-6)


def test_squared_error_of_the_workshop() -> None:
    assert SQUARED_ERROR.value(38, 30) == 64 and float(SQUARED_ERROR.slope(38, 30)) == 16
