"""How right a model is, against how much it was shown: what is measured, and what came out.

Every accuracy is measured on examples that the model was never trained on. What is bundled was
measured by `tools/measure_appetite.py`; a page can measure one more point in the same way.
"""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

from components.concepts.training import PlanError
from components.concepts.wage_data import make_wage_data

ASSETS = Path(__file__).parents[2] / "assets"
MEASURED_FILE = "accuracy_by_data.json"

N_SEEN, BATCH_SIZE = 12_800, 32  # examples that a training goes through, few of them often
MAX_SEED = 9999
SEEDS = (0, 1, 2)  # of the bundled points

N_TEST_WORKERS, TEST_WORKERS_SEED = 4000, 2021
WORKERS_SEED = 5000  # plus the check's own seed: never the workers that are tested

Floats: TypeAlias = NDArray[np.float32]
Labels: TypeAlias = NDArray[np.uint8]


@dataclass(frozen=True)
class Learner:
    """A model that learns from examples. `about` says what it is made of, in a few words."""

    key: str
    title: str
    about: str


LEARNERS: dict[str, Learner] = {
    learner.key: learner
    for learner in (
        Learner("linear", "Linear model", "one weight for each input and class"),
        Learner("trees", "Boosted trees", "many small decision trees, each mending the last"),
        Learner("dense", "Dense network", "two hidden layers of 32 nodes"),
        Learner("conv", "Convolutional network", "two convolutions of 16 and 32 filters"),
    )
}
LIVE = ("linear", "dense", "conv")  # these are Keras models, and can be measured on the page


@dataclass(frozen=True)
class Material:
    """A kind of examples: what they are, how many are tested, which models and sizes there are.

    `chance` is the accuracy of a guess. `learning_rate` is every model's, and such that the
    linear model has found its weights at the end.
    """

    key: str
    title: str
    unit: str
    question: str
    n_test: int
    chance: float
    learning_rate: float
    sizes: tuple[int, ...]
    learners: tuple[str, ...]

    @property
    def live(self) -> tuple[str, ...]:
        """The learners that the page itself can train."""
        return tuple(key for key in self.learners if key in LIVE)


MATERIALS: dict[str, Material] = {
    material.key: material
    for material in (
        Material(
            "digits",
            "Pictures: digits",
            "digits",
            "Which of the ten digits is on a picture of 28 × 28 pixels?",
            1000,
            0.1,
            0.002,
            (50, 150, 500, 1500, 4000),
            ("linear", "dense", "conv"),
        ),
        Material(
            "wages",
            "A table: wages",
            "workers",
            "Does a worker earn more than the middle wage? Four columns say who it is.",
            N_TEST_WORKERS,
            0.5,
            0.01,
            (20, 60, 200, 600, 4000),
            ("linear", "trees", "dense"),
        ),
    )
}


@dataclass(frozen=True)
class Check:
    """One point to measure: a learner, shown `n_examples` of a material, drawn by `seed`."""

    material: str
    learner: str
    n_examples: int
    seed: int

    def check(self) -> None:
        """Raise PlanError, in a sentence, where this can't be measured on the page."""
        if self.material not in MATERIALS:
            raise PlanError(f"There are no examples called “{self.material}”.")
        material = MATERIALS[self.material]
        if self.learner not in material.live:
            names = " or ".join(LEARNERS[key].title.lower() for key in material.live)
            raise PlanError(
                f"“{self.learner}” can't be trained here on {material.unit}; choose {names}."
            )
        low, high = material.sizes[0], material.sizes[-1]
        if not low <= self.n_examples <= high:
            raise PlanError(f"Choose {low:,} to {high:,} {material.unit}.")
        if not 0 <= self.seed <= MAX_SEED:
            raise PlanError(f"The seed is a whole number from 0 to {MAX_SEED:,}.")

    def order(self) -> NDArray[np.intp]:
        """The examples as the training meets them, shape (12,800,): all of them in random
        order, then all in another, until it has seen as many as every training does."""
        rng = np.random.default_rng(self.seed)
        rounds = -(-N_SEEN // self.n_examples)
        return np.concatenate([rng.permutation(self.n_examples) for _ in range(rounds)])[:N_SEEN]


@dataclass(frozen=True)
class Examples:
    """Inputs and labels to train on and to test on; the first axis counts the examples."""

    train_inputs: Floats
    train_labels: Labels
    test_inputs: Floats
    test_labels: Labels


def chosen_digits(n_digits: int, n_examples: int, seed: int) -> NDArray[np.intp]:
    """Which of `n_digits` digits are shown, shape (n_examples,). A larger number of the same
    seed has the smaller one's digits and more."""
    return np.random.default_rng(seed).permutation(n_digits)[:n_examples]


def wage_examples(n_examples: int, seed: int) -> Examples:
    """Workers to train on and 4,000 others to test on: inputs (n, 4), scaled by the mean and
    spread of those to train on; label 1 where the wage is above the middle wage."""
    test = make_wage_data(N_TEST_WORKERS, TEST_WORKERS_SEED)
    train = make_wage_data(n_examples, WORKERS_SEED + seed)
    middle = np.median(test.wage)
    mean, spread = train.inputs.mean(axis=0), train.inputs.std(axis=0)
    spread = np.where(spread > 0, spread, 1.0)  # a column where all are alike says nothing
    return Examples(
        ((train.inputs - mean) / spread).astype(np.float32),
        (train.wage > middle).astype(np.uint8),
        ((test.inputs - mean) / spread).astype(np.float32),
        (test.wage > middle).astype(np.uint8),
    )


@dataclass(frozen=True)
class Point:
    """The accuracies of one learner at one size, one for each seed."""

    learner: str
    n_examples: int
    accuracies: tuple[float, ...]

    @property
    def mean(self) -> float:
        """The mean over the seeds."""
        return float(np.mean(self.accuracies))

    @property
    def low(self) -> float:
        """The worst of the seeds."""
        return min(self.accuracies)

    @property
    def high(self) -> float:
        """The best of the seeds."""
        return max(self.accuracies)


@dataclass(frozen=True)
class Measured:
    """All points of one material, in the order of learners and sizes."""

    material: Material
    points: tuple[Point, ...]

    def at(self, learner: str, n_examples: int) -> Point:
        """The point of this learner and size. Raises KeyError where none was measured."""
        for point in self.points:
            if (point.learner, point.n_examples) == (learner, n_examples):
                return point
        raise KeyError(f"{learner} was not measured with {n_examples} {self.material.unit}")

    def ranking(self, n_examples: int) -> tuple[Point, ...]:
        """The points of one size, the best mean first."""
        points = (self.at(key, n_examples) for key in self.material.learners)
        return tuple(sorted(points, key=lambda point: -point.mean))

    def best(self, n_examples: int) -> Point | None:
        """The winner at a size, None where it is too close to call: where the means of the
        first two differ by less than the larger of their spreads over the seeds."""
        first, second = self.ranking(n_examples)[:2]
        spread = max(first.high - first.low, second.high - second.low)
        return first if first.mean - second.mean > spread else None


def read_measured(text: str) -> dict[str, Measured]:
    """The measured points from the JSON that the tool writes."""
    accuracies: Mapping[str, Mapping[str, Mapping[str, Sequence[float]]]]
    accuracies = json.loads(text)["accuracies"]
    return {
        key: Measured(
            material,
            tuple(
                Point(learner, n, tuple(map(float, accuracies[key][learner][str(n)])))
                for learner in material.learners
                for n in material.sizes
            ),
        )
        for key, material in MATERIALS.items()
    }


@cache
def measured() -> dict[str, Measured]:
    """The bundled points, by the key of their material."""
    return read_measured((ASSETS / MEASURED_FILE).read_text("utf-8"))
