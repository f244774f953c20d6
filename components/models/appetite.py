"""Measure one point of accuracy against data: train from nothing, test on what was held out."""

from collections.abc import Callable

import keras
import numpy as np

from components.concepts.data_appetite import (
    BATCH_SIZE,
    MATERIALS,
    N_SEEN,
    Check,
    Examples,
    chosen_digits,
    wage_examples,
)
from components.concepts.training import Event
from components.models.control import Control
from components.models.device import prepare_device
from components.models.digits import load_digits

Report = Callable[[Event], None]
STEPS_PER_EXECUTION = 20
LARGEST_PIXEL = 255


def measure(
    check: Check,
    report: Report,
    control: Control,
    publish: Callable[[object], None] = lambda reader: None,
) -> float | None:
    """The accuracy of `check`, 0 to 1, on the examples held out; None where it was stopped.

    `report` gets "training" with `share` and at the end "measured" with `accuracy`. Raises
    PlanError where the point can't be measured.
    """
    check.check()
    prepare_device()
    examples = examples_of(check)
    model = _fresh_model(check, examples.train_inputs.shape[1:])
    order = check.order()
    model.fit(
        examples.train_inputs[order],
        examples.train_labels[order],
        batch_size=BATCH_SIZE,
        shuffle=False,
        callbacks=[_Progress(report, control)],
        verbose=0,
    )
    if control.stop_wanted:
        return None
    read = np.argmax(model.predict(examples.test_inputs, batch_size=500, verbose=0), axis=1)
    accuracy = float(np.mean(read == examples.test_labels))
    report({"kind": "measured", "accuracy": accuracy})
    return accuracy


def examples_of(check: Check) -> Examples:
    """What the check trains on and is tested on."""
    if check.material == "wages":
        return wage_examples(check.n_examples, check.seed)
    digits = load_digits("sample")
    chosen = chosen_digits(len(digits.train_labels), check.n_examples, check.seed)
    return Examples(
        _scaled(digits.train_images[chosen]),
        digits.train_labels[chosen],
        _scaled(digits.validation_images),
        digits.validation_labels,
    )


def _scaled(images: np.ndarray) -> np.ndarray:
    """Pictures (n, 28, 28) of 0 to 255 as (n, 28, 28, 1) of 0 to 1."""
    return images[..., None].astype(np.float32) / LARGEST_PIXEL


_kept: dict[tuple[str, str], keras.Model] = {}  # compiled, to be used again with fresh weights


def _fresh_model(check: Check, shape: tuple[int, ...]) -> keras.Model:
    """The check's model with the start weights of its seed, and an optimiser that knows nothing.
    A worker trains one model at a time, so a compiled one can be used again."""
    keras.utils.set_random_seed(check.seed)
    fresh = build(check, shape)
    model = _kept.setdefault((check.material, check.learner), fresh)
    model.set_weights(fresh.get_weights())
    model.optimizer.build(model.trainable_variables)
    for variable in model.optimizer.variables:
        variable.assign(np.zeros(variable.shape, variable.dtype))
    model.optimizer.learning_rate = MATERIALS[check.material].learning_rate
    return model


def build(check: Check, shape: tuple[int, ...]) -> keras.Model:
    """The check's model for inputs of `shape`, compiled. Without a hidden layer it is the
    linear model: logistic regression."""
    n_classes = 2 if check.material == "wages" else 10
    model = keras.Sequential(
        [
            keras.Input(shape),
            *_hidden(check.learner),
            keras.layers.Dense(n_classes, activation="softmax"),
        ]
    )
    model.compile(
        optimizer=keras.optimizers.Adam(MATERIALS[check.material].learning_rate),
        loss="sparse_categorical_crossentropy",
        steps_per_execution=STEPS_PER_EXECUTION,
    )
    return model


def _hidden(learner: str) -> list[keras.Layer]:
    """The layers of one learner, and no others: each layer that is made draws a seed for its
    weights, and the program has to draw the same ones."""
    layers = keras.layers
    match learner:
        case "dense":
            return [
                layers.Flatten(),
                layers.Dense(32, activation="relu"),
                layers.Dense(32, activation="relu"),
            ]
        case "conv":
            return [
                layers.Conv2D(16, 3, activation="relu"),
                layers.MaxPooling2D(2),
                layers.Conv2D(32, 3, activation="relu"),
                layers.MaxPooling2D(2),
                layers.Flatten(),
            ]
        case _:
            return [layers.Flatten()]


class _Progress(keras.callbacks.Callback):
    """Tells how far the training is, and ends it when that is wanted."""

    def __init__(self, report: Report, control: Control) -> None:
        super().__init__()
        self._report, self._control = report, control

    def on_train_batch_end(self, batch: int, logs: dict[str, float] | None = None) -> None:
        if self._control.stop_wanted:
            self.model.stop_training = True
        self._report({"kind": "training", "share": min(1.0, (batch + 1) * BATCH_SIZE / N_SEEN)})
