"""Learn a small data set in three ways: from scratch, frozen with a new head, fine-tuned."""

from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np
from numpy.typing import NDArray

from components.concepts.small_data import (
    BATCH_SIZE,
    BEFORE,
    BUDGET_SECONDS,
    FINE_TUNED,
    FROZEN,
    HEAD_RATE,
    ORDER,
    SCRATCH,
    SCRATCH_RATE,
    LabelledPictures,
    SmallDataPlan,
    SmallDataResult,
    cut_below,
    draw_small_set,
    pick_shown,
)
from components.concepts.training import Event
from components.models.control import Control
from components.models.device import prepare_device
from components.models.run_clock import RunClock
from components.models.small_networks import (
    FEATURES,
    LOADERS,
    Learner,
    above,
    below,
    compiled,
    from_scratch,
    n_trainable,
    new_head,
)

Report = Callable[[Event], None]
Values = NDArray[np.generic]

STOPPED = "You stopped the comparison; what it has measured is kept."
OUT_OF_TIME = (
    f"The comparison ended after {BUDGET_SECONDS:.0f} seconds, so that others get their turn. "
    "Fewer epochs, repeats or pictures are done sooner."
)


@dataclass(frozen=True, eq=False)
class Part:
    """What one network learns from and is measured on: inputs and labels, both times."""

    inputs: Values
    labels: NDArray[np.int64]
    held_out: Values
    held_out_labels: NDArray[np.int64]


class Follower(keras.callbacks.Callback):
    """Measures a network after every epoch and ends its training when that is wished for.

    `tell(epoch, right, training, seconds)` gets for each held-out picture whether it was right,
    the accuracy on the training pictures, and the seconds of training without measuring.
    """

    def __init__(
        self,
        part: Part,
        tell: Callable[[int, NDArray[np.bool_], float, float], None],
        enough: Callable[[], bool],
        seconds_before: float = 0.0,
    ) -> None:
        super().__init__()
        self._part, self._tell, self._enough = part, tell, enough
        self._seconds_before = seconds_before
        self._clock = RunClock()

    @property
    def seconds(self) -> float:
        """Seconds of training so far, with those before this network."""
        return self._seconds_before + self._clock.training_seconds

    def on_train_begin(self, logs: dict[str, float] | None = None) -> None:
        """Measure it as it is before its first step."""
        with self._clock.aside():
            predicted = answers(self.model, self._part.inputs).argmax(axis=1)
            self._measure(0, float((predicted == self._part.labels).mean()))

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        """A stop takes effect after a batch."""
        if self._enough():
            self.model.stop_training = True

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        """Measure it, unless it was stopped in mid-epoch."""
        if not self._enough():
            with self._clock.aside():
                self._measure(epoch + 1, float((logs or {}).get("accuracy", 0.0)))

    def _measure(self, epoch: int, training: float) -> None:
        predicted = answers(self.model, self._part.held_out).argmax(axis=1)
        self._tell(epoch, predicted == self._part.held_out_labels, training, self.seconds)


def answers(model: keras.Model, inputs: Values) -> NDArray[np.float32]:
    """What a network makes of its inputs, (n, …); what is no longer finite counts as 0."""
    return np.nan_to_num(np.asarray(model.predict_on_batch(inputs), np.float32))


def train(model: keras.Model, rate: float, epochs: int, part: Part, follower: Follower) -> None:
    """Train a network on a small set, as the page's program does."""
    compiled(model, rate).fit(
        part.inputs,
        part.labels,
        batch_size=BATCH_SIZE,
        epochs=epochs,
        callbacks=[follower],
        verbose=0,
    )


class Trainer:
    """Trains one way after the other on one small set; what is frozen is computed once."""

    def __init__(
        self, plan: SmallDataPlan, pictures: LabelledPictures, enough: Callable[[], bool]
    ) -> None:
        self.plan, self.pictures, self.enough = plan, pictures, enough
        self.load = LOADERS[pictures.network]
        self.n_classes = len(pictures.classes)
        self._cut = cut_below(pictures.network, plan.unfreeze)
        clock = RunClock()
        pretrained = self.load()
        self.pool_features = below(pretrained, FEATURES, pictures.pool)
        self.held_out_features = below(pretrained, FEATURES, pictures.validation)
        self._pool_below = below(pretrained, self._cut, pictures.pool)
        self._held_out_below = below(pretrained, self._cut, pictures.validation)
        self._seconds = clock.seconds

    def part(self, way: str, places: NDArray[np.intp]) -> Part:
        """What a way learns from: pictures, their features, or the maps below what is unfrozen."""
        pool, held_out = {
            SCRATCH: (self.pictures.pool, self.pictures.validation),
            FROZEN: (self.pool_features, self.held_out_features),
            FINE_TUNED: (self._pool_below, self._held_out_below),
        }[way]
        labels, held_out_labels = self.pictures.pool_labels, self.pictures.validation_labels
        return Part(pool[places], labels[places], held_out, held_out_labels)

    def build(self, way: str, seed: int, head: keras.Model | None = None) -> Learner:
        """The network of a way, as it begins; fine-tuning begins with a trained `head`."""
        pretrained = self.load()
        keras.utils.set_random_seed(seed)
        if way == SCRATCH:
            return from_scratch(pretrained, self.n_classes)
        if way == FROZEN:
            return new_head(self.pool_features.shape[1], self.n_classes)
        learner = above(pretrained, self._cut, self.n_classes)
        if head is not None:
            learner.model.get_layer("head").set_weights(head.get_layer("head").get_weights())
        return learner

    def rate(self, way: str) -> float:
        """The learning rate of a way."""
        return {SCRATCH: SCRATCH_RATE, FROZEN: HEAD_RATE, FINE_TUNED: self.plan.rate}[way]

    def seconds_before(self, way: str, frozen_seconds: float) -> float:
        """What a way took before its training: the features, and the head to begin with."""
        return {SCRATCH: 0.0, FROZEN: self._seconds, FINE_TUNED: frozen_seconds}[way]


def compare_ways(
    spec: tuple[SmallDataPlan, LabelledPictures],
    report: Report,
    control: Control,
    publish: Callable[[object], None] = lambda reader: None,
) -> SmallDataResult:
    """Train every way in every repeat; `report` gets the events of `concepts.small_data`.

    `control` may stop it. Raises PlanError where the plan does not fit the pictures.
    """
    plan, pictures = spec
    plan.check(pictures.network, pictures.most_per_class)
    device = prepare_device()
    clock = RunClock()

    def enough() -> bool:
        return control.stop_wanted or clock.seconds > BUDGET_SECONDS

    trainer = Trainer(plan, pictures, enough)
    report(
        {
            "kind": "started",
            "device": device.name,
            "n_train": plan.per_class * trainer.n_classes,
            "n_validation": len(pictures.validation),
            "parameters": {way: _count(trainer, way) for way in ORDER},
        }
    )
    shown = pick_shown(pictures.validation_labels)
    features = {BEFORE: np.asarray(trainer.held_out_features[shown], np.float32)}
    for repeat, seed in enumerate(plan.seeds):
        places = draw_small_set(pictures.pool_labels, plan.per_class, seed)
        kept = _repeat(trainer, repeat, seed, places, shown, report)
        if enough():
            break
        if repeat == 0:
            features |= kept
    how = "finished"
    if enough():
        how = "stopped" if control.stop_wanted else "budget"
    message = {"finished": "", "stopped": STOPPED, "budget": OUT_OF_TIME}[how]
    report({"kind": "ended", "how": how, "message": message})
    return SmallDataResult(features, shown)


def _count(trainer: Trainer, way: str) -> int:
    return n_trainable(trainer.build(way, trainer.plan.seed).model)


def _repeat(
    trainer: Trainer,
    repeat: int,
    seed: int,
    places: NDArray[np.intp],
    shown: NDArray[np.intp],
    report: Report,
) -> dict[str, NDArray[np.float32]]:
    """Train the three ways on one small set; in the first repeat, the features they end with."""
    head: keras.Model | None = None
    frozen_seconds = 0.0
    kept: dict[str, NDArray[np.float32]] = {}
    for way in ORDER:
        if trainer.enough():
            break
        part = trainer.part(way, places)
        learner = trainer.build(way, seed, head)
        follower = Follower(
            part,
            _teller(way, repeat, report),
            trainer.enough,
            trainer.seconds_before(way, frozen_seconds),
        )
        train(learner.model, trainer.rate(way), trainer.plan.epochs, part, follower)
        if trainer.enough():
            break
        report(_answers(way, repeat, answers(learner.model, part.held_out)))
        if way == FROZEN:
            head, frozen_seconds = learner.model, follower.seconds
        elif repeat == 0:
            values = learner.features(part.held_out[shown])
            kept[way] = np.nan_to_num(np.asarray(values, np.float32))
    return kept


def _teller(
    way: str, repeat: int, report: Report
) -> Callable[[int, NDArray[np.bool_], float, float], None]:
    def tell(epoch: int, right: NDArray[np.bool_], training: float, seconds: float) -> None:
        report(
            {
                "kind": "point",
                "way": way,
                "repeat": repeat,
                "epoch": epoch,
                "accuracy": float(right.mean()),
                "training": training,
                "seconds": seconds,
            }
        )

    return tell


def _answers(way: str, repeat: int, probabilities: NDArray[np.float32]) -> Event:
    confidence = np.round(255 * probabilities.max(axis=1)).astype(np.uint8)
    return {
        "kind": "answers",
        "way": way,
        "repeat": repeat,
        "predicted": probabilities.argmax(axis=1).astype(np.uint8).tobytes(),
        "confidence": confidence.tobytes(),
    }
