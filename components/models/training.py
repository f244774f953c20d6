"""Train a network on digits: Keras's own `fit`, followed and steered while it runs."""

from collections.abc import Callable
from dataclasses import replace

import keras

from components.concepts.digit_network import summarize
from components.concepts.training import Event, TrainingPlan, pixel_permutation
from components.models.architectures import build
from components.models.checkpoints import Checkpoint, unpack
from components.models.control import Control
from components.models.device import prepare_device
from components.models.digits import Digits, load_digits
from components.models.reading import DigitReader, permute
from components.models.run_monitor import RunMonitor
from components.models.trained import TrainedDigits

Report = Callable[[Event], None]

# Several steps in one execution spare the way to Python and back between them. An execution
# stays short all the same: a stop takes effect after it.
MOST_STEPS_PER_EXECUTION = 8
MULTIPLICATIONS_PER_EXECUTION = 1_000_000_000

NOTHING_CHANGES = "With a learning rate of 0 the weights stay as they are: nothing is learnt."


def train_digits(
    plan: TrainingPlan,
    report: Report,
    control: Control,
    publish: Callable[[DigitReader], None] = lambda reader: None,
) -> TrainedDigits:
    """Train as `plan` says, and return the trained network.

    `report` gets the events in the table of `concepts.training`; nothing comes after "ended".
    `control` may stop, hold or change the run at any time. `publish` gets a reader before the
    first step, which classifies while the network trains. Raises PlanError or NetworkError
    where the plan can't be trained.
    """
    plan.check()
    device = prepare_device()
    digits = _prepare_digits(plan, report, control)
    keras.utils.set_random_seed(plan.seed)  # the order of the batches
    model = compile_model(build(plan.network, plan.seed), plan)
    report(_started(plan, digits, device.name))

    checkpoints: list[Checkpoint] = []
    reader_model = build(plan.network, plan.seed)
    reader = DigitReader(reader_model, pixel_permutation(plan), checkpoints)
    publish(reader)

    monitor = RunMonitor(plan, digits, reader, checkpoints, report, control)
    if not monitor.stop_before_start():
        model.fit(
            digits.train_images,
            digits.train_labels,
            batch_size=plan.batch_size,
            epochs=plan.epochs,
            callbacks=[monitor],
            verbose=0,
        )
        monitor.finish()
    if monitor.how == "diverged":
        reader.show(unpack(checkpoints[-1].weights, model.get_weights()))
    else:
        reader.show(model.get_weights())
    trained = TrainedDigits(
        plan, digits.data, monitor.how, monitor.step, reader.to_keras_file(), tuple(checkpoints)
    )
    report({"kind": "ended", "how": monitor.how, "message": monitor.message})
    return trained


def compile_model(model: keras.Model, plan: TrainingPlan) -> keras.Model:
    """Compile a digit network as the plan's program does; returns the same model."""
    model.compile(
        optimizer=keras.optimizers.Adam(plan.learning_rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        steps_per_execution=steps_per_execution(plan),
    )
    return model


def steps_per_execution(plan: TrainingPlan) -> int:
    """How many batches to train in one go: fewer, the heavier a batch is."""
    one_picture = sum(summary.multiplications for summary in summarize(plan.network))
    affordable = MULTIPLICATIONS_PER_EXECUTION // max(1, one_picture * plan.batch_size)
    return max(1, min(MOST_STEPS_PER_EXECUTION, affordable))


def _prepare_digits(plan: TrainingPlan, report: Report, control: Control) -> Digits:
    """Load the digits, telling of a download, and shuffle their pixels if the plan does."""

    def tell(received: int, total: int) -> bool:
        report({"kind": "download", "received": received, "total": total})
        return not control.stop_wanted

    digits = load_digits(plan.data, tell)
    permutation = pixel_permutation(plan)
    return replace(
        digits,
        train_images=permute(digits.train_images, permutation),
        validation_images=permute(digits.validation_images, permutation),
    )


def _started(plan: TrainingPlan, digits: Digits, device: str) -> Event:
    notes = [digits.note, NOTHING_CHANGES if plan.learning_rate == 0 else ""]
    train_size = len(digits.train_labels)
    return {
        "kind": "started",
        "device": device,
        "train_size": train_size,
        "validation_size": len(digits.validation_labels),
        "batches_per_epoch": -(-train_size // plan.batch_size),
        "epochs": plan.epochs,
        "data": digits.data,
        "note": " ".join(note for note in notes if note),
    }
