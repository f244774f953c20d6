"""Every program of Key Concepts runs, and its last line is the page's number."""

import runpy
from collections.abc import Callable, Iterator
from pathlib import Path

import keras
import numpy as np
import pytest

from components.concepts.back_propagation import back_propagate, update
from components.concepts.dense_network import forward, random_network
from components.concepts.gradient_descent import descend
from components.concepts.linear_model import (
    LinearModel,
    fit_least_squares,
    root_mean_squared_error,
)
from components.concepts.loss_landscapes import LANDSCAPES
from components.concepts.losses import LOSSES
from components.concepts.optimisers import OPTIMISERS
from components.concepts.race import LANES, Racer, run_race
from components.concepts.wage_data import EDUCATION_BY_INDUSTRY, INPUT_NAMES, make_wage_data
from components.concepts.wage_network import (
    WAGE_NETWORK,
    interactions,
    wage_network,
    worth_of_a_year,
)
from components.keras_code import key_concepts
from components.keras_code.race import race_downhill

Run = Callable[[str], float]

# With TensorFlow, Keras casts Adam's 0.999 by way of single precision, whatever floatx is.
ADAMS_DIGITS = 1e-4
DATA = make_wage_data()
NAMES = ("h1_bias", "h1_education", "h1_tech", "h2_bias", "h2_education", "h2_tech")
OTHER_WEIGHTS = dict(
    zip((*NAMES, "wage_h1", "wage_h2"), (0.5, -1, 3, 4, 0.25, -2.5, 1.5, -6), strict=True)
)
MODELS = {
    "blanks": LinearModel(INPUT_NAMES, 1.5, (2.0, 0.25, -3.0, 1e-05)),
    "fitted": fit_least_squares(DATA.inputs, DATA.wage, INPUT_NAMES),
    "product": fit_least_squares(DATA.inputs, DATA.wage, INPUT_NAMES, [EDUCATION_BY_INDUSTRY]),
}


@pytest.fixture(autouse=True)
def precision() -> Iterator[None]:
    """A program may set the precision; the next one starts as in a process of its own."""
    yield
    keras.config.set_floatx("float32")


@pytest.fixture
def last_number(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> Run:
    def run(script: str) -> float:
        path = tmp_path / "program.py"
        path.write_text(script, "utf-8")
        runpy.run_path(str(path), run_name="__main__")
        return float(capsys.readouterr().out.strip().splitlines()[-1])

    return run


@pytest.mark.parametrize("name", MODELS)
def test_linear_models(name: str, last_number: Run) -> None:
    model = MODELS[name]
    error = root_mean_squared_error(model.predict(DATA.inputs), DATA.wage)
    assert last_number(key_concepts.linear_models(model)) == pytest.approx(error, rel=1e-5)


@pytest.mark.parametrize("inputs", [(12.0, 1.0), (13.0, 1.0), (12.0, 0.0), (9.5, 0.5)])
@pytest.mark.parametrize("weights", [None, OTHER_WEIGHTS], ids=["workshop", "other"])
def test_forward_propagation(
    weights: dict[str, float] | None, inputs: tuple[float, float], last_number: Run
) -> None:
    network = wage_network(weights) if weights else WAGE_NETWORK
    script = key_concepts.forward_propagation(network, inputs)
    expected = forward(network, inputs).prediction
    assert last_number(script) == pytest.approx(expected, rel=1e-5, abs=1e-5)


def test_forward_propagation_of_a_deeper_network(last_number: Run) -> None:
    network = random_network([3, 4, 2, 1], "tanh", np.random.default_rng(5))
    script = key_concepts.forward_propagation(network, [1, -2, 0.5])
    assert last_number(script) == pytest.approx(forward(network, [1, -2, 0.5]).prediction, 1e-5)


@pytest.mark.parametrize("activation", ["relu", "linear", "gelu", "leaky_relu"])
def test_activation_functions(activation: str, last_number: Run) -> None:
    network = wage_network(activation=activation)
    elsewhere, in_tech = worth_of_a_year(interactions(network))
    script = key_concepts.activation_functions(network, 13.0)
    assert last_number(script) == pytest.approx(in_tech - elsewhere, rel=1e-5, abs=1e-5)


@pytest.mark.parametrize("optimiser", OPTIMISERS)
@pytest.mark.parametrize("landscape", LANDSCAPES)
def test_gradient_descent(landscape: str, optimiser: str, last_number: Run) -> None:
    land = LANDSCAPES[landscape]
    walk = descend(land, land.start, OPTIMISERS[optimiser], 0.05, 25)
    script = key_concepts.gradient_descent(walk)
    near = ADAMS_DIGITS if optimiser == "adam" else 1e-5
    assert last_number(script) == pytest.approx(float(walk.losses[-1]), rel=near)


@pytest.mark.parametrize(("learning_rate", "n_steps"), [(1.1, 60), (1e9, 5), (0.1, 0)])
def test_gradient_descent_at_its_limits(
    learning_rate: float, n_steps: int, last_number: Run
) -> None:
    bowl = LANDSCAPES["bowl"]
    walk = descend(bowl, bowl.start, OPTIMISERS["sgd"], learning_rate, n_steps)
    expected = float(walk.losses[-1])
    assert last_number(key_concepts.gradient_descent(walk)) == pytest.approx(expected, rel=1e-5)


@pytest.mark.parametrize("rate", [0.1, 1.1])
def test_a_race_downhill(rate: float, last_number: Run) -> None:
    land = LANDSCAPES["valley"]
    names = ("sgd", "momentum", "adam")
    racers = [Racer(lane, OPTIMISERS[name], rate) for lane, name in zip(LANES, names, strict=True)]
    race = run_race(land, land.start, racers, 20)
    lowest = min(float(walk.losses[-1]) for walk in race.walks)
    assert last_number(race_downhill(race)) == pytest.approx(lowest, rel=ADAMS_DIGITS)


@pytest.mark.parametrize("loss", LOSSES)
@pytest.mark.parametrize("learning_rate", [1e-05, 0.0001, 0.001])
def test_back_propagation(learning_rate: float, loss: str, last_number: Run) -> None:
    trace = back_propagate(WAGE_NETWORK, [13, 1], 30, LOSSES[loss])
    expected = forward(update(trace, learning_rate), [13, 1]).prediction
    script = key_concepts.back_propagation(trace, learning_rate)
    assert last_number(script) == pytest.approx(expected, rel=1e-5, abs=1e-5)
