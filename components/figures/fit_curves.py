"""The losses of a fit by epoch: where it was best, where it stopped, and the plain model."""

import math
from functools import lru_cache
from typing import Any

import altair as alt

from components.concepts.first_model import FitRecord
from components.figures import theme
from components.figures.epoch_axes import to_frame, write_loss
from components.figures.theme import Figure

TRAINING, VALIDATION, PLAIN = "training", "validation", "least squares"
TICKS = [0, 0.1, 1, 10, 100, 1e3, 1e4, 1e6, 1e9]
BEST, STOP = "best epoch", "stopped"
KINDS = (TRAINING, VALIDATION, PLAIN)


def fit_curves(record: FitRecord, epochs: int, plain_loss: float | None, height: int) -> Figure:
    """Training and validation loss by epoch, up to `epochs`.

    The best epoch and the stop are marked once there are any. `plain_loss` is the validation
    loss of least squares by the same measure, None where it has none.
    """
    rows: list[tuple[str, float, float]] = []
    for point in record.points:
        rows.append((TRAINING, point.epoch, point.loss))
        rows.append((VALIDATION, point.epoch, point.val_loss))
    if plain_loss is not None:
        rows += [(PLAIN, 0.0, plain_loss), (PLAIN, float(epochs), plain_loss)]
    if record.best is not None:
        rows.append((BEST, record.best.epoch, record.best.val_loss))
    if record.how and record.points:
        rows.append((STOP, record.points[-1].epoch, record.points[-1].val_loss))
    data = to_frame(rows, {"kind": "str", "epoch": "float64", "value": "float64"})
    return theme.figure(
        _spec(epochs, height),
        data,
        "Loss by epoch: a line for training, a dashed one for validation, the best epoch and the "
        "stop marked, a level line for least squares.",
        _summary(record, plain_loss),
    )


@lru_cache(maxsize=64)
def _spec(epochs: int, height: int) -> dict[str, Any]:
    x = alt.X(
        field="epoch",
        type="quantitative",
        title="epoch",
        scale=alt.Scale(domain=[0, epochs], nice=False),
        axis=alt.Axis(tickMinStep=1, format="d", tickCount=min(epochs, 6)),
    )
    y = alt.Y(
        field="value",
        type="quantitative",
        title="loss",
        scale=alt.Scale(type="symlog", constant=0.1, nice=False, zero=True),
        axis=alt.Axis(format=",~r", values=TICKS),
    )
    scale = alt.Scale(domain=list(KINDS), range=[theme.TRAINING, theme.VALIDATION, theme.GREY])
    base = alt.Chart(alt.NamedData("fit")).encode(x=x, y=y)
    lines = (
        base.transform_filter(alt.FieldOneOfPredicate(field="kind", oneOf=list(KINDS)))
        .mark_line(clip=True)
        .encode(
            color=alt.Color(
                field="kind",
                type="nominal",
                scale=scale,
                legend=alt.Legend(symbolType="stroke", symbolSize=300, columnPadding=8),
            ),
            strokeDash=alt.StrokeDash(
                field="kind",
                type="nominal",
                scale=alt.Scale(domain=list(KINDS), range=[[1, 0], [6, 3], [2, 3]]),
            ),
            tooltip=[
                alt.Tooltip(field="kind", type="nominal"),
                alt.Tooltip(field="epoch", type="quantitative", format="d"),
                alt.Tooltip(field="value", type="quantitative", title="loss", format=".4f"),
            ],
        )
    )
    best = (
        base.transform_filter(alt.datum.kind == BEST)
        .mark_point(shape="diamond", filled=True, size=140, color=theme.VALIDATION, opacity=1)
        .encode(tooltip=[alt.Tooltip(field="epoch", type="quantitative", title=BEST, format="d")])
    )
    stop = base.transform_filter(alt.datum.kind == STOP)
    rule = stop.mark_rule(strokeWidth=2, strokeDash=[2, 2], clip=True).encode(x=x, y=alt.Undefined)
    # The word stands on the side of the rule where there is room for it.
    bottom = stop.encode(x=x, y=alt.value("height"))  # of the plot, which is lower than the chart
    late = bottom.transform_filter(alt.datum.epoch > epochs / 2)
    early = bottom.transform_filter(alt.datum.epoch <= epochs / 2)
    words = (
        late.mark_text(text=STOP, align="right", dx=-5, dy=-4, baseline="bottom"),
        early.mark_text(text=STOP, align="left", dx=5, dy=-4, baseline="bottom"),
    )
    named = (
        base.transform_filter(alt.datum.kind == BEST)
        .mark_text(text="best", dy=-14, align="right")
        .encode(x=x, y=y)
    )
    chart = alt.layer(lines, rule, best, *words, named)
    return theme.to_spec(chart.properties(height=height))


def _summary(record: FitRecord, plain_loss: float | None) -> str:
    if not record.points or record.best is None:
        return "Loss of the fit: nothing to show yet."
    first, last, best = record.points[0], record.points[-1], record.best
    text = (
        f"Loss up to epoch {last.epoch}. Training: first {write_loss(first.loss)}, last "
        f"{write_loss(last.loss)}. Validation: last {write_loss(last.val_loss)}, best "
        f"{write_loss(best.val_loss)} at epoch {best.epoch}."
    )
    if record.how:
        text += f" It stopped after epoch {last.epoch}."
    if plain_loss is not None and math.isfinite(plain_loss):
        text += f" Least squares: {write_loss(plain_loss)}."
    return text
