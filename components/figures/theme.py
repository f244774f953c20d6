"""One look for every chart: colours, sizes, and how a chart reaches the page.

Text and grid lines are drawn in `currentColor`, the text colour of the page around the chart, so
one chart fits the light and the dark theme and changes with them. The data colours are those of
Okabe and Ito that stand out against both backgrounds (at least 3 : 1, tested), two of them
darkened for it.
"""

import copy
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias

import altair as alt
import pandas as pd

BLUE = "#0072B2"
VERMILLION = "#D55E00"
GREEN = "#009E73"
PURPLE = "#B25F93"  # reddish purple, darkened
AMBER = "#A87400"  # orange, darkened
GREY = "#75828C"

POSITIVE, NEGATIVE = BLUE, VERMILLION  # weights, on every page
TECHNOLOGY, CONSTRUCTION = GREEN, PURPLE  # industries, on every page
TRAINING, VALIDATION = BLUE, VERMILLION

# One entry for each of several things on one chart. The lists have lengths without a common
# divisor, so that the first 30 things differ by dash or marker even where a colour returns.
SERIES_COLORS = (BLUE, VERMILLION, GREEN, PURPLE, AMBER, GREY)
SERIES_DASHES = ((1, 0), (8, 3), (2, 3), (10, 3, 2, 3), (4, 2))
SERIES_SHAPES = ("circle", "square", "triangle-up", "diamond", "cross", "triangle-down", "stroke")

LIGHT_BACKGROUND, DARK_BACKGROUND = "#FDFDFB", "#11171D"  # as in .streamlit/config.toml
LIGHT_TEXT, DARK_TEXT = "#1C2733", "#E9EDF0"

TEXT = "currentColor"
LABEL_SIZE, TITLE_SIZE, NUMBER_SIZE = 14, 15, 13  # px; a projector needs 13 at least
LINE_WIDTH = 2.5

CONFIG: dict[str, Any] = {
    "background": "transparent",
    "axis": {
        "labelColor": TEXT,
        "titleColor": TEXT,
        "domainColor": TEXT,
        "tickColor": TEXT,
        "gridColor": TEXT,
        "gridOpacity": 0.15,
        "domainOpacity": 0.5,
        "tickOpacity": 0.5,
        "labelFontSize": LABEL_SIZE,
        "titleFontSize": TITLE_SIZE,
        "titleFontWeight": "normal",
        "labelFlush": False,
        "labelPadding": 5,
        "titlePadding": 10,
    },
    "legend": {
        "labelColor": TEXT,
        "titleColor": TEXT,
        "labelFontSize": LABEL_SIZE,
        "titleFontSize": TITLE_SIZE,
        "symbolStrokeWidth": LINE_WIDTH,
        "symbolSize": 120,
        "orient": "top",
        "title": None,
        "labelLimit": 240,
        "padding": 0,
        "offset": 4,
    },
    "title": {
        "color": TEXT,
        "subtitleColor": TEXT,
        "fontSize": TITLE_SIZE,
        "fontWeight": "bold",
        "anchor": "start",
    },
    "text": {"color": TEXT, "fontSize": NUMBER_SIZE},
    "line": {"strokeWidth": LINE_WIDTH},
    "rule": {"color": TEXT},
    "view": {"stroke": None},
}

AnyChart: TypeAlias = alt.Chart | alt.LayerChart | alt.FacetChart | alt.ConcatChart


@dataclass(frozen=True)
class Figure:
    """A chart ready for the page: what it looks like, what it shows, and that in words.

    `spec` is a Vega-Lite specification without data, and `alt` says what kind of chart it is.
    Both stay the same while the data change: Streamlit then updates the chart in place, and
    otherwise takes it away and draws a new one. `summary` says in words what the data show,
    with the numbers that matter.
    """

    spec: dict[str, Any]
    data: pd.DataFrame
    alt: str
    summary: str


def to_spec(chart: AnyChart) -> dict[str, Any]:
    """The chart in the workshop's look, as a Vega-Lite specification without data.

    Making one takes some 30 ms: keep it, and pass it to `figure` with each new data.
    """
    return dict(_without_data(chart.to_dict()) | {"config": CONFIG})


def _without_data(spec: dict[str, Any]) -> dict[str, Any]:
    """A chart and its layers without their own data: they use what the page hands over."""
    bare = {name: part for name, part in spec.items() if name not in ("data", "datasets")}
    if "layer" in bare:
        bare["layer"] = [_without_data(layer) for layer in bare["layer"]]
    return bare


def figure(spec: Mapping[str, Any], data: pd.DataFrame, alternative: str, summary: str) -> Figure:
    """Join a specification with data; the specification is copied and may be shared."""
    return Figure(copy.deepcopy(dict(spec)), data, alternative, summary)


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours "#RRGGBB", from 1 to 21, as WCAG 2.2 defines it."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def mix(one: str, other: str, share: float) -> str:
    """The colour `share` (0 to 1) of the way from `one` to `other`, both "#RRGGBB"."""
    pairs = zip(_channels(one), _channels(other), strict=True)
    return "#" + "".join(f"{round(a + share * (b - a)):02X}" for a, b in pairs)


def _channels(color: str) -> tuple[int, int, int]:
    return int(color[1:3], 16), int(color[3:5], 16), int(color[5:7], 16)


def _luminance(color: str) -> float:
    """Relative luminance of a colour, as WCAG 2.2 defines it."""

    def linear(channel: int) -> float:
        value = channel / 255
        return value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4

    red, green, blue = (linear(channel) for channel in _channels(color))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
