"""Teach a head on classes of one's own: the features once, then the head, as a job."""

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from components.concepts.photo_head import Head
from components.concepts.teaching import Taught, TeachingPlan
from components.concepts.training import Event
from components.models.backbones import features
from components.models.control import Control
from components.models.device import prepare_device
from components.models.heads import HeadEpoch, fit_head, temperature_for

Report = Callable[[Event], None]

PIECE = 8  # pictures between two looks at Stop
ENOUGH_HELD_OUT = 10  # pictures; a temperature found on fewer says nothing


class StoppedError(RuntimeError):
    """The run was stopped before anything was learnt; the message is a sentence."""


def teach(
    plan: TeachingPlan,
    report: Report,
    control: Control,
    publish: Callable[[object], None] = lambda reader: None,
) -> Taught:
    """Do as `plan` says, and return the head with the features of all pictures.

    `report` gets the events in the table of `concepts.teaching`. `control` may stop it: what
    was learnt until then is kept. Raises TeachingError, StoppedError or BackboneError, in a
    sentence, where nothing comes of it.
    """
    plan.check()
    device = prepare_device()
    learnt_from = ~plan.held_out
    report(
        {
            "kind": "started",
            "device": device.name,
            "train_size": int(learnt_from.sum()),
            "held_out_size": int(plan.held_out.sum()),
            "epochs": plan.epochs,
        }
    )
    rows = _all_features(plan, report, control)

    def tell(done: HeadEpoch) -> bool:
        report(
            {
                "kind": "epoch",
                "epoch": done.epoch,
                "loss": done.loss,
                "accuracy": done.accuracy,
                "val_loss": done.validation_loss,
                "val_accuracy": done.validation_accuracy,
            }
        )
        return not control.stop_wanted

    if control.stop_wanted:
        raise StoppedError("Stopped before anything was learnt.")

    fitted = fit_head(
        rows[learnt_from],
        plan.labels[learnt_from],
        len(plan.classes),
        validation=(rows[plan.held_out], plan.labels[plan.held_out]),
        epochs=plan.epochs,
        learning_rate=plan.learning_rate,
        seed=plan.seed,
        on_epoch=tell,
        initial=None if plan.initial is None else (plan.initial.kernel, plan.initial.bias),
    )
    plain = Head(
        kernel=fitted.kernel, bias=fitted.bias, classes=plan.classes, backbone=plan.backbone
    )
    head = Head(
        kernel=fitted.kernel,
        bias=fitted.bias,
        classes=plan.classes,
        backbone=plan.backbone,
        temperature=_temperature(plain.logits(rows[plan.held_out]), plan.labels[plan.held_out]),
    )
    how = "stopped" if control.stop_wanted else "finished"
    taught = Taught(head, rows, head.probabilities(rows), plan.labels, plan.held_out, how)
    report({"kind": "ended", "how": how, "message": ""})
    return taught


def _all_features(plan: TeachingPlan, report: Report, control: Control) -> NDArray[np.float32]:
    """The features of all pictures: the known ones, and the missing ones computed now."""
    rows = plan.features.copy()
    total = len(plan.missing)
    for start in range(0, total, PIECE):
        if control.stop_wanted:
            raise StoppedError("Stopped before the network had seen all pictures.")
        some = slice(start, start + PIECE)
        rows[plan.missing[some]] = features(plan.backbone, plan.pictures[some])
        report({"kind": "features", "done": min(start + PIECE, total), "total": total})
    return rows


def _temperature(logits: NDArray[np.float32], labels: NDArray[np.intp]) -> float:
    """A temperature from the pictures held out; never below 1.

    A few pictures that are all right would make the network surer than a few pictures can.
    """
    if len(labels) < ENOUGH_HELD_OUT:
        return 1.0
    return max(1.0, float(temperature_for(logits, labels)))
