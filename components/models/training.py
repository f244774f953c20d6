"""Train a network on digits with Keras's own `fit`, and say how it goes while it goes.

Nothing here knows who listens: events leave through `report`, wishes come in through a
`Control`. There is no backend call, so the same code trains on TensorFlow and on JAX.
"""

from collections.abc import Callable

import keras

from components.concepts.pixels import shuffle_pixels
from components.concepts.training import Event, TrainingPlan
from components.models.architectures import build
from components.models.control import Control
from components.models.device import precision_for, prepare_device
from components.models.digits import Digits, load_digits
from components.models.progress import ProgressCallback, Report
from components.models.reading import DigitReader, TrainedDigits, save_keras

STEPS_PER_EXECUTION = 8  # batches that Keras runs in one go; measured in benchmarks/training.py

Publish = Callable[[DigitReader], None]


def train_digits(
    plan: TrainingPlan, report: Report, control: Control, publish: Publish
) -> TrainedDigits:
    """Carry out `plan`; the trained network and moments on the way.

    Events, as listed in `concepts.training`, go to `report`, the last one is "ended". `publish`
    gets a reader over the network early on; it follows the training. Raises PlanError or
    NetworkError for a plan that can't be trained.
    """
    plan.check()
    device = prepare_device()
    digits = load_digits(plan.data, lambda n, total: report(_download(n, total)))
    pixel_seed = plan.seed if plan.shuffle_pixels else None
    digits = digits if pixel_seed is None else _shuffled(digits, pixel_seed)
    precision = precision_for(plan.network)
    model = build(plan.network, plan.seed, precision)
    compile_for(model, plan)
    report(
        {
            "kind": "started",
            "device": device.name,
            "precision": precision,
            "train_size": len(digits.train_images),
            "validation_size": len(digits.validation_images),
            "batches_per_epoch": -(-len(digits.train_images) // plan.batch_size),
            "epochs": plan.epochs,
            "data": digits.data,
            "note": _note(plan, digits),
        }
    )
    progress = ProgressCallback(plan, digits, build(plan.network, plan.seed), report, control)
    publish(DigitReader(progress.copy, progress.checkpoints, pixel_seed))
    model.fit(
        digits.train_images,
        digits.train_labels,
        batch_size=plan.batch_size,
        epochs=plan.epochs,
        shuffle=True,
        verbose=0,
        callbacks=[progress],
    )
    progress.say_how_it_ended()
    # The copy has the same weights in full precision, and never a weight that is not a number.
    return TrainedDigits(save_keras(progress.copy), tuple(progress.checkpoints), pixel_seed)


def compile_for(model: keras.Model, plan: TrainingPlan) -> None:
    """Compile `model` the way every run here does: Adam, cross-entropy, accuracy."""
    model.compile(
        optimizer=keras.optimizers.Adam(plan.learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=STEPS_PER_EXECUTION,
    )


def _shuffled(digits: Digits, seed: int) -> Digits:
    return Digits(
        digits.data,
        shuffle_pixels(digits.train_images, seed),
        digits.train_labels,
        shuffle_pixels(digits.validation_images, seed),
        digits.validation_labels,
        digits.note,
    )


def _download(received: int, total: int) -> Event:
    return {"kind": "download", "received": received, "total": total}


def _note(plan: TrainingPlan, digits: Digits) -> str:
    if plan.learning_rate == 0:
        still = "With a learning rate of 0 every step has length 0, so the network learns nothing."
        return f"{digits.note} {still}".strip()
    return digits.note
