"""Leakage, as data: validation pictures that are also in training, and what that does.

The held-out pictures are split in two: a validation set, some of which is let into training on
purpose, and a clean set, which never is. One network is measured on both.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.concepts.small_data import WAYS, SmallDataPlan, draw_small_set
from components.concepts.training import Event, PlanError

MOST_VALIDATION = 20  # of each class; the workshop had ten
MEASURED, CLEAN = "measured", "clean"


@dataclass(frozen=True)
class LeakPlan:
    """One way of a comparison, with `share` per cent of the validation pictures in training."""

    plan: SmallDataPlan
    way: str
    share: int = 50

    def check(self, network: str, most_per_class: int) -> None:
        """Raise PlanError, in a sentence, where this can't be trained on such pictures."""
        self.plan.check(network, most_per_class)
        if self.way not in WAYS:
            raise PlanError(f"There is no way “{self.way}”; choose one of {', '.join(WAYS)}.")
        if not 0 <= self.share <= 100:
            raise PlanError(f"From 0 to 100 % of the pictures can leak, not {self.share}.")


@dataclass(frozen=True, eq=False)
class LeakySet:
    """A small set with a leak: places in the pool, and in the held-out pictures.

    `pool` and `leaked` together are what is trained on, as many pictures as without a leak.
    `validation` holds all of `leaked`; `clean` holds none of it.
    """

    pool: NDArray[np.intp]
    leaked: NDArray[np.intp]
    validation: NDArray[np.intp]
    clean: NDArray[np.intp]


def draw_leaky_set(
    pool_labels: ArrayLike, held_out_labels: ArrayLike, leak: LeakPlan, seed: int
) -> LeakySet:
    """Draw a small set and let validation pictures into it, in the place of as many others.

    Half of the held-out pictures of each class are the validation set, at most MOST_VALIDATION;
    it is no larger than the small set, so that the wished share of it can leak.
    """
    pool_labels, held_out = np.asarray(pool_labels), np.asarray(held_out_labels)
    per_class = leak.plan.per_class
    small = draw_small_set(pool_labels, per_class, seed)
    order = np.random.default_rng([seed, 1]).permutation(len(held_out))
    parts: dict[str, list[NDArray[np.intp]]] = {name: [] for name in ("p", "l", "v", "c")}
    for label in np.unique(held_out):
        places = order[held_out[order] == label]
        n_validation = min(MOST_VALIDATION, per_class, len(places) // 2)
        n_leaked = round(leak.share / 100 * n_validation)
        parts["v"].append(places[:n_validation])
        parts["l"].append(places[:n_leaked])
        parts["c"].append(places[n_validation:])
        parts["p"].append(small[pool_labels[small] == label][n_leaked:])
    pool, leaked, validation, clean = (np.concatenate(parts[name]) for name in parts)
    return LeakySet(pool, leaked, validation, clean)


@dataclass(frozen=True, eq=False)
class LeakBand:
    """Lowest, middle and highest accuracy of the repeats by epoch, on one of the two sets."""

    measured_on: str
    epochs: NDArray[np.int64]
    low: NDArray[np.float64]
    middle: NDArray[np.float64]
    high: NDArray[np.float64]


@dataclass
class LeakRecord:
    """What a leaky run has said so far. `add` takes its events one by one:

    started   n_train, n_leaked, n_validation, n_clean
    leak      repeat, epoch, measured, clean (accuracies)
    ended     how, message
    """

    plan: LeakPlan
    n_train: int = 0
    n_leaked: int = 0
    n_validation: int = 0
    n_clean: int = 0
    points: dict[int, list[tuple[int, float, float]]] = field(default_factory=dict)
    ended: str = ""
    message: str = ""

    def add(self, event: Event) -> None:
        """Take in one event."""
        kind = event["kind"]
        if kind == "started":
            self.n_train, self.n_leaked = event["n_train"], event["n_leaked"]
            self.n_validation, self.n_clean = event["n_validation"], event["n_clean"]
        elif kind == "leak":
            point = (event["epoch"], event["measured"], event["clean"])
            self.points.setdefault(event["repeat"], []).append(point)
        elif kind == "ended":
            self.ended, self.message = event["how"], event["message"]

    @property
    def share(self) -> float:
        """How much of it is done, 0 to 1."""
        plan = self.plan.plan
        done = sum(map(len, list(self.points.values())))
        return min(1.0, done / (plan.repeats * (plan.epochs + 1)))

    def bands(self) -> list[LeakBand]:
        """The accuracy as measured and on the clean pictures, over complete repeats."""
        runs = [list(points) for points in list(self.points.values())]
        if not runs:
            return []
        length = max(map(len, runs))
        values = np.array([points for points in runs if len(points) == length])
        return [
            LeakBand(
                name,
                values[0, :, 0].astype(np.int64),
                values[:, :, column].min(axis=0),
                np.median(values[:, :, column], axis=0),
                values[:, :, column].max(axis=0),
            )
            for column, name in ((1, MEASURED), (2, CLEAN))
        ]
