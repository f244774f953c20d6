"""Pictures as points of a feature space, seen in two dimensions; a point shows its picture."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
from numpy.typing import NDArray

from components.concepts.feature_space import Projection
from components.figures import theme
from components.figures.epoch_axes import to_frame

HEIGHT = 360  # px
COLUMNS = {
    "x": "float64",
    "y": "float64",
    "true": "object",
    "image": "object",
}


def feature_scatter(
    projection: Projection,
    classes: Sequence[str],
    labels: NDArray[np.int64],
    images: Sequence[str],
    words: str,
    height: int = HEIGHT,
) -> theme.Figure:
    """A point for each picture, by colour and shape of its class.

    `labels` (n,) count into `classes`; `images` are the pictures as data addresses, shown when a
    point is pointed at. `words` say in a sentence how well the classes lie apart.
    """
    rows = [
        (float(x), float(y), classes[label], image)
        for (x, y), label, image in zip(projection.points, labels, images, strict=True)
    ]
    first, second = (f"{100 * share:.0f} %" for share in projection.shares)
    return theme.figure(
        _spec(tuple(classes), height),
        to_frame(rows, COLUMNS),
        "Pictures as points of a feature space, on its two principal axes, by class.",
        f"{len(rows)} pictures. {words} The axes show {first} and {second} of the variance.",
    )


@lru_cache(maxsize=8)
def _spec(classes: tuple[str, ...], height: int) -> dict[str, Any]:
    field: dict[str, Any] = {"field": "true", "type": "nominal", "sort": None}
    n = len(classes)
    colors = [theme.SERIES_COLORS[place % len(theme.SERIES_COLORS)] for place in range(n)]
    shapes = [theme.SERIES_SHAPES[place % len(theme.SERIES_SHAPES)] for place in range(n)]
    legend = alt.Legend(orient="bottom", columns=5, symbolSize=90, labelLimit=140)
    axis = alt.Axis(labels=False, ticks=False)
    chart = (
        alt.Chart(alt.NamedData("features"))
        .mark_point(filled=True, size=55, opacity=0.75)
        .encode(
            x=alt.X(
                field="x",
                type="quantitative",
                title="first principal axis",
                axis=axis,
                scale=alt.Scale(zero=False),
            ),
            y=alt.Y(
                field="y",
                type="quantitative",
                title="second principal axis",
                axis=axis,
                scale=alt.Scale(zero=False),
            ),
            color=alt.Color(
                **field, scale=alt.Scale(domain=list(classes), range=colors), legend=legend
            ),
            shape=alt.Shape(
                **field, scale=alt.Scale(domain=list(classes), range=shapes), legend=legend
            ),
            tooltip=[
                alt.Tooltip(field="image", type="nominal"),
                alt.Tooltip(field="true", type="nominal", title="class"),
            ],
        )
    )
    return theme.to_spec(chart.properties(height=height))
