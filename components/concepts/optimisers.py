"""Optimisers: what to do with a slope. Each is a step function, with Keras's numbers.

`step(weights, slopes, memory, learning_rate)` gives the new weights and the new memory. The
memory is what an optimiser keeps from one step to the next.
"""

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Array: TypeAlias = NDArray[np.float64]

FRICTION = 0.9  # how much of the last step momentum keeps
MEMORY_OF_SQUARES = 0.9  # how much RMSprop keeps of its mean of squared slopes
ADAM_MEMORY, ADAM_MEMORY_OF_SQUARES = 0.9, 0.999
TINY = 1e-7  # keeps a division from being one by zero


@dataclass(frozen=True)
class Memory:
    """Steps done so far, a running mean (or velocity), and a running mean of squared slopes."""

    n_steps: int
    mean: Array
    squares: Array


StepFunction: TypeAlias = Callable[[Array, Array, Memory, float], tuple[Array, Memory]]


@dataclass(frozen=True)
class Optimiser:
    """An optimiser by its `name` in URLs, `title`, and as Keras writes it.

    `keras` has a place for the learning rate. `rule` is LaTeX without the dollar signs.
    """

    name: str
    title: str
    keras: str
    rule: str
    step: StepFunction


def empty_memory(weights: Array) -> Memory:
    """The memory before the first step."""
    return Memory(0, np.zeros_like(weights), np.zeros_like(weights))


def gradient_descent(
    weights: Array, slopes: Array, memory: Memory, learning_rate: float
) -> tuple[Array, Memory]:
    """Minus learning rate times slope, and no memory."""
    return weights - learning_rate * slopes, memory


def momentum(
    weights: Array, slopes: Array, memory: Memory, learning_rate: float
) -> tuple[Array, Memory]:
    """A ball that rolls: each step keeps nine tenths of the last one."""
    velocity = FRICTION * memory.mean - learning_rate * slopes
    return weights + velocity, Memory(memory.n_steps + 1, velocity, memory.squares)


def rms_prop(
    weights: Array, slopes: Array, memory: Memory, learning_rate: float
) -> tuple[Array, Memory]:
    """Each weight's step is divided by the usual size of its own slopes."""
    squares = MEMORY_OF_SQUARES * memory.squares + (1 - MEMORY_OF_SQUARES) * slopes**2
    step = learning_rate * slopes / np.sqrt(squares + TINY)
    return weights - step, Memory(memory.n_steps + 1, memory.mean, squares)


def adam(
    weights: Array, slopes: Array, memory: Memory, learning_rate: float
) -> tuple[Array, Memory]:
    """Momentum and RMSprop together, corrected for a memory that starts empty."""
    n_steps = memory.n_steps + 1
    mean = ADAM_MEMORY * memory.mean + (1 - ADAM_MEMORY) * slopes
    squares = ADAM_MEMORY_OF_SQUARES * memory.squares + (1 - ADAM_MEMORY_OF_SQUARES) * slopes**2
    correction = math.sqrt(1 - ADAM_MEMORY_OF_SQUARES**n_steps) / (1 - ADAM_MEMORY**n_steps)
    step = learning_rate * correction * mean / (np.sqrt(squares) + TINY)
    return weights - step, Memory(n_steps, mean, squares)


_TABLE = (
    Optimiser(
        "sgd",
        "gradient descent",
        "keras.optimizers.SGD(learning_rate={})",
        r"w \leftarrow w - \eta \, s",
        gradient_descent,
    ),
    Optimiser(
        "momentum",
        "momentum",
        f"keras.optimizers.SGD(learning_rate={{}}, momentum={FRICTION})",
        rf"v \leftarrow {FRICTION}\,v - \eta \, s, \quad w \leftarrow w + v",
        momentum,
    ),
    Optimiser(
        "rmsprop",
        "RMSprop",
        "keras.optimizers.RMSprop(learning_rate={})",
        r"q \leftarrow 0.9\,q + 0.1\,s^2, \quad w \leftarrow w - \eta \, s / \sqrt{q}",
        rms_prop,
    ),
    Optimiser(
        "adam",
        "Adam",
        "keras.optimizers.Adam(learning_rate={})",
        r"w \leftarrow w - \eta \, \hat m / \sqrt{\hat q}",
        adam,
    ),
)

OPTIMISERS: dict[str, Optimiser] = {optimiser.name: optimiser for optimiser in _TABLE}
