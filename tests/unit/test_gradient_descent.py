"""Optimisers against closed forms; walks downhill, and what is said about them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.gradient_descent import Outcome, descend, explain
from components.concepts.loss_landscapes import LANDSCAPES, loss_slice
from components.concepts.optimisers import FRICTION, OPTIMISERS, empty_memory
from components.concepts.wage_network import EDGES, WAGE_NETWORK

BOWL, VALLEY, BUMPY = LANDSCAPES["bowl"], LANDSCAPES["valley"], LANDSCAPES["bumpy"]


@given(st.sampled_from(list(LANDSCAPES)), st.floats(0, 1), st.floats(0, 1))
def test_slopes_agree_with_nudging(name: str, x: float, y: float) -> None:
    land = LANDSCAPES[name]
    point = land.low + np.array([x, y])[: land.n_weights] * (land.high - land.low)
    for place in range(land.n_weights):
        move = np.zeros(land.n_weights)
        move[place] = 1e-5
        nudged = (land.value(point + move) - land.value(point - move)) / 2e-5
        assert land.slope(point)[place] == pytest.approx(float(nudged), abs=1e-5, rel=1e-5)


@given(st.floats(0.01, 0.95), st.floats(-4, 8), st.integers(0, 30))
def test_gradient_descent_in_a_bowl_has_a_closed_form(
    learning_rate: float, start: float, n_steps: int
) -> None:
    walk = descend(BOWL, [start], OPTIMISERS["sgd"], learning_rate, n_steps)
    expected = 2 + (start - 2) * (1 - 2 * learning_rate) ** n_steps
    assert walk.n_steps == n_steps
    assert float(walk.weights[-1, 0]) == pytest.approx(expected, abs=1e-9)


def test_momentum_under_a_constant_slope_reaches_its_final_speed() -> None:
    weights, memory, slope = np.zeros(1), empty_memory(np.zeros(1)), np.array([2.0])
    n = 20
    for _ in range(n):
        weights, memory = OPTIMISERS["momentum"].step(weights, slope, memory, 0.1)
    assert float(memory.mean[0]) == pytest.approx(-0.2 * (1 - FRICTION**n) / (1 - FRICTION))


@pytest.mark.parametrize("size", [1e-3, 1.0, 1e4])
def test_adam_takes_steps_of_the_learning_rate_under_a_constant_slope(size: float) -> None:
    weights, memory = np.zeros(1), empty_memory(np.zeros(1))
    for _ in range(10):
        weights, memory = OPTIMISERS["adam"].step(weights, np.array([size]), memory, 0.1)
    assert float(weights[0]) == pytest.approx(-1.0, rel=2e-3)


def test_the_first_step_of_rmsprop() -> None:
    weights, _ = OPTIMISERS["rmsprop"].step(
        np.zeros(1), np.array([4.0]), empty_memory(np.zeros(1)), 0.1
    )
    assert float(weights[0]) == pytest.approx(-0.1 * 4 / np.sqrt(0.1 * 16), rel=1e-6)


@pytest.mark.parametrize(
    ("learning_rate", "outcome"),
    [
        (0.001, Outcome.CREEPING),
        (0.03, Outcome.ON_THE_WAY),
        (0.1, Outcome.ARRIVED),
        (1.0, Outcome.SWINGING),
        (1.1, Outcome.DIVERGED),
        (1e9, Outcome.DIVERGED),
    ],
)
def test_outcomes_in_the_bowl(learning_rate: float, outcome: Outcome) -> None:
    walk = descend(BOWL, BOWL.start, OPTIMISERS["sgd"], learning_rate, 60)
    assert walk.outcome is outcome
    assert explain(walk).lower().startswith(outcome.value)


@given(
    st.sampled_from(list(LANDSCAPES)),
    st.sampled_from(list(OPTIMISERS)),
    st.floats(0, 1e12),
    st.integers(0, 40),
)
def test_a_walk_never_shows_anything_but_numbers(
    name: str, optimiser: str, learning_rate: float, n_steps: int
) -> None:
    land = LANDSCAPES[name]
    walk = descend(land, land.start, OPTIMISERS[optimiser], learning_rate, n_steps)
    for values in (walk.weights, walk.slopes, walk.losses):
        assert np.isfinite(values).all() and len(values) == walk.n_steps + 1
    assert walk.diverged == (walk.n_steps < n_steps)
    assert "nan" not in explain(walk).lower()


def test_a_start_without_slope_is_named() -> None:
    walk = descend(BOWL, [2.0], OPTIMISERS["sgd"], 0.1, 5)
    assert explain(walk).startswith("The start is flat")


def test_playing_a_walk_shows_its_beginning() -> None:
    walk = descend(BOWL, BOWL.start, OPTIMISERS["sgd"], 1.1, 60)
    assert walk.until(3).n_steps == 3 and not walk.until(3).diverged
    assert walk.until(walk.n_steps).diverged is False
    assert walk.until(60).diverged and walk.until(60).n_steps == walk.n_steps
    np.testing.assert_array_equal(walk.until(3).weights, walk.weights[:4])


def test_the_bumpy_surface_has_four_hollows_to_end_in() -> None:
    grid = np.linspace(BUMPY.low, BUMPY.high, 7)
    ends = {
        tuple(descend(BUMPY, [x, y], OPTIMISERS["sgd"], 0.05, 1500).weights[-1].round(1) + 0.0)
        for x in grid
        for y in grid
    }
    minima = [end for end in ends if np.abs(BUMPY.slope(end)).max() < 1]
    assert len(minima) == 4
    losses = sorted(float(BUMPY.value(end)) for end in minima)
    assert losses[1] - losses[0] > 0.5  # one is clearly the deepest


def test_in_the_narrow_valley_momentum_is_faster() -> None:
    losses = {
        name: descend(VALLEY, VALLEY.start, OPTIMISERS[name], 0.1, 40).losses[-1]
        for name in ("sgd", "momentum")
    }
    assert losses["momentum"] < losses["sgd"]


def test_a_slice_through_the_wage_networks_loss() -> None:
    losses = loss_slice(WAGE_NETWORK, EDGES["wage_h2"], [13, 1], 30, [12, 28 / 3, 0])
    assert losses.tolist() == pytest.approx([64, 0, 28**2])
