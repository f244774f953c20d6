"""The confusion matrix as a picture: which class was read as which, and how often."""

import json
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.concepts.classification import accuracy, accuracy_per_class, worst_confusions
from components.concepts.digit_network import N_CLASSES
from components.figures import theme
from components.figures.theme import Figure

CELL = "cell"  # the selection's name in the chart, and in what the page gets back
RIGHT_OPACITY = 0.35  # of a cell on the diagonal
ERROR_OPACITY = (0.12, 0.6)  # of an error that is rare, and of one of STRONG_SHARE or more
STRONG_SHARE = 0.1  # of a true digit's pictures

HEIGHT = 400  # px
LONGEST_LABEL = 130  # px
ALTERNATIVE = "Confusion matrix: a square for each true digit (row) and predicted digit (column)."


def confusion_chart(
    matrix: NDArray[np.int64], height: int = HEIGHT, classes: Sequence[str] = ()
) -> Figure:
    """The matrix (true digit in rows, predicted in columns) as a map with numbers.

    The diagonal is calm blue; errors are orange, the stronger the larger their share of the
    true digit's pictures. A click on a cell selects it and a double click anywhere clears the
    selection: show the chart with `on_select="rerun"` and a `key`, and read the answer with
    `selected_cell`. The specification never changes, so the selection stays as numbers change.
    `height` is in pixels. `classes` are the names of the classes where they are not the ten
    digits; a cell is selected by their numbers all the same.
    """
    n_classes = len(classes) or N_CLASSES
    if matrix.shape != (n_classes, n_classes):
        raise ValueError(
            f"The matrix of {n_classes} classes is {n_classes} × {n_classes}, not {matrix.shape}."
        )
    names = tuple(classes) or tuple(map(str, range(N_CLASSES)))
    words = ALTERNATIVE.replace("digit", "class") if classes else ALTERNATIVE
    return theme.figure(
        _spec(height, tuple(classes)),
        _data(matrix, names, "class" if classes else "digit"),
        words,
        _summary(matrix, names, "pictures" if classes else "digits") + _by_class(matrix, classes),
    )


def selected_cell(
    event: Mapping[str, Any] | None, n_classes: int = N_CLASSES
) -> tuple[int, int] | None:
    """The selected (true, predicted), or None.

    `event` is what `st.vega_lite_chart(…, on_select="rerun")` returns, and what it keeps in the
    session under the chart's key: {"selection": {"cell": [{"true": 4, "predicted": 9}]}} with a
    cell selected, {"selection": {"cell": {}}} or {"selection": {"cell": []}} without. Anything
    else a browser may send counts as no selection.
    """
    selection = event.get("selection") if isinstance(event, Mapping) else None
    cells = selection.get(CELL) if isinstance(selection, Mapping) else None
    if not isinstance(cells, list) or len(cells) != 1 or not isinstance(cells[0], Mapping):
        return None
    true, predicted = (_class(cells[0].get(name), n_classes) for name in ("true", "predicted"))
    return None if true is None or predicted is None else (true, predicted)


def _class(value: object, n_classes: int) -> int | None:
    if not isinstance(value, (int, float)) or isinstance(value, bool):
        return None
    return int(value) if value in range(n_classes) else None


def _data(matrix: NDArray[np.int64], names: tuple[str, ...], what: str) -> pd.DataFrame:
    """One row for each cell: `true`, `predicted`, `count`, `share` of the true class; names, and
    all of it in words.
    """
    true, predicted = np.indices(matrix.shape)
    totals = matrix.sum(axis=1, keepdims=True)
    shares = matrix / np.maximum(totals, 1)
    columns = {"true": true, "predicted": predicted, "count": matrix, "share": shares}
    table = pd.DataFrame({name: values.ravel() for name, values in columns.items()})
    table["true_name"] = [names[each] for each in table["true"]]
    table["predicted_name"] = [names[each] for each in table["predicted"]]
    table["words"] = [
        f"true {what}: {names[t]}; predicted {what}: {names[p]}; {count} pictures"
        for t, p, count in zip(true.ravel(), predicted.ravel(), matrix.ravel(), strict=True)
    ]
    return table


@lru_cache(maxsize=16)
def _spec(height: int, classes: tuple[str, ...]) -> dict[str, Any]:
    what = "class" if classes else "digit"
    # The places are numbers, so that a selection says numbers; the axis shows the names.
    named: dict[str, Any] = (
        {"labelExpr": f"{json.dumps(list(classes))}[datum.value]"} if classes else {}
    )
    slanted = -40 if len(classes) > 3 and max(map(len, classes)) > 3 else 0
    cell = alt.selection_point(
        name=CELL, fields=["true", "predicted"], on="click", clear="dblclick", toggle=False
    )
    places: dict[str, Any] = {
        "x": alt.X(
            field="predicted",
            type="ordinal",
            title=f"predicted {what}",
            axis=alt.Axis(labelAngle=slanted, labelLimit=LONGEST_LABEL, **named),
        ),
        "y": alt.Y(
            field="true",
            type="ordinal",
            title=f"true {what}",
            axis=alt.Axis(labelLimit=LONGEST_LABEL, **named),
        ),
    }
    base = alt.Chart(alt.NamedData("cells")).encode(**places)
    on_diagonal = "datum.true === datum.predicted"
    right = base.transform_filter(f"{on_diagonal} && datum.count > 0").mark_rect(
        color=theme.BLUE, opacity=RIGHT_OPACITY
    )
    shading = alt.Scale(domain=[0, STRONG_SHARE], range=list(ERROR_OPACITY), clamp=True)
    wrong = (
        base.transform_filter(f"!({on_diagonal}) && datum.count > 0")
        .mark_rect(color=theme.VERMILLION)
        .encode(opacity=alt.Opacity(field="share", type="quantitative", scale=shading, legend=None))
    )
    numbers = (
        base.transform_filter("datum.count > 0")
        .mark_text()
        .encode(text=alt.Text(field="count", type="quantitative", format="d"))
    )
    # An invisible square on top of each cell takes the click and shows the selection as a frame.
    frames = (
        base.mark_rect(fill="transparent", stroke=theme.TEXT, cursor="pointer")
        .encode(
            strokeOpacity=alt.condition(cell, alt.value(1), alt.value(0.15), empty=False),
            strokeWidth=alt.condition(cell, alt.value(3), alt.value(1), empty=False),
            description=alt.Description(field="words", type="nominal"),
            tooltip=[
                alt.Tooltip(field="true_name", type="nominal", title=f"true {what}"),
                alt.Tooltip(field="predicted_name", type="nominal", title=f"predicted {what}"),
                alt.Tooltip(field="count", type="quantitative", title="pictures", format="d"),
                alt.Tooltip(
                    field="share", type="quantitative", title=f"of this {what}", format=".1%"
                ),
            ],
        )
        .add_params(cell)
    )
    return theme.to_spec(alt.layer(right, wrong, numbers, frames).properties(height=height))


def _summary(matrix: NDArray[np.int64], names: tuple[str, ...], what: str) -> str:
    total = int(matrix.sum())
    if not total:
        return "Confusion matrix: no pictures yet."
    text = (
        f"Confusion matrix of {total:,} {what}: {int(np.trace(matrix)):,} right "
        f"({100 * accuracy(matrix):.1f} %)."
    )
    worst = [
        f"{names[w.true]} read as {names[w.predicted]}, {w.count:,} ×"
        for w in worst_confusions(matrix)
    ]
    return text + (f" Most frequent errors: {'; '.join(worst)}." if worst else " No errors.")


def _by_class(matrix: NDArray[np.int64], classes: Sequence[str]) -> str:
    """The share of each named class that is right; nothing where no names are given."""
    shares = accuracy_per_class(matrix)
    right = [
        f"{name} {100 * share:.0f} %"
        for name, share in zip(classes, shares, strict=False)
        if np.isfinite(share)
    ]
    return f" Right by class: {'; '.join(right)}." if right else ""
