"""The loss after one step of learning, for every learning rate."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from components.concepts.back_propagation import BackTrace
from components.concepts.one_step import take_step
from components.concepts.written_sums import rounded
from components.figures import theme

N_RATES = 161
HEIGHT = 300
CURVE, COMPARED, HERE, BEFORE = "after one step", "to compare", "in the lab", "before the step"


def loss_after_one_step(
    trace: BackTrace, low: float, high: float, compared: Sequence[float], here: float
) -> theme.Figure:
    """The loss by learning rate from `low` to `high`, both positive.

    `compared` gets points, `here` a bigger one; a dashed line shows the loss before the step.
    """
    rates = np.geomspace(low, high, N_RATES).tolist()
    rows = [(CURVE, rate, take_step(trace, rate).loss) for rate in rates]
    rows += [(BEFORE, rate, trace.loss_value) for rate in (low, high)]
    rows += [
        (HERE if rate == here else COMPARED, rate, take_step(trace, rate).loss) for rate in compared
    ]
    data = pd.DataFrame(rows, columns=["kind", "rate", "loss"])
    top = 1.15 * max(loss for kind, _, loss in rows if kind != CURVE) or 1.0
    data["loss"] = data["loss"].clip(upper=top)
    told = ", ".join(
        f"at {rate:g} {rounded(take_step(trace, rate).loss, 3)}" for rate in sorted(compared)
    )
    summary = (
        f"Loss before the step: {rounded(trace.loss_value, 3)}. Loss after one step: {told}. "
        f"In the lab: learning rate {here:g}."
    )
    alternative = "Loss after one step of learning by learning rate, on a logarithmic axis."
    return theme.figure(_spec(low, high), data, alternative, summary)


@lru_cache(maxsize=4)
def _spec(low: float, high: float) -> dict[str, Any]:
    kinds = [CURVE, BEFORE, HERE, COMPARED]
    ticks = [10.0**power for power in range(round(np.log10(low)), round(np.log10(high)) + 1)]
    base = alt.Chart(alt.NamedData("steps")).encode(
        x=alt.X(
            field="rate",
            type="quantitative",
            title="learning rate",
            scale=alt.Scale(type="log", domain=[low, high], nice=False),
            axis=alt.Axis(values=ticks, format="~g", grid=False),
        ),
        y=alt.Y(field="loss", type="quantitative", title="loss", scale=alt.Scale(zero=True)),
        color=alt.Color(
            field="kind",
            type="nominal",
            scale=alt.Scale(
                domain=kinds, range=[theme.BLUE, theme.GREY, theme.VERMILLION, theme.BLUE]
            ),
            legend=None,
        ),
    )
    dash = alt.StrokeDash(
        field="kind",
        type="nominal",
        scale=alt.Scale(domain=[CURVE, BEFORE], range=[[1, 0], [6, 4]]),
        legend=None,
    )
    lines = base.transform_filter((alt.datum.kind == CURVE) | (alt.datum.kind == BEFORE))
    points = base.transform_filter((alt.datum.kind == HERE) | (alt.datum.kind == COMPARED))
    shape = alt.Shape(
        field="kind",
        type="nominal",
        scale=alt.Scale(domain=[HERE, COMPARED], range=["diamond", "circle"]),
        legend=None,
    )
    start = base.transform_filter((alt.datum.kind == BEFORE) & (alt.datum.rate == high))
    named = alt.Text(field="kind", type="nominal")
    words: dict[str, Any] = {"fontSize": theme.LABEL_SIZE, "color": theme.TEXT}
    tooltip = [alt.Tooltip("rate:Q", title="learning rate"), alt.Tooltip("loss:Q", format=".4~g")]
    return theme.to_spec(
        alt.layer(
            lines.mark_line(clip=True).encode(strokeDash=dash),
            points.mark_point(size=130, filled=True, opacity=1).encode(
                shape=shape, tooltip=tooltip
            ),
            _without_color(start).mark_text(align="right", dy=-12, **words).encode(text=named),
            _without_color(base.transform_filter(alt.datum.kind == HERE))
            .mark_text(dy=-32, **words)
            .encode(text=named),
        ).properties(height=HEIGHT)
    )


def _without_color(chart: alt.Chart) -> alt.Chart:
    """The same marks in the colour of the page's text."""
    return chart.encode(color=alt.value(theme.TEXT))
