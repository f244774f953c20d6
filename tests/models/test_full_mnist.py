"""The full MNIST: the workshop's network reaches what the workshop reached with it."""

from pathlib import Path

import pytest

from components.concepts.recipes import recommended_plan
from components.concepts.training import Event, TrainingRecord
from components.models.control import Control
from components.models.training import train_digits

WORKSHOP_ACCURACY = 0.9827
WORKSHOP_EPOCHS = 5


def test_the_workshop_network_reaches_the_workshops_accuracy(
    test_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KERAS_HOME", str(test_data / "keras-home"))
    plan = recommended_plan("workshop", "full")
    record = TrainingRecord()

    def keep(event: Event) -> None:
        record.add(event)

    train_digits(plan, keep, Control())
    assert plan.epochs == WORKSHOP_EPOCHS
    assert (record.train_size, record.validation_size) == (60_000, 10_000)
    assert record.epoch_points[-1].val_accuracy >= WORKSHOP_ACCURACY
