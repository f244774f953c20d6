"""What was measured of each layer: explained by edges, and particular."""

from collections.abc import Sequence
from typing import Any

import altair as alt
import pandas as pd

from components.concepts.edge_evidence import Evidence
from components.concepts.inquiry import MEASURES
from components.figures import theme

HEIGHT = 260


def evidence_chart(evidence: Sequence[Evidence]) -> theme.Figure:
    """Both measures by layer, from the first layer to the last."""
    rows = [
        (f"{place}. {each.title}", MEASURES[measure], getattr(each, measure))
        for place, each in enumerate(evidence, start=1)
        for measure in MEASURES
    ]
    data = pd.DataFrame(rows, columns=["layer", "measure", "share"])
    told = "; ".join(
        f"{each.title}: edges {each.edges:.2f}, particular {each.particular:.2f}"
        for each in evidence
    )
    return theme.figure(_spec(), data, "Two measures of each layer, from 0 to 1.", told)


def _spec() -> dict[str, Any]:
    names = list(MEASURES.values())
    colors = alt.Scale(domain=names, range=[theme.BLUE, theme.VERMILLION])
    base = alt.Chart(alt.NamedData("evidence")).encode(
        x=alt.X(
            field="layer", type="ordinal", title=None, sort=None, axis=alt.Axis(labelAngle=-30)
        ),
        y=alt.Y(field="share", type="quantitative", title="share", scale=alt.Scale(domain=[0, 1])),
        color=alt.Color(field="measure", type="nominal", scale=colors),
        tooltip=[
            alt.Tooltip(field="layer", type="nominal"),
            alt.Tooltip(field="measure", type="nominal"),
            alt.Tooltip(field="share", type="quantitative", format=".2f"),
        ],
    )
    lines = base.mark_line().encode(
        strokeDash=alt.StrokeDash(
            field="measure", type="nominal", scale=alt.Scale(domain=names, range=[[1, 0], [8, 3]])
        )
    )
    points = base.mark_point(filled=True, size=90).encode(
        shape=alt.Shape(
            field="measure",
            type="nominal",
            scale=alt.Scale(domain=names, range=["circle", "square"]),
        )
    )
    return theme.to_spec((lines + points).properties(height=HEIGHT, width="container"))
