"""The plan of a run, its learning rate, and the record its events add up to."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.digit_network import PRESETS, DigitNetwork, Flatten, NetworkError
from components.concepts.learning_rate import LearningRate
from components.concepts.recipes import OWN_NETWORK, RECIPES, recommended_plan
from components.concepts.training import (
    DATA_SETS,
    Event,
    PlanError,
    TrainingPlan,
    TrainingRecord,
    pixel_permutation,
)

PLAN = TrainingPlan(PRESETS["workshop"])


@pytest.mark.parametrize(
    ("broken", "words"),
    [
        (replace(PLAN, data="digits"), "no data set “digits”"),
        (replace(PLAN, epochs=0), "1 to 100 epochs, not 0"),
        (replace(PLAN, epochs=101), "1 to 100 epochs"),
        (replace(PLAN, batch_size=0), "1 to 2,048 pictures, not 0"),
        (replace(PLAN, batch_size=4096), "not 4,096"),
        (replace(PLAN, learning_rate=-0.1), "number from 0"),
        (replace(PLAN, learning_rate=float("nan")), "number from 0"),
        (replace(PLAN, learning_rate=float("inf")), "number from 0"),
        (replace(PLAN, schedule="linear"), "not “linear”"),
        (replace(PLAN, seconds=0), "up to 900 seconds"),
    ],
)
def test_a_plan_that_cannot_be_trained_says_why(broken: TrainingPlan, words: str) -> None:
    with pytest.raises(PlanError, match=words):
        broken.check()


def test_a_plan_checks_its_network() -> None:
    with pytest.raises(NetworkError, match="flatten"):
        replace(
            PLAN,
            network=DigitNetwork("Twice flat", (Flatten(), Flatten(), *PRESETS["workshop"].layers)),
        ).check()


@pytest.mark.parametrize("rate", [0.0, 1e9])
def test_extreme_learning_rates_may_be_tried(rate: float) -> None:
    replace(PLAN, learning_rate=rate).check()


def test_every_preset_has_a_recipe_for_every_data_set() -> None:
    assert set(RECIPES) == {(preset, data) for preset in PRESETS for data in DATA_SETS}
    assert set(OWN_NETWORK) == set(DATA_SETS)
    for preset, data in RECIPES:
        recommended_plan(preset, data).check()


def test_shuffled_pixels_are_one_seeded_permutation() -> None:
    assert pixel_permutation(PLAN) is None
    shuffled = replace(PLAN, shuffle_pixels=True)
    order, again = pixel_permutation(shuffled), pixel_permutation(shuffled)
    other = pixel_permutation(replace(shuffled, seed=1))
    assert order is not None and again is not None and other is not None
    np.testing.assert_array_equal(order, again)
    np.testing.assert_array_equal(np.sort(order), np.arange(784))
    assert (order != other).any()


def test_cosine_falls_from_the_start_to_nothing() -> None:
    rate = LearningRate(0.002, "cosine", 100)
    assert rate.at(0) == 0.002
    assert rate.at(50) == pytest.approx(0.001)
    assert rate.at(100) == pytest.approx(0)
    values = [rate.at(step) for step in range(101)]
    assert values == sorted(values, reverse=True)


def test_a_new_learning_rate_starts_a_new_cosine_over_what_is_left() -> None:
    rate = LearningRate(0.002, "cosine", 100)
    rate.change(60, 0.1)
    assert rate.at(60) == 0.1
    assert rate.at(80) == pytest.approx(0.05)
    assert rate.at(100) == pytest.approx(0)


def test_constant_stays_until_changed() -> None:
    rate = LearningRate(0.002, "constant", 100)
    assert rate.at(99) == 0.002
    rate.change(99, 0.5)
    assert rate.at(100) == 0.5


@given(st.floats(0, 1e9), st.integers(1, 50), st.integers(0, 60), st.integers(0, 60))
def test_the_learning_rate_stays_between_nothing_and_what_was_set(
    value: float, total: int, change: int, step: int
) -> None:
    rate = LearningRate(0.002, "cosine", total)
    rate.change(change, value)
    assert 0 <= rate.at(max(change, step)) <= value


def test_no_learning_rate_is_refused() -> None:
    with pytest.raises(PlanError, match="0\\.001 is a good first try"):
        LearningRate(0.002, "cosine", 100).change(5, float("nan"))


EVENTS: list[Event] = [
    {"kind": "download", "received": 5, "total": 10},
    {
        "kind": "started",
        "device": "CPU (2 threads)",
        "train_size": 4000,
        "validation_size": 1000,
        "batches_per_epoch": 32,
        "epochs": 2,
        "data": "sample",
        "note": "",
    },
    {
        "kind": "snapshot",
        "step": 0,
        "epoch": 0.0,
        "predicted": bytes([7, 2]),
        "confidence": bytes([255, 26]),
        "filters": np.arange(8, dtype=np.float32).tobytes(),
        "filter_shape": (2, 2, 2),
    },
    {
        "kind": "batch",
        "step": 8,
        "epoch": 0.25,
        "loss": 2.0,
        "accuracy": 0.3,
        "learning_rate": 0.002,
        "images_per_second": 9000.0,
        "seconds": 0.1,
        "seconds_left": 0.8,
    },
    {"kind": "paused"},
    {"kind": "resumed"},
    {"kind": "learning_rate", "value": 0.01},
    {
        "kind": "epoch",
        "epoch": 1,
        "step": 32,
        "loss": 1.0,
        "accuracy": 0.6,
        "val_loss": 0.9,
        "val_accuracy": 0.7,
        "seconds": 0.5,
    },
    {"kind": "ended", "how": "finished", "message": "Done."},
]


def test_the_record_adds_up_the_events() -> None:
    empty, record = TrainingRecord(), TrainingRecord()
    assert not empty.started
    assert empty.best_val_accuracy is None
    for event in EVENTS:
        record.add(event)
        assert record.paused == (event["kind"] == "paused")
    assert (record.download_received, record.download_total) == (5, 10)
    assert record.started
    assert record.batches[0].loss == 2.0
    assert record.epoch_points[0].val_accuracy == record.best_val_accuracy == 0.7
    assert record.snapshots[0].predicted.tolist() == [7, 2]
    assert record.snapshots[0].filters.shape == (2, 2, 2)
    assert record.note == "Learning rate set to 0.01."
    assert (record.ended, record.message, record.seconds_left) == ("finished", "Done.", 0.0)


def test_a_network_without_a_convolution_has_no_filters() -> None:
    record = TrainingRecord()
    record.add({**EVENTS[2], "filters": b"", "filter_shape": ()})
    assert record.snapshots[0].filters.shape == (0, 0, 0)


def test_an_unknown_event_is_an_error() -> None:
    with pytest.raises(KeyError):
        TrainingRecord().add({"kind": "surprise"})
