"""A small network trained on many examples at once: it finds interactions by itself.

The same forward and backward pass as for one example, done for all rows of a table together.
"""

from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.concepts.activations import ACTIVATIONS
from components.concepts.dense_network import DenseLayer, DenseNetwork, predict
from components.concepts.optimisers import OPTIMISERS, empty_memory

Array: TypeAlias = NDArray[np.float64]

N_HIDDEN = 8
N_STEPS = 600
LEARNING_RATE = 0.03


@dataclass(frozen=True)
class SmallNetworkFit:
    """A trained network with the scale of its inputs: it sees (inputs − mean) / spread."""

    network: DenseNetwork
    mean: Array
    spread: Array

    def predict(self, inputs: ArrayLike) -> Array:
        """Predictions of shape (n_examples,) for inputs of shape (n_examples, n_inputs)."""
        scaled = (np.asarray(inputs, dtype=np.float64) - self.mean) / self.spread
        return predict(self.network, scaled)[:, 0]


def fit_small_network(
    inputs: ArrayLike,
    actual: ArrayLike,
    input_names: tuple[str, ...],
    seed: int = 0,
    n_hidden: int = N_HIDDEN,
    n_steps: int = N_STEPS,
) -> SmallNetworkFit:
    """Train one hidden ReLU layer with Adam on all examples; the same seed, the same network.

    `inputs` has shape (n_examples, n_inputs), `actual` (n_examples,). No column may be constant.
    """
    table, target = np.asarray(inputs, dtype=np.float64), np.asarray(actual, dtype=np.float64)
    mean, spread = table.mean(axis=0), table.std(axis=0)
    scaled = (table - mean) / spread
    n_inputs = table.shape[1]
    rng = np.random.default_rng(seed)
    hidden = rng.normal(0, np.sqrt(2 / n_inputs), (n_hidden, n_inputs))
    output = rng.normal(0, np.sqrt(2 / n_hidden), n_hidden)
    weights = np.concatenate([hidden.ravel(), np.zeros(n_hidden), output, [target.mean()]])
    memory = empty_memory(weights)
    for step in range(n_steps):
        slopes = _slopes(weights, scaled, target, n_hidden)
        rate = LEARNING_RATE * (1 - step / n_steps)  # smaller and smaller steps settle the fit
        weights, memory = OPTIMISERS["adam"].step(weights, slopes, memory, rate)
    return SmallNetworkFit(_as_network(weights, n_hidden, input_names), mean, spread)


def _unpack(weights: Array, n_inputs: int, n_hidden: int) -> tuple[Array, Array, Array, Array]:
    """One long row of weights as hidden weights, hidden biases, output weights, output bias."""
    ends = np.cumsum([n_hidden * n_inputs, n_hidden, n_hidden])
    hidden, bias, output, output_bias = np.split(weights, ends)
    return hidden.reshape(n_hidden, n_inputs), bias, output, output_bias


def _slopes(weights: Array, inputs: Array, target: Array, n_hidden: int) -> Array:
    """The slopes of the mean squared error, in one long row like the weights."""
    hidden, bias, output, output_bias = _unpack(weights, inputs.shape[1], n_hidden)
    relu = ACTIVATIONS["relu"]
    sums = inputs @ hidden.T + bias
    outputs = relu.value(sums)
    error = outputs @ output + output_bias - target
    prediction_slopes = 2 * error / len(target)
    sum_slopes = np.outer(prediction_slopes, output) * relu.slope(sums)
    return np.concatenate(
        [
            (sum_slopes.T @ inputs).ravel(),
            sum_slopes.sum(axis=0),
            outputs.T @ prediction_slopes,
            [prediction_slopes.sum()],
        ]
    )


def _as_network(weights: Array, n_hidden: int, input_names: tuple[str, ...]) -> DenseNetwork:
    hidden, bias, output, output_bias = _unpack(weights, len(input_names), n_hidden)
    rows = tuple(tuple(row) for row in hidden.tolist())
    return DenseNetwork(
        (
            DenseLayer(rows, tuple(bias.tolist()), "relu"),
            DenseLayer((tuple(output.tolist()),), tuple(output_bias.tolist()), "linear"),
        ),
        input_names,
        ("wage",),
    )
