"""The playground as data: what is trained, and what its weights say.

Nothing here trains anything. The start weights, the order of the examples and the losses are
made with NumPy alone, so that page, worker and exported program have the same.
"""

from collections.abc import Collection
from dataclasses import dataclass, replace
from functools import lru_cache

import numpy as np

from components.concepts.activations import ACTIVATIONS
from components.concepts.dense_network import DenseLayer, DenseNetwork, Edge, Node, predict
from components.concepts.playground_data import (
    FEATURES,
    MAX_NOISE,
    MAX_SHARE,
    MIN_SHARE,
    PROBLEMS,
    Points,
    draw_points,
    features_of,
)
from components.concepts.slips_in_counts import count_parameters
from components.concepts.training import PlanError, check_learning_rate

MAX_LAYERS, MAX_NODES = 6, 8
MAX_BATCH = 100
MAX_SEED = 9999
MAX_PENALTY = 10.0
MAX_WEIGHT = 1e6  # beyond it a network has run off
OPTIMISERS = {"sgd": "Gradient descent", "adam": "Adam"}
REGULARISATIONS = {"none": "None", "l1": "L1", "l2": "L2"}
SMALLEST_PROBABILITY = 1e-7  # as Keras clips the probabilities in its cross-entropy

Weights = tuple[np.ndarray, ...]


@dataclass(frozen=True)
class PlaygroundPlan:
    """What is trained, on what, and how: all that the learner sets.

    `noise` and `share` are in per cent. `learning_rate`, `batch_size` and `penalty_rate` may
    change while it trains.
    """

    data: str = "circle"
    noise: int = 0
    share: int = 50
    seed: int = 0
    features: tuple[str, ...] = ("x1", "x2")
    hidden: tuple[int, ...] = (4, 2)
    activation: str = "tanh"
    optimiser: str = "sgd"
    penalty: str = "none"
    learning_rate: float = 0.03
    batch_size: int = 10
    penalty_rate: float = 0.0

    def check(self) -> None:
        """Raise PlanError, in a sentence, if this can't be trained."""
        known: dict[str, tuple[str, Collection[str]]] = {
            "data set": (self.data, PROBLEMS),
            "activation": (self.activation, ACTIVATIONS),
            "optimiser": (self.optimiser, OPTIMISERS),
            "regularisation": (self.penalty, REGULARISATIONS),
        }
        for what, (name, table) in known.items():
            if name not in table:
                raise PlanError(f"There is no {what} “{name}”; take one of {', '.join(table)}.")
        if not self.features or any(name not in FEATURES for name in self.features):
            raise PlanError("Choose at least one feature: a network needs something to look at.")
        if len(self.hidden) > MAX_LAYERS or any(not 1 <= n <= MAX_NODES for n in self.hidden):
            raise PlanError(
                f"Take up to {MAX_LAYERS} hidden layers, each of 1 to {MAX_NODES} nodes."
            )
        if not (0 <= self.noise <= MAX_NOISE and MIN_SHARE <= self.share <= MAX_SHARE):
            raise PlanError("Noise or the share to train on is out of range.")
        if not 1 <= self.batch_size <= MAX_BATCH or not 0 <= self.seed <= MAX_SEED:
            raise PlanError(f"A batch has 1 to {MAX_BATCH} points, and a seed up to {MAX_SEED}.")
        check_learning_rate(self.learning_rate)
        if not 0 <= self.penalty_rate <= MAX_PENALTY:
            raise PlanError(f"The regularisation rate is a number from 0 to {MAX_PENALTY:g}.")

    @property
    def regression(self) -> bool:
        """Whether a number is predicted, and not a class."""
        return PROBLEMS[self.data].regression

    @property
    def sizes(self) -> tuple[int, ...]:
        """Nodes of every layer, features and output included."""
        return (len(self.features), *self.hidden, 1)

    @property
    def n_parameters(self) -> int:
        """Weights and biases together."""
        return count_parameters(self.sizes)

    @property
    def fixed(self) -> "PlaygroundPlan":
        """The plan without what may change while it trains: two runs are one where it is equal."""
        return replace(self, learning_rate=0.0, batch_size=1, penalty_rate=0.0)

    def points(self) -> Points:
        """The points to train on and to test with."""
        return draw_points(self.data, self.noise, self.share, self.seed)

    def shapes(self) -> list[tuple[int, ...]]:
        """The shapes of all weights in Keras's order: a kernel, its biases, the next kernel …"""
        pairs = zip(self.sizes, self.sizes[1:], strict=False)
        return [shape for before, n in pairs for shape in ((before, n), (n,))]


def start_weights(plan: PlaygroundPlan) -> Weights:
    """Random weights as Keras would draw them (Glorot, uniform), and biases of 0."""
    rng = np.random.default_rng([plan.seed, 2])
    weights: list[np.ndarray] = []
    for before, n in zip(plan.sizes, plan.sizes[1:], strict=False):
        limit = np.sqrt(6 / (before + n))
        weights.append(rng.uniform(-limit, limit, (before, n)).astype("float32"))
        weights.append(np.zeros(n, "float32"))
    return tuple(weights)


@lru_cache(maxsize=8)
def _order(seed: int, epoch: int, n: int) -> np.ndarray:
    return np.random.default_rng([seed, 3, epoch]).permutation(n)


def next_examples(seed: int, seen: int, size: int, n: int) -> np.ndarray:
    """The places of the next `size` examples after `seen` of them.

    All n examples come once in each epoch, in a new order each time; a batch may reach over
    the end of an epoch.
    """
    return np.array([_order(seed, at // n, n)[at % n] for at in range(seen, seen + size)])


def network_of(plan: PlaygroundPlan, weights: Weights) -> DenseNetwork:
    """The network of these weights, as the concepts have it."""
    layers = []
    for kernel, bias in zip(weights[::2], weights[1::2], strict=True):
        rows = tuple(tuple(row) for row in kernel.T.astype(float).tolist())
        layers.append(DenseLayer(rows, tuple(bias.astype(float).tolist()), plan.activation))
    last = "linear" if plan.regression else "sigmoid"
    layers[-1] = replace(layers[-1], activation=last)
    titles = tuple(FEATURES[name].title for name in plan.features)
    return DenseNetwork(tuple(layers), titles, ("output",))


@dataclass(frozen=True)
class Losses:
    """The loss on the points trained on, and on those held out."""

    train: float
    test: float


def losses(plan: PlaygroundPlan, weights: Weights) -> Losses:
    """The mean cross-entropy, or squared error for regression; without the penalty."""
    network, points = network_of(plan, weights), plan.points()
    return Losses(
        _loss(plan, network, points.train, points.train_targets),
        _loss(plan, network, points.test, points.test_targets),
    )


def _loss(plan: PlaygroundPlan, net: DenseNetwork, points: np.ndarray, y: np.ndarray) -> float:
    said = predict(net, features_of(points, plan.features))[:, 0]
    if plan.regression:
        return float(np.mean((said - y) ** 2))
    said = np.clip(said, SMALLEST_PROBABILITY, 1 - SMALLEST_PROBABILITY)
    return float(-np.mean(y * np.log(said) + (1 - y) * np.log(1 - said)))


def dead_nodes(plan: PlaygroundPlan, weights: Weights) -> list[Node]:
    """The hidden nodes that say the same for every point trained on, so can't tell any apart."""
    network = network_of(plan, weights)
    values = np.asarray(features_of(plan.points().train, plan.features), dtype=float)
    dead = []
    for place, layer in enumerate(network.layers[:-1]):
        values = layer.function.value(values @ np.asarray(layer.weights).T + np.asarray(layer.bias))
        flat = np.ptp(values, axis=0) < 1e-6
        dead += [Node(place, int(index)) for index in np.flatnonzero(flat)]
    return dead


def place_of(edge: Edge) -> tuple[int, tuple[int, ...]]:
    """Where Keras keeps the weight of an edge: the number of the array, and the place in it."""
    if edge.start is None:
        return 2 * edge.layer + 1, (edge.end,)
    return 2 * edge.layer, (edge.start, edge.end)


def with_weight(weights: Weights, edge: Edge, value: float) -> Weights:
    """The weights with that of one edge changed."""
    array, place = place_of(edge)
    changed = weights[array].copy()
    changed[place] = value
    return (*weights[:array], changed, *weights[array + 1 :])


def pack(weights: Weights) -> bytes:
    """All weights one after the other, float32, little-endian."""
    return b"".join(np.ascontiguousarray(array, dtype="<f4").tobytes() for array in weights)


def unpack(plan: PlaygroundPlan, data: bytes) -> Weights:
    """What `pack` packed. Raises PlanError where the numbers are not those of this network."""
    if len(data) != 4 * plan.n_parameters:
        raise PlanError(
            f"The weights in the address are not those of this network, which has "
            f"{plan.n_parameters} of them."
        )
    numbers = np.frombuffer(data, "<f4")
    if not np.all(np.abs(numbers) <= MAX_WEIGHT):  # NaN fails this too
        raise PlanError("The weights in the address are no numbers to train with.")
    arrays, begin = [], 0
    for shape in plan.shapes():
        size = int(np.prod(shape))
        arrays.append(numbers[begin : begin + size].reshape(shape).astype("float32"))
        begin += size
    return tuple(arrays)
