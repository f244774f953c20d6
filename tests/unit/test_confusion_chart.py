"""The picture of the confusion matrix, and the cell that a click selects."""

from typing import Any

import numpy as np
import pytest

from components.concepts.classification import confusion_matrix
from components.figures import theme
from components.figures.confusion import (
    ERROR_OPACITY,
    RIGHT_OPACITY,
    confusion_chart,
    selected_cell,
)

TRUE = [0] * 30 + [4] * 10
PREDICTED = [0] * 30 + [4] * 7 + [9] * 3


def test_every_cell_has_its_numbers() -> None:
    data = confusion_chart(confusion_matrix(TRUE, PREDICTED)).data
    assert len(data) == 100
    cell = data[(data["true"] == 4) & (data["predicted"] == 9)].iloc[0]
    assert cell["count"] == 3 and cell["share"] == pytest.approx(0.3)
    assert data["count"].sum() == 40
    assert (data[data["true"] == 5]["share"] == 0).all()  # no fives, and no division by zero


def test_axes_are_named() -> None:
    layer = confusion_chart(np.zeros((10, 10), np.int64)).spec["layer"][0]
    assert layer["encoding"]["x"]["title"] == "predicted digit"
    assert layer["encoding"]["y"]["title"] == "true digit"


def test_specification_is_the_same_for_all_numbers() -> None:
    """So that a selection stays when the numbers change."""
    one = confusion_chart(confusion_matrix(TRUE, PREDICTED))
    other = confusion_chart(confusion_matrix(TRUE, TRUE))
    assert one.spec == other.spec and one.alt == other.alt


def test_selection_is_named_and_by_field() -> None:
    params = confusion_chart(np.zeros((10, 10), np.int64)).spec["params"]
    assert [param["name"] for param in params] == ["cell"]
    assert params[0]["select"]["fields"] == ["true", "predicted"]


def test_summary_has_the_numbers() -> None:
    summary = confusion_chart(confusion_matrix(TRUE, PREDICTED)).summary
    assert summary == (
        "Confusion matrix of 40 digits: 37 right (92.5 %). Most frequent errors: 4 read as 9, 3 ×."
    )
    assert confusion_chart(confusion_matrix(TRUE, TRUE)).summary.endswith("No errors.")
    assert "no pictures yet" in confusion_chart(np.zeros((10, 10), np.int64)).summary


def test_named_classes_in_words() -> None:
    figure = confusion_chart(np.array([[3, 1], [0, 4]]), classes=("mug", "phone"))
    assert figure.summary == (
        "Confusion matrix of 8 pictures: 7 right (87.5 %). Most frequent errors: mug read as "
        "phone, 1 ×. Right by class: mug 75 %; phone 100 %."
    )
    with pytest.raises(ValueError, match="2 × 2"):
        confusion_chart(np.zeros((3, 3), np.int64), classes=("mug", "phone"))


def test_only_ten_by_ten() -> None:
    with pytest.raises(ValueError, match="10 × 10"):
        confusion_chart(np.zeros((2, 2), np.int64))


@pytest.mark.parametrize(
    ("background", "text"),
    [(theme.LIGHT_BACKGROUND, theme.LIGHT_TEXT), (theme.DARK_BACKGROUND, theme.DARK_TEXT)],
)
def test_numbers_can_be_read_on_every_cell(background: str, text: str) -> None:
    fills = [theme.mix(background, theme.BLUE, RIGHT_OPACITY)]
    fills += [theme.mix(background, theme.VERMILLION, opacity) for opacity in ERROR_OPACITY]
    assert min(theme.contrast(text, fill) for fill in fills) >= 4.5


@pytest.mark.parametrize(
    ("event", "cell"),
    [
        ({"selection": {"cell": [{"true": 4, "predicted": 9}]}}, (4, 9)),
        ({"selection": {"cell": [{"true": 0.0, "predicted": 9}]}}, (0, 9)),
        ({"selection": {"cell": {}}}, None),
        ({"selection": {"cell": []}}, None),
        ({"selection": {"cell": [{"true": 4}]}}, None),
        ({"selection": {"cell": [{"true": 4, "predicted": 10}]}}, None),
        ({"selection": {"cell": [{"true": -1, "predicted": 9}]}}, None),
        ({"selection": {"cell": [{"true": 0.5, "predicted": 9}]}}, None),
        ({"selection": {"cell": [{"true": float("nan"), "predicted": 9}]}}, None),
        ({"selection": {"cell": [{"true": True, "predicted": 9}]}}, None),
        ({"selection": {"cell": [{"true": "4", "predicted": "9"}]}}, None),
        ({"selection": {"cell": [3]}}, None),
        ({"selection": 3}, None),
        ({}, None),
        (None, None),
    ],
)
def test_reading_the_selected_cell(event: Any, cell: tuple[int, int] | None) -> None:
    assert selected_cell(event) == cell
