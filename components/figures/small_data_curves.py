"""Accuracy of several ways to learn on one chart: a line for the middle repeat, and a band."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import altair as alt

from components.concepts.leakage import CLEAN, MEASURED, LeakRecord
from components.concepts.small_data import FINE_TUNED, FROZEN, SCRATCH, WAYS, Comparison
from components.concepts.small_data_words import percent, spread
from components.figures import theme
from components.figures.epoch_axes import to_frame

HEIGHT = 300  # px
EPOCH, SECONDS = "epoch", "seconds"
SHORT_NAME = 18  # characters of a name in a legend
COLUMNS = {
    "name": "object",
    "x": "float64",
    "low": "float64",
    "middle": "float64",
    "high": "float64",
}
SHORT_LEGEND = 170  # px of a name


class Line(NamedTuple):
    """How a line looks, the same on every chart."""

    name: str
    color: str
    dash: tuple[int, ...]
    shape: str


LINES = {
    SCRATCH: Line(WAYS[SCRATCH], theme.AMBER, (2, 3), "triangle-up"),
    FROZEN: Line(WAYS[FROZEN], theme.PURPLE, (8, 3), "square"),
    FINE_TUNED: Line(WAYS[FINE_TUNED], theme.GREEN, (1, 0), "circle"),
}
LEAK_LINES = {
    MEASURED: Line("as measured, with the leak", theme.VERMILLION, (8, 3), "square"),
    CLEAN: Line("on clean pictures", theme.BLUE, (1, 0), "circle"),
}


def ways_chart(comparison: Comparison, axis: str = EPOCH, height: int = HEIGHT) -> theme.Figure:
    """Validation accuracy of the ways, by EPOCH or by SECONDS of training."""
    rows, words = [], []
    for band in comparison.bands():
        places = band.epochs if axis == EPOCH else band.seconds
        columns = zip(places, band.low, band.middle, band.high, strict=True)
        rows += [(WAYS[band.way], *map(float, row)) for row in columns]
        words.append(f"{WAYS[band.way]}: {spread(band)} at epoch {band.epochs[-1]}")
    last = comparison.plan.epochs if axis == EPOCH else None
    title = "epoch" if axis == EPOCH else "seconds of training"
    return theme.figure(
        _spec(tuple(LINES.values()), title, last, "accuracy on held-out pictures", height),
        to_frame(rows, COLUMNS),
        "Accuracy on held-out pictures of three ways to learn a small set: a line for the middle "
        "repeat, a band from the worst to the best.",
        f"Accuracy by {title}. {'; '.join(words)}." if words else "No accuracy measured yet.",
    )


def leak_chart(record: LeakRecord, height: int = HEIGHT) -> theme.Figure:
    """The accuracy of a leaky run as measured, and on the clean pictures."""
    rows, words = [], []
    for band in record.bands():
        name = LEAK_LINES[band.measured_on].name
        columns = zip(band.epochs, band.low, band.middle, band.high, strict=True)
        rows += [(name, *map(float, row)) for row in columns]
        words.append(f"{name} {percent(band.middle[-1])} at epoch {band.epochs[-1]}")
    last = record.plan.plan.epochs
    return theme.figure(
        _spec(tuple(LEAK_LINES.values()), "epoch", last, "accuracy", height),
        to_frame(rows, COLUMNS),
        "Accuracy by epoch of a network with validation pictures in its training set: as measured "
        "on the validation set, and on clean pictures.",
        f"Accuracy: {'; '.join(words)}." if words else "No accuracy measured yet.",
    )


def sizes_chart(comparisons: Sequence[Comparison], height: int = HEIGHT) -> theme.Figure:
    """How accurate each way ended, by pictures per class: a point for each comparison."""
    rows: list[tuple[str, float, float, float, float]] = []
    for comparison in comparisons:
        for band in comparison.bands():
            low, middle, high = (float(v[-1]) for v in (band.low, band.middle, band.high))
            rows.append((WAYS[band.way], float(comparison.plan.per_class), low, middle, high))
    words = [f"{name}, {x:.0f} pictures: {percent(middle)}" for name, x, _, middle, _ in rows]
    return theme.figure(
        _sizes_spec(height),
        to_frame(rows, COLUMNS),
        "Accuracy at the end by pictures per class: a point for each way of each comparison, a bar "
        "from its worst to its best repeat.",
        f"Accuracy at the end. {'; '.join(words)}." if words else "No comparison yet.",
    )


def _look(lines: Sequence[Line], as_points: bool = False) -> dict[str, Any]:
    """Colour by name, with a legend that shows the dashes, or the shapes of points.

    A phone has room for two short names beside each other; what does not fit would be cut off.
    """
    names = [line.name for line in lines]
    n_beside = 2 if max(map(len, names)) <= SHORT_NAME else 1
    # The band has the colours too, and the legend would be as pale as it.
    legend = alt.Legend(labelLimit=260, columns=n_beside, columnPadding=24, symbolOpacity=1)
    if as_points:
        legend.symbolSize = 90
    else:
        legend.symbolType, legend.symbolSize = "stroke", 400
    field: dict[str, Any] = {"field": "name", "type": "nominal", "legend": legend}
    return {
        "color": alt.Color(
            **field, scale=alt.Scale(domain=names, range=[line.color for line in lines])
        ),
        "dash": alt.StrokeDash(
            **field, scale=alt.Scale(domain=names, range=[list(line.dash) for line in lines])
        ),
        "shape": alt.Shape(
            **field, scale=alt.Scale(domain=names, range=[line.shape for line in lines])
        ),
    }


def _accuracy(field: str, title: str) -> alt.Y:
    return alt.Y(
        field=field,
        type="quantitative",
        title=title,
        scale=alt.Scale(domain=[0, 1]),
        axis=alt.Axis(format="~%", tickCount=5),
    )


def _tooltips(x_title: str, x_format: str) -> list[alt.Tooltip]:
    return [
        alt.Tooltip(field="name", type="nominal", title="way"),
        alt.Tooltip(field="x", type="quantitative", title=x_title, format=x_format),
        *(
            alt.Tooltip(field=name, type="quantitative", format=".1%")
            for name in ("low", "middle", "high")
        ),
    ]


@lru_cache(maxsize=32)
def _spec(
    lines: tuple[Line, ...], x_title: str, last: int | None, y_title: str, height: int
) -> dict[str, Any]:
    look = _look(lines)
    whole = x_title == "epoch"
    scale = alt.Scale(domain=[0, last], nice=False) if last else alt.Scale(zero=True)
    axis = alt.Axis(tickMinStep=1, format="d") if whole else alt.Axis(format="~g")
    base = alt.Chart(alt.NamedData("ways")).encode(
        x=alt.X(field="x", type="quantitative", title=x_title, scale=scale, axis=axis),
        color=look["color"],
    )
    band = base.mark_area(opacity=0.16).encode(y=_accuracy("low", y_title), y2=alt.Y2(field="high"))
    line = base.mark_line().encode(y=_accuracy("middle", y_title), strokeDash=look["dash"])
    points = base.mark_point(opacity=0, size=120, filled=True).encode(
        y=_accuracy("middle", y_title), tooltip=_tooltips(x_title, "d" if whole else ".2f")
    )
    return theme.to_spec(alt.layer(band, line, points).properties(height=height))


@lru_cache(maxsize=4)
def _sizes_spec(height: int) -> dict[str, Any]:
    look = _look(tuple(LINES.values()), as_points=True)
    title = "accuracy at the end"
    base = alt.Chart(alt.NamedData("sizes")).encode(
        x=alt.X(
            field="x",
            type="quantitative",
            title="pictures per class",
            scale=alt.Scale(type="log", domain=[1, 100]),
            axis=alt.Axis(values=[1, 2, 5, 10, 20, 50, 100], format="d"),
        ),
        color=look["color"],
    )
    bar = base.mark_rule(strokeWidth=2, opacity=0.5).encode(
        y=_accuracy("low", title), y2=alt.Y2(field="high"), color=look["color"]
    )
    point = base.mark_point(size=110, filled=True).encode(
        y=_accuracy("middle", title),
        shape=look["shape"],
        tooltip=_tooltips("pictures per class", "d"),
    )
    return theme.to_spec(alt.layer(bar, point).properties(height=height))
