"""Train with validation pictures in the training set, and measure what that does."""

from collections.abc import Callable
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from components.concepts.leakage import LeakPlan, LeakySet, draw_leaky_set
from components.concepts.small_data import (
    BUDGET_SECONDS,
    FINE_TUNED,
    FROZEN,
    LabelledPictures,
)
from components.models.control import Control
from components.models.device import prepare_device
from components.models.run_clock import RunClock
from components.models.small_data import (
    OUT_OF_TIME,
    STOPPED,
    Follower,
    Part,
    Report,
    Trainer,
    train,
)


def train_with_leak(
    spec: tuple[LeakPlan, LabelledPictures],
    report: Report,
    control: Control,
    publish: Callable[[object], None] = lambda reader: None,
) -> None:
    """Train one way on small sets with a leak; `report` gets the events of a LeakRecord.

    `control` may stop it. Raises PlanError where the plan does not fit the pictures.
    """
    leak, pictures = spec
    leak.check(pictures.network, pictures.most_per_class)
    prepare_device()
    clock = RunClock()

    def enough() -> bool:
        return control.stop_wanted or clock.seconds > BUDGET_SECONDS

    trainer = Trainer(leak.plan, pictures, enough)
    for repeat, seed in enumerate(leak.plan.seeds):
        drawn = draw_leaky_set(pictures.pool_labels, pictures.validation_labels, leak, seed)
        if repeat == 0:
            report(_started(drawn))
        _train_repeat(trainer, leak.way, seed, drawn, _teller(repeat, drawn, report))
        if enough():
            break
    how = "finished"
    if enough():
        how = "stopped" if control.stop_wanted else "budget"
    message = {"finished": "", "stopped": STOPPED, "budget": OUT_OF_TIME}[how]
    report({"kind": "ended", "how": how, "message": message})


def _train_repeat(
    trainer: Trainer,
    way: str,
    seed: int,
    drawn: LeakySet,
    tell: Callable[[int, NDArray[np.bool_], float, float], None],
) -> None:
    """Train a way; what is fine-tuned gets its head first, on the same leaky set."""
    head: keras.Model | None = None
    if way == FINE_TUNED:
        part = _leaky(trainer.part(FROZEN, drawn.pool), drawn)
        head = trainer.build(FROZEN, seed).model
        follower = Follower(part, lambda *told: None, trainer.enough)
        train(head, trainer.rate(FROZEN), trainer.plan.epochs, part, follower)
    if trainer.enough():
        return
    part = _leaky(trainer.part(way, drawn.pool), drawn)
    model = trainer.build(way, seed, head).model
    follower = Follower(part, tell, trainer.enough)
    train(model, trainer.rate(way), trainer.plan.epochs, part, follower)


def _leaky(part: Part, drawn: LeakySet) -> Part:
    """The same, with the leaked pictures in training as well."""
    inputs: NDArray[Any] = np.concatenate([part.inputs, part.held_out[drawn.leaked]])
    labels = np.concatenate([part.labels, part.held_out_labels[drawn.leaked]])
    return Part(inputs, labels, part.held_out, part.held_out_labels)


def _started(drawn: LeakySet) -> dict[str, Any]:
    return {
        "kind": "started",
        "n_train": len(drawn.pool) + len(drawn.leaked),
        "n_leaked": len(drawn.leaked),
        "n_validation": len(drawn.validation),
        "n_clean": len(drawn.clean),
    }


def _teller(
    repeat: int, drawn: LeakySet, report: Report
) -> Callable[[int, NDArray[np.bool_], float, float], None]:
    def tell(epoch: int, right: NDArray[np.bool_], training: float, seconds: float) -> None:
        report(
            {
                "kind": "leak",
                "repeat": repeat,
                "epoch": epoch,
                "measured": float(right[drawn.validation].mean()),
                "clean": float(right[drawn.clean].mean()),
            }
        )

    return tell
