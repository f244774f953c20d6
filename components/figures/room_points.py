"""Everyone's weights as points on one loss: a curve of one weight, or a surface of two."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd
from numpy.typing import NDArray

from components.figures import theme

HEIGHT = 360  # px
MINE, OTHERS = "you", "the room"
_COLUMNS = ["kind", "x", "y", "x2", "y2", "loss", "name"]


@dataclass(frozen=True)
class Point:
    """Where somebody stands. `name` is a nickname or empty; `loss` is what they have there."""

    x: float
    y: float
    loss: float
    name: str = ""
    is_mine: bool = False


@dataclass(frozen=True)
class Axes:
    """What the two axes and the loss are called, and how far the picture goes."""

    x: str
    y: str
    loss: str
    x_range: tuple[float, float]
    y_range: tuple[float, float]


def points_on_curve(
    w: NDArray[np.float64], loss: NDArray[np.float64], points: Sequence[Point], axes: Axes
) -> theme.Figure:
    """The loss of one weight, shapes (n,), and everyone's place on it."""
    rows: list[dict[str, object]] = [
        {"kind": "curve", "x": float(a), "y": float(b)} for a, b in zip(w, loss, strict=True)
    ]
    return _figure(rows, points, axes, "curve")


def points_on_surface(
    x: NDArray[np.float64],
    y: NDArray[np.float64],
    loss: NDArray[np.float64],
    points: Sequence[Point],
    axes: Axes,
) -> theme.Figure:
    """The loss of two weights on a grid, shapes (n,), (m,) and (m, n), and everyone's place."""
    half_x, half_y = (x[1] - x[0]) / 2, (y[1] - y[0]) / 2
    rows: list[dict[str, object]] = [
        {
            "kind": "ground",
            "x": float(a - half_x),
            "x2": float(a + half_x),
            "y": float(b - half_y),
            "y2": float(b + half_y),
            "loss": float(loss[i, j]),
        }
        for i, b in enumerate(y)
        for j, a in enumerate(x)
    ]
    return _figure(rows, points, axes, "ground")


def _figure(
    ground: list[dict[str, object]], points: Sequence[Point], axes: Axes, kind: str
) -> theme.Figure:
    shown = [point for point in points if _is_inside(point, axes)]
    rows = ground + [
        {
            "kind": MINE if point.is_mine else OTHERS,
            "x": point.x,
            "y": point.y,
            "loss": point.loss,
            "name": point.name or "without a name",
        }
        for point in sorted(shown, key=lambda point: point.is_mine)
    ]
    return theme.figure(
        _spec(axes, kind),
        pd.DataFrame(rows, columns=_COLUMNS),
        f"{axes.loss} by {axes.x}, and where everyone in the room stands.",
        _in_words(points, shown, axes),
    )


def _is_inside(point: Point, axes: Axes) -> bool:
    places = ((point.x, axes.x_range), (point.y, axes.y_range))
    return all(low <= value <= high for value, (low, high) in places)


def _in_words(points: Sequence[Point], shown: Sequence[Point], axes: Axes) -> str:
    if not points:
        return "Nobody has sent anything yet."
    best = min((point.loss for point in points if math.isfinite(point.loss)), default=math.nan)
    text = f"{len(points)} in the room; the lowest {axes.loss} is {best:.4g}."
    outside = len(points) - len(shown)
    return text + (f" {outside} lie outside the picture." if outside else "")


@lru_cache(maxsize=32)
def _spec(axes: Axes, kind: str) -> dict[str, Any]:
    empty = pd.DataFrame(columns=_COLUMNS)
    x = alt.X("x:Q", title=axes.x, scale=alt.Scale(domain=list(axes.x_range), nice=False)).axis(
        tickCount=8
    )
    y = alt.Y("y:Q", title=axes.y, scale=alt.Scale(domain=list(axes.y_range), nice=False))
    base = alt.Chart(empty)
    ground = base.transform_filter(f"datum.kind === '{kind}'")
    if kind == "curve":
        under = ground.mark_line(color=theme.GREY, clip=True).encode(x=x, y=y)
    else:
        under = ground.mark_rect(clip=True, strokeWidth=0).encode(
            x=x,
            y=y,
            x2="x2:Q",
            y2="y2:Q",
            opacity=alt.Opacity(
                "loss:Q", scale=alt.Scale(type="log", range=[0.06, 0.55]), legend=None
            ),
            color=alt.value(theme.BLUE),
        )
    kinds = [OTHERS, MINE]
    points = (
        base.transform_filter(f"datum.kind === '{OTHERS}' || datum.kind === '{MINE}'")
        .mark_point(size=160, filled=True, opacity=0.9, stroke="white", strokeWidth=1)
        .encode(
            x=x,
            y=y,
            color=alt.Color(
                "kind:N",
                scale=alt.Scale(domain=kinds, range=[theme.AMBER, theme.VERMILLION]),
                legend=alt.Legend(),
            ),
            shape=alt.Shape("kind:N", scale=alt.Scale(domain=kinds, range=["circle", "diamond"])),
            tooltip=[
                alt.Tooltip("name:N", title="who"),
                alt.Tooltip("x:Q", title=axes.x, format=".4~g"),
                alt.Tooltip("loss:Q", title=axes.loss, format=".4~g"),
            ],
        )
    )
    return theme.to_spec((under + points).properties(height=HEIGHT))
