"""Training against a plain Keras script: images per second, time and accuracy."""

import statistics
import time
from dataclasses import dataclass, replace

import keras

from benchmarks.figure import Figure
from components.concepts.digit_network import PRESETS
from components.concepts.recipes import recommended_plan
from components.concepts.training import Event, TrainingPlan, TrainingRecord
from components.models.architectures import build
from components.models.control import Control
from components.models.device import prepare_device
from components.models.digits import load_digits
from components.models.training import compile_model, train_digits

ROUNDS = 5
FULL_ROUNDS = 3
EPOCHS_A_ROUND = 6
WORKSHOP_ACCURACY = 0.9827  # the workshop's own run of five epochs
TIME_OF_PLAIN = "at most 1/3 × plain fit"


def run() -> list[Figure]:
    """All figures of this benchmark; those of the full MNIST only where it can be had."""
    device = prepare_device()
    figures = [throughput(), *on_the_sample()]
    if load_digits("full").data == "full":
        figures += [*workshop_on_full(), *strong_on_full()]
    return [replace(figure, note=f"{figure.note}; {device.name}") for figure in figures]


def throughput() -> Figure:
    """Images a second of `train_digits` over those of `fit` alone, measured in turns.

    Same network, digits, batch and settings, validation after each epoch. The first epoch of
    either, in which Keras compiles, is left out.
    """
    plan = replace(recommended_plan("workshop", "sample"), epochs=EPOCHS_A_ROUND, batch_size=128)
    ratios = []
    for _ in range(ROUNDS):
        plain = time_epochs_plain(plan)
        ours = time_epochs_ours(plan)
        ratios.append(plain / ours)
    note = f"median of {ROUNDS} rounds, {min(ratios):.2f} to {max(ratios):.2f}"
    return Figure("training against a plain script", statistics.median(ratios), "×", "≥ 0.95", note)


def time_epochs_plain(plan: TrainingPlan) -> float:
    """Seconds from the end of the first epoch to the end of the last, of Keras's `fit`."""
    digits = load_digits(plan.data)
    model = compile_model(build(plan.network, plan.seed), plan)
    ends: list[float] = []
    model.fit(
        digits.train_images,
        digits.train_labels,
        batch_size=plan.batch_size,
        epochs=plan.epochs,
        validation_data=(digits.validation_images, digits.validation_labels),
        verbose=0,
        callbacks=[
            keras.callbacks.LambdaCallback(
                on_epoch_end=lambda epoch, logs: ends.append(time.perf_counter())
            )
        ],
    )
    return ends[-1] - ends[0]


def time_epochs_ours(plan: TrainingPlan) -> float:
    """The same of `train_digits`, with all its events, from its own "epoch" events."""
    record = train(plan)[0]
    return record.epoch_points[-1].seconds - record.epoch_points[0].seconds


def train(plan: TrainingPlan) -> tuple[TrainingRecord, float]:
    """Train as the page does, without its engine: the record, and the seconds it all took."""
    record = TrainingRecord()

    def report(event: Event) -> None:
        record.add(event)

    began = time.perf_counter()
    train_digits(plan, report, Control())
    return record, time.perf_counter() - began


def accuracy(record: TrainingRecord) -> float:
    """The validation accuracy after the last epoch, in percent."""
    return 100 * record.epoch_points[-1].val_accuracy


def seconds_to(record: TrainingRecord, target: float) -> float:
    """Seconds until the validation accuracy is at least `target`; infinity where it never is."""
    reached = [point.seconds for point in record.epoch_points if point.val_accuracy >= target]
    return min(reached, default=float("inf"))


def on_the_sample() -> list[Figure]:
    """How soon the networks reach their goals on the sample's held-out digits."""
    figures = []
    for preset, target, seconds in (("workshop", 0.95, 10), ("strong", 0.975, 40)):
        record, _ = train(recommended_plan(preset, "sample"))
        name = PRESETS[preset].name
        note = f"ends at {accuracy(record):.1f} %"
        figures.append(
            Figure(
                f"{name}, sample, to {target:.1%}",
                seconds_to(record, target),
                "s",
                f"≤ {seconds} s",
                note,
            )
        )
    return figures


def workshop_on_full() -> list[Figure]:
    """The workshop's run as recommended here, against plain `fit(batch_size=32)`, in turns."""
    plan = recommended_plan("workshop", "full")
    rounds = [(ours_on_full(plan), plain_on_full(plan)) for _ in range(FULL_ROUNDS)]
    ratios = [ours.seconds / plain.seconds for ours, plain in rounds]
    of_processor = [ours.processor / plain.processor for ours, plain in rounds]
    return [
        Figure(
            "Workshop network, full MNIST, time over plain fit",
            statistics.median(ratios),
            "×",
            TIME_OF_PLAIN,
            f"{plan.epochs} epochs, median of {FULL_ROUNDS} rounds, {min(ratios):.2f} to "
            f"{max(ratios):.2f}; {statistics.median(ours.seconds for ours, _ in rounds):.1f} s "
            f"against {statistics.median(plain.seconds for _, plain in rounds):.1f} s; in "
            f"processor time, which busy neighbours disturb less, "
            f"{statistics.median(of_processor):.2f}",
        ),
        Figure(
            "Workshop network, full MNIST, test accuracy",
            100 * rounds[0][0].accuracy,
            "%",
            f"≥ {WORKSHOP_ACCURACY:.2%}",
            f"plain fit: {100 * rounds[0][1].accuracy:.2f} %; there after "
            f"{rounds[0][0].seconds_to_goal:.1f} s",
        ),
    ]


@dataclass(frozen=True)
class FullRun:
    """One run on the full MNIST: seconds by the clock and of the processors, and the result."""

    seconds: float
    processor: float
    accuracy: float
    seconds_to_goal: float = float("nan")


def ours_on_full(plan: TrainingPlan) -> FullRun:
    """The run as the page does it, without its engine."""
    began = time.process_time()
    record, seconds = train(plan)
    processor = time.process_time() - began
    goal = seconds_to(record, WORKSHOP_ACCURACY)
    return FullRun(seconds, processor, record.epoch_points[-1].val_accuracy, goal)


def plain_on_full(plan: TrainingPlan) -> FullRun:
    """The same network, digits and epochs with Keras's defaults."""
    digits = load_digits("full")
    model = build(plan.network, plan.seed)
    began, began_processor = time.perf_counter(), time.process_time()
    model.compile(optimizer="adam", loss="sparse_categorical_crossentropy", metrics=["accuracy"])
    history = model.fit(
        digits.train_images,
        digits.train_labels,
        batch_size=32,
        epochs=plan.epochs,
        validation_data=(digits.validation_images, digits.validation_labels),
        verbose=0,
    )
    return FullRun(
        time.perf_counter() - began,
        time.process_time() - began_processor,
        history.history["val_accuracy"][-1],
    )


def strong_on_full() -> list[Figure]:
    """The stronger CNN on the full set."""
    plan = recommended_plan("strong", "full")
    record, seconds = train(plan)
    note = f"{plan.epochs} epochs, {seconds:.0f} s"
    return [
        Figure(
            f"{plan.network.name}, full MNIST, test accuracy",
            accuracy(record),
            "%",
            "≥ 99.2 %",
            note,
        )
    ]
