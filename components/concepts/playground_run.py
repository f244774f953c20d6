"""A run of the playground as data: the state it goes on from, its turns, the record of it."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np

from components.concepts.dense_network import Edge
from components.concepts.playground import Losses, PlaygroundPlan, Weights, unpack


@dataclass(frozen=True)
class Change:
    """What the learner changed in mid-run: after `step` steps, `what` became `value`.

    `what` is "learning_rate", "batch_size", "penalty_rate" or "weight"; the last has its edge.
    """

    step: int
    what: str
    value: float
    edge: Edge | None = None


@dataclass(frozen=True, eq=False)
class PlaygroundState:
    """All that training goes on from: nothing is lost when a run is laid aside.

    `seen` counts the examples; `optimiser` holds the optimiser's own numbers, empty at the
    start.
    """

    step: int
    seen: int
    weights: Weights
    optimiser: tuple[np.ndarray, ...] = ()
    how: str = "start"  # how its last turn ended: "turn", "step", "stopped", "diverged"
    message: str = ""


@dataclass(frozen=True)
class Turn:
    """What a worker is asked for: to train on from `state`, for so many epochs and seconds.

    `epochs` is None where only the seconds count.
    """

    plan: PlaygroundPlan
    state: PlaygroundState = field(compare=False)
    epochs: int | None = None
    seconds: float = 30.0


@dataclass(frozen=True, eq=False)
class Moment:
    """The network at one moment of a run, with its losses."""

    step: int
    epoch: float
    losses: Losses
    weights: Weights = field(repr=False)

    @property
    def epochs_over(self) -> int:
        """The epochs that are over: Step goes on to the end of the one at hand."""
        return int(self.epoch)


MAX_MOMENTS = 400  # of one run; when there are more, every second one goes


@dataclass
class PlaygroundRecord:
    """What a run has said so far, from its `start` weights on. `add` takes the events:

    progress  step, epoch, train_loss, test_loss, weights (bytes, float32), steps_per_second
    changed   step, what, value
    """

    plan: PlaygroundPlan
    start: Weights = field(repr=False)
    moments: list[Moment] = field(default_factory=list)
    changes: list[Change] = field(default_factory=list)
    steps_per_second: float = 0.0

    def add(self, event: dict[str, Any]) -> None:
        """Take in one event. Raises KeyError for a kind that is not in the table above."""
        {"progress": self._progress, "changed": self._changed}[event["kind"]](event)

    def put(self, moment: Moment) -> None:
        """Keep a moment; one of the same step takes the other's place."""
        if self.moments and self.moments[-1].step == moment.step:
            self.moments.pop()
        self.moments.append(moment)
        if len(self.moments) > MAX_MOMENTS:
            self.moments = [*self.moments[:-1:2], self.moments[-1]]

    def _progress(self, event: dict[str, Any]) -> None:
        weights = unpack(self.plan, event["weights"])
        found = Losses(event["train_loss"], event["test_loss"])
        self.put(Moment(event["step"], event["epoch"], found, weights))
        self.steps_per_second = event["steps_per_second"]

    def _changed(self, event: dict[str, Any]) -> None:
        self.changes.append(Change(event["step"], event["what"], event["value"]))
