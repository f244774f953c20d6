"""The playground's turns: what they learn, how they go on, and the program that does the same."""

import os
import re
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from components.concepts.dense_network import Edge
from components.concepts.playground import (
    Losses,
    PlaygroundPlan,
    dead_nodes,
    losses,
    start_weights,
    with_weight,
)
from components.concepts.playground_run import Change, PlaygroundRecord, PlaygroundState, Turn
from components.concepts.playground_shapes import (
    DEPTHS,
    N_LOOKS,
    ShapeComparison,
    n_parameters,
)
from components.concepts.playground_stories import STORIES
from components.concepts.training import Event, PlanError
from components.keras_code.playground import playground_script
from components.models.control import Control
from components.models.playground import train_turn
from components.models.playground_shapes import compare_shapes

GUESSING = np.log(2)  # the cross-entropy of holding both classes equally probable


def begin(plan: PlaygroundPlan) -> tuple[PlaygroundRecord, PlaygroundState]:
    """A run before its first step."""
    weights = start_weights(plan)
    return PlaygroundRecord(plan, weights), PlaygroundState(0, 0, weights)


def train(plan: PlaygroundPlan, epochs: int) -> Losses:
    """The losses after so many epochs."""
    record, state = begin(plan)
    return losses(plan, train_turn(Turn(plan, state, epochs), record.add, Control()).weights)


def assert_same(one: PlaygroundState, other: PlaygroundState) -> None:
    assert (one.step, one.seen) == (other.step, other.seen)
    for ours, theirs in zip(one.weights, other.weights, strict=True):
        np.testing.assert_array_equal(ours, theirs)


def test_a_line_cannot_do_exclusive_or_and_one_hidden_layer_can() -> None:
    line = train(STORIES["line"].plan, 50)
    assert line.train > 0.9 * GUESSING
    assert line.test > 0.9 * GUESSING
    assert train(STORIES["one_layer"].plan, 50).test < 0.1


def test_the_spiral_is_solved_by_its_story_and_not_by_four_nodes() -> None:
    assert train(STORIES["spiral"].plan, 120).test < 0.05
    assert train(STORIES["few"].plan, 120).test > 0.3


def test_noise_is_learnt_by_heart_and_regularisation_is_the_cure() -> None:
    overfitted = train(STORIES["noise"].plan, 500)
    cured = train(STORIES["cure"].plan, 500)
    assert overfitted.train < 0.1
    assert overfitted.test > 2 * cured.test
    assert cured.test < 0.6


def test_regression_learns_hills() -> None:
    plan = STORIES["bumps"].plan
    before = losses(plan, start_weights(plan))
    assert train(plan, 100).test < before.test / 5


@pytest.mark.parametrize("optimiser", ["sgd", "adam"])
def test_turns_together_are_one_long_turn(optimiser: str) -> None:
    plan = PlaygroundPlan(optimiser=optimiser, penalty="l1", penalty_rate=0.001, batch_size=30)
    record, state = begin(plan)
    long = train_turn(Turn(plan, state, 6), record.add, Control())
    for _ in range(6):
        state = train_turn(Turn(plan, state, 1), record.add, Control())
        # Another network of the same shape in between: it must leave nothing behind.
        other = replace(plan, seed=5, penalty_rate=0.1)
        train_turn(Turn(other, begin(other)[1], 1), lambda event: None, Control())
    assert_same(state, long)
    assert state.seen >= 6 * 250


def test_it_stops_when_told_and_says_how_far_it_is() -> None:
    plan = PlaygroundPlan()
    record, state = begin(plan)
    control = Control()

    def report(event: Event) -> None:
        record.add(event)
        control.stop()

    after = train_turn(Turn(plan, state), report, control)
    assert after.how == "stopped"
    assert record.moments[-1].step == after.step > 0
    np.testing.assert_array_equal(record.moments[-1].weights[0], after.weights[0])
    assert record.moments[-1].losses == losses(plan, after.weights)


def test_weights_that_run_off_are_named_and_the_last_healthy_ones_kept() -> None:
    plan = PlaygroundPlan(data="bumps", activation="linear", learning_rate=50.0)
    record, state = begin(plan)
    after = train_turn(Turn(plan, state, 50), record.add, Control())
    assert after.how == "diverged"
    assert "learning rate is too large" in after.message
    assert all(np.isfinite(array).all() for array in after.weights)


def test_a_learning_rate_that_is_too_large_kills_nodes_or_runs_off() -> None:
    plan = STORIES["too_fast"].plan
    record, state = begin(plan)
    before = dead_nodes(plan, state.weights)
    after = train_turn(Turn(plan, state, 5), record.add, Control())
    killed = dead_nodes(plan, after.weights)
    assert after.how == "diverged" or len(killed) > len(before) + 3


def test_depth_and_width_are_compared_at_equal_size() -> None:
    plan = replace(STORIES["spiral"].plan, share=90, batch_size=90)
    comparison, control = ShapeComparison(plan), Control()

    def report(event: Event) -> None:
        comparison.add(event)
        if len(comparison.curves) == len(DEPTHS):
            control.stop()

    compare_shapes(plan, report, control)
    assert [len(band.shape) for band in comparison.bands()] == list(DEPTHS)
    for band in comparison.bands():
        assert n_parameters(plan, band.shape) == pytest.approx(plan.n_parameters, rel=0.1)
        assert len(band.middle) == len(comparison.epochs) == N_LOOKS + 1
        assert band.n_starts == 1
    wide, deep = comparison.bands()[0], comparison.bands()[2]
    assert deep.middle[-1] < deep.middle[0]
    np.testing.assert_allclose(
        wide.middle[0], losses(replace(plan, hidden=wide.shape),
        start_weights(replace(plan, hidden=wide.shape))).test)  # fmt: skip


def test_a_plan_that_cannot_be_trained_is_refused() -> None:
    plan = replace(PlaygroundPlan(), features=())
    with pytest.raises(PlanError, match="at least one feature"):
        train_turn(Turn(plan, begin(PlaygroundPlan())[1], 1), print, Control())


def run_program(script: str, folder: Path) -> Losses:
    """The losses that a program prints."""
    program = folder / "program.py"
    program.write_text(script)
    done = subprocess.run(
        [sys.executable, str(program)],
        cwd=folder,
        env={**os.environ, "PYTHONPATH": ""},
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    found = dict(re.findall(r"(train|test) loss (\d+\.\d+)", done.stdout))
    return Losses(float(found["train"]), float(found["test"]))


def assert_equal_losses(one: Losses, other: Losses) -> None:
    assert one.train == pytest.approx(other.train, abs=2e-5)
    assert one.test == pytest.approx(other.test, abs=2e-5)


def test_the_program_has_the_losses_of_the_page(tmp_path: Path) -> None:
    plan = PlaygroundPlan(
        data="spiral", noise=5, share=60, seed=4, features=("x1", "x2", "sinx1", "x1x2"),
        hidden=(6, 3), optimiser="adam", penalty="l2", penalty_rate=0.001, batch_size=17,
        learning_rate=0.005,
    )  # fmt: skip
    record, state = begin(plan)
    after = train_turn(Turn(plan, state, 12), record.add, Control())
    ours = losses(plan, after.weights)
    assert ours.train < losses(plan, record.start).train
    assert_equal_losses(run_program(playground_script(record, after), tmp_path), ours)


def test_the_program_repeats_what_was_changed_on_the_way(tmp_path: Path) -> None:
    plan = PlaygroundPlan(data="plane", hidden=(4,), penalty="l1", penalty_rate=0.01)
    record, state = begin(plan)
    record.start = with_weight(record.start, Edge(0, 1, 2), 0.75)
    state = replace(state, weights=record.start)
    control = Control()
    asked = iter([("learning_rate", 0.01), ("batch_size", 20.0), ("penalty_rate", 0.001)])

    def report(event: Event) -> None:
        record.add(event)
        if event["kind"] == "progress":
            wish = next(asked, None)
            if wish:
                control.wish(*wish)
            else:
                control.stop()

    state = train_turn(Turn(plan, state), report, control)
    assert [change.what for change in record.changes] == [
        "learning_rate",
        "batch_size",
        "penalty_rate",
    ]
    now = replace(plan, learning_rate=0.01, batch_size=20, penalty_rate=0.001)
    edge = Edge(1, None, 0)
    record.changes.append(Change(state.step, "weight", 0.5, edge))
    state = replace(state, weights=with_weight(state.weights, edge, 0.5))
    after = train_turn(Turn(now, state, 2), record.add, Control())
    ours = losses(plan, after.weights)
    assert_equal_losses(run_program(playground_script(record, after), tmp_path), ours)
