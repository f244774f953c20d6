"""How good calibrated probabilities are: what a model card says."""

from dataclasses import asdict
from typing import Any

import numpy as np
from numpy.typing import NDArray

from components.concepts.model_cards import CalibrationBin, Foreign

BINS = 10
THRESHOLDS = np.round(np.arange(0.5, 0.991, 0.01), 2)
MOST_OWN_NOT_SURE = 0.15  # of pictures of the classes themselves

Array = NDArray[np.float32]


def confusion(probabilities: Array, labels: NDArray[np.int64]) -> list[list[int]]:
    """Counts (classes, classes): of class i, called j."""
    n_classes = probabilities.shape[1]
    counts = np.zeros((n_classes, n_classes), int)
    np.add.at(counts, (labels, probabilities.argmax(axis=1)), 1)
    return [[int(count) for count in row] for row in counts]


def calibration(probabilities: Array, labels: NDArray[np.int64]) -> tuple[list[Any], float]:
    """The bins with pictures in them, as plain values, and the calibration error."""
    confidence = probabilities.max(axis=1)
    right = probabilities.argmax(axis=1) == labels
    number = np.minimum((confidence * BINS).astype(int), BINS - 1)
    bins, error = [], 0.0
    for i in range(BINS):
        here = number == i
        if here.any():
            mean, accuracy = float(confidence[here].mean()), float(right[here].mean())
            error += float(here.mean()) * abs(mean - accuracy)
            found = CalibrationBin(i / BINS, (i + 1) / BINS, int(here.sum()), mean, accuracy)
            bins.append(asdict(found))
    return bins, error


def choose_threshold(own: Array, foreign: Array) -> float:
    """Below which probability of the likeliest class to say "not sure".

    Of the thresholds that leave at least 85 % of the pictures of the classes themselves sure,
    the one that tells own and foreign pictures best apart; the lowest where several do.
    """
    own_best, foreign_best = own.max(axis=1), foreign.max(axis=1)

    def merit(threshold: float) -> float:
        own_not_sure = float((own_best < threshold).mean())
        if own_not_sure > MOST_OWN_NOT_SURE:
            return -1.0
        return float((foreign_best < threshold).mean()) - own_not_sure

    return float(max(THRESHOLDS, key=merit))


def not_sure(probabilities: Array, threshold: float) -> float:
    """The share of pictures whose likeliest class has less than the threshold."""
    return float((probabilities.max(axis=1) < threshold).mean())


def foreign_share(what: str, probabilities: Array, threshold: float) -> dict[str, Any]:
    """How often pictures of something else come out as "not sure", as plain values."""
    return asdict(Foreign(what, len(probabilities), not_sure(probabilities, threshold)))
