"""Depth against width: networks of about equal size, deep or wide, each from several starts."""

from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np

from components.concepts.playground import PlaygroundPlan
from components.concepts.slips_in_counts import count_parameters

DEPTHS = (1, 2, 3, 5)
N_STARTS = 5
N_LOOKS = 20  # at the losses of each network, evenly over its epochs
STEPS = 1000  # about as many for each network

Shape = tuple[int, ...]


def shapes_of_equal_size(plan: PlaygroundPlan) -> tuple[Shape, ...]:
    """For each depth the hidden layers that come closest to the plan's weights and biases."""
    return tuple(_shape(plan, depth) for depth in DEPTHS)


def _shape(plan: PlaygroundPlan, depth: int) -> Shape:
    """Layers of equal width, as wide as fits best."""

    def off(width: int) -> int:
        return abs(n_parameters(plan, (width,) * depth) - plan.n_parameters)

    best = min(range(1, plan.n_parameters + 1), key=off)
    return (best,) * depth


def n_parameters(plan: PlaygroundPlan, shape: Shape) -> int:
    """Weights and biases of the plan's network with these hidden layers."""
    return count_parameters((len(plan.features), *shape, 1))


def planned_epochs(plan: PlaygroundPlan) -> list[int]:
    """After how many epochs the losses are looked at, from 0 on."""
    n_train = len(plan.points().train)
    every = max(1, round(STEPS * plan.batch_size / n_train / N_LOOKS))
    return [look * every for look in range(N_LOOKS + 1)]


def with_shape(plan: PlaygroundPlan, shape: Shape) -> PlaygroundPlan:
    """The plan with other hidden layers; they may be wider than the lab draws."""
    return replace(plan, hidden=shape)


@dataclass(frozen=True, eq=False)
class Band:
    """What several starts of one shape come to: lowest, middle and highest test loss."""

    shape: Shape
    low: np.ndarray
    middle: np.ndarray
    high: np.ndarray
    n_starts: int


@dataclass
class ShapeComparison:
    """What a comparison has said so far. `add` takes its events one by one:

    curve   shape, start (0, 1, …), test (the losses at `epochs`)
    """

    plan: PlaygroundPlan
    curves: dict[Shape, list[list[float]]] = field(default_factory=dict)

    def add(self, event: dict[str, Any]) -> None:
        """Take in one event."""
        self.curves.setdefault(tuple(event["shape"]), []).append(list(event["test"]))

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        return sum(map(len, list(self.curves.values()))) / (len(DEPTHS) * N_STARTS)

    @property
    def epochs(self) -> list[int]:
        """The epochs of the curves' points."""
        return planned_epochs(self.plan)

    def bands(self) -> list[Band]:
        """A band for each shape that has been trained, in the order of depth."""
        bands = []
        for shape, curves in sorted(self.curves.items(), key=lambda pair: len(pair[0])):
            all_of_them = np.array(curves)
            bands.append(
                Band(
                    shape,
                    all_of_them.min(axis=0),
                    np.median(all_of_them, axis=0),
                    all_of_them.max(axis=0),
                    len(curves),
                )
            )
        return bands
