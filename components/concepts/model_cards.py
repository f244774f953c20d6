"""What is known of each fine-tuned network: measured by `tools.make_heads`, read here."""

import functools
import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from components.concepts.photo_backbones import BACKBONES, TASKS, Backbone, Task

CARDS_PATH = Path(__file__).parents[2] / "assets" / "model_cards.json"
MISTAKES_NAMED = 3  # confusions that a card names
END_TO_END = "fine-tuned end to end"
FROZEN = "a new last layer on frozen features"


@dataclass(frozen=True)
class CalibrationBin:
    """Test pictures whose likeliest class has a probability from `low` to `high`.

    `confidence` is the mean of it, `accuracy` the share that is right.
    """

    low: float
    high: float
    count: int
    confidence: float
    accuracy: float


@dataclass(frozen=True)
class Confusion:
    """`count` of `total` test pictures of class `actual` that the network calls `said`."""

    actual: str
    said: str
    count: int
    total: int

    @property
    def share(self) -> float:
        """The share of the pictures of this class."""
        return self.count / self.total


@dataclass(frozen=True)
class Foreign:
    """Pictures of none of the classes: how many, and the share that comes out as "not sure"."""

    what: str
    count: int
    not_sure: float


@dataclass(frozen=True)
class ModelCard:
    """A fine-tuned network as measured on `n_test` pictures that it was never trained on.

    `method` is END_TO_END or FROZEN; `side` is that of the pictures that it reads.
    `confusion[i][j]` counts test pictures of class i that it calls j. `calibration_error` is the
    mean distance of confidence and accuracy over the bins, weighted by their counts. Where the
    likeliest class has less than `threshold`, the answer is "not sure": so it is for
    `own_not_sure` of the test pictures, and for the shares that `foreign` gives; of the test
    pictures that it is sure of, `accuracy_when_sure` are right.
    """

    task: str
    backbone: str
    classes: tuple[str, ...]
    pretrained_on: str
    fine_tuned_on: str
    method: str
    side: int
    licence: str
    n_parameters: int
    n_train: int
    n_validation: int
    n_test: int
    accuracy: float
    confusion: tuple[tuple[int, ...], ...]
    calibration: tuple[CalibrationBin, ...]
    calibration_error: float
    temperature: float
    threshold: float
    own_not_sure: float
    accuracy_when_sure: float
    foreign: tuple[Foreign, ...]

    @property
    def title(self) -> str:
        """Task and network in words."""
        return f"{self.task_itself.title}, {self.network.title}"

    @property
    def end_to_end(self) -> bool:
        """Whether all its layers were trained for the task, not only the last."""
        return self.method == END_TO_END

    @property
    def network(self) -> Backbone:
        """The backbone."""
        return BACKBONES[self.backbone]

    @property
    def task_itself(self) -> Task:
        """The task."""
        return TASKS[self.task]

    @property
    def recall(self) -> dict[str, float]:
        """Of the test pictures of each class, the share that is named right."""
        return {
            name: row[i] / sum(row) if sum(row) else 0.0
            for i, (name, row) in enumerate(zip(self.classes, self.confusion, strict=True))
        }

    @property
    def will_get_wrong(self) -> tuple[Confusion, ...]:
        """The mistakes that are made for the largest share of a class, largest first."""
        found = [
            Confusion(self.classes[i], self.classes[j], count, sum(row))
            for i, row in enumerate(self.confusion)
            for j, count in enumerate(row)
            if i != j and count
        ]
        return tuple(sorted(found, key=lambda each: -each.share)[:MISTAKES_NAMED])


def card_key(task: str, backbone: str) -> str:
    """The name of a card in the file."""
    return f"{task}.{backbone}"


def card_from(data: dict[str, Any]) -> ModelCard:
    """A card from the file's plain values. Raises TypeError or KeyError where some are missing."""
    return ModelCard(
        **{
            **data,
            "classes": tuple(data["classes"]),
            "confusion": tuple(tuple(row) for row in data["confusion"]),
            "calibration": tuple(CalibrationBin(**each) for each in data["calibration"]),
            "foreign": tuple(Foreign(**each) for each in data["foreign"]),
        }
    )


@functools.cache
def load_card(task: str, backbone: str) -> ModelCard:
    """The card of a fine-tuned network. Raises KeyError where there is none."""
    return card_from(_all_cards()[card_key(task, backbone)])


def networks_for(task: str) -> tuple[str, ...]:
    """The networks that have been fine-tuned for a task and measured, in the order of BACKBONES."""
    return tuple(key for key in BACKBONES if card_key(task, key) in _all_cards())


@functools.cache
def _all_cards() -> dict[str, Any]:
    cards: dict[str, Any] = json.loads(CARDS_PATH.read_text(encoding="utf-8"))
    return cards
