"""Train a playground's network for a turn: Keras's own train step, batch by batch.

A turn begins from a state and returns the next one, optimiser included, so that a run can be
laid aside at any step and go on exactly where it was. Compiled networks are kept for the next
turn: a worker runs one turn at a time.
"""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import Any

import keras
import numpy as np

from components.concepts.playground import (
    MAX_WEIGHT,
    PlaygroundPlan,
    Weights,
    losses,
    next_examples,
    pack,
)
from components.concepts.playground_data import features_of
from components.concepts.playground_run import PlaygroundState, Turn
from components.concepts.training import Event
from components.models.control import Control
from components.models.device import on_processor, prepare_device

PROGRESS_SECONDS = 0.08
KEPT_MODELS = 6

DIVERGED = (
    "The weights have grown beyond all bounds: the learning rate is too large, so every step "
    "overshoots further than the one before. The network as it was just before is shown. "
    "Choose a smaller learning rate, then press Reset."
)

Report = Callable[[Event], None]
_kept: OrderedDict[tuple[Any, ...], keras.Model] = OrderedDict()


def build(plan: PlaygroundPlan) -> keras.Model:
    """The network of `plan`, compiled; its weights are still to be set."""
    model = keras.Sequential([keras.Input((len(plan.features),))])
    for n_nodes in plan.hidden:
        model.add(
            keras.layers.Dense(n_nodes, plan.activation, kernel_regularizer=_penalty_of(plan))
        )
    last = "linear" if plan.regression else "sigmoid"
    model.add(keras.layers.Dense(1, last, kernel_regularizer=_penalty_of(plan)))
    optimisers = {"sgd": keras.optimizers.SGD, "adam": keras.optimizers.Adam}
    model.compile(optimisers[plan.optimiser](plan.learning_rate), loss=_loss_name(plan))
    return model


def train_turn(
    turn: Turn,
    report: Report,
    control: Control,
    publish: Callable[[object], None] = lambda reader: None,
) -> PlaygroundState:
    """Train on from the turn's state until its end or a stop; returns the state it is in then.

    `report` gets the events in the table of `concepts.playground`. `control` may stop it and
    change learning rate, batch size and regularisation rate. Raises PlanError where the plan
    can't be trained.
    """
    turn.plan.check()
    prepare_device()
    with on_processor():
        return Session(turn, report).run(control)


class Session:
    """One turn: the model, the points, and how far it is."""

    def __init__(self, turn: Turn, report: Report) -> None:
        plan = turn.plan
        self._turn, self._plan, self._report = turn, plan, report
        points = plan.points()
        self._inputs = features_of(points.train, plan.features)
        self._targets = points.train_targets.astype("float32")[:, None]
        self._model = _take_model(plan)
        self._model.set_weights(list(turn.state.weights))
        _set_optimiser(self._model, turn.state.optimiser, plan.learning_rate)
        self._step, self._seen = turn.state.step, turn.state.seen
        self._batch, self._penalty_rate = plan.batch_size, plan.penalty_rate
        self._healthy = turn.state
        self._began = self._last_report = time.perf_counter()
        self._reported_step = self._step

    def run(self, control: Control) -> PlaygroundState:
        """Train until the turn is over; the state it leaves."""
        n = len(self._inputs)
        end = math.inf
        if self._turn.epochs is not None:
            end = (self._seen // n + self._turn.epochs) * n
        how = "step" if self._turn.epochs is not None else "turn"
        while self._seen < end:
            self._obey(control)
            if control.stop_wanted:
                how = "stopped"
                break
            now = time.perf_counter()
            if now - self._began > self._turn.seconds:
                how = "turn"
                break
            if not self._train_batch(n):
                return self._diverged()
            if now - self._last_report >= PROGRESS_SECONDS and not self._tell():
                return self._diverged()
        if not self._tell():
            return self._diverged()
        return self._state(how)

    def _train_batch(self, n: int) -> bool:
        """One step; False where the loss is no number any more."""
        places = next_examples(self._plan.seed, self._seen, self._batch, n)
        loss = self._model.train_on_batch(self._inputs[places], self._targets[places])
        self._step += 1
        self._seen += self._batch
        return math.isfinite(float(loss))

    def _tell(self) -> bool:
        """Report where it is; False where the weights have run off."""
        weights = self._weights()
        if not all(np.all(np.abs(array) < MAX_WEIGHT) for array in weights):
            return False
        found = losses(self._plan, weights)
        now = time.perf_counter()
        rate = (self._step - self._reported_step) / max(now - self._last_report, 1e-9)
        self._report(
            {
                "kind": "progress",
                "step": self._step,
                "epoch": self._seen / len(self._inputs),
                "train_loss": found.train,
                "test_loss": found.test,
                "weights": pack(weights),
                "steps_per_second": rate,
            }
        )
        self._last_report, self._reported_step = now, self._step
        self._healthy = PlaygroundState(self._step, self._seen, weights)
        return True

    def _obey(self, control: Control) -> None:
        """Take over what the learner has changed since the last batch."""
        for what, value in control.take_wishes():
            if what == "learning_rate":
                self._model.optimizer.learning_rate = value
            elif what == "batch_size":
                self._batch = int(value)
            elif what == "penalty_rate":
                _set_penalty(self._model, self._plan, value)
            self._report(
                {"kind": "changed", "step": self._step, "what": what, "value": float(value)}
            )

    def _weights(self) -> Weights:
        return tuple(np.asarray(array) for array in self._model.get_weights())

    def _state(self, how: str) -> PlaygroundState:
        numbers = tuple(np.asarray(v) for v in self._model.optimizer.variables)
        return PlaygroundState(self._step, self._seen, self._weights(), numbers, how)

    def _diverged(self) -> PlaygroundState:
        healthy = self._healthy
        return PlaygroundState(
            healthy.step, healthy.seen, healthy.weights, how="diverged", message=DIVERGED
        )


def _take_model(plan: PlaygroundPlan) -> keras.Model:
    """A compiled network for `plan`, one kept from an earlier turn where there is one."""
    key = (plan.sizes, plan.activation, plan.optimiser, plan.regression, plan.penalty)
    model = _kept.pop(key, None) or build(plan)
    _kept[key] = model
    while len(_kept) > KEPT_MODELS:
        _kept.popitem(last=False)
    _set_penalty(model, plan, plan.penalty_rate)
    return model


def _set_penalty(model: keras.Model, plan: PlaygroundPlan, rate: float) -> None:
    """Use this regularisation rate from the next step on. The step is compiled anew for it."""
    if plan.penalty == "none" or _rate_of(model, plan) == rate:
        return
    for layer in model.layers:
        setattr(layer.kernel_regularizer, plan.penalty, rate)
    model.compile(model.optimizer, loss=_loss_name(plan))


def _rate_of(model: keras.Model, plan: PlaygroundPlan) -> float:
    return float(getattr(model.layers[-1].kernel_regularizer, plan.penalty))


def _penalty_of(plan: PlaygroundPlan) -> keras.regularizers.Regularizer | None:
    penalties = {"l1": keras.regularizers.L1, "l2": keras.regularizers.L2}
    return penalties[plan.penalty](plan.penalty_rate) if plan.penalty != "none" else None


def _set_optimiser(
    model: keras.Model, numbers: tuple[np.ndarray, ...], learning_rate: float
) -> None:
    """Give the optimiser the numbers it had, or those of a fresh one."""
    optimizer = model.optimizer
    if not optimizer.built:
        optimizer.build(model.trainable_variables)
    for place, variable in enumerate(optimizer.variables):
        variable.assign(numbers[place] if numbers else np.zeros(variable.shape, variable.dtype))
    optimizer.learning_rate = learning_rate


def _loss_name(plan: PlaygroundPlan) -> str:
    return "mean_squared_error" if plan.regression else "binary_crossentropy"
