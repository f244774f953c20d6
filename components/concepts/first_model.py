"""The first model as data: what is defined, compiled and fitted, and the record of its run.

The models send events as plain dictionaries, and a page reads the `FitRecord` they add up to.
"""

import math
from dataclasses import dataclass, field
from itertools import pairwise
from typing import NamedTuple

from components.concepts.examples import CLASSIFICATION, REGRESSION
from components.concepts.training import Event, PlanError, check_learning_rate

MAX_LAYERS, MAX_NODES = 5, 512
MAX_EPOCHS, MAX_BATCH, MAX_PATIENCE, MAX_SEED = 500, 1024, 100, 9999
MAX_SECONDS = 600.0  # of training: a small table needs far less

ACTIVATIONS = {"relu": "ReLU", "tanh": "tanh", "sigmoid": "sigmoid", "linear": "none"}
OPTIMISERS = {"adam": "Adam", "sgd": "SGD", "rmsprop": "RMSprop"}
LOSSES = {
    "mean_squared_error": "mean squared error",
    "mean_absolute_error": "mean absolute error",
    "categorical_crossentropy": "categorical cross-entropy",
    "sparse_categorical_crossentropy": "sparse categorical cross-entropy",
}


@dataclass(frozen=True)
class Recipe:
    """What the workshop sets for a task."""

    hidden: tuple[int, ...]
    loss: str


RECIPES = {
    REGRESSION: Recipe((100, 100), "mean_squared_error"),
    CLASSIFICATION: Recipe((100, 100, 100), "categorical_crossentropy"),
}


@dataclass(frozen=True)
class FirstPlan:
    """A network and how it is fitted. `n_classes` is 0 for regression.

    `patience` 0 is no early stopping. `wrong_shape` and `softmax_of_one` are the mistakes that
    can be made: a network that waits for one input too many, and one whose only output goes
    through a softmax.
    """

    n_inputs: int
    n_classes: int = 0
    hidden: tuple[int, ...] = (100, 100)
    activation: str = "relu"
    optimiser: str = "adam"
    learning_rate: float = 0.001
    loss: str = "mean_squared_error"
    epochs: int = 50
    batch_size: int = 32
    patience: int = 2
    scale: bool = True
    seed: int = 0
    wrong_shape: bool = False
    softmax_of_one: bool = False
    seconds: float = MAX_SECONDS

    @property
    def task(self) -> str:
        """ "regression" or "classification"."""
        return CLASSIFICATION if self.n_classes else REGRESSION

    @property
    def input_shape(self) -> int:
        """Numbers in a row, as the network is told."""
        return self.n_inputs + self.wrong_shape

    @property
    def n_outputs(self) -> int:
        """Nodes of the output layer."""
        return 1 if self.softmax_of_one or not self.n_classes else self.n_classes

    @property
    def output_activation(self) -> str:
        """ "softmax", or "linear" for none."""
        return "softmax" if self.softmax_of_one or self.n_classes else "linear"

    @property
    def sizes(self) -> tuple[int, ...]:
        """Numbers that go in, nodes of every layer."""
        return (self.input_shape, *self.hidden, self.n_outputs)

    @property
    def n_parameters(self) -> int:
        """Weights and biases together."""
        return sum(layer.n_parameters for layer in layer_counts(self.sizes))

    def check(self) -> None:
        """Raise PlanError, in a sentence, where this can't be trained."""
        if len(self.hidden) > MAX_LAYERS or not all(1 <= n <= MAX_NODES for n in self.hidden):
            raise PlanError(f"Up to {MAX_LAYERS} hidden layers of 1 to {MAX_NODES} nodes, please.")
        if not 1 <= self.epochs <= MAX_EPOCHS:
            raise PlanError(f"Train for 1 to {MAX_EPOCHS} epochs, not {self.epochs}.")
        if not 1 <= self.batch_size <= MAX_BATCH:
            raise PlanError(f"A batch has 1 to {MAX_BATCH:,} rows, not {self.batch_size:,}.")
        if not 0 <= self.patience <= MAX_PATIENCE:
            raise PlanError(f"The patience is 0 (off) to {MAX_PATIENCE} epochs.")
        check_learning_rate(self.learning_rate)
        for word, table in (
            (self.activation, ACTIVATIONS),
            (self.optimiser, OPTIMISERS),
            (self.loss, LOSSES),
        ):
            if word not in table:
                raise PlanError(f"“{word}” is none of {', '.join(table)}.")


@dataclass(frozen=True)
class LayerCount:
    """The parameters of one Dense layer: `n_in` numbers come in, it has `nodes` nodes."""

    n_in: int
    nodes: int

    @property
    def n_parameters(self) -> int:
        """Its weights and biases."""
        return self.n_in * self.nodes + self.nodes

    @property
    def sum(self) -> str:
        """Written out: "9·100 + 100"."""
        return f"{self.n_in}·{self.nodes} + {self.nodes}"


def layer_counts(sizes: tuple[int, ...]) -> tuple[LayerCount, ...]:
    """The layers of a dense network with these sizes, inputs first."""
    return tuple(LayerCount(n_in, nodes) for n_in, nodes in pairwise(sizes))


def written_total(sizes: tuple[int, ...]) -> str:
    """All parameters as a sum: "1,000 + 10,100 + 101 = 11,201"."""
    counts = [layer.n_parameters for layer in layer_counts(sizes)]
    total = f"{sum(counts):,}"
    return f"{' + '.join(f'{n:,}' for n in counts)} = {total}" if len(counts) > 1 else total


class EpochLoss(NamedTuple):
    """The losses after an epoch, counted from 1."""

    epoch: int
    loss: float
    val_loss: float


@dataclass
class FitRecord:
    """What a run has said so far.

    The events, by their "kind":

    | kind    | what else                                                              |
    |---------|------------------------------------------------------------------------|
    | started | device                                                                 |
    | epochs  | rows: (epoch, loss, val_loss) of the epochs since the last such event  |
    | keras   | said: the gist of a warning or an error of Keras's                     |
    | ended   | how (finished, early, stopped, budget), kept (the epoch whose weights  |
    |         | are kept), error, seconds                                              |
    """

    epochs: int = 0  # planned
    device: str = ""
    points: list[EpochLoss] = field(default_factory=list)
    keras_said: list[str] = field(default_factory=list)
    how: str = ""
    kept: int = 0
    error: float = math.nan
    seconds: float = 0.0

    def add(self, event: Event) -> None:
        """Take in one event. Raises ValueError for a kind that is not in the table."""
        match event["kind"]:
            case "started":
                self.device = event["device"]
            case "epochs":
                self.points.extend(EpochLoss(*row) for row in event["rows"])
            case "keras":
                if event["said"] not in self.keras_said:
                    self.keras_said.append(event["said"])
            case "ended":
                self.how, self.kept = event["how"], event["kept"]
                self.error, self.seconds = event["error"], event["seconds"]
            case other:
                raise ValueError(f"A fit sends no event “{other}”.")

    @property
    def best(self) -> EpochLoss | None:
        """The epoch with the lowest validation loss; None before the first."""
        return min(self.points, key=lambda point: point.val_loss, default=None)
