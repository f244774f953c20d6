"""Wage against education: the workers, and what a model says of the two industries."""

from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from components.concepts import wage_lines
from components.concepts.wage_data import WageData
from components.concepts.wage_lines import Predict
from components.figures import theme
from components.figures.theme import Figure

HEIGHT = 400  # px
TECHNOLOGY, CONSTRUCTION = "technology", "construction"
INDUSTRIES = (TECHNOLOGY, CONSTRUCTION)
BESIDE = 0.16  # years; the points of the two industries stand side by side
N_PLACES = 31  # of a line
FEWEST, MOST = 8, 18  # years of education
HIGHEST_WAGE, LARGEST_ERROR = 55, 18  # dollars an hour, at the border of the charts
WORKER, MODEL, ZERO = "worker", "model", "zero"


def wage_chart(predict: Predict, data: WageData, height: int = HEIGHT) -> Figure:
    """The workers as points, and the model's line for each industry.

    The lines are for somebody with the workers' mean of all other inputs. `height` in pixels.
    The points stay where they are, so they are part of the specification: only the lines are
    drawn again when the model changes.
    """
    rows = []
    education = np.linspace(FEWEST, MOST, N_PLACES)
    found = wage_lines.lines(predict, data, education)
    for name, wages in ((TECHNOLOGY, found.technology), (CONSTRUCTION, found.construction)):
        rows += [(MODEL, name, float(x), float(y)) for x, y in zip(education, wages, strict=True)]
    spec = dict(_spec("wage in dollars an hour", 0, HIGHEST_WAGE, height))
    points = {"data": {"values": _table(_workers(data, data.wage)).to_dict("records")}}
    spec["layer"] = [spec["layer"][0] | points, *spec["layer"][1:]]
    words = "Wage against years of education: points for workers, a line for each industry."
    return theme.figure(spec, _table(rows), words, _summary(found))


def error_chart(predict: Predict, data: WageData, height: int = HEIGHT) -> Figure:
    """The error of each worker, actual minus predicted wage, and its mean by education.

    `height` is in pixels.
    """
    rows = [*_workers(data, data.wage - predict(data.inputs)), (ZERO, "", 0.0, 0.0)]
    for name in INDUSTRIES:
        years, means = wage_lines.mean_errors(predict, data, name == TECHNOLOGY)
        rows += [(MODEL, name, float(x), float(y)) for x, y in zip(years, means, strict=True)]
    spec = _spec("actual minus predicted wage", -LARGEST_ERROR, LARGEST_ERROR, height)
    words = "Errors against years of education: points for workers, a line for each mean."
    trends = [
        f"in {name} it changes by "
        f"{wage_lines.trend_of_errors(predict, data, name == TECHNOLOGY).slope:.2f} dollars an "
        "hour for each year of education"
        for name in INDUSTRIES
    ]
    return theme.figure(spec, _table(rows), words, f"The error: {'; '.join(trends)}.")


def _workers(data: WageData, height: np.ndarray) -> list[tuple[str, str, float, float]]:
    rows = []
    for education, value, is_technology in zip(
        data.inputs[:, 0], height, data.is_technology, strict=True
    ):
        name, side = (TECHNOLOGY, -BESIDE) if is_technology else (CONSTRUCTION, BESIDE)
        rows.append((WORKER, name, float(education) + side, round(float(value), 2)))
    return rows


def _table(rows: list[tuple[str, str, float, float]]) -> pd.DataFrame:
    """Rows `what` (worker or model), `industry`, `education`, `dollars`."""
    frame = pd.DataFrame(rows, columns=["what", "industry", "education", "dollars"])
    return frame.astype({"what": "str", "industry": "str"})


@lru_cache(maxsize=16)
def _spec(title: str, low: float, high: float, height: int) -> dict[str, Any]:
    """The chart for dollars from `low` to `high`: points, lines, and a rule at 0 if that is
    not its lower border.
    """
    base = alt.Chart(alt.NamedData("wages")).encode(
        x=alt.X(
            field="education",
            type="quantitative",
            title="years of education",
            scale=alt.Scale(domain=[FEWEST - 0.5, MOST + 0.5], nice=False),
            axis=alt.Axis(values=list(range(FEWEST, MOST + 1, 2)), format="d"),
        ),
        y=alt.Y(
            field="dollars",
            type="quantitative",
            title=title,
            scale=alt.Scale(domain=[low, high], nice=False),
            axis=alt.Axis(tickCount=6),
        ),
        color=alt.Color(
            field="industry",
            type="nominal",
            scale=alt.Scale(domain=list(INDUSTRIES), range=[theme.TECHNOLOGY, theme.CONSTRUCTION]),
            legend=alt.Legend(symbolType="stroke", symbolSize=500, symbolOpacity=1),
        ),
    )
    layers = [_points(base), _lines(base)]
    if low < 0:
        zero = base.transform_filter(alt.datum.what == ZERO).mark_rule(strokeWidth=1.5)
        across = {"x": alt.value(0), "x2": alt.value("width"), "color": alt.value(theme.TEXT)}
        layers.append(zero.encode(**across))
    return theme.to_spec(alt.layer(*layers).properties(height=height))


def _points(base: alt.Chart) -> alt.Chart:
    """The workers: a circle in technology, a triangle in construction."""
    shapes = alt.Scale(domain=list(INDUSTRIES), range=["circle", "triangle-up"])
    return (
        base.transform_filter(alt.datum.what == WORKER)
        .transform_calculate(marker="datum.industry")  # of its own: the legend shows the lines
        .mark_point(size=26, opacity=0.45, strokeWidth=1.5, clip=True, aria=False)
        .encode(shape=alt.Shape(field="marker", type="nominal", scale=shapes, legend=None))
    )


def _lines(base: alt.Chart) -> alt.Chart:
    """The model: unbroken in technology, dashed in construction."""
    dashes = alt.Scale(domain=list(INDUSTRIES), range=[[1, 0], [9, 4]])
    return (
        base.transform_filter(alt.datum.what == MODEL)
        .mark_line(strokeWidth=4, clip=True)
        .encode(strokeDash=alt.StrokeDash(field="industry", type="nominal", scale=dashes))
    )


def _summary(found: wage_lines.Lines) -> str:
    parts = []
    for name, wages in ((TECHNOLOGY, found.technology), (CONSTRUCTION, found.construction)):
        years = float(found.education[-1] - found.education[0])
        slope = float(wages[-1] - wages[0]) / years
        parts.append(
            f"in {name} the predicted wage goes from {wages[0]:.2f} dollars an hour at "
            f"{found.education[0]:g} years to {wages[-1]:.2f} at {found.education[-1]:g} years, "
            f"{slope:.2f} a year"
        )
    return "; ".join(parts).capitalize() + "."
