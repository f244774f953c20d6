"""Loss and accuracy while a network trains, and several runs beside each other."""

import math
from collections.abc import Iterable, Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from components.concepts.training import BatchPoint, EpochPoint, TrainingRecord
from components.figures import theme
from components.figures.theme import Figure

MAX_POINTS = 300  # of the line by batch
TRAINING, VALIDATION, MOMENT = "training", "validation", "moment"

HEIGHT = 250  # px
LOG_TICKS = tuple(digit * 10.0**power for power in range(-6, 7) for digit in (1, 3))
LEGEND_ROW = 20  # px, for each run below the chart


class Curves(NamedTuple):
    """Two charts that belong together, to stand beside each other or, on a phone, in turn."""

    accuracy: Figure
    loss: Figure


class NamedRun(NamedTuple):
    """A run and the name that the learner knows it by."""

    name: str
    record: TrainingRecord


class Reference(NamedTuple):
    """A result to compare with: what it is ("the workshop's run") and its accuracy, 0 to 1."""

    name: str
    accuracy: float


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
        _by_batch_spec("loss", epochs, height, log_loss),
        _by_batch_data(record, "loss", epochs, moment_epoch, lowest),
        "Loss of one run by epoch: a line for training, points for validation.",
        _by_batch_summary(record, "Loss", "loss"),
    )
    return Curves(accuracy, loss)


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
    return _frame(rows, {"kind": "str", "epoch": "float64", "value": "float64"})


def _value(point: BatchPoint | EpochPoint, name: str) -> float:
    return float(getattr(point, name))


@lru_cache(maxsize=64)
def _by_batch_spec(measure: str, epochs: int, height: int, log: bool) -> dict[str, Any]:
    """The chart of one measure; the same for all data, so kept."""
    kinds = [TRAINING, VALIDATION]
    base = alt.Chart(alt.NamedData("run")).encode(
        x=_epoch_axis(epochs),
        y=alt.Y(field="value", type="quantitative", **_measure_axis(measure, log)),
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
        .encode(tooltip=_tooltips(measure, "kind"))
    )
    rule = (
        alt.Chart(alt.NamedData("run"))
        .transform_filter(alt.datum.kind == MOMENT)
        .mark_rule(strokeWidth=2, strokeDash=[2, 2], clip=True)
        .encode(x=_epoch_axis(epochs))
    )
    return theme.to_spec(alt.layer(line, points, rule).properties(height=height))


def _by_batch_summary(record: TrainingRecord, title: str, measure: str) -> str:
    """The chart in a sentence with its last numbers."""
    finite = [p for p in record.batches if math.isfinite(_value(p, measure))]
    if not finite:
        return f"{title} of the run: nothing to show yet."
    write = _write_accuracy if measure == "accuracy" else _write_loss
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


# ---- Several runs


def _runs_data(runs: Sequence[NamedRun], measure: str, reference: Reference | None) -> pd.DataFrame:
    """Rows of the chart: `run`, `epoch`, `value`; a row without epoch is the reference."""
    rows = [
        (run.name, float(point.epoch), _value(point, measure), "")
        for run in runs
        for point in run.record.epoch_points
        if math.isfinite(_value(point, measure))
    ]
    if reference is not None:
        label = f"{reference.name}: {_write_accuracy(reference.accuracy)}"
        rows.append(("", float("nan"), reference.accuracy, label))
    return _frame(rows, {"run": "str", "epoch": "float64", "value": "float64", "label": "str"})


@lru_cache(maxsize=64)
def _runs_spec(measure: str, epochs: int, height: int) -> dict[str, Any]:
    """The chart of one measure for any runs: the scales take the names from the data."""
    axis = _measure_axis(measure, log=False, zoomed=True)
    run: dict[str, Any] = {"field": "run", "type": "nominal", "sort": None}
    base = (
        alt.Chart(alt.NamedData("runs"))
        .transform_filter("isValid(datum.epoch)")
        .encode(
            x=_epoch_axis(epochs),
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
        tooltip=_tooltips(measure, "run"),
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
        text += f". {reference.name}: {_write_accuracy(reference.accuracy)}"
    return text + "."


def _loss_summary(runs: Sequence[NamedRun]) -> str:
    parts = []
    for run in runs:
        losses = [p.val_loss for p in run.record.epoch_points if math.isfinite(p.val_loss)]
        parts.append(f"{run.name}: {_write_loss(min(losses)) if losses else 'no epoch yet'}")
    return "Validation loss by epoch. Lowest of each run: " + ("; ".join(parts) or "none yet") + "."


def _write_best(record: TrainingRecord) -> str:
    best = record.best_val_accuracy
    return "no epoch yet" if best is None else _write_accuracy(best)


# ---- Axes and words


def _epoch_axis(epochs: int) -> alt.X:
    return alt.X(
        field="epoch",
        type="quantitative",
        title="epoch",
        scale=alt.Scale(domain=[0, epochs], nice=False),
        axis=alt.Axis(tickMinStep=1, format="d", tickCount=min(epochs, 10)),
    )


def _measure_axis(measure: str, log: bool, zoomed: bool = False) -> dict[str, Any]:
    """Scale, axis and title for accuracy (0 to 100 %, unless zoomed) or loss."""
    if measure == "accuracy":
        scale = alt.Scale(zero=False, nice=True) if zoomed else alt.Scale(domain=[0, 1])
        return {"title": "accuracy", "scale": scale, "axis": alt.Axis(format="~%", tickCount=5)}
    if log:
        axis = alt.Axis(format="~g", values=list(LOG_TICKS))
        return {"title": "loss", "scale": alt.Scale(type="log", nice=True), "axis": axis}
    axis = alt.Axis(format="~g", tickCount=5)
    return {"title": "loss", "scale": alt.Scale(zero=True, nice=True), "axis": axis}


def _tooltips(measure: str, name: str) -> list[alt.Tooltip]:
    number = ".2%" if measure == "accuracy" else ".4f"
    return [
        alt.Tooltip(field=name, type="nominal"),
        alt.Tooltip(field="epoch", type="quantitative", format="d"),
        alt.Tooltip(field="value", type="quantitative", title=measure, format=number),
    ]


def _write_accuracy(value: float) -> str:
    return f"{100 * value:.2f} %"


def _write_loss(value: float) -> str:
    return f"{value:.4g}"


def _frame(rows: Sequence[tuple[Any, ...]], types: dict[str, str]) -> pd.DataFrame:
    return pd.DataFrame(rows, columns=list(types)).astype(types)
