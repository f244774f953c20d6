"""What a classifier got right and wrong: the confusion matrix and the wrong pictures."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from components.concepts.digit_network import N_CLASSES


@dataclass(frozen=True)
class Confusion:
    """One class taken for another: `count` pictures of `true` were read as `predicted`."""

    true: int
    predicted: int
    count: int


def confusion_matrix(
    true: ArrayLike, predicted: ArrayLike, n_classes: int = N_CLASSES
) -> NDArray[np.int64]:
    """Count how often each true class (row) was read as each class (column).

    `true` and `predicted` are classes of shape (n,); the matrix is (n_classes, n_classes).
    Raises ValueError where the two differ in length or a class is out of range.
    """
    true_classes, answers = _classes(true, n_classes), _classes(predicted, n_classes)
    if true_classes.shape != answers.shape:
        raise ValueError(
            f"There are {true_classes.size} true classes, but {answers.size} answers; "
            "each picture needs one of both."
        )
    pairs = true_classes * n_classes + answers
    return np.bincount(pairs, minlength=n_classes**2).reshape(n_classes, n_classes)


def accuracy(matrix: NDArray[np.int64]) -> float:
    """The share of pictures on the diagonal, NaN for a matrix without pictures."""
    total = int(matrix.sum())
    return int(np.trace(matrix)) / total if total else float("nan")


def accuracy_per_class(matrix: NDArray[np.int64]) -> NDArray[np.float64]:
    """For each true class the share read rightly, shape (n_classes,); NaN where it has no picture.

    In other fields this share is called recall or sensitivity.
    """
    totals = matrix.sum(axis=1)
    shares = np.full(len(matrix), np.nan)
    np.divide(np.diagonal(matrix), totals, out=shares, where=totals > 0)
    return shares


def worst_confusions(matrix: NDArray[np.int64], n: int = 3) -> tuple[Confusion, ...]:
    """The n most frequent errors, most frequent first; fewer where there are fewer."""
    errors = matrix * ~np.eye(len(matrix), dtype=bool)
    order = np.argsort(-errors, axis=None, kind="stable")[:n]
    cells = (divmod(int(index), len(matrix)) for index in order)
    return tuple(
        Confusion(true, predicted, int(errors[true, predicted]))
        for true, predicted in cells
        if errors[true, predicted] > 0
    )


def wrong_indices(
    true: ArrayLike, predicted: ArrayLike, confidence: ArrayLike, n_classes: int = N_CLASSES
) -> NDArray[np.int64]:
    """Places of the wrongly read pictures, the most confident mistake first.

    `confidence` has shape (n,) and any scale. Pictures of equal confidence stay in order.
    """
    wrong = np.flatnonzero(_classes(true, n_classes) != _classes(predicted, n_classes))
    return _by_confidence(wrong, confidence)


def cell_indices(
    true: ArrayLike, predicted: ArrayLike, confidence: ArrayLike, cell: tuple[int, int]
) -> NDArray[np.int64]:
    """Places of the pictures in one cell (true, predicted) of the matrix, most confident first."""
    inside = (np.asarray(true) == cell[0]) & (np.asarray(predicted) == cell[1])
    return _by_confidence(np.flatnonzero(inside), confidence)


def _by_confidence(indices: NDArray[np.int64], confidence: ArrayLike) -> NDArray[np.int64]:
    values = np.asarray(confidence, dtype=np.float64)[indices]
    return indices[np.argsort(-values, kind="stable")]


def _classes(values: ArrayLike, n_classes: int) -> NDArray[np.int64]:
    classes = np.asarray(values)
    if classes.ndim != 1 or (classes.size and classes.dtype.kind not in "iu"):
        raise ValueError("Classes are one row of whole numbers.")
    if classes.size and not (classes.min() >= 0 and classes.max() < n_classes):
        raise ValueError(
            f"Classes go from 0 to {n_classes - 1}; here they go from {classes.min()} "
            f"to {classes.max()}."
        )
    return classes.astype(np.int64)
