"""A training run as data: its plan, the events it sends while it runs, and their record.

The models send events as plain dictionaries (`Event`), the engine carries them, and a page
reads the `TrainingRecord` they add up to. Nothing here trains anything.
"""

import math
from dataclasses import dataclass, field
from typing import Any, TypeAlias

import numpy as np
from numpy.typing import NDArray

from components.concepts.digit_network import DIGIT_SHAPE, DigitNetwork, summarize

Event: TypeAlias = dict[str, Any]

DATA_SETS = ("sample", "full")  # 5,000 bundled digits; all 70,000
MAX_EPOCHS = 100
MAX_SECONDS = 900.0  # a run ends by itself after a quarter of an hour: thirty share a server
MAX_PAUSE_SECONDS = 600.0  # a longer pause ends the run: others wait for their turn
MIN_BATCH, MAX_BATCH = 1, 2048
MAX_LEARNING_RATE = 1e9
SCHEDULES = ("cosine", "constant")


class PlanError(ValueError):
    """A plan that can't be trained; the message is a sentence for the learner."""


@dataclass(frozen=True)
class TrainingPlan:
    """What to train, on what, and for how long.

    `learning_rate` is the start value; with the "cosine" schedule it falls to 0 over the
    planned epochs. `shuffle_pixels` applies one seeded permutation to the 784 pixels of every
    picture. `seconds` is the budget of training time.
    """

    network: DigitNetwork
    data: str = "sample"
    shuffle_pixels: bool = False
    epochs: int = 5
    batch_size: int = 128
    learning_rate: float = 0.002
    schedule: str = "cosine"
    seed: int = 0
    seconds: float = MAX_SECONDS

    def check(self) -> None:
        """Raise PlanError or NetworkError, in a sentence, if this can't be trained."""
        summarize(self.network)
        if self.data not in DATA_SETS:
            raise PlanError(
                f"There is no data set “{self.data}”; choose the sample or the full set."
            )
        if not 1 <= self.epochs <= MAX_EPOCHS:
            raise PlanError(f"Train for 1 to {MAX_EPOCHS} epochs, not {self.epochs}.")
        if not MIN_BATCH <= self.batch_size <= MAX_BATCH:
            raise PlanError(
                f"A batch has {MIN_BATCH} to {MAX_BATCH:,} pictures, not {self.batch_size:,}."
            )
        check_learning_rate(self.learning_rate)
        if self.schedule not in SCHEDULES:
            raise PlanError(
                f"The schedule is one of {', '.join(SCHEDULES)}, not “{self.schedule}”."
            )
        if not 0 < self.seconds <= MAX_SECONDS:
            raise PlanError(f"A run may take up to {MAX_SECONDS:g} seconds.")


def check_learning_rate(value: float) -> None:
    """Raise PlanError, in a sentence, where `value` is no learning rate to train with."""
    if not 0 <= value <= MAX_LEARNING_RATE:  # NaN fails this too
        raise PlanError(
            f"The learning rate is a number from 0 to {MAX_LEARNING_RATE:,.0f}; "
            "0.001 is a good first try."
        )


def pixel_permutation(plan: TrainingPlan) -> NDArray[np.intp] | None:
    """The order, shape (784,), in which `plan` shuffles every picture's pixels.

    None where the pixels stay in their places. The same seed gives the same order.
    """
    if not plan.shuffle_pixels:
        return None
    return np.random.default_rng(plan.seed).permutation(math.prod(DIGIT_SHAPE))


# The events of a run, by their "kind":
#
# download  received, total (bytes): the full set is on its way; comes before "started"
# started   device (its name), train_size, validation_size, batches_per_epoch, epochs,
#           data ("sample" or "full": what it really trains on), note (a sentence or "")
# batch     step, epoch (fractional), loss, accuracy (means over the batches since the last such
#           event), learning_rate, images_per_second, seconds, seconds_left
# epoch     epoch (1, 2, …), step, loss, accuracy, val_loss, val_accuracy, seconds
# snapshot  step, epoch (fractional), predicted (bytes: uint8 classes of the first n validation
#           digits), confidence (bytes: uint8, 255 = sure), filters (bytes, float32) and
#           filter_shape (height, width, n; empty when the network has no convolution)
# paused, resumed
# learning_rate   value: what the learner set
# ended     how ("finished", "stopped", "budget", "diverged"), message (a sentence)


@dataclass(frozen=True)
class BatchPoint:
    """Training loss and accuracy since the last point; `epoch` is fractional."""

    step: int
    epoch: float
    loss: float
    accuracy: float
    learning_rate: float


@dataclass(frozen=True)
class EpochPoint:
    """One epoch's means, on the training and on the validation digits."""

    epoch: int
    step: int
    loss: float
    accuracy: float
    val_loss: float
    val_accuracy: float
    seconds: float


@dataclass(frozen=True)
class Snapshot:
    """The network's answers and first filters at one moment of the run.

    `predicted` and `confidence` are uint8 of shape (n,), for the first n validation digits;
    `filters` is (height, width, n_filters) of the first convolution, with no filters at all
    where the network has none.
    """

    step: int
    epoch: float
    predicted: NDArray[np.uint8]
    confidence: NDArray[np.uint8]
    filters: NDArray[np.float32]


@dataclass
class TrainingRecord:
    """Everything a run has said so far, in order. `add` takes the events one by one."""

    download_received: int = 0
    download_total: int = 0
    device: str = ""
    data: str = ""
    note: str = ""
    train_size: int = 0
    validation_size: int = 0
    batches_per_epoch: int = 0
    epochs: int = 0
    batches: list[BatchPoint] = field(default_factory=list)
    epoch_points: list[EpochPoint] = field(default_factory=list)
    snapshots: list[Snapshot] = field(default_factory=list)
    images_per_second: float = 0.0
    seconds: float = 0.0
    seconds_left: float = 0.0
    paused: bool = False
    ended: str = ""
    message: str = ""

    def add(self, event: Event) -> None:
        """Take in one event. Raises KeyError for a kind that is not in the table above."""
        _READERS[event["kind"]](self, event)

    @property
    def started(self) -> bool:
        """Whether the run has left the queue and has its data."""
        return self.train_size > 0

    @property
    def download(self) -> float | None:
        """The share of a download that has arrived, None while there is none."""
        if self.started or not self.download_total:
            return None
        return self.download_received / self.download_total

    @property
    def best_val_accuracy(self) -> float | None:
        """The best validation accuracy of any epoch, None before the first."""
        return max((point.val_accuracy for point in self.epoch_points), default=None)


def _read_download(record: TrainingRecord, event: Event) -> None:
    record.download_received, record.download_total = event["received"], event["total"]


def _read_started(record: TrainingRecord, event: Event) -> None:
    record.device = event["device"]
    record.data, record.note = event["data"], event["note"]
    record.train_size, record.validation_size = event["train_size"], event["validation_size"]
    record.batches_per_epoch, record.epochs = event["batches_per_epoch"], event["epochs"]


def _read_batch(record: TrainingRecord, event: Event) -> None:
    record.batches.append(
        BatchPoint(
            event["step"], event["epoch"], event["loss"], event["accuracy"], event["learning_rate"]
        )
    )
    record.images_per_second = event["images_per_second"]
    record.seconds, record.seconds_left = event["seconds"], event["seconds_left"]


def _read_epoch(record: TrainingRecord, event: Event) -> None:
    names = ("epoch", "step", "loss", "accuracy", "val_loss", "val_accuracy", "seconds")
    record.epoch_points.append(EpochPoint(*(event[name] for name in names)))
    record.seconds = event["seconds"]


def _read_snapshot(record: TrainingRecord, event: Event) -> None:
    shape = tuple(event["filter_shape"]) or (0, 0, 0)
    record.snapshots.append(
        Snapshot(
            event["step"],
            event["epoch"],
            np.frombuffer(event["predicted"], np.uint8),
            np.frombuffer(event["confidence"], np.uint8),
            np.frombuffer(event["filters"], np.float32).reshape(shape),
        )
    )


def _read_ended(record: TrainingRecord, event: Event) -> None:
    record.ended, record.message = event["how"], event["message"]
    record.paused, record.seconds_left = False, 0.0


def _read_paused(record: TrainingRecord, event: Event) -> None:
    record.paused = event["kind"] == "paused"


def _read_learning_rate(record: TrainingRecord, event: Event) -> None:
    record.note = f"Learning rate set to {event['value']:g}."


_READERS = {
    "download": _read_download,
    "started": _read_started,
    "batch": _read_batch,
    "epoch": _read_epoch,
    "snapshot": _read_snapshot,
    "paused": _read_paused,
    "resumed": _read_paused,
    "learning_rate": _read_learning_rate,
    "ended": _read_ended,
}
