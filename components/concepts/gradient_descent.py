"""Gradient descent as a walk: again and again, find the slope and take a small step downhill."""

import math
from dataclasses import dataclass
from enum import Enum
from typing import TypeAlias

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.concepts.loss_landscapes import Landscape
from components.concepts.optimisers import Optimiser, empty_memory

Array: TypeAlias = NDArray[np.float64]

OUT_OF_SIGHT = 50.0  # widths of the picture; a walk that goes further has diverged
FLAT = 1e-3  # a slope this small, against the steepest of the walk, is as good as none
ENOUGH_TO_JUDGE = 10  # steps, before a pace is called too slow
PATIENCE = 150  # steps; a walk that needs more at its pace creeps
CREEP = 0.005  # widths of the picture for each step, where the slope does not shrink yet


class Outcome(Enum):
    """How a walk ended."""

    DIVERGED = "diverged"
    ARRIVED = "arrived"
    SWINGING = "swinging"
    CREEPING = "creeping"
    ON_THE_WAY = "on the way"


@dataclass(frozen=True)
class Walk:
    """The weights after 0, 1, 2 … steps: `weights` and `slopes` (n_steps + 1, n_weights), `losses`
    (n_steps + 1,). All numbers are finite: a walk that diverges ends at its last point in sight.
    """

    landscape: Landscape
    optimiser: Optimiser
    learning_rate: float
    weights: Array
    slopes: Array
    losses: Array
    diverged: bool

    @property
    def n_steps(self) -> int:
        """The steps that were taken."""
        return len(self.losses) - 1

    def until(self, n_steps: int) -> "Walk":
        """The beginning of this walk, for playing it step by step."""
        end = max(0, min(n_steps, self.n_steps)) + 1
        return Walk(
            self.landscape,
            self.optimiser,
            self.learning_rate,
            self.weights[:end],
            self.slopes[:end],
            self.losses[:end],
            self.diverged and n_steps > self.n_steps,
        )

    @property
    def outcome(self) -> Outcome:
        """What became of the walk, judged by its last steps."""
        if self.diverged:
            return Outcome.DIVERGED
        steepest = float(np.abs(self.slopes).max())
        if float(np.abs(self.slopes[-1]).max()) <= FLAT * steepest:
            return Outcome.ARRIVED
        if self.n_steps >= 4 and self._swings():
            return Outcome.SWINGING
        if self.n_steps >= ENOUGH_TO_JUDGE and self._creeps():
            return Outcome.CREEPING
        return Outcome.ON_THE_WAY

    def _swings(self) -> bool:
        """Whether the slope of some weight has turned its sign at each of the last three steps
        and has hardly shrunk meanwhile.
        """
        last = self.slopes[-4:]
        turned = np.all(last[1:] * last[:-1] < 0, axis=0)
        kept = np.abs(last[-1]) > 0.5 * np.abs(last[0])
        return bool(np.any(turned & kept))

    def _creeps(self) -> bool:
        """Whether the walk would need very many steps if it went on as it does now."""
        last = self.slopes[-ENOUGH_TO_JUDGE:]
        if np.any(last[1:] * last[:-1] < 0):
            return False  # it overshoots: the steps are not too small
        before, now = _size(self.slopes[-2]), _size(self.slopes[-1])
        if now < before:
            return math.log(FLAT) / math.log(now / before) > PATIENCE
        moved = _size(self.weights[-1] - self.weights[-ENOUGH_TO_JUDGE]) / ENOUGH_TO_JUDGE
        return moved < CREEP * (self.landscape.high - self.landscape.low)


def descend(
    landscape: Landscape,
    start: ArrayLike,
    optimiser: Optimiser,
    learning_rate: float,
    n_steps: int,
) -> Walk:
    """Walk `n_steps` steps downhill from `start`, shape (n_weights,).

    Stops early, with `diverged` set, when a step leaves the picture for good: further than 50
    of its widths, or to no number at all.
    """
    weights = np.atleast_1d(np.asarray(start, dtype=np.float64))
    memory = empty_memory(weights)
    points, slopes = [weights], [landscape.slope(weights)]
    middle = (landscape.low + landscape.high) / 2
    reach = OUT_OF_SIGHT * (landscape.high - landscape.low)
    diverged = False
    for _ in range(n_steps):
        weights, memory = optimiser.step(weights, slopes[-1], memory, learning_rate)
        if not bool(np.all(np.abs(weights - middle) <= reach)):  # NaN is out of sight too
            diverged = True
            break
        points.append(weights)
        slopes.append(landscape.slope(weights))
    path = np.array(points)
    losses = landscape.value(path)
    return Walk(landscape, optimiser, learning_rate, path, np.array(slopes), losses, diverged)


def explain(walk: Walk) -> str:
    """What became of the walk, in a sentence or two for the learner."""
    rate, steps = f"{walk.learning_rate:g}", _steps(walk.n_steps)
    match walk.outcome:
        case Outcome.DIVERGED:
            return (
                f"Diverged: with a learning rate of {rate} the steps get bigger and bigger. "
                f"The walk left the picture for good at step {walk.n_steps + 1}, where it was "
                "stopped. Take a smaller learning rate."
            )
        case Outcome.ARRIVED if not walk.slopes.any():
            return "The start is flat: the slope is 0 there, so no step will leave it."
        case Outcome.ARRIVED:
            return (
                f"Arrived: after {steps} the loss is {walk.losses[-1]:.4g} and the slope is as "
                "good as 0, so the walk has come to rest. Another start may find a deeper minimum."
            )
        case Outcome.SWINGING:
            return (
                f"Swinging: with a learning rate of {rate} each step overshoots, and the slope "
                "changes its sign every time. A smaller learning rate settles."
            )
        case Outcome.CREEPING:
            return (
                f"Creeping: after {steps} the loss went from {walk.losses[0]:.4g} to "
                f"{walk.losses[-1]:.4g} only. With a learning rate of {rate} the steps are tiny "
                "here. Take a bigger one."
            )
        case Outcome.ON_THE_WAY:
            return (
                f"On the way: after {steps} the loss went from {walk.losses[0]:.4g} to "
                f"{walk.losses[-1]:.4g}, and the slope is still {_size(walk.slopes[-1]):.3g}."
            )
    raise TypeError(f"{walk.outcome!r} is no outcome of a walk")


def _steps(n: int) -> str:
    return "1 step" if n == 1 else f"{n} steps"


def _size(slopes: Array) -> float:
    return math.hypot(*slopes.tolist())
