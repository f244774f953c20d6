"""A small data set learnt in three ways, as data: what is planned, and what a comparison says.

From scratch: a network that begins at random. Frozen: a pretrained network whose weights stay,
with a new head behind it. Fine-tuned: the same, and then its last blocks learn as well. Nothing
here trains anything.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.concepts.training import Event, PlanError

SCRATCH, FROZEN, FINE_TUNED = "scratch", "frozen", "fine_tuned"
WAYS = {SCRATCH: "From scratch", FROZEN: "Frozen, new head", FINE_TUNED: "Fine-tuned"}
ORDER = (FROZEN, FINE_TUNED, SCRATCH)  # as they are trained: fine-tuning begins at the frozen end

DIGITS, PHOTOS = "digits", "photos"  # the two pretrained networks
# The layers that end the blocks of each, from first to last; unfrozen from the last backwards.
BLOCK_ENDS = {
    DIGITS: ("block1", "block2", "block3"),
    PHOTOS: ("stem", "block1", "block2", "block3", "block4"),
}
BLOCKS = {network: len(ends) for network, ends in BLOCK_ENDS.items()}

MOST_PER_CLASS, MOST_EPOCHS, MOST_REPEATS = 100, 60, 5
BATCH_SIZE = 16
SCRATCH_RATE, HEAD_RATE = 0.002, 0.01
RATES = (0.00003, 0.0001, 0.0003, 0.001, 0.003, 0.01, 0.03, 0.1)
BUDGET_SECONDS = 240.0  # of training: others wait for their turn
FIRST_DIGIT = 5  # the network knows the digits below
DIGIT_CLASSES = tuple(str(digit) for digit in range(FIRST_DIGIT, 10))

Pixels: TypeAlias = NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class LabelledPictures:
    """Pictures with their classes, split into those to learn from and those held out.

    Pictures are uint8 of shape (n, 28, 28) or (n, 64, 64, 3); labels (n,) count into `classes`.
    Small sets are drawn from `pool`; no picture is in both parts.
    """

    classes: tuple[str, ...]
    pool: Pixels
    pool_labels: NDArray[np.int64]
    validation: Pixels
    validation_labels: NDArray[np.int64]

    @property
    def most_per_class(self) -> int:
        """How many pictures of every class a small set can have."""
        counts = np.bincount(self.pool_labels, minlength=len(self.classes))
        return min(int(counts.min()), MOST_PER_CLASS)

    @property
    def network(self) -> str:
        """The pretrained network that takes these pictures."""
        return DIGITS if self.pool.ndim == 3 else PHOTOS


@dataclass(frozen=True)
class SmallDataPlan:
    """What to compare: how small the set is, and how to train.

    `unfreeze` is how many blocks of the pretrained network learn when it is fine-tuned, from the
    last backwards; `rate` is the learning rate of the fine-tuning. Repeat r has the seed
    `seed` + r: another small set, other first weights.
    """

    per_class: int = 10
    unfreeze: int = 2
    rate: float = 0.001
    epochs: int = 20
    repeats: int = 3
    seed: int = 0

    def check(self, network: str, most_per_class: int) -> None:
        """Raise PlanError, in a sentence, where this can't be trained on such pictures."""
        if not 1 <= self.per_class <= most_per_class:
            raise PlanError(
                f"There are {most_per_class} pictures of every class to learn from; choose 1 to "
                f"{most_per_class}, not {self.per_class}."
            )
        if not 1 <= self.unfreeze <= BLOCKS[network]:
            raise PlanError(
                f"This network has {BLOCKS[network]} blocks; unfreeze 1 to {BLOCKS[network]} of "
                f"them, not {self.unfreeze}."
            )
        if not 0 < self.rate <= max(RATES):
            raise PlanError(f"The learning rate is above 0 and at most {max(RATES):g}.")
        if not 1 <= self.epochs <= MOST_EPOCHS:
            raise PlanError(f"Train for 1 to {MOST_EPOCHS} epochs, not {self.epochs}.")
        if not 1 <= self.repeats <= MOST_REPEATS:
            raise PlanError(f"Repeat it 1 to {MOST_REPEATS} times, not {self.repeats}.")

    @property
    def seeds(self) -> tuple[int, ...]:
        """The seed of every repeat."""
        return tuple(self.seed + repeat for repeat in range(self.repeats))


def cut_below(network: str, unfreeze: int) -> str:
    """The layer below the last `unfreeze` blocks of a network; empty where none is left below."""
    ends = BLOCK_ENDS[network]
    left = len(ends) - unfreeze
    return ends[left - 1] if left > 0 else ""


def draw_small_set(labels: ArrayLike, per_class: int, seed: int) -> NDArray[np.intp]:
    """Where the pictures of a small set stand: `per_class` of each class, class by class.

    With the same seed a larger set holds the smaller one. Raises ValueError where a class has
    fewer.
    """
    labels = np.asarray(labels)
    rng = np.random.default_rng(seed)
    order = rng.permutation(len(labels))
    places = [order[labels[order] == label][:per_class] for label in np.unique(labels)]
    if min(len(each) for each in places) < per_class:
        raise ValueError(f"A class has fewer than {per_class} pictures.")
    return np.concatenate(places)


@dataclass(frozen=True)
class Point:
    """How one way did after an epoch of one repeat; `seconds` of training until then.

    `accuracy` is that on the held-out pictures, `training` that on the small set.
    """

    epoch: int
    accuracy: float
    training: float
    seconds: float


@dataclass(frozen=True, eq=False)
class Answers:
    """What a trained network says to the held-out pictures: classes, and how sure, 0 to 255."""

    predicted: NDArray[np.uint8]
    confidence: NDArray[np.uint8]


@dataclass(frozen=True, eq=False)
class Band:
    """Several repeats of one way, epoch by epoch: lowest, middle and highest accuracy.

    `seconds` are the middle of the repeats' training times, `training` that of their accuracy
    on the small set.
    """

    way: str
    epochs: NDArray[np.int64]
    low: NDArray[np.float64]
    middle: NDArray[np.float64]
    high: NDArray[np.float64]
    training: NDArray[np.float64]
    seconds: NDArray[np.float64]
    n_repeats: int


@dataclass
class Comparison:
    """What a comparison has said so far. `add` takes its events one by one:

    started   device, n_train, n_validation, parameters (of each way: how many learn)
    point     way, repeat, epoch, accuracy, training, seconds
    answers   way, repeat, predicted (bytes), confidence (bytes)
    ended     how ("finished", "stopped", "budget"), message
    """

    plan: SmallDataPlan
    device: str = ""
    n_train: int = 0
    n_validation: int = 0
    parameters: Mapping[str, int] = field(default_factory=dict)
    points: dict[tuple[str, int], list[Point]] = field(default_factory=dict)
    answers: dict[tuple[str, int], Answers] = field(default_factory=dict)
    ended: str = ""
    message: str = ""

    def add(self, event: Event) -> None:
        """Take in one event."""
        kind = event["kind"]
        if kind == "started":
            self.device, self.parameters = event["device"], event["parameters"]
            self.n_train, self.n_validation = event["n_train"], event["n_validation"]
        elif kind == "point":
            point = Point(event["epoch"], event["accuracy"], event["training"], event["seconds"])
            self.points.setdefault((event["way"], event["repeat"]), []).append(point)
        elif kind == "answers":
            self.answers[event["way"], event["repeat"]] = Answers(
                np.frombuffer(event["predicted"], np.uint8),
                np.frombuffer(event["confidence"], np.uint8),
            )
        elif kind == "ended":
            self.ended, self.message = event["how"], event["message"]

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        every = len(WAYS) * self.plan.repeats * (self.plan.epochs + 1)
        return min(1.0, sum(map(len, list(self.points.values()))) / every)

    @property
    def is_complete(self) -> bool:
        """Whether every way has been trained to its end in every repeat."""
        return len(self.answers) == len(WAYS) * self.plan.repeats

    def band(self, way: str) -> Band | None:
        """The band of a way, over the epochs that all its repeats so far have reached."""
        runs = [list(points) for (name, _), points in list(self.points.items()) if name == way]
        runs = [points for points in runs if points]
        if not runs:
            return None
        # A repeat that has just begun would cut the others short.
        length = max(map(len, runs))
        full = [points for points in runs if len(points) == length]
        return _band(way, full)

    def bands(self) -> list[Band]:
        """The bands of the ways that have begun, in the order of WAYS."""
        found = [self.band(way) for way in WAYS]
        return [band for band in found if band is not None]


def _band(way: str, runs: Sequence[Sequence[Point]]) -> Band:
    accuracy = np.array([[point.accuracy for point in points] for points in runs])
    return Band(
        way,
        np.array([point.epoch for point in runs[0]]),
        accuracy.min(axis=0),
        np.median(accuracy, axis=0),
        accuracy.max(axis=0),
        np.median([[point.training for point in points] for points in runs], axis=0),
        np.median([[point.seconds for point in points] for points in runs], axis=0),
        len(runs),
    )


@dataclass(frozen=True, eq=False)
class SmallDataResult:
    """What is kept of a comparison beside its events: the features of held-out pictures.

    `features` has for "before" (the pretrained network), FINE_TUNED and SCRATCH an array
    (n, n_features), of the first repeat; `shown` are the places of the n pictures among those
    held out.
    """

    features: dict[str, NDArray[np.float32]]
    shown: NDArray[np.intp]


BEFORE = "before"
MOST_SHOWN = 250  # pictures in the scatter of features


def pick_shown(labels: ArrayLike, most: int = MOST_SHOWN) -> NDArray[np.intp]:
    """The held-out pictures in the scatter: the first of each class, as many of each."""
    labels = np.asarray(labels)
    classes = np.unique(labels)
    each = max(1, most // len(classes))
    return np.sort(np.concatenate([np.flatnonzero(labels == c)[:each] for c in classes]))
