"""The first model on a table: defined, compiled and fitted by Keras, and asked afterwards."""

import re
import threading
import time
import warnings
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from components.concepts.baseline import error_of, one_hot
from components.concepts.dense_network import DenseNetwork
from components.concepts.examples import HELD_BACK, Examples
from components.concepts.first_model import FirstPlan
from components.concepts.training import Event
from components.models.control import Control
from components.models.device import on_processor, prepare_device, processor_name

Report = Callable[[Event], None]
Weights = list[NDArray[np.float32]]

EVENT_SECONDS = 0.125  # eight a second
LONGEST_GIST = 240
ABSURD_LOSS = 1e30  # near the end of what a float32 can hold

_BORING = re.compile(r"Exception encountered|Arguments received|Graph execution error|Detected at")
_TRACE = re.compile(r"^(File |\s|• |Stack trace)")


class FitError(Exception):
    """A fit that came to nothing; the message is a sentence for the learner."""


@dataclass(frozen=True, eq=False)
class TrainedModel:
    """What a run leaves behind: its plan, its weights, and the scaling of its inputs."""

    plan: FirstPlan
    mean: NDArray[np.float64]
    spread: NDArray[np.float64]
    weights: Weights = field(repr=False)


def define(plan: FirstPlan) -> keras.Sequential:
    """The network of a plan, with start weights drawn from Keras's seed."""
    return keras.Sequential(
        [
            keras.Input((plan.input_shape,)),
            *(keras.layers.Dense(n, activation=plan.activation) for n in plan.hidden),
            keras.layers.Dense(plan.n_outputs, activation=plan.output_activation),
        ]
    )


def compile_model(model: keras.Sequential, plan: FirstPlan) -> None:
    """Compile as the plan's program does."""
    optimisers = {
        "adam": keras.optimizers.Adam,
        "sgd": keras.optimizers.SGD,
        "rmsprop": keras.optimizers.RMSprop,
    }
    model.compile(
        optimizer=optimisers[plan.optimiser](plan.learning_rate),
        loss=plan.loss,
        metrics=["accuracy"] if plan.n_classes else None,
    )


def fit_table(
    spec: tuple[FirstPlan, Examples],
    report: Report,
    control: Control,
    publish: Callable[[object], None] = lambda reader: None,
) -> TrainedModel:
    """Define, compile and fit as `spec` says. Raises PlanError or FitError, in a sentence.

    `report` gets the events in the table of `concepts.first_model`. A warning or an error of
    Keras's own is reported before the run ends by it.
    """
    plan, examples = spec
    plan.check()
    prepare_device()
    report({"kind": "started", "device": processor_name()})
    keras.utils.set_random_seed(plan.seed)
    follower = _Follower(plan, report, control)
    mean, spread = examples.scaling if plan.scale else _no_scaling(examples)
    inputs = ((examples.inputs - mean) / spread).astype(np.float32)
    targets = one_hot(examples) if plan.n_classes else examples.target
    with _tell_warnings(report), on_processor():
        model = _fit(plan, inputs, targets.astype(np.float32), follower, report)
    if follower.how == "diverged" or not all(np.isfinite(w).all() for w in model.get_weights()):
        raise FitError(
            f"The loss became no number any more after epoch {follower.epoch}. With this loss, "
            "learning rate and scaling each step overshoots: scale the inputs, or take a learning "
            "rate ten times smaller."
        )
    with on_processor():
        held_back = np.asarray(model.predict(inputs[examples.n_train :], verbose=0), np.float64)
    report(
        {
            "kind": "ended",
            "how": follower.how,
            "kept": follower.kept,
            "error": error_of(examples, held_back),
            "seconds": follower.seconds,
        }
    )
    return TrainedModel(plan, mean, spread, model.get_weights())


def _fit(
    plan: FirstPlan,
    inputs: NDArray[np.float32],
    targets: NDArray[np.float32],
    follower: "_Follower",
    report: Report,
) -> keras.Sequential:
    callbacks: list[keras.callbacks.Callback] = [follower]
    if plan.patience:
        callbacks.append(
            keras.callbacks.EarlyStopping(patience=plan.patience, restore_best_weights=True)
        )
    try:
        model = define(plan)
        compile_model(model, plan)
        model.fit(
            inputs,
            targets,
            batch_size=plan.batch_size,
            epochs=plan.epochs,
            validation_split=HELD_BACK,
            callbacks=callbacks,
            verbose=0,
        )
    except Exception as error:  # whatever Keras refuses, its gist goes to the learner
        said = gist(error)
        report({"kind": "keras", "said": said})
        raise FitError(f"Keras refused: {said}") from error
    return model


def _no_scaling(examples: Examples) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    return np.zeros(examples.n_inputs), np.ones(examples.n_inputs)


def gist(error: BaseException | str) -> str:
    """What an error of Keras's says, in a line: without colours, traces and repetitions."""
    text = re.sub(r"\x1b\[[0-9;]*m", "", str(error))
    lines = [line for line in text.splitlines() if line.strip()]
    telling = [line.strip() for line in lines if not (_BORING.search(line) or _TRACE.match(line))]
    first = telling[0] if telling else type(error).__name__
    return first if len(first) <= LONGEST_GIST else f"{first[: LONGEST_GIST - 1]}…"


@contextmanager
def _tell_warnings(report: Report) -> Iterator[None]:
    """Report what Keras warns of; the same words once."""
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        try:
            yield
        finally:
            for said in dict.fromkeys(gist(w.message) for w in caught if _is_kerass(w)):
                report({"kind": "keras", "said": said})


def _is_kerass(warning: warnings.WarningMessage) -> bool:
    told = issubclass(warning.category, UserWarning | SyntaxWarning)
    return told and "keras" in warning.filename


class _Follower(keras.callbacks.Callback):
    """Sends the losses of every epoch, some epochs at a time, and obeys Stop."""

    def __init__(self, plan: FirstPlan, report: Report, control: Control) -> None:
        super().__init__()
        self.how = ""
        self.epoch = 0
        self._plan, self._report, self._control = plan, report, control
        self._began = time.perf_counter()
        self._rows: list[tuple[int, float, float]] = []
        self._next_event = 0.0
        self._best = (np.inf, 0)

    @property
    def seconds(self) -> float:
        """Seconds since the start."""
        return time.perf_counter() - self._began

    @property
    def kept(self) -> int:
        """The epoch whose weights the model has at the end."""
        return self._best[1] if self._plan.patience else self.epoch

    def on_train_batch_end(self, batch: int, logs: dict[str, Any] | None = None) -> None:
        """Stop within an epoch where asked to; the epoch at hand still gets its validation."""
        if self._control.stop_wanted:
            self._end("stopped")
        elif self.seconds > self._plan.seconds:
            self._end("budget")

    def on_epoch_end(self, epoch: int, logs: dict[str, Any] | None = None) -> None:
        """Keep the losses, and send them when it is time again."""
        logs = logs or {}
        loss, val_loss = float(logs["loss"]), float(logs["val_loss"])
        self.epoch = epoch + 1
        if not (abs(loss) < ABSURD_LOSS and abs(val_loss) < ABSURD_LOSS):  # NaN is not smaller
            self._end("diverged")
            return
        self._rows.append((self.epoch, loss, val_loss))
        self._best = min(self._best, (val_loss, self.epoch))
        if self.seconds >= self._next_event:
            self._send()

    def on_train_end(self, logs: dict[str, Any] | None = None) -> None:
        """Send what is left, and say why it ended."""
        self._send()
        if not self.how:
            self.how = "finished" if self.epoch == self._plan.epochs else "early"

    def _end(self, how: str) -> None:
        self.how = self.how or how
        self.model.stop_training = True

    def _send(self) -> None:
        if self._rows:
            self._report({"kind": "epochs", "rows": self._rows})
        self._rows = []
        self._next_event = self.seconds + EVENT_SECONDS


class Predictor:
    """Predicts with a trained network of its own; may be asked from any thread."""

    def __init__(self, trained: TrainedModel) -> None:
        self._trained = trained
        self._model = define(trained.plan)
        self._model.set_weights(trained.weights)
        self._lock = threading.Lock()

    def predict(self, inputs: NDArray[np.float64]) -> NDArray[np.float64]:
        """Outputs (n, n_outputs) for rows as they stand in the table, (n, n_inputs)."""
        scaled = (np.atleast_2d(inputs) - self._trained.mean) / self._trained.spread
        with self._lock:
            return np.asarray(self._model.predict_on_batch(scaled.astype(np.float32)), np.float64)


def load_predictor(trained: TrainedModel) -> Predictor:
    """The predictor of a finished run."""
    return Predictor(trained)


def predict_by_keras(network: DenseNetwork, inputs: Sequence[float]) -> float:
    """The prediction of a network set by hand, with its weights loaded into Keras's layers."""
    return float(np.asarray(from_hand(network)(np.array([inputs], np.float32)))[0, 0])


def from_hand(network: DenseNetwork) -> keras.Sequential:
    """A Keras network with the weights of `network`: a Dense layer for each of its layers."""
    model = keras.Sequential(
        [
            keras.Input((len(network.input_names),)),
            *(
                keras.layers.Dense(
                    len(layer.weights),
                    activation=layer.activation,
                    use_bias=layer.bias is not None,
                )
                for layer in network.layers
            ),
        ]
    )
    arrays = []
    for layer in network.layers:
        arrays.append(np.array(layer.weights).T)  # Keras has a row for each value that comes in
        arrays += [np.array(layer.bias)] if layer.bias is not None else []
    model.set_weights(arrays)
    return model
