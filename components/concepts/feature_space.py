"""Feature space: what a network makes of pictures, seen from the side with the widest spread."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray


@dataclass(frozen=True, eq=False)
class Projection:
    """Points of a space of features, seen in two dimensions.

    `points` (n, 2) are the places on the two principal axes; `axes` (2, n_features) are these,
    of length 1 and at right angles; `shares` (2,) is how much of the points' variance lies along
    each, 0 to 1.
    """

    points: NDArray[np.float64]
    axes: NDArray[np.float64]
    shares: NDArray[np.float64]


def project(features: ArrayLike) -> Projection:
    """Principal component analysis of features (n, n_features), to two dimensions.

    The sign of an axis is free; here its largest entry is positive, so that the same features
    give the same picture. Raises ValueError for fewer than two points or dimensions.
    """
    values = np.asarray(features, np.float64)
    if values.ndim != 2 or min(values.shape) < 2:
        raise ValueError("A projection needs at least two points with two features.")
    centred = values - values.mean(axis=0)
    _, spreads, directions = np.linalg.svd(centred, full_matrices=False)
    axes = directions[:2]
    largest = np.take_along_axis(axes, np.abs(axes).argmax(axis=1)[:, None], axis=1)
    axes = axes * np.where(largest < 0, -1.0, 1.0)
    total = float((spreads**2).sum())
    shares = spreads[:2] ** 2 / total if total > 0 else np.zeros(2)
    return Projection(centred @ axes.T, axes, shares)


def same_class_neighbours(features: ArrayLike, labels: ArrayLike) -> float:
    """The share of points whose nearest other point is of their class, 0 to 1.

    Distances are those in the whole space, not in its projection. Of points equally near the
    first counts. Raises ValueError for fewer than two points.
    """
    values, classes = np.asarray(features, np.float64), np.asarray(labels)
    if len(values) < 2 or len(values) != len(classes):
        raise ValueError("It takes at least two points, each with a class.")
    squares = (values**2).sum(axis=1)
    distances = squares[:, None] + squares[None, :] - 2 * values @ values.T
    np.fill_diagonal(distances, np.inf)
    return float((classes[distances.argmin(axis=1)] == classes).mean())
