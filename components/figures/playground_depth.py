"""Depth against width on one chart: a line for the middle start, a band from best to worst."""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from components.concepts.playground_shapes import Shape, ShapeComparison, n_parameters
from components.figures import theme


def name_of(comparison: ShapeComparison, shape: Shape) -> str:
    """A shape in words, with its size: "2 layers of 8, 105 weights"."""
    layers = f"{len(shape)} layer{'' if len(shape) == 1 else 's'} of {shape[0]}"
    return f"{layers}, {n_parameters(comparison.plan, shape)} weights"


def depth_against_width(comparison: ShapeComparison) -> theme.Figure:
    """The test loss by epoch of every shape that has been trained."""
    rows, words = [], []
    for band in comparison.bands():
        name = name_of(comparison, band.shape)
        values = zip(comparison.epochs, band.low, band.middle, band.high, strict=True)
        rows += [(name, *map(float, row)) for row in values]
        words.append(
            f"{name}: {band.middle[-1]:.3f}, from {band.low[-1]:.3f} to {band.high[-1]:.3f} "
            f"over {band.n_starts} starts"
        )
    data = pd.DataFrame(rows, columns=["shape", "epoch", "low", "middle", "high"])
    return theme.figure(
        _spec(),
        data,
        "Test loss by epoch of networks of about equal size: a line for the middle of several "
        "starts, a band from the best to the worst.",
        f"Test loss after {comparison.epochs[-1]} epochs. {'; '.join(words)}.",
    )


@lru_cache(maxsize=1)
def _spec() -> dict[str, Any]:
    shape: dict[str, Any] = {"field": "shape", "type": "nominal", "sort": None}
    color = alt.Color(
        **shape,
        scale=alt.Scale(range=list(theme.SERIES_COLORS)),
        legend=alt.Legend(
            orient="bottom",
            columns=2,
            labelLimit=320,
            symbolType="stroke",
            symbolSize=500,
            symbolOpacity=1,
        ),
    )
    dashes = [list(dash) for dash in theme.SERIES_DASHES]
    base = alt.Chart(alt.NamedData("shapes")).encode(
        x=alt.X(field="epoch", type="quantitative", title="epoch"), color=color
    )
    axis = alt.Axis(title="test loss")
    band = base.mark_area(opacity=0.15).encode(
        y=alt.Y(field="low", type="quantitative", axis=axis), y2=alt.Y2(field="high")
    )
    line = base.mark_line(point=alt.OverlayMarkDef(size=30)).encode(
        y=alt.Y(field="middle", type="quantitative", axis=axis),
        strokeDash=alt.StrokeDash(**shape, scale=alt.Scale(range=dashes)),
        tooltip=[
            alt.Tooltip(field="shape", type="nominal"),
            *(
                alt.Tooltip(field=name, type="quantitative", format=".4f")
                for name in ("low", "middle", "high")
            ),
        ],
    )
    return theme.to_spec(alt.layer(band, line).properties(height=300))
