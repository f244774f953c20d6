"""Accuracy and loss while a head is trained on classes of one's own."""

import math
from functools import lru_cache
from typing import Any

import altair as alt

from components.concepts.teaching import EpochMeasures, TeachingRecord
from components.figures import theme
from components.figures.epoch_axes import (
    Curves,
    epoch_axis,
    measure_axis,
    point_tooltips,
    to_frame,
    write_accuracy,
    write_loss,
)

LEARNT_FROM, HELD_OUT = "learnt from", "held out"


def teaching_curves(record: TeachingRecord, epochs: int, height: int) -> Curves:
    """A line by epoch for the pictures learnt from, and a dashed one for those held out.

    `epochs` is how many are planned, `height` in pixels. Values that are not finite are left out.
    """
    figures = {
        measure: theme.figure(
            _spec(measure, max(epochs, 1), height, not record.points),
            to_frame(_rows(record, measure), {"kind": "str", "epoch": "int64", "value": "float64"}),
            f"{measure.title()} by epoch: a line for the pictures learnt from, a dashed one for "
            "those held out.",
            _summary(record, measure),
        )
        for measure in ("accuracy", "loss")
    }
    return Curves(figures["accuracy"], figures["loss"])


def _rows(record: TeachingRecord, measure: str) -> list[tuple[str, int, float]]:
    rows = [
        (kind, point.epoch, _value(point, prefix + measure))
        for point in record.points
        for kind, prefix in ((LEARNT_FROM, ""), (HELD_OUT, "val_"))
    ]
    return [row for row in rows if math.isfinite(row[2])]


def _value(point: EpochMeasures, name: str) -> float:
    return float(getattr(point, name))


@lru_cache(maxsize=64)
def _spec(measure: str, epochs: int, height: int, empty: bool) -> dict[str, Any]:
    """The chart of one measure; the same for all data, so kept."""
    axis = measure_axis(measure, False)
    if empty and measure == "loss":
        axis["scale"] = alt.Scale(domain=[0, 1], nice=True)
    kinds = [LEARNT_FROM, HELD_OUT]
    colors = alt.Scale(domain=kinds, range=[theme.TRAINING, theme.VALIDATION])
    base = alt.Chart(alt.NamedData("run")).encode(
        x=epoch_axis(epochs),
        y=alt.Y(field="value", type="quantitative", **axis),
        color=alt.Color(
            field="kind",
            type="nominal",
            scale=colors,
            legend=alt.Legend(symbolType="stroke", symbolSize=500),
        ),
    )
    dash = alt.StrokeDash(
        field="kind", type="nominal", scale=alt.Scale(domain=kinds, range=[[1, 0], [6, 3]])
    )
    line = base.mark_line(clip=True).encode(strokeDash=dash)
    points = base.mark_point(size=300, opacity=0, clip=True).encode(
        tooltip=point_tooltips(measure, "kind")
    )
    return theme.to_spec(alt.layer(line, points).properties(height=height))


def _summary(record: TeachingRecord, measure: str) -> str:
    """The chart in a sentence with its last numbers."""
    if not record.points:
        return f"{measure.title()} of the run: nothing to show yet."
    write = write_accuracy if measure == "accuracy" else write_loss
    last = record.points[-1]
    text = (
        f"{measure.title()} after epoch {last.epoch}: "
        f"{write(_value(last, measure))} on the pictures learnt from"
    )
    held_out = _value(last, f"val_{measure}")
    return text + (f", {write(held_out)} held out." if math.isfinite(held_out) else ".")
