"""Value and slope of an activation function, with the point under the slider, among the others."""

from functools import lru_cache
from typing import Any, NamedTuple

import altair as alt
import numpy as np
import pandas as pd

from components.concepts.activations import ACTIVATIONS
from components.concepts.written_sums import rounded
from components.figures import theme
from components.figures.activation_table import approximately

FAR, NEAR = 15.0, 4.0  # x goes from minus this to plus this
N_POINTS = 81  # few enough to be sent again while a slider is dragged
VALUE_HEIGHT, SLOPE_HEIGHT = 300, 130
POINT, RULE = "point", "rule"


class Curves(NamedTuple):
    """The chart of the values and that of the slopes, one above the other."""

    value: theme.Figure
    slope: theme.Figure


def activation_curves(name: str, x: float, near: bool = False) -> Curves:
    """Value and slope of the activation `name`, marked at `x`; the others stand behind it.

    `near` shows the surroundings of 0. A point outside of what is shown is left out.
    """
    return Curves(_one(name, x, near, "value"), _one(name, x, near, "slope"))


def _one(name: str, x: float, near: bool, what: str) -> theme.Figure:
    activation, width = ACTIVATIONS[name], NEAR if near else FAR
    here = float(activation.value(x) if what == "value" else activation.slope(x))
    marks = []
    if abs(x) <= width:
        shown = approximately(here)
        equals = "" if shown.startswith("≈") else "= "
        text = f"f({x:g}) {equals}{shown}" if what == "value" else shown
        marks = [(POINT, x, here, text), (RULE, x, here, "")]
    curves, (low, high) = _curves(what, width), _range(name, what, width)
    points = pd.DataFrame(marks, columns=["kind", "x", "y", "text"])
    data = pd.concat([curves, points], ignore_index=True) if marks else curves
    title = activation.title
    said = "value" if what == "value" else "slope"
    summary = f"{title}: {said} at {x:g} is {rounded(here)}. {activation.note}"
    alternative = f"The {said} of the {title} function, with seven other activations behind it."
    return theme.figure(_spec(name, what, width, low, high), data, alternative, summary)


@lru_cache(maxsize=4)
def _curves(what: str, width: float) -> pd.DataFrame:
    """All activations from −width to width: columns kind (its name), x, y, text."""
    # One point more just above 0, so that the jump of a slope there is upright.
    x = np.union1d(np.linspace(-width, width, N_POINTS), [1e-9])
    frames = [
        pd.DataFrame(
            {
                "kind": each.name,
                "x": x,
                "y": each.value(x) if what == "value" else each.slope(x),
                "text": "",
            }
        )
        for each in ACTIVATIONS.values()
    ]
    return pd.concat(frames, ignore_index=True)


def _range(name: str, what: str, width: float) -> tuple[float, float]:
    """From where to where the y-axis goes: all of the chosen curve, and a little more."""
    curves = _curves(what, width)
    own = curves[curves.kind == name].y
    low, high = min(float(own.min()), 0.0), max(float(own.max()), 1.0)
    room = 0.14 * (high - low)
    return low - room, high + room


@lru_cache(maxsize=64)
def _spec(name: str, what: str, width: float, low: float, high: float) -> dict[str, Any]:
    x_axis = alt.X(
        field="x",
        type="quantitative",
        title="sum x of the node" if what == "slope" else None,
        scale=alt.Scale(domain=[-width, width], nice=False),
    )
    base = alt.Chart(alt.NamedData("curves")).encode(
        x=x_axis,
        y=alt.Y(
            field="y",
            type="quantitative",
            title="value f(x)" if what == "value" else "slope",
            scale=alt.Scale(domain=[low, high], nice=False),
            axis=alt.Axis(tickCount=5 if what == "value" else 3, minExtent=44),
        ),
    )
    color = theme.BLUE if what == "value" else theme.VERMILLION
    own = base.transform_filter(alt.datum.kind == name)
    others = [other for other in ACTIVATIONS if other != name]
    behind = base.transform_filter(alt.FieldOneOfPredicate("kind", others)).mark_line(
        clip=True, strokeWidth=1.2, opacity=0.45, color=theme.GREY
    )
    line = own.mark_line(
        clip=True,
        strokeWidth=3.5,
        color=color,
        strokeDash=[1, 0] if what == "value" else [8, 3],
    )
    rule = base.transform_filter(alt.datum.kind == RULE).mark_rule(
        strokeDash=[3, 3], opacity=0.6, y2="height"
    )
    point = base.transform_filter(alt.datum.kind == POINT)
    text = point.mark_text(
        align=alt.expr(f"datum.x > {0.5 * width} ? 'right' : 'left'"),
        dx=alt.expr(f"datum.x > {0.5 * width} ? -12 : 12"),
        dy=-12,
        fontSize=theme.LABEL_SIZE + 2,
        fontWeight="bold",
        color=theme.TEXT,
    ).encode(text=alt.Text(field="text", type="nominal"))
    layers = alt.layer(
        behind.encode(detail=alt.Detail(field="kind", type="nominal")),
        rule.encode(y=alt.value(0), y2=alt.value("height")),
        line,
        point.mark_point(size=160, filled=True, opacity=1, color=color),
        text,
    )
    return theme.to_spec(
        layers.properties(height=VALUE_HEIGHT if what == "value" else SLOPE_HEIGHT)
    )
