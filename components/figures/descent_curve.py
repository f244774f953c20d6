"""One weight: the loss as a curve, and the walk down it with its tangent and its last step."""

from functools import lru_cache
from typing import Any, TypeAlias

import altair as alt
import numpy as np
import pandas as pd

from components.concepts.gradient_descent import Walk
from components.concepts.loss_landscapes import ONE_WEIGHT, Landscape
from components.concepts.written_sums import number
from components.figures import theme
from components.figures.theme import Figure

HEIGHT = 400  # px
N_CURVE = 121  # points of the curve
TANGENT = 0.16  # half the tangent's length, in widths of the picture
HEADROOM = 0.06  # room below and above the curve, in heights of the curve
ALTERNATIVE = (
    "The loss J by the weight w as a curve, the points of the walk on it, the tangent where it "
    "stands, and its last step."
)
CURVE, WALK, TANGENT_LINE, STEP = "loss J(w)", "walk", "tangent", "step"
HERE = "here"
Row: TypeAlias = tuple[str, float, float, int, str]
LINES = (CURVE, WALK, TANGENT_LINE, STEP)
COLORS = (theme.GREY, theme.BLUE, theme.VERMILLION, theme.GREEN)
DASHES = ([1, 0], [2, 4], [8, 4], [1, 0])


def descent_curve(walk: Walk, height: int = HEIGHT) -> Figure:
    """The walk of one weight on its curve. What lies out of the picture is clipped.

    `height` is in pixels. Raises ValueError for a landscape of two weights.
    """
    land = walk.landscape
    if land.n_weights != 1:
        raise ValueError(f"The curve is for one weight, and “{land.name}” has {land.n_weights}.")
    return theme.figure(_spec(land.name, height), _data(walk), ALTERNATIVE, _summary(walk))


def _span(land: Landscape) -> tuple[float, float]:
    """The lowest and the highest loss of the picture."""
    losses = land.value(np.linspace(land.low, land.high, N_CURVE)[:, None])
    low, high = float(losses.min()), float(losses.max())
    room = HEADROOM * (high - low)
    return low - room, high + room


def _data(walk: Walk) -> pd.DataFrame:
    """What changes with the walk: `what`, `w`, `loss`, `order` along a line, and `label`."""
    land = walk.landscape
    rows: list[Row] = []
    points = list(zip(walk.weights[:, 0].tolist(), walk.losses.tolist(), strict=True))
    low, high = _span(land)
    in_sight = [(land.low <= w <= land.high and low <= j <= high) for w, j in points]
    # The first point out of sight is kept: the line leads to it and is clipped at the border.
    drawn = [now or before for now, before in zip(in_sight, [False, *in_sight], strict=False)]
    rows += [(WALK, w, j, n, f"step {n}") for n, (w, j) in enumerate(points) if drawn[n]]
    if in_sight[-1]:
        rows += _tangent(walk, high - low)
    if walk.n_steps and drawn[-1]:
        (before, loss_before), (here, loss) = points[-2:]
        rows += [(STEP, before, loss_before, 0, ""), (STEP, here, loss_before, 1, "")]
        rows += [(STEP, here, loss, 2, "")]
    if in_sight[-1]:
        here, loss = points[-1]
        rows.append((HERE, here, loss, 0, f"w = {number(here, 4)}, loss {number(loss, 4)}"))
    return _table(rows)


def _table(rows: list[Row]) -> pd.DataFrame:
    frame = pd.DataFrame(rows, columns=["what", "w", "loss", "order", "label"])
    return frame.astype({"what": "str", "w": "float64", "loss": "float64", "label": "str"})


def _tangent(walk: Walk, loss_span: float) -> list[Row]:
    """The two ends of the tangent, as long in the picture whatever the slope."""
    here, loss = float(walk.weights[-1, 0]), float(walk.losses[-1])
    slope = float(walk.slopes[-1, 0])
    width = walk.landscape.high - walk.landscape.low
    steepness = slope * width / loss_span  # as it looks: picture heights for each picture width
    half = TANGENT * width / np.sqrt(1 + steepness**2)
    ends = (here - half, here + half)
    return [
        (TANGENT_LINE, end, loss + slope * (end - here), place, "")
        for place, end in enumerate(ends)
    ]


# ---- What it looks like


@lru_cache(maxsize=len(ONE_WEIGHT) * 4)
def _spec(name: str, height: int) -> dict[str, Any]:
    """The chart for one landscape. Its scales and its curve stay while the walk moves."""
    land = ONE_WEIGHT[name]
    x = alt.X(
        field="w",
        type="quantitative",
        title="weight w",
        scale=alt.Scale(domain=[land.low, land.high], nice=False),
        axis=alt.Axis(format="~g", tickCount=7),
    )
    y = alt.Y(
        field="loss",
        type="quantitative",
        title="loss J(w)",
        scale=alt.Scale(domain=list(_span(land)), nice=False, zero=False),
    )
    base = alt.Chart(alt.NamedData("walk")).encode(x=x, y=y)
    layers = (_lines(base), _lines(base), _points(base), *_place(base, land))
    spec = theme.to_spec(alt.layer(*layers).properties(height=height, padding={"right": 14}))
    spec["layer"][0]["data"] = {"values": _curve(land)}
    return spec


def _curve(land: Landscape) -> list[dict[str, Any]]:
    """The loss over the whole picture, as rows of the chart."""
    places = np.linspace(land.low, land.high, N_CURVE)
    losses = land.value(places[:, None])
    rows = [
        (CURVE, float(w), float(loss), order, "")
        for order, (w, loss) in enumerate(zip(places, losses, strict=True))
    ]
    records: list[dict[str, Any]] = _table(rows).to_dict("records")
    return records


def _lines(base: alt.Chart) -> alt.Chart:
    """Each kind of line with its colour and its dash."""
    kinds, dashes = list(LINES), [list(dash) for dash in DASHES]
    is_line = alt.FieldOneOfPredicate(field="what", oneOf=kinds)
    return (
        base.transform_filter(is_line)
        .mark_line(clip=True)
        .encode(
            order=alt.Order(field="order", type="quantitative"),
            color=alt.Color(
                field="what",
                type="nominal",
                scale=alt.Scale(domain=kinds, range=list(COLORS)),
                legend=alt.Legend(symbolType="stroke", symbolSize=500),
            ),
            strokeDash=alt.StrokeDash(
                field="what", type="nominal", scale=alt.Scale(domain=kinds, range=dashes)
            ),
        )
    )


def _points(base: alt.Chart) -> alt.Chart:
    """A point for each step, which says its numbers when pointed at."""
    tooltip = [
        alt.Tooltip(field="label", type="nominal", title="after"),
        alt.Tooltip(field="w", type="quantitative", format=".4g"),
        alt.Tooltip(field="loss", type="quantitative", format=".4g"),
    ]
    return (
        base.transform_filter(alt.datum.what == WALK)
        .mark_point(filled=True, size=70, opacity=1, color=theme.BLUE, clip=True)
        .encode(tooltip=tooltip)
    )


def _place(base: alt.Chart, land: Landscape) -> tuple[alt.Chart, ...]:
    """A ring where the walk stands, with its numbers beside it, where there is room."""
    here = base.transform_filter(alt.datum.what == HERE)
    ring = here.mark_point(size=260, strokeWidth=3, color=theme.BLUE, filled=False, opacity=1)
    middle = (land.low + land.high) / 2
    text = alt.Text(field="label", type="nominal")
    words: dict[str, Any] = {"dy": -16, "fontWeight": "bold"}
    on_left = here.transform_filter(alt.datum.w <= middle).mark_text(dx=18, align="left", **words)
    on_right = here.transform_filter(alt.datum.w > middle).mark_text(dx=-18, align="right", **words)
    return ring, on_left.encode(text=text), on_right.encode(text=text)


def _summary(walk: Walk) -> str:
    first, last = float(walk.weights[0, 0]), float(walk.weights[-1, 0])
    steps = "1 step" if walk.n_steps == 1 else f"{walk.n_steps} steps"
    return (
        f"The walk starts at w = {number(first, 4)} with a loss of {number(walk.losses[0], 4)}. "
        f"After {steps} it is at w = {number(last, 4)}, with a loss of "
        f"{number(walk.losses[-1], 4)} and a slope of {number(float(walk.slopes[-1, 0]), 4)}."
    )
