"""The losses of a fit by epoch: where it was best, where it stopped, and the plain model."""

import math
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np

from components.concepts.first_model import FitRecord
from components.figures import theme
from components.figures.epoch_axes import to_frame, write_loss
from components.figures.theme import Figure

TRAINING, VALIDATION, PLAIN = "training", "validation", "least squares"
TICKS = [0, 0.1, 1, 10, 100, 1e3, 1e4, 1e6, 1e9]
BEST, STOP, TOP = "best epoch", "stopped", "top of the axis"
LOWEST_TOP = 1.0  # the axis reaches up to this at least: without a length its ticks would be one
BEND = 0.1  # below this the axis is about linear, above it logarithmic
ROOM = 0.4  # share of the height that a word below a point needs
LOOKS = {  # colour, dashes
    TRAINING: (theme.TRAINING, [1, 0]),
    VALIDATION: (theme.VALIDATION, [6, 3]),
    PLAIN: (theme.GREY, [2, 3]),
}


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
    top = max([LOWEST_TOP, *(value for _, _, value in rows if math.isfinite(value))])
    rows.append((TOP, 0.0, top))
    data = to_frame(rows, {"kind": "str", "epoch": "float64", "value": "float64"})
    data["height"] = np.log1p(data["value"] / BEND) / math.log1p(top / BEND)
    return theme.figure(
        _spec(epochs, height, plain_loss is not None),
        data,
        "Loss by epoch: a line for training, a dashed one for validation, the best epoch and the "
        f"stop marked{'' if plain_loss is None else ', a level line for least squares'}.",
        _summary(record, plain_loss),
    )


@lru_cache(maxsize=64)
def _spec(epochs: int, height: int, has_plain: bool) -> dict[str, Any]:
    looks = {kind: look for kind, look in LOOKS.items() if has_plain or kind != PLAIN}
    colors, dashes = (list(each) for each in zip(*looks.values(), strict=True))
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
        scale=alt.Scale(type="symlog", constant=BEND, nice=False, zero=True),
        axis=alt.Axis(format=",~r", values=TICKS),
    )
    base = alt.Chart(alt.NamedData("fit")).encode(x=x, y=y)
    lines = (
        base.transform_filter(alt.FieldOneOfPredicate(field="kind", oneOf=list(LOOKS)))
        .mark_line(clip=True)
        .encode(
            color=alt.Color(
                field="kind",
                type="nominal",
                scale=alt.Scale(domain=list(looks), range=colors),
                legend=alt.Legend(symbolType="stroke", symbolSize=300, columnPadding=8),
            ),
            strokeDash=alt.StrokeDash(
                field="kind",
                type="nominal",
                scale=alt.Scale(domain=list(looks), range=dashes),
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
    # Its word stands below it, where the legend does not: above it only where it lies low.
    point = base.transform_filter(alt.datum.kind == BEST).encode(x=x, y=y)
    named = (
        point.transform_filter(alt.datum.height >= ROOM).mark_text(
            text="best", align="right", dx=5, dy=16
        ),
        point.transform_filter(alt.datum.height < ROOM).mark_text(
            text="best", align="right", dx=5, dy=-14
        ),
    )
    top = base.transform_filter(alt.datum.kind == TOP).mark_point(opacity=0)
    chart = alt.layer(lines, rule, best, *words, *named, top)
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
