"""Several training runs on one chart, beside a result to compare with."""

import math
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from components.concepts.training import TrainingRecord
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

LEGEND_ROW = 20  # px, for each run below the chart


class NamedRun(NamedTuple):
    """A run and the name that the learner knows it by."""

    name: str
    record: TrainingRecord


class Reference(NamedTuple):
    """A result to compare with: what it is ("the workshop's run") and its accuracy, 0 to 1."""

    name: str
    accuracy: float


def runs_by_epoch(
    runs: Sequence[NamedRun | tuple[str, TrainingRecord]],
    reference: Reference | tuple[str, float] | None = None,
    height: int = HEIGHT,
) -> Curves:
    """Several runs on one chart: validation accuracy and loss after each epoch.

    A run's colour, dash and marker go by its place in `runs`; give names that differ.
    `reference` is drawn as a level line with its name on the chart of the accuracy. `height` is
    in pixels, to which each run adds its row of the legend.
    """
    named = [NamedRun(*run) for run in runs]
    names = [run.name for run in named]
    if len(set(names)) < len(names):
        raise ValueError("Two runs have the same name; give each its own.")
    mark = None if reference is None else Reference(*reference)
    epochs = max([run.record.epochs for run in named] + [1])
    legend = LEGEND_ROW * len(named)
    accuracy = theme.figure(
        _runs_spec("accuracy", epochs, height + legend),
        _runs_data(named, "val_accuracy", mark),
        "Validation accuracy of several runs by epoch.",
        _runs_summary(named, mark),
    )
    loss = theme.figure(
        _runs_spec("loss", epochs, height + legend),
        _runs_data(named, "val_loss", None),
        "Validation loss of several runs by epoch.",
        _loss_summary(named),
    )
    return Curves(accuracy, loss)


def _runs_data(runs: Sequence[NamedRun], measure: str, reference: Reference | None) -> pd.DataFrame:
    """Rows of the chart: `run`, `epoch`, `value`; a row without epoch is the reference."""
    rows = [
        (run.name, float(point.epoch), getattr(point, measure), "")
        for run in runs
        for point in run.record.epoch_points
        if math.isfinite(getattr(point, measure))
    ]
    if reference is not None:
        label = f"{reference.name}: {write_accuracy(reference.accuracy)}"
        rows.append(("", float("nan"), reference.accuracy, label))
    return to_frame(rows, {"run": "str", "epoch": "float64", "value": "float64", "label": "str"})


@lru_cache(maxsize=64)
def _runs_spec(measure: str, epochs: int, height: int) -> dict[str, Any]:
    """The chart of one measure for any runs: the scales take the names from the data."""
    axis = measure_axis(measure, log=False, zoomed=True)
    run: dict[str, Any] = {"field": "run", "type": "nominal", "sort": None}
    base = (
        alt.Chart(alt.NamedData("runs"))
        .transform_filter("isValid(datum.epoch)")
        .encode(
            x=epoch_axis(epochs),
            y=alt.Y(field="value", type="quantitative", **axis),
            color=alt.Color(
                **run,
                scale=alt.Scale(range=list(theme.SERIES_COLORS)),
                legend=alt.Legend(orient="bottom", columns=1, labelLimit=320),
            ),
        )
    )
    dashes = [list(dash) for dash in theme.SERIES_DASHES]
    # By a field of its own: the legend would else draw its markers with dashed edges.
    dash = alt.StrokeDash(
        field="dash", type="nominal", sort=None, scale=alt.Scale(range=dashes), legend=None
    )
    line = base.transform_calculate(dash="datum.run").mark_line().encode(strokeDash=dash)
    points = base.mark_point(size=80, filled=True, opacity=1).encode(
        shape=alt.Shape(**run, scale=alt.Scale(range=list(theme.SERIES_SHAPES))),
        tooltip=point_tooltips(measure, "run"),
    )
    reference = (
        alt.Chart(alt.NamedData("runs"))
        .transform_filter("!isValid(datum.epoch)")
        .encode(y=alt.Y(field="value", type="quantitative", **axis))
    )
    rule = reference.mark_rule(strokeWidth=2, strokeDash=[2, 2])
    words = reference.mark_text(align="left", baseline="bottom", dx=4, dy=-3).encode(
        x=alt.value(0), text=alt.Text(field="label", type="nominal")
    )
    layers = (line, points, rule, words) if measure == "accuracy" else (line, points)
    # Room above for the words of a reference that lies at the top of the scale.
    return theme.to_spec(alt.layer(*layers).properties(height=height, padding={"top": 18}))


def _runs_summary(runs: Sequence[NamedRun], reference: Reference | None) -> str:
    parts = [f"{run.name}: {_write_best(run.record)}" for run in runs]
    text = "Validation accuracy by epoch. Best of each run: " + ("; ".join(parts) or "none yet")
    if reference is not None:
        text += f". {reference.name}: {write_accuracy(reference.accuracy)}"
    return text + "."


def _loss_summary(runs: Sequence[NamedRun]) -> str:
    parts = []
    for run in runs:
        losses = [p.val_loss for p in run.record.epoch_points if math.isfinite(p.val_loss)]
        parts.append(f"{run.name}: {write_loss(min(losses)) if losses else 'no epoch yet'}")
    return "Validation loss by epoch. Lowest of each run: " + ("; ".join(parts) or "none yet") + "."


def _write_best(record: TrainingRecord) -> str:
    best = record.best_val_accuracy
    return "no epoch yet" if best is None else write_accuracy(best)
