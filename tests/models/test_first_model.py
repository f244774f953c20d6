"""Keras fits the first model as the page says; its program, run by itself, does the same."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings

from components.concepts.baseline import error_of, fit_baseline
from components.concepts.dense_network import predict
from components.concepts.examples import CLASSIFICATION, REGRESSION, Examples, make_examples
from components.concepts.first_model import RECIPES, FirstPlan, FitRecord, layer_counts
from components.concepts.table import wage_table
from components.concepts.training import Event
from components.concepts.wage_network import wage_network
from components.keras_code.first_model import TABLE_FILE, first_model_script, table_file
from components.models.control import Control
from components.models.first_model import (
    FitError,
    TrainedModel,
    define,
    fit_table,
    load_predictor,
    predict_by_keras,
)
from components.tables.door import open_table
from tests.table_files import hostile
from tests.unit.random_networks import Case, cases

WAGE, *OTHERS = wage_table().names
WAGES = make_examples(wage_table(), WAGE, OTHERS, REGRESSION)
CLASSES = make_examples(wage_table(), WAGE, OTHERS, CLASSIFICATION)
QUICK = FirstPlan(9, epochs=2, batch_size=128, seed=3)
TWO = FirstPlan(9, 2, loss=RECIPES[CLASSIFICATION].loss, epochs=1, batch_size=128)


def fit(
    plan: FirstPlan, examples: Examples = WAGES, act: Callable[[Control], None] | None = None
) -> tuple[TrainedModel, FitRecord]:
    """A fit to its end, and its record; `act` steers it after its first epochs."""
    record, control = FitRecord(plan.epochs), Control()

    def report(event: Event) -> None:
        record.add(event)
        if act is not None and event["kind"] == "epochs":
            act(control)

    return fit_table((plan, examples), report, control), record


def test_the_layers_count_as_the_page_counts() -> None:
    layers = define(FirstPlan(9)).layers
    assert [layer.count_params() for layer in layers] == [1_000, 10_100, 101]
    assert define(TWO).count_params() == TWO.n_parameters
    assert [n.n_parameters for n in layer_counts(TWO.sizes)] == [
        layer.count_params() for layer in define(TWO).layers
    ]


def test_it_stops_early_and_keeps_the_best_epoch() -> None:
    plan = FirstPlan(9, epochs=60, batch_size=64, learning_rate=0.03)
    trained, record = fit(plan)
    assert record.how == "early" and record.best is not None
    assert record.points[-1].epoch == record.best.epoch + plan.patience
    assert record.kept == record.best.epoch
    outputs = load_predictor(trained).predict(WAGES.inputs[WAGES.n_train :])
    assert error_of(WAGES, outputs) == pytest.approx(record.error, rel=1e-4)
    assert record.error**2 == pytest.approx(record.best.val_loss, rel=1e-3)
    assert record.error < 1.2 * fit_baseline(WAGES).error


def test_the_same_seed_gives_the_same_fit_and_stop_is_obeyed() -> None:
    losses = [fit(QUICK)[1].points for _ in range(2)]
    assert losses[0] == losses[1]
    _, record = fit(replace(QUICK, epochs=500, patience=0), act=lambda control: control.stop())
    assert record.how == "stopped" and len(record.points) < 500
    assert record.kept == record.points[-1].epoch


def test_keras_refuses_a_wrong_input_shape_and_the_gist_is_told() -> None:
    record = FitRecord()
    with pytest.raises(FitError, match="Keras refused"):
        fit_table((replace(QUICK, wrong_shape=True), WAGES), record.add, Control())
    assert "expected axis -1 of input shape to have value 10" in record.keras_said[0]
    assert "\n" not in record.keras_said[0] and "\x1b" not in record.keras_said[0]


def test_a_softmax_with_one_output_says_one_and_keras_warns() -> None:
    trained, record = fit(replace(QUICK, softmax_of_one=True))
    assert (load_predictor(trained).predict(WAGES.inputs[:5]) == 1).all()
    assert any("softmax" in said for said in record.keras_said)


@pytest.mark.parametrize(
    ("plan", "examples", "words"),
    [
        (replace(QUICK, loss="categorical_crossentropy"), WAGES, "num_classes"),
        (replace(TWO, loss="sparse_categorical_crossentropy"), CLASSES, "must have rank"),
    ],
)
def test_keras_has_a_word_on_a_loss_that_does_not_fit(
    plan: FirstPlan, examples: Examples, words: str
) -> None:
    record = FitRecord()
    with suppress(FitError):
        fit_table((plan, examples), record.add, Control())
    assert any(words in said for said in record.keras_said), record.keras_said


def test_a_loss_that_runs_off_is_a_sentence_and_no_nan_is_sent() -> None:
    record = FitRecord()
    plan = replace(QUICK, optimiser="sgd", scale=False, learning_rate=10.0, epochs=5)
    with pytest.raises(FitError, match="no number any more"):
        fit_table((plan, WAGES), record.add, Control())
    assert all(np.isfinite(point).all() for point in record.points)


@settings(max_examples=8, deadline=None)
@given(cases(n_outputs=1))
def test_weights_set_by_hand_predict_the_same_in_keras(case: Case) -> None:
    network, inputs = case[0], case[1]
    ours = float(np.ravel(predict(network, [inputs]))[0])
    assert predict_by_keras(network, list(inputs)) == pytest.approx(ours, rel=1e-4, abs=1e-4)


def test_the_wage_network_gives_the_golden_wages() -> None:
    assert predict_by_keras(wage_network(), (12, 1)) == 26
    assert predict_by_keras(wage_network(), (13, 1)) == 38


def own_examples() -> Examples:
    table = open_table(hostile(), "own.csv")
    return make_examples(table, table.names[2], table.names[:2], REGRESSION, 4)


@pytest.mark.parametrize("which", ["classes", "own"])
def test_the_program_fits_the_same_network(which: str, tmp_path: Path) -> None:
    examples = CLASSES if which == "classes" else own_examples()
    base = TWO if which == "classes" else replace(QUICK, n_inputs=examples.n_inputs)
    plan = replace(base, scale=which != "own", hidden=(20,))
    script = tmp_path / "first.py"
    script.write_text(first_model_script(plan, examples, which != "own", None))
    (tmp_path / TABLE_FILE).write_bytes(table_file(examples))
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = re.search(r"^error ([\d.e+-]+)$", done.stdout, re.MULTILINE)
    assert found, done.stdout[-2000:]
    _, record = fit(plan, examples)
    assert float(found[1]) == pytest.approx(record.error, rel=1e-4)
