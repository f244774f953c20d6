"""How the learning rate goes over a run: constant, or falling to 0 along half a cosine."""

import math

from components.concepts.training import check_learning_rate


class LearningRate:
    """The learning rate at each step of a run, which the learner may change on the way.

    "cosine" falls from `start` to 0 over `total_steps`. A new value set at some step is the
    start of a new half cosine, which falls to 0 over the steps that are left.
    """

    def __init__(self, start: float, schedule: str, total_steps: int) -> None:
        self._schedule = schedule
        self._total_steps = total_steps
        self._start = start
        self._start_step = 0

    def at(self, step: int) -> float:
        """The learning rate for the step that follows `step` steps done."""
        if self._schedule == "constant":
            return self._start
        left = max(1, self._total_steps - self._start_step)
        share = min(1.0, (step - self._start_step) / left)
        return self._start * (1 + math.cos(math.pi * share)) / 2

    def change(self, step: int, value: float) -> None:
        """Go on from `value` at `step`. Raises PlanError where that is no learning rate."""
        check_learning_rate(value)
        self._start, self._start_step = value, step
