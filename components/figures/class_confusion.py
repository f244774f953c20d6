"""The confusion matrix of named classes, and how much of each class is named rightly."""

from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.concepts.classification import accuracy, accuracy_per_class, worst_confusions
from components.figures import theme
from components.figures.theme import Figure

RIGHT_OPACITY = 0.35
ERROR_OPACITY = (0.12, 0.6)
STRONG_SHARE = 0.25  # of a class's pictures
LONGEST_LABEL = 130  # px
ALTERNATIVE = "Confusion matrix: a square for each true class (row) and named class (column)."


def class_confusion(
    matrix: NDArray[np.int64], classes: tuple[str, ...], height: int = 300
) -> Figure:
    """The matrix (true class in rows, named class in columns) as a map with numbers.

    The diagonal is calm blue; errors are orange, the stronger the larger their share of the
    true class's pictures. `height` is in pixels. Raises ValueError where sizes do not fit.
    """
    if matrix.shape != (len(classes), len(classes)):
        raise ValueError(f"{len(classes)} classes have no matrix of {matrix.shape}.")
    return theme.figure(
        _spec(classes, height), _data(matrix, classes), ALTERNATIVE, summary(matrix, classes)
    )


def summary(matrix: NDArray[np.int64], classes: tuple[str, ...]) -> str:
    """The matrix in words: how many are right, of each class, and the most frequent errors."""
    total = int(matrix.sum())
    if not total:
        return "Confusion matrix: no pictures yet."
    shares = accuracy_per_class(matrix)
    each = "; ".join(
        f"{name} {100 * share:.0f} %"
        for name, share in zip(classes, shares, strict=True)
        if np.isfinite(share)
    )
    worst = [
        f"{classes[w.true]} named {classes[w.predicted]}, {w.count} ×"
        for w in worst_confusions(matrix)
    ]
    errors = f" Most frequent errors: {'; '.join(worst)}." if worst else " No errors."
    return (
        f"Of {total:,} pictures {int(np.trace(matrix)):,} are named rightly "
        f"({100 * accuracy(matrix):.1f} %). By class: {each}.{errors}"
    )


def _data(matrix: NDArray[np.int64], classes: tuple[str, ...]) -> pd.DataFrame:
    """One row for each cell: `true`, `predicted`, `count`, `share` of the true class."""
    true, predicted = np.indices(matrix.shape)
    shares = matrix / np.maximum(matrix.sum(axis=1, keepdims=True), 1)
    names = np.array(classes, dtype=object)
    columns = {
        "true": names[true.ravel()],
        "predicted": names[predicted.ravel()],
        "count": matrix.ravel(),
        "share": shares.ravel(),
    }
    return pd.DataFrame(columns)


@lru_cache(maxsize=16)
def _spec(classes: tuple[str, ...], height: int) -> dict[str, Any]:
    axis: dict[str, Any] = {"labelLimit": LONGEST_LABEL, "ticks": False}
    order = list(classes)
    base = alt.Chart(alt.NamedData("cells")).encode(
        x=alt.X(
            field="predicted",
            type="nominal",
            sort=order,
            title="named",
            scale=alt.Scale(domain=order),
            axis=alt.Axis(labelAngle=-40 if len(order) > 3 else 0, **axis),
        ),
        y=alt.Y(
            field="true",
            type="nominal",
            sort=order,
            title="true class",
            scale=alt.Scale(domain=order),
            axis=alt.Axis(**axis),
        ),
    )
    is_right = "datum.true === datum.predicted"
    right = base.transform_filter(f"{is_right} && datum.count > 0").mark_rect(
        color=theme.BLUE, opacity=RIGHT_OPACITY
    )
    shading = alt.Scale(domain=[0, STRONG_SHARE], range=list(ERROR_OPACITY), clamp=True)
    wrong = (
        base.transform_filter(f"!({is_right}) && datum.count > 0")
        .mark_rect(color=theme.VERMILLION)
        .encode(opacity=alt.Opacity(field="share", type="quantitative", scale=shading, legend=None))
    )
    numbers = (
        base.transform_filter("datum.count > 0")
        .mark_text()
        .encode(text=alt.Text(field="count", type="quantitative", format="d"))
    )
    frames = base.mark_rect(fill="transparent", stroke=theme.TEXT, strokeOpacity=0.15).encode(
        tooltip=[
            alt.Tooltip(field="true", type="nominal", title="true class"),
            alt.Tooltip(field="predicted", type="nominal", title="named"),
            alt.Tooltip(field="count", type="quantitative", title="pictures", format="d"),
            alt.Tooltip(field="share", type="quantitative", title="of this class", format=".0%"),
        ]
    )
    return theme.to_spec(alt.layer(right, wrong, numbers, frames).properties(height=height))
