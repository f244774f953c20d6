"""The playground's data, plan, state in the address, and record."""

from dataclasses import replace

import numpy as np
import pytest

from components.concepts.dense_network import Edge, Node, predict
from components.concepts.playground import (
    Losses,
    PlaygroundPlan,
    dead_nodes,
    losses,
    network_of,
    next_examples,
    pack,
    start_weights,
    with_weight,
)
from components.concepts.playground_data import (
    EDGE,
    FEATURES,
    N_POINTS,
    PROBLEMS,
    draw_points,
    features_of,
)
from components.concepts.playground_run import MAX_MOMENTS, Moment, PlaygroundRecord
from components.concepts.playground_stories import STORIES
from components.concepts.playground_weights import check_text, read_weights, write_weights
from components.concepts.slips import diagnose
from components.concepts.slips_in_counts import count_parameters, slips_in_counts, written_count
from components.concepts.training import PlanError
from components.labs.playground.settings import SHOWN_ACTIVATIONS, parse_layers, write_layers
from components.widgets.playground import Picture as Shown
from components.widgets.playground import browser_data, mark_of, read_edge
from components.widgets.settings import SettingError


@pytest.mark.parametrize("name", PROBLEMS)
def test_points_come_from_their_seed_and_stay_on_the_map(name: str) -> None:
    points = draw_points(name, 0, 60, 3)
    again = PROBLEMS[name].draw(N_POINTS, np.random.default_rng([3, 1]))
    assert sorted(points.train_targets.tolist() + points.test_targets.tolist()) == sorted(
        again[1].tolist()
    )
    assert len(points.train) == 300
    assert np.abs(points.train).max() < EDGE
    assert not np.array_equal(points.train, draw_points(name, 0, 60, 4).train)
    targets = points.train_targets
    if PROBLEMS[name].regression:
        assert np.abs(targets).max() <= 1.01
        assert np.unique(targets).size > 100
    else:
        assert set(targets) == {0.0, 1.0}
        assert 0.4 < targets.mean() < 0.6


def test_each_problem_is_what_its_name_says() -> None:
    xor = draw_points("xor", 0, 90, 0)
    np.testing.assert_array_equal(xor.train.prod(axis=1) > 0, xor.train_targets == 1)
    circle = draw_points("circle", 0, 90, 0)
    np.testing.assert_array_equal(np.hypot(*circle.train.T) < 3, circle.train_targets.astype(bool))
    plane = draw_points("plane", 0, 90, 0)
    np.testing.assert_allclose(plane.train.sum(axis=1) / 11, plane.train_targets)


def test_noise_moves_the_points_and_not_their_targets() -> None:
    calm, noisy = draw_points("xor", 0, 50, 0), draw_points("xor", 40, 50, 0)
    np.testing.assert_array_equal(calm.train_targets.mean() > 0, True)
    wrong = (noisy.train.prod(axis=1) > 0) != (noisy.train_targets == 1)
    assert 0.05 < wrong.mean() < 0.4


def test_features_are_what_their_code_says() -> None:
    points = np.array([[1.5, -2.0], [0.3, 4.0]])
    values = features_of(points, tuple(FEATURES))
    for column, feature in zip(values.T, FEATURES.values(), strict=True):
        told = eval(feature.code, {"np": np, "x1": points[:, 0], "x2": points[:, 1]})
        np.testing.assert_allclose(column, told, rtol=1e-6)


def test_every_example_comes_once_in_an_epoch_in_a_new_order() -> None:
    stream = np.concatenate([next_examples(7, seen, 6, 20) for seen in range(0, 60, 6)])
    epochs = stream.reshape(3, 20)
    for epoch in epochs:
        assert sorted(epoch) == list(range(20))
    assert not np.array_equal(epochs[0], epochs[1])


@pytest.mark.parametrize(
    "changed",
    [
        {"data": "moons"},
        {"features": ()},
        {"features": ("x3",)},
        {"hidden": (9,)},
        {"hidden": (4,) * 7},
        {"activation": "magic"},
        {"optimiser": "luck"},
        {"penalty": "l3"},
        {"noise": 51},
        {"share": 95},
        {"batch_size": 0},
        {"learning_rate": float("nan")},
        {"penalty_rate": -1.0},
        {"seed": -1},
    ],
)
def test_a_plan_that_makes_no_sense_gets_a_sentence(changed: dict[str, object]) -> None:
    with pytest.raises(PlanError, match=r"\.$"):
        replace(PlaygroundPlan(), **changed).check()  # type: ignore[arg-type]


@pytest.mark.parametrize("name", STORIES)
def test_every_story_can_be_told(name: str) -> None:
    STORIES[name].plan.check()
    assert STORIES[name].plan.activation in SHOWN_ACTIVATIONS
    twins = [other for other in STORIES.values() if other.plan == STORIES[name].plan]
    assert len(twins) == 1


def test_weights_go_through_the_address_unchanged() -> None:
    plan = PlaygroundPlan(hidden=(8,) * 6, features=tuple(FEATURES))
    weights = start_weights(plan)
    text = write_weights(weights)
    check_text(text)
    for ours, theirs in zip(weights, read_weights(plan, text), strict=True):
        np.testing.assert_array_equal(ours, theirs)


@pytest.mark.parametrize("text", ["a", "ä" * 4, "AAAA", "x" * 5000, "%%%%"])
def test_other_words_are_no_weights(text: str) -> None:
    with pytest.raises(PlanError):
        check_text(text)
        read_weights(PlaygroundPlan(), text)


def test_weights_that_are_no_numbers_are_refused() -> None:
    plan = PlaygroundPlan()
    bad = with_weight(start_weights(plan), Edge(0, 0, 0), float("nan"))
    with pytest.raises(PlanError, match="no numbers"):
        read_weights(plan, write_weights(bad))


def test_an_edited_weight_is_the_networks_weight() -> None:
    plan = PlaygroundPlan(features=("x1", "x2", "x1x2"), hidden=(4, 3))
    weights = start_weights(plan)
    for number, edge in enumerate(network_of(plan, weights).edges):
        changed = with_weight(weights, edge, number / 8)
        assert network_of(plan, changed).weight(edge) == number / 8
        assert sum(int((a != b).sum()) for a, b in zip(changed, weights, strict=True)) <= 1
        assert read_edge(mark_of(edge), plan) == edge


@pytest.mark.parametrize("mark", ["", None, 3, "1-1", "4-1-1", "0-1-1", "1-9-1", "1-1-9", "1-x-1"])
def test_what_is_no_edge_is_not_taken(mark: object) -> None:
    assert read_edge(mark, PlaygroundPlan()) is None


def test_losses_are_those_of_the_definition() -> None:
    plan = PlaygroundPlan(data="xor", share=90)
    weights = start_weights(plan)
    points = plan.points()
    said = predict(network_of(plan, weights), features_of(points.test, plan.features))[:, 0]
    right = np.where(points.test_targets == 1, said, 1 - said)
    assert losses(plan, weights).test == pytest.approx(-np.log(right).mean())


def test_dead_nodes_are_found() -> None:
    plan = PlaygroundPlan(activation="relu", hidden=(3, 2))
    weights = with_weight(start_weights(plan), Edge(0, None, 1), -1000.0)
    assert Node(0, 1) in dead_nodes(plan, weights)
    assert Node(0, 0) not in dead_nodes(plan, weights)


def test_a_record_keeps_first_and_last_moment_and_not_too_many() -> None:
    plan = PlaygroundPlan()
    weights = start_weights(plan)
    record = PlaygroundRecord(plan, weights)
    for step in range(3 * MAX_MOMENTS):
        record.add(
            {
                "kind": "progress", "step": step, "epoch": step / 25, "train_loss": 0.5,
                "test_loss": 0.6, "weights": pack(weights), "steps_per_second": 10.0,
            }
        )  # fmt: skip
    steps = [moment.step for moment in record.moments]
    assert (steps[0], steps[-1]) == (0, 3 * MAX_MOMENTS - 1)
    assert steps == sorted(set(steps))
    assert MAX_MOMENTS / 2 <= len(steps) <= MAX_MOMENTS


def test_the_browser_gets_no_more_points_than_it_can_draw_and_the_last_one() -> None:
    plan = PlaygroundPlan()
    weights = start_weights(plan)
    moments = [Moment(s, s / 25, Losses(0.5, s / 1000), weights) for s in range(390)]
    data = browser_data(Shown(plan, moments[-1], moments))
    assert len(data["losses"]["test"]) <= 151
    assert data["losses"]["test"][-1] == 0.389


@pytest.mark.parametrize(("epoch", "said"), [(0.0, "0"), (73.56, "73"), (74.0, "74")])
def test_an_epoch_counts_when_it_is_over(epoch: float, said: str) -> None:
    plan = PlaygroundPlan()
    moment = Moment(round(25 * epoch), epoch, Losses(0.5, 0.5), start_weights(plan))
    data = browser_data(Shown(plan, moment, [moment]))
    assert f'<b class="epoch">{said}</b>' in data["numbers"]
    assert f"now at epoch {said}:" in data["chartAlt"]


@pytest.mark.parametrize("hidden", [(), (4,), (8, 1, 3)])
def test_layers_in_the_address(hidden: tuple[int, ...]) -> None:
    assert parse_layers(write_layers(hidden)) == hidden


@pytest.mark.parametrize("text", ["", "9", "0", "4.", "4,2", "1.1.1.1.1.1.1", "-1"])
def test_other_words_are_no_layers(text: str) -> None:
    with pytest.raises(SettingError):
        parse_layers(text)


def test_slips_in_counting_are_named() -> None:
    before, sizes = (2, 4, 2, 1), (2, 4, 2, 5, 1)
    assert count_parameters(sizes) == 12 + 10 + 15 + 6
    assert written_count(sizes).endswith("= 43")
    found = diagnose(33, 43, slips_in_counts(sizes, before))
    assert not found.slips
    assert "forgot the biases" in diagnose(31, 43, slips_in_counts(sizes, before)).sentence
    assert "kept the old output" in diagnose(46, 43, slips_in_counts(sizes, before)).sentence
