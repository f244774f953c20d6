"""A curve, the sum of hinges that follows it, and the hinges themselves."""

from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from components.concepts.hinges import HIGH, LOW, Curve, HingeFit, curve_points
from components.concepts.linear_model import root_mean_squared_error
from components.concepts.written_sums import rounded
from components.figures import theme

HEIGHT = 430
CURVE, FIT = "the curve", "sum of the nodes"
PLACE, LATEST = "bend", "latest bend"


def hinge_chart(curve: Curve, fit: HingeFit) -> theme.Figure:
    """The curve dashed, the fit as a line with its bends marked, the latest one by a diamond."""
    x, y = curve_points(curve)
    fitted = fit.value(x)
    rows = [(CURVE, a, b) for a, b in zip(x.tolist(), y.tolist(), strict=True)]
    rows += [(FIT, a, b) for a, b in zip(x.tolist(), fitted.tolist(), strict=True)]
    for number, place in enumerate(fit.places, start=1):
        kind = LATEST if number == len(fit.places) else PLACE
        rows.append((kind, place, float(fit.value(np.array([place]))[0])))
    data = pd.DataFrame(rows, columns=["kind", "x", "y"])
    error = root_mean_squared_error(fitted, y)
    summary = (
        f"{len(fit.places)} ReLU nodes follow the curve “{curve.title}”; "
        f"the typical error is {rounded(error, 3)}."
    )
    alternative = f"The curve “{curve.title}” and a line with bends that follows it."
    return theme.figure(_spec(), data, alternative, summary)


@lru_cache(maxsize=1)
def _spec() -> dict[str, Any]:
    domain, colors = [CURVE, FIT], [theme.GREY, theme.BLUE]
    base = alt.Chart(alt.NamedData("hinges")).encode(
        x=alt.X(field="x", type="quantitative", scale=alt.Scale(domain=[LOW, HIGH], nice=False)),
        y=alt.Y(field="y", type="quantitative", scale=alt.Scale(zero=False)),
    )
    scale = alt.Scale(domain=domain, range=colors)
    lines = (
        base.transform_filter((alt.datum.kind == CURVE) | (alt.datum.kind == FIT))
        .mark_line(strokeWidth=3)
        .encode(
            color=alt.Color(
                field="kind",
                type="nominal",
                scale=scale,
                legend=alt.Legend(symbolType="stroke", symbolSize=500),
            ),
            strokeDash=alt.StrokeDash(
                field="kind", type="nominal", scale=alt.Scale(domain=domain, range=[[6, 3], [1, 0]])
            ),
        )
    )
    bends = base.transform_filter(alt.datum.kind == PLACE).mark_point(
        size=90, filled=True, opacity=1, color=theme.BLUE
    )
    latest = base.transform_filter(alt.datum.kind == LATEST).mark_point(
        size=220, filled=True, opacity=1, color=theme.VERMILLION, shape="diamond"
    )
    return theme.to_spec(alt.layer(lines, bends, latest).properties(height=HEIGHT))
