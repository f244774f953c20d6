"""Where deep learning shines: the measured points, the advice, the stacks, the libraries."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.data_appetite import (
    ASSETS,
    LIVE,
    MATERIALS,
    MEASURED_FILE,
    N_SEEN,
    SEEDS,
    Check,
    Measured,
    Point,
    chosen_digits,
    measured,
    wage_examples,
)
from components.concepts.recommendation import (
    BY_KIND,
    COMPUTE,
    KINDS,
    LABELS,
    MAX_POWER,
    DataDescription,
    Method,
    next_step,
    recommend,
)
from components.concepts.stacks import THEN, TODAY, all_parts
from components.concepts.training import PlanError
from components.concepts.wage_data import make_wage_data
from components.figures.appetite_chart import appetite_chart
from components.figures.stack_drawing import stack_drawing
from components.keras_code.landscape import landscape_script
from components.keras_code.libraries import LIBRARIES, read_runs, recorded_runs
from components.labs.landscape.check import outcome
from components.labs.landscape.questions import verdict

DESCRIPTIONS = st.builds(
    DataDescription,
    kind=st.sampled_from(list(KINDS)),
    n_examples=st.integers(1, 10**MAX_POWER),
    labels=st.sampled_from(list(LABELS)),
    compute=st.sampled_from(list(COMPUTE)),
    explain=st.booleans(),
)


@given(DESCRIPTIONS, st.integers(1, 10**MAX_POWER))
def test_more_data_never_makes_the_advice_less_deep(data: DataDescription, n: int) -> None:
    more = replace(data, n_examples=max(n, data.n_examples))
    assert recommend(more).method >= recommend(data).method


@given(DESCRIPTIONS)
def test_a_small_table_never_gets_deep_learning(data: DataDescription) -> None:
    small = replace(data, kind="table", n_examples=min(data.n_examples, 100_000))
    assert not recommend(small).method.is_deep


@given(DESCRIPTIONS)
def test_the_need_to_explain_never_makes_it_deeper(data: DataDescription) -> None:
    explained, free = (recommend(replace(data, explain=each)) for each in (True, False))
    assert explained.method <= free.method
    if data.kind == "table":
        assert explained.method <= Method.LINEAR


@given(DESCRIPTIONS)
def test_a_stronger_machine_or_more_labels_never_make_it_less_deep(data: DataDescription) -> None:
    by_machine = [recommend(replace(data, compute=each)).method for each in COMPUTE]
    assert by_machine == sorted(by_machine)
    by_labels = [recommend(replace(data, labels=each)).method for each in ("none", "some", "all")]
    assert by_labels == sorted(by_labels)
    assert by_labels[0] == Method.LABEL_FIRST


@given(DESCRIPTIONS)
def test_advice_has_a_reason_and_what_would_change_it_does(data: DataDescription) -> None:
    advice = recommend(data)
    assert advice.reasons
    assert advice.held_back_from is None or advice.held_back_from > advice.method
    further = next_step(data)
    if further is not None:
        at_least, method = further
        assert at_least > data.n_labelled
        enough = replace(data, n_examples=at_least, labels="all")
        assert recommend(enough).method == method > advice.method


def test_rules_begin_at_nothing_and_rise() -> None:
    for steps in BY_KIND.values():
        assert steps[0].at_least == 0
        assert [s.at_least for s in steps] == sorted({s.at_least for s in steps})
        assert [s.method for s in steps] == sorted({s.method for s in steps})


def test_every_bundled_point_is_there_once_for_each_seed() -> None:
    for material, found in measured().items():
        assert len(found.points) == len(MATERIALS[material].learners) * len(found.material.sizes)
        for point in found.points:
            assert len(point.accuracies) == len(SEEDS)
            assert all(0 <= accuracy <= 1 for accuracy in point.accuracies)


def test_what_the_prose_says_of_the_points_holds() -> None:
    digits, wages = measured()["digits"], measured()["wages"]
    lead = [digits.at("conv", n).mean - digits.at("linear", n).mean for n in digits.material.sizes]
    best = digits.best(4000)
    assert best is not None
    assert best.learner == "conv"
    assert all(each > 0 for each in lead)
    few, *_, many = wages.material.sizes
    linear, rest = wages.at("linear", few), ("trees", "dense")
    assert all(linear.mean >= wages.at(key, few).mean - 0.02 for key in rest)
    gains = [wages.at(key, many).mean - wages.at("linear", many).mean for key in rest]
    assert all(0 < gain < 0.03 for gain in gains)


def test_the_record_names_its_versions() -> None:
    record = json.loads((ASSETS / MEASURED_FILE).read_text("utf-8"))
    assert set(record["versions"]) == {"keras", "tensorflow", "scikit-learn"}
    assert record["seeds"] == list(SEEDS)


@pytest.mark.parametrize(
    ("check", "words"),
    [
        (Check("faces", "conv", 100, 0), "no examples called"),
        (Check("wages", "conv", 100, 0), "can't be trained here on workers"),
        (Check("digits", "trees", 100, 0), "choose linear model or dense network or"),
        (Check("digits", "conv", 49, 0), "Choose 50 to 4,000 digits"),
        (Check("wages", "linear", 4001, 0), "Choose 20 to 4,000 workers"),
        (Check("wages", "linear", 400, -1), "whole number from 0"),
    ],
)
def test_what_can_not_be_measured_is_said(check: Check, words: str) -> None:
    with pytest.raises(PlanError, match=words):
        check.check()
    with pytest.raises(PlanError):
        landscape_script(check)


@given(st.integers(20, 4000), st.integers(0, 50))
def test_every_training_sees_equally_many_examples(n: int, seed: int) -> None:
    order = Check("wages", "linear", n, seed).order()
    assert order.shape == (N_SEEN,)
    seen = np.bincount(order, minlength=n)
    assert seen.max() - seen.min() <= 1


def test_a_larger_draw_contains_the_smaller_and_workers_are_never_tested_on() -> None:
    assert set(chosen_digits(4000, 50, 3)) < set(chosen_digits(4000, 500, 3))
    examples = wage_examples(600, 7)
    assert examples.train_inputs.shape == (600, 4)
    assert abs(float(examples.test_labels.mean()) - 0.5) < 0.01
    assert not np.array_equal(make_wage_data(20, 2021).wage, make_wage_data(20, 5007).wage)


def _found(first: list[float], second: list[float]) -> Measured:
    points = (
        Point("linear", 60, tuple(first)),
        Point("dense", 60, tuple(second)),
        Point("linear", 4000, (0.8, 0.8)),
        Point("dense", 4000, (0.9, 0.9)),
    )
    material = replace(MATERIALS["wages"], learners=("linear", "dense"), sizes=(60, 4000))
    return Measured(material, points)


def test_a_win_is_more_than_the_seeds_can_move() -> None:
    clear, close = _found([0.9, 0.91], [0.8, 0.81]), _found([0.9, 0.94], [0.89, 0.93])
    best = clear.best(60)
    assert best is not None
    assert best.learner == "linear"
    assert close.best(60) is None


def test_the_diagnosis_names_the_slip() -> None:
    clear, close = _found([0.9, 0.91], [0.8, 0.81]), _found([0.9, 0.94], [0.89, 0.93])
    assert verdict(clear, 60, "linear").right
    assert "leads with 4,000 workers, but you have 60" in verdict(clear, 60, "dense").sentence
    assert "It is not close: the lead is 10.0 points" in verdict(clear, 60, None).sentence
    assert verdict(close, 60, None).right
    assert "ahead, but by too little" in verdict(close, 60, "linear").sentence
    assert not verdict(close, 60, "dense").right


def test_a_point_of_ones_own_is_compared_with_its_neighbours() -> None:
    found = measured()["digits"]
    inside = found.at("linear", 500).mean
    assert "as bundled with 500." in outcome(Check("digits", "linear", 500, 7), inside)
    between = outcome(Check("digits", "linear", 600, 7), inside)
    assert "between" in between
    assert "with 500 and 1,500" in between
    assert "outside" in outcome(Check("digits", "linear", 500, 7), 0.2)


def test_the_chart_has_every_point_and_the_own_ones() -> None:
    found = measured()["digits"]
    figure = appetite_chart(found, ((Check("digits", "conv", 300, 7), 0.912),))
    assert len(figure.data) == len(found.points) + 1
    assert "measured here: Convolutional network, 91.2% with 300 digits" in figure.summary
    assert figure.spec == appetite_chart(found).spec


def test_the_stacks_are_the_workshops_and_todays() -> None:
    names = [[part.name for part in level.parts] for level in THEN.levels]
    assert names == [
        ["Keras", "Blocks", "Lasagne"],
        ["TensorFlow", "Theano", "PyTorch", "MXNet"],
        ["cuDNN"],
    ]
    today = [[part.name for part in level.parts] for level in TODAY.levels]
    assert today == [
        ["Keras"],
        ["TensorFlow", "JAX", "PyTorch", "OpenVINO"],
        ["XLA", "oneDNN", "cuDNN"],
    ]
    assert not any(part.status == "ended" for part in TODAY.parts)
    for part in all_parts():
        assert part.source.startswith("https://")
        assert any(character.isdigit() for character in part.when)


def test_the_drawing_marks_what_runs_here_and_what_has_ended() -> None:
    html = stack_drawing(TODAY, {"JAX"})
    assert html.count("runs on this server") == 1
    assert stack_drawing(THEN).count("ended") == 4


def test_a_changed_program_is_read_and_not_run() -> None:
    library = LIBRARIES[0]
    run = {"fingerprint": library.fingerprint, "version": "3", "printed": "38"}
    assert read_runs(json.dumps({library.key: run}))[library.key].version == "3"
    assert read_runs(json.dumps({library.key: run | {"fingerprint": "old"}})) == {}
    assert read_runs("{}") == {}


def test_all_programs_on_record_print_the_workshops_numbers() -> None:
    assert {run.printed for run in recorded_runs().values()} == {"38.0000 33.9493"}
    assert set(LIVE) <= {"linear", "dense", "conv"}
