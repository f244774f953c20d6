"""Axes, words and table shared by the charts of training runs."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from components.figures.theme import Figure

HEIGHT = 250  # px
LOG_TICKS = tuple(digit * 10.0**power for power in range(-6, 7) for digit in (1, 3))


class Curves(NamedTuple):
    """Two charts that belong together, to stand beside each other or, on a phone, in turn."""

    accuracy: Figure
    loss: Figure


def epoch_axis(epochs: int) -> alt.X:
    """A level axis from 0 to the number of epochs, ticked at whole epochs."""
    return alt.X(
        field="epoch",
        type="quantitative",
        title="epoch",
        scale=alt.Scale(domain=[0, epochs], nice=False),
        axis=alt.Axis(tickMinStep=1, format="d", tickCount=min(epochs, 10)),
    )


def measure_axis(measure: str, log: bool, zoomed: bool = False) -> dict[str, Any]:
    """Scale, axis and title for accuracy (0 to 100 %, unless zoomed) or loss."""
    if measure == "accuracy":
        scale = alt.Scale(zero=False, nice=True) if zoomed else alt.Scale(domain=[0, 1])
        return {"title": "accuracy", "scale": scale, "axis": alt.Axis(format="~%", tickCount=5)}
    if log:
        axis = alt.Axis(format="~g", values=list(LOG_TICKS))
        return {"title": "loss", "scale": alt.Scale(type="log", nice=True), "axis": axis}
    axis = alt.Axis(format="~g", tickCount=5)
    return {"title": "loss", "scale": alt.Scale(zero=True, nice=True), "axis": axis}


def point_tooltips(measure: str, name: str) -> list[alt.Tooltip]:
    """What a point says when pointed at: the field `name`, its epoch and its value."""
    number = ".2%" if measure == "accuracy" else ".4f"
    return [
        alt.Tooltip(field=name, type="nominal"),
        alt.Tooltip(field="epoch", type="quantitative", format="d"),
        alt.Tooltip(field="value", type="quantitative", title=measure, format=number),
    ]


def write_accuracy(value: float) -> str:
    """An accuracy from 0 to 1 in per cent: "98.27 %"."""
    return f"{100 * value:.2f} %"


def write_loss(value: float) -> str:
    """A loss with four digits."""
    return f"{value:.4g}"


def to_frame(rows: Sequence[tuple[Any, ...]], types: dict[str, str]) -> pd.DataFrame:
    """Rows as a table with the same types in every run, also when there are no rows."""
    return pd.DataFrame(rows, columns=list(types)).astype(types)
