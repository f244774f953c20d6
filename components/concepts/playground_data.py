"""The points of the playground: six problems on two inputs, drawn anew from a seed.

Each problem is one function of a number of points and a random generator that returns the
points, shape (n, 2) within about −6 to 6, and what is to be predicted, shape (n,): 0 or 1 for
classification, −1 to 1 for regression. They need NumPy alone, so that an exported program can
hold the same function.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

N_POINTS = 500
EDGE = 6.0  # the maps show −EDGE to EDGE
MAX_NOISE = 50  # per cent
MIN_SHARE, MAX_SHARE = 10, 90  # per cent of the points to train on


def circle(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """A disc of ones with a ring of zeros around it."""
    targets = np.arange(n) % 2
    radius = np.where(targets == 1, 2.5 * np.sqrt(rng.uniform(0, 1, n)), rng.uniform(3.5, 5, n))
    angle = rng.uniform(0, 2 * np.pi, n)
    points = np.column_stack([radius * np.cos(angle), radius * np.sin(angle)])
    return points, targets.astype(float)


def exclusive_or(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Four squares: ones where both inputs have the same sign."""
    points = rng.uniform(-5, 5, (n, 2))
    points += np.where(points > 0, 0.4, -0.4)  # a gap along both axes
    return points, (points[:, 0] * points[:, 1] > 0).astype(float)


def two_gaussians(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Two round clouds, apart."""
    targets = np.arange(n) % 2
    centers = np.where(targets == 1, 2.2, -2.2)
    return centers[:, None] + rng.normal(0, 1, (n, 2)), targets.astype(float)


def spiral(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Two arms that wind around each other one and a half times."""
    targets = np.arange(n) % 2
    way = np.sqrt(rng.uniform(0.01, 1, n))
    angle = 3 * np.pi * way + np.pi * targets
    radius = 5.2 * way
    points = np.column_stack([radius * np.sin(angle), radius * np.cos(angle)])
    return points, targets.astype(float)


def plane(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Regression: the target grows evenly along the diagonal."""
    points = rng.uniform(-5.5, 5.5, (n, 2))
    return points, points.sum(axis=1) / 11


def bumps(n: int, rng: np.random.Generator) -> tuple[np.ndarray, np.ndarray]:
    """Regression: six round hills and hollows."""
    centers = np.array([[-4, 2.5], [0, 2.5], [4, 2.5], [-4, -2.5], [0, -2.5], [4, -2.5]])
    heights = np.array([1, -1, 1, -1, 1, -1])
    points = rng.uniform(-5.5, 5.5, (n, 2))
    distances = ((points[:, None, :] - centers) ** 2).sum(axis=2)
    return points, (heights * np.exp(-distances / 2.4)).sum(axis=1)


@dataclass(frozen=True)
class Problem:
    """A data set by its word in the URL, with its name for people and the function behind it."""

    name: str
    title: str
    draw: Callable[[int, np.random.Generator], tuple[np.ndarray, np.ndarray]]
    regression: bool = False


PROBLEMS: dict[str, Problem] = {
    problem.name: problem
    for problem in (
        Problem("circle", "Circle", circle),
        Problem("xor", "Exclusive-or", exclusive_or),
        Problem("gaussians", "Two Gaussians", two_gaussians),
        Problem("spiral", "Spiral", spiral),
        Problem("plane", "Plane (regression)", plane, regression=True),
        Problem("bumps", "Multi-Gaussian (regression)", bumps, regression=True),
    )
}


@dataclass(frozen=True)
class Feature:
    """What may go into the network: a number made of the two inputs.

    `code` is the same as Python, with the columns x1 and x2.
    """

    name: str
    title: str
    code: str
    of: Callable[[np.ndarray, np.ndarray], np.ndarray]


FEATURES: dict[str, Feature] = {
    feature.name: feature
    for feature in (
        Feature("x1", "x₁", "x1", lambda x1, x2: x1),
        Feature("x2", "x₂", "x2", lambda x1, x2: x2),
        Feature("x1sq", "x₁²", "x1**2", lambda x1, x2: x1**2),
        Feature("x2sq", "x₂²", "x2**2", lambda x1, x2: x2**2),
        Feature("x1x2", "x₁·x₂", "x1 * x2", lambda x1, x2: x1 * x2),
        Feature("sinx1", "sin x₁", "np.sin(x1)", lambda x1, x2: np.sin(x1)),
        Feature("sinx2", "sin x₂", "np.sin(x2)", lambda x1, x2: np.sin(x2)),
    )
}


def features_of(points: np.ndarray, names: tuple[str, ...]) -> np.ndarray:
    """The chosen features of points (n, 2), shape (n, n_features), float32."""
    x1, x2 = points[:, 0], points[:, 1]
    return np.column_stack([FEATURES[name].of(x1, x2) for name in names]).astype("float32")


@dataclass(frozen=True, eq=False)
class Points:
    """Points (n, 2) and targets (n,), to train on and to test with."""

    train: np.ndarray
    train_targets: np.ndarray
    test: np.ndarray
    test_targets: np.ndarray


@lru_cache(maxsize=32)
def draw_points(problem: str, noise: int, share: int, seed: int) -> Points:
    """The points of a problem; the same arguments give the same points.

    `noise` in per cent moves every point, after its target is fixed, by a random distance;
    `share` is how many per cent of the points are trained on.
    """
    rng = np.random.default_rng([seed, 1])
    points, targets = PROBLEMS[problem].draw(N_POINTS, rng)
    points = points + rng.normal(0, 3 * noise / 100, points.shape)
    order = rng.permutation(N_POINTS)
    points, targets = points[order], targets[order]
    n_train = N_POINTS * share // 100
    return Points(points[:n_train], targets[:n_train], points[n_train:], targets[n_train:])
