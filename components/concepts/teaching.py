"""Teach a network classes of one's own: the pictures, the plan of a run, and what it says.

A run computes the features of the pictures once, with a frozen backbone, and trains a head on
them. Its events, and what they carry:

    started   device, train_size, held_out_size, epochs
    features  done, total: pictures whose features are computed
    epoch     epoch (from 1), loss, accuracy, val_loss, val_accuracy
    ended     how ("finished" or "stopped"), message
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from components.concepts.classification import confusion_matrix
from components.concepts.photo_head import Head
from components.concepts.training import Event

FEWEST_CLASSES, MOST_CLASSES = 2, 10
FEWEST_PICTURES = 3  # of a class: two to learn from, one to test on
MOST_PICTURES = 100  # of a class
HELD_OUT_EVERY = 4  # every fourth picture of a class is held out
FIRST_HELD_OUT = 2  # the third one, counted from 0: so three pictures are enough
LONGEST_NAME = 40  # characters of a class's name


class TeachingError(ValueError):
    """Classes or pictures that nothing can be learnt from; the message is a sentence."""


def is_held_out(place: int) -> bool:
    """Whether the picture at this place of its class (from 0) is held out.

    It rests on the place alone: a picture that was held out stays so when more are added, and
    the network is never tested on what it has learnt from.
    """
    return place % HELD_OUT_EVERY == FIRST_HELD_OUT


def clean_name(name: str) -> str:
    """A class's name on one line, without what can't be seen; at most 40 characters."""
    seen = "".join(letter if letter.isprintable() else " " for letter in name)
    return " ".join(seen.split())[:LONGEST_NAME].strip()


def check_classes(names: Sequence[str], counts: Sequence[int]) -> None:
    """Raises TeachingError, in a sentence, for classes that can't be taught."""
    if not FEWEST_CLASSES <= len(names) <= MOST_CLASSES:
        raise TeachingError(
            f"A classifier has {FEWEST_CLASSES} to {MOST_CLASSES} classes, not {len(names)}."
        )
    for number, name in enumerate(names, start=1):
        if not clean_name(name):
            raise TeachingError(f"Class {number} has no name yet. Give it one.")
    lowered = [clean_name(name).casefold() for name in names]
    if len(set(lowered)) < len(lowered):
        raise TeachingError("Two classes have the same name. Give each a name of its own.")
    poor = [number for number, count in enumerate(counts, start=1) if count < FEWEST_PICTURES]
    if poor:
        which = " and ".join(str(number) for number in poor)
        raise TeachingError(
            f"Each class needs at least {FEWEST_PICTURES} pictures: two to learn from and one "
            f"to test on. Add some to class {which}."
        )


@dataclass(frozen=True, eq=False)
class TeachingPlan:
    """What a run is to learn, from n pictures.

    `labels` (n,) are places in `classes`, and `held_out` (n,) says which pictures are tested on
    and not learnt from. `features` (n, n_features) are those of a run before; the rows that
    `missing` (k,) names are still to be computed, from `pictures` (k, side, side, 3), uint8.
    `initial` is the head to go on from; None begins anew.
    """

    backbone: str
    classes: tuple[str, ...]
    labels: NDArray[np.intp]
    held_out: NDArray[np.bool_]
    features: NDArray[np.float32] = field(repr=False)
    missing: NDArray[np.intp] = field(repr=False)
    pictures: NDArray[np.uint8] = field(repr=False)
    epochs: int
    learning_rate: float
    seed: int
    initial: Head | None = field(default=None, repr=False)

    def check(self) -> None:
        """Raises TeachingError where nothing can be learnt from it."""
        counts = np.bincount(self.labels, minlength=len(self.classes))
        check_classes(self.classes, counts.tolist())
        if self.learning_rate <= 0:
            raise TeachingError("With a learning rate of 0 nothing is learnt. Choose a larger one.")


@dataclass(frozen=True, eq=False)
class Taught:
    """What a run leaves: the head, the features of all its pictures, and how it ended.

    `probabilities` (n, n_classes) are the calibrated answers to all pictures of the run.
    """

    head: Head
    features: NDArray[np.float32] = field(repr=False)
    probabilities: NDArray[np.float32] = field(repr=False)
    labels: NDArray[np.intp] = field(repr=False)
    held_out: NDArray[np.bool_] = field(repr=False)
    how: str = "finished"

    @property
    def confusion(self) -> NDArray[np.int64]:
        """The confusion matrix (true, predicted) of the pictures that are held out."""
        answers = self.probabilities[self.held_out].argmax(axis=1)
        return confusion_matrix(self.labels[self.held_out], answers, len(self.head.classes))


@dataclass(frozen=True)
class EpochMeasures:
    """How it stands after an epoch (from 1): on the pictures it learns from, and held out."""

    epoch: int
    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float


@dataclass
class TeachingRecord:
    """What a run has said so far."""

    device: str = ""
    train_size: int = 0
    held_out_size: int = 0
    epochs: int = 0
    features_done: int = 0
    features_total: int = 0
    points: list[EpochMeasures] = field(default_factory=list)
    ended: str = ""
    message: str = ""

    def add(self, event: Event) -> None:
        """Take in one event. Raises KeyError for a kind that is not in the table above."""
        _READERS[event["kind"]](self, event)


def _read_started(record: TeachingRecord, event: Event) -> None:
    record.device, record.epochs = event["device"], event["epochs"]
    record.train_size, record.held_out_size = event["train_size"], event["held_out_size"]


def _read_features(record: TeachingRecord, event: Event) -> None:
    record.features_done, record.features_total = event["done"], event["total"]


def _read_epoch(record: TeachingRecord, event: Event) -> None:
    names = ("epoch", "loss", "accuracy", "val_loss", "val_accuracy")
    record.points.append(EpochMeasures(*(event[name] for name in names)))


def _read_ended(record: TeachingRecord, event: Event) -> None:
    record.ended, record.message = event["how"], event["message"]


_READERS = {
    "started": _read_started,
    "features": _read_features,
    "epoch": _read_epoch,
    "ended": _read_ended,
}
