"""The network's wage against education, one line for tech jobs and one for others."""

from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from components.concepts.dense_network import DenseNetwork, predict
from components.concepts.written_sums import rounded
from components.figures import theme
from components.figures.interaction_table import N_CELLS, place_of

HEIGHT = 170
LOW, HIGH, N_POINTS = 0.0, 21.0, 85  # all that the slider and one more year reach
TECH, OTHER = "tech job 1", "tech job 0"
KINDS = (OTHER, TECH)


def interaction_lines(network: DenseNetwork, education: float, known: int) -> theme.Figure:
    """Wage by education from 0 to 21 years, and the table's first `known` cells as points.

    A line is drawn once its column of the table is full; the axes are those of the full picture.
    Parallel lines mean that a year is worth the same in both: no interaction.
    """
    years = np.linspace(LOW, HIGH, N_POINTS)
    rows = [
        ("line" if known >= 2 * (tech + 1) else "unseen", kind, year, wage)
        for tech, kind in enumerate(KINDS)
        for year, wage in zip(years.tolist(), _wages(network, years, tech), strict=True)
    ]
    points = []
    for cell in range(1, min(known, N_CELLS) + 1):
        row, tech = place_of(cell)
        year = education + row
        points.append(("point", KINDS[tech], year, _wages(network, np.array([year]), tech)[0]))
    data = pd.DataFrame(rows + points, columns=["mark", "kind", "education", "wage"])
    slopes = [_wages(network, np.array([education, education + 1]), tech) for tech in (0, 1)]
    summary = "; ".join(
        f"{kind}: {rounded(first)} at {education:g} years, {rounded(last)} at {education + 1:g}"
        for kind, (first, last) in zip(KINDS, slopes, strict=True)
    )
    alternative = "Predicted wage against years of education, a line for each kind of job."
    shown = summary if known >= N_CELLS else "The table is not full yet."
    return theme.figure(_spec(), data, alternative, f"Predicted wages. {shown}")


def _wages(network: DenseNetwork, years: np.ndarray, tech: int) -> list[float]:
    inputs = np.column_stack([years, np.full(len(years), float(tech))])
    return [float(wage) for wage in predict(network, inputs)[:, 0]]


@lru_cache(maxsize=1)
def _spec() -> dict[str, Any]:
    colors = [theme.CONSTRUCTION, theme.TECHNOLOGY]
    domain = list(KINDS)
    base = alt.Chart(alt.NamedData("wages")).encode(
        x=alt.X(
            field="education",
            type="quantitative",
            title="education (years)",
            scale=alt.Scale(domain=[LOW, HIGH], nice=False),
        ),
        y=alt.Y(field="wage", type="quantitative", title="wage", axis=alt.Axis(tickCount=5)),
        color=alt.Color(
            field="kind",
            type="nominal",
            scale=alt.Scale(domain=domain, range=colors),
            legend=alt.Legend(symbolType="stroke", symbolSize=500),
        ),
    )
    dash = alt.StrokeDash(
        field="kind", type="nominal", scale=alt.Scale(domain=domain, range=[[6, 3], [1, 0]])
    )
    lines = base.transform_filter(alt.datum.mark == "line").mark_line(clip=True)
    # Points have fixed colours: with a scale of their own they would change the legend's lines.
    points = [
        base.transform_filter((alt.datum.mark == "point") & (alt.datum.kind == kind))
        .mark_point(size=130, filled=True, opacity=1, shape=shape)
        .encode(color=alt.value(color))
        for kind, color, shape in zip(KINDS, colors, ("square", "circle"), strict=True)
    ]
    unseen = base.transform_filter(alt.datum.mark == "unseen").mark_point(opacity=0)
    layers = [unseen.encode(color=alt.value(theme.GREY)), lines.encode(strokeDash=dash), *points]
    return theme.to_spec(alt.layer(*layers).properties(height=HEIGHT))
