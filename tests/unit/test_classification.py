"""The confusion matrix and what is read from it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.testing import assert_array_equal

from components.concepts.classification import (
    Confusion,
    accuracy,
    accuracy_per_class,
    cell_indices,
    confusion_matrix,
    worst_confusions,
    wrong_indices,
)

TRUE = [4, 4, 4, 9, 7, 7]
PREDICTED = [4, 9, 9, 9, 7, 1]
CONFIDENCE = [200, 120, 250, 90, 255, 120]

ANSWERS = st.lists(st.tuples(st.integers(0, 9), st.integers(0, 9)), max_size=60)


def test_rows_are_true_classes_and_columns_predicted_ones() -> None:
    matrix = confusion_matrix(TRUE, PREDICTED)
    assert matrix[4, 4] == 1 and matrix[4, 9] == 2 and matrix[9, 4] == 0
    assert matrix[7, 1] == 1 and matrix.sum() == 6


@given(ANSWERS)
def test_matrix_counts_each_picture_once(answers: list[tuple[int, int]]) -> None:
    true = np.array([t for t, _ in answers], np.uint8)
    predicted = np.array([p for _, p in answers], np.uint8)
    matrix = confusion_matrix(true, predicted)
    assert_array_equal(matrix.sum(axis=1), np.bincount(true, minlength=10))
    assert_array_equal(matrix.sum(axis=0), np.bincount(predicted, minlength=10))
    assert np.trace(matrix) == (true == predicted).sum()


def test_many_bytes_do_not_overflow() -> None:
    nines = np.full(70_000, 9, np.uint8)
    assert confusion_matrix(nines, nines)[9, 9] == 70_000


def test_accuracies() -> None:
    matrix = confusion_matrix(TRUE, PREDICTED)
    assert accuracy(matrix) == 3 / 6
    per_class = accuracy_per_class(matrix)
    assert per_class[4] == pytest.approx(1 / 3) and per_class[9] == 1 and per_class[7] == 0.5
    assert np.isnan(per_class[0])


def test_accuracy_of_nothing_is_not_a_number() -> None:
    assert np.isnan(accuracy(confusion_matrix([], [])))


def test_worst_confusions_come_first_and_hold_no_right_answer() -> None:
    matrix = confusion_matrix(TRUE, PREDICTED)
    assert worst_confusions(matrix) == (Confusion(4, 9, 2), Confusion(7, 1, 1))
    assert worst_confusions(matrix, n=1) == (Confusion(4, 9, 2),)


def test_wrong_pictures_most_confident_first() -> None:
    assert wrong_indices(TRUE, PREDICTED, CONFIDENCE).tolist() == [2, 1, 5]


def test_pictures_of_one_cell() -> None:
    assert cell_indices(TRUE, PREDICTED, CONFIDENCE, (4, 9)).tolist() == [2, 1]
    assert cell_indices(TRUE, PREDICTED, CONFIDENCE, (0, 9)).tolist() == []


@pytest.mark.parametrize(
    ("true", "predicted", "words"),
    [
        ([1, 2], [1], "2 true classes, but 1 answers"),
        ([10], [1], "from 10 to 10"),
        ([-1], [1], "from -1 to -1"),
        ([0.5], [1], "whole numbers"),
        ([[1]], [[1]], "one row"),
    ],
)
def test_classes_that_make_no_sense(true: list, predicted: list, words: str) -> None:
    with pytest.raises(ValueError, match=words):
        confusion_matrix(true, predicted)
