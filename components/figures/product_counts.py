"""How many products n inputs have: pairs and triples, on one chart."""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from components.concepts.linear_model import count_products
from components.figures import theme
from components.figures.theme import Figure

FEWEST, MOST = 2, 100  # inputs
KINDS = {"inputs": 1, "pairs": 2, "triples": 3}
COLORS = (theme.GREY, theme.BLUE, theme.VERMILLION)
DASHES = ([2, 3], [1, 0], [8, 3])
HEIGHT = 230  # px


def product_counts(n_inputs: int, height: int = HEIGHT) -> Figure:
    """Inputs, pairs and triples by the number of inputs, with `n_inputs` marked."""
    rows = [
        (kind, n, count_products(n, order), n == n_inputs)
        for kind, order in KINDS.items()
        for n in range(FEWEST, MOST + 1)
        if count_products(n, order) > 0
    ]
    data = pd.DataFrame(rows, columns=["kind", "n", "count", "is_here"])
    words = "Inputs, pairs and triples by the number of inputs, on a logarithmic scale."
    counts = [f"{count_products(n_inputs, order):,} {kind}" for kind, order in KINDS.items()]
    summary = f"With {n_inputs} inputs: {', '.join(counts)}."
    return theme.figure(_spec(height), data.astype({"kind": "str"}), words, summary)


@lru_cache(maxsize=4)
def _spec(height: int) -> dict[str, Any]:
    kinds = list(KINDS)
    base = alt.Chart(alt.NamedData("counts")).encode(
        x=alt.X(field="n", type="quantitative", title="inputs"),
        y=alt.Y(
            field="count",
            type="quantitative",
            title="how many (logarithmic)",
            scale=alt.Scale(type="log"),
            axis=alt.Axis(values=[1, 10, 100, 1_000, 10_000, 100_000], format=","),
        ),
        color=alt.Color(
            field="kind",
            type="nominal",
            scale=alt.Scale(domain=kinds, range=list(COLORS)),
            legend=alt.Legend(symbolType="stroke", symbolSize=500),
        ),
    )
    line = base.mark_line().encode(
        strokeDash=alt.StrokeDash(
            field="kind",
            type="nominal",
            scale=alt.Scale(domain=kinds, range=[list(dash) for dash in DASHES]),
        )
    )
    here = base.transform_filter("datum.is_here")
    points = here.mark_point(size=110, filled=True, opacity=1)
    chart = alt.layer(line, points)
    return theme.to_spec(chart.properties(height=height))
