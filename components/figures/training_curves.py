"""Loss and accuracy of one run while its network trains."""

import math
from collections.abc import Iterable
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from components.concepts.training import BatchPoint, EpochPoint, TrainingRecord
from components.figures import theme
from components.figures.epoch_axes import (
    HEIGHT,
    Curves,
    epoch_axis,
    measure_axis,
    point_tooltips,
    to_frame,
    write_accuracy,
    write_loss,
)

GUESSING = math.log(10)  # the loss of a network that holds all ten digits equally probable
MAX_POINTS = 300  # of the line by batch
TRAINING, VALIDATION, MOMENT = "training", "validation", "moment"


def loss_and_accuracy_by_batch(
    record: TrainingRecord,
    moment_epoch: float | None = None,
    height: int = HEIGHT,
    log_loss: bool = False,
) -> Curves:
    """One run as it goes: a line by batch for training, points by epoch for validation.

    The training line is the mean over equal pieces of the planned epochs, 300 at most, so that
    drawn points stay where they are. `moment_epoch` puts an upright rule at the moment that
    the learner looks back at. Values that are not finite are left out, and with `log_loss`
    also those that a logarithm can't show. `height` is in pixels.
    """
    epochs = max(record.epochs, 1)
    accuracy = theme.figure(
        _by_batch_spec("accuracy", epochs, height, False),
        _by_batch_data(record, "accuracy", epochs, moment_epoch, 0.0),
        "Accuracy of one run by epoch: a line for training, points for validation.",
        _by_batch_summary(record, "Accuracy", "accuracy"),
    )
    lowest = math.ulp(0.0) if log_loss else 0.0
    loss = theme.figure(
        _by_batch_spec("loss", epochs, height, log_loss, not record.batches),
        _by_batch_data(record, "loss", epochs, moment_epoch, lowest),
        "Loss of one run by epoch: a line for training, points for validation.",
        _by_batch_summary(record, "Loss", "loss"),
    )
    return Curves(accuracy, loss)


# ---- One run


def thin(points: Iterable[tuple[float, float]], end: float, n: int) -> list[tuple[float, float]]:
    """Means of (x, y) over n equal pieces of 0 to `end`; pieces without points are left out.

    A piece's x is the mean of its points' x. Points that are not finite don't count.
    """
    sums: dict[int, tuple[float, float, int]] = {}
    for x, y in points:
        if not (math.isfinite(x) and math.isfinite(y)):
            continue
        piece = min(int(x / end * n), n - 1)
        sum_x, sum_y, count = sums.get(piece, (0.0, 0.0, 0))
        sums[piece] = (sum_x + x, sum_y + y, count + 1)
    means = ((sum_x / count, sum_y / count) for _, (sum_x, sum_y, count) in sorted(sums.items()))
    return [(x, y) for x, y in means if math.isfinite(y)]  # a sum can overflow


def _by_batch_data(
    record: TrainingRecord, measure: str, epochs: int, moment: float | None, lowest: float
) -> pd.DataFrame:
    """Rows of the chart: `kind`, `epoch`, and the measure as `value`."""
    batches = ((point.epoch, _value(point, measure)) for point in record.batches)
    seen = ((float(point.epoch), _value(point, f"val_{measure}")) for point in record.epoch_points)
    rows = [(TRAINING, x, y) for x, y in thin(batches, epochs, MAX_POINTS) if y >= lowest]
    rows += [(VALIDATION, x, y) for x, y in seen if math.isfinite(y) and y >= lowest]
    if moment is not None and math.isfinite(moment):
        rows.append((MOMENT, moment, float("nan")))
    return to_frame(rows, {"kind": "str", "epoch": "float64", "value": "float64"})


def _value(point: BatchPoint | EpochPoint, name: str) -> float:
    return float(getattr(point, name))


@lru_cache(maxsize=64)
def _by_batch_spec(
    measure: str, epochs: int, height: int, log: bool, empty: bool = False
) -> dict[str, Any]:
    """The chart of one measure; the same for all data, so kept.

    An `empty` chart can't find the ends of its loss axis itself: it gets those of a guess.
    """
    axis = measure_axis(measure, log)
    if empty and measure == "loss" and not log:
        axis["scale"] = alt.Scale(domain=[0, GUESSING], nice=True)
    kinds = [TRAINING, VALIDATION]
    base = alt.Chart(alt.NamedData("run")).encode(
        x=epoch_axis(epochs),
        y=alt.Y(field="value", type="quantitative", **axis),
        color=alt.Color(
            field="kind",
            type="nominal",
            scale=alt.Scale(domain=kinds, range=[theme.TRAINING, theme.VALIDATION]),
            legend=alt.Legend(symbolType="stroke", symbolSize=500),
        ),
    )
    dash = alt.StrokeDash(
        field="kind", type="nominal", scale=alt.Scale(domain=kinds, range=[[1, 0], [6, 3]])
    )
    curves = base.transform_filter(alt.datum.kind != MOMENT)
    line = curves.mark_line(clip=True).encode(strokeDash=dash)
    points = (
        base.transform_filter(alt.datum.kind == VALIDATION)
        .mark_point(size=70, filled=True, opacity=1, clip=True)
        .encode(tooltip=point_tooltips(measure, "kind"))
    )
    rule = (
        alt.Chart(alt.NamedData("run"))
        .transform_filter(alt.datum.kind == MOMENT)
        .mark_rule(strokeWidth=2, strokeDash=[2, 2], clip=True)
        .encode(x=epoch_axis(epochs))
    )
    return theme.to_spec(alt.layer(line, points, rule).properties(height=height))


def _by_batch_summary(record: TrainingRecord, title: str, measure: str) -> str:
    """The chart in a sentence with its last numbers."""
    finite = [p for p in record.batches if math.isfinite(_value(p, measure))]
    if not finite:
        return f"{title} of the run: nothing to show yet."
    write = write_accuracy if measure == "accuracy" else write_loss
    text = (
        f"{title} of the run up to epoch {finite[-1].epoch:.1f} of {record.epochs}. "
        f"Training: first {write(_value(finite[0], measure))}, "
        f"last {write(_value(finite[-1], measure))}."
    )
    points = [p for p in record.epoch_points if math.isfinite(_value(p, f"val_{measure}"))]
    if points:
        last = points[-1]
        text += f" Validation after epoch {last.epoch}: {write(_value(last, f'val_{measure}'))}."
    return text
