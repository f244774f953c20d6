"""Accuracy against the number of examples: a line for each model, a band over the seeds."""

from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from components.concepts.data_appetite import LEARNERS, Check, Measured
from components.figures import theme
from components.figures.theme import Figure

HEIGHT = 360  # px, with axes and legend
OWN = "measured here"
ALTERNATIVE = (
    "Accuracy on held-out examples against the number of training examples: a line for each "
    "model with a band from its worst to its best seed, and a diamond for a point measured here."
)
COLORS = dict(zip(LEARNERS, theme.SERIES_COLORS, strict=False))
DASHES = dict(zip(LEARNERS, theme.SERIES_DASHES, strict=False))


def appetite_chart(
    found: Measured, own: tuple[tuple[Check, float], ...] = (), height: int = HEIGHT
) -> Figure:
    """The measured points of one material, and the visitor's own as diamonds.

    `own` has checks of the same material with their accuracies; `height` is in pixels.
    """
    rows: list[tuple[str, int, float | None, float | None, float | None, float | None]] = [
        (LEARNERS[p.learner].title, p.n_examples, p.mean, p.low, p.high, None) for p in found.points
    ]
    rows += [
        (LEARNERS[check.learner].title, check.n_examples, None, None, None, accuracy)
        for check, accuracy in own
    ]
    data = pd.DataFrame(rows, columns=["model", "examples", "mean", "low", "high", "own"])
    numbers = ["examples", "mean", "low", "high", "own"]
    data = data.astype({"model": "str"} | dict.fromkeys(numbers, "float64"))
    return theme.figure(
        _spec(found.material.key, found.material.learners, found.material.sizes, height),
        data,
        ALTERNATIVE,
        _summary(found, own),
    )


def _summary(found: Measured, own: tuple[tuple[Check, float], ...]) -> str:
    unit, sizes = found.material.unit, found.material.sizes
    parts = []
    for learner in found.material.learners:
        means = ", ".join(f"{found.at(learner, n).mean:.1%} with {n:,}" for n in sizes)
        parts.append(f"{LEARNERS[learner].title}: {means} {unit}")
    for check, accuracy in own:
        parts.append(
            f"{OWN}: {LEARNERS[check.learner].title}, {accuracy:.1%} with "
            f"{check.n_examples:,} {unit}"
        )
    return "; ".join(parts) + "."


@lru_cache(maxsize=8)
def _spec(
    material: str, learners: tuple[str, ...], sizes: tuple[int, ...], height: int
) -> dict[str, Any]:
    titles = [LEARNERS[key].title for key in learners]
    colors = [COLORS[key] for key in learners]
    dashes = [list(DASHES[key]) for key in learners]
    base = alt.Chart(alt.NamedData("appetite")).encode(
        x=alt.X(
            field="examples",
            type="quantitative",
            title="training examples (logarithmic)",
            scale=alt.Scale(type="log", domain=[sizes[0], sizes[-1]], nice=False, padding=14),
            axis=alt.Axis(values=list(sizes), format=",d"),
        ),
        color=alt.Color(
            field="model",
            type="nominal",
            scale=alt.Scale(domain=titles, range=colors),
            legend=alt.Legend(
                symbolType="stroke",
                symbolSize=400,
                symbolOpacity=1,
                columns=alt.ExprRef("width < 400 ? 1 : 2"),  # on a phone two are cut off
                columnPadding=24,
            ),
        ),
    )
    scale = alt.Scale(domain=[0.5, 1] if material == "digits" else [0.8, 1], clamp=True)
    axis = alt.Axis(format="%", title="right on held-out examples", tickCount=5)
    bundled = base.transform_filter("isValid(datum.mean)")  # a gap in a row breaks its line
    band = bundled.mark_area(opacity=0.15).encode(
        y=alt.Y(field="low", type="quantitative", scale=scale, axis=axis),
        y2=alt.Y2(field="high"),
    )
    line = bundled.mark_line(point=alt.OverlayMarkDef(size=36)).encode(
        y=alt.Y(field="mean", type="quantitative", scale=scale, axis=axis),
        strokeDash=alt.StrokeDash(
            field="model", type="nominal", scale=alt.Scale(domain=titles, range=dashes)
        ),
        tooltip=[
            alt.Tooltip(field="model", type="nominal"),
            alt.Tooltip(field="examples", type="quantitative", format=",d"),
            *(
                alt.Tooltip(field=name, type="quantitative", format=".1%")
                for name in ("mean", "low", "high")
            ),
        ],
    )
    own = base.mark_point(shape="diamond", size=260, strokeWidth=3, filled=False).encode(
        y=alt.Y(field="own", type="quantitative", scale=scale, axis=axis),
        tooltip=[
            alt.Tooltip(field="model", type="nominal"),
            alt.Tooltip(field="examples", type="quantitative", format=",d"),
            alt.Tooltip(field="own", type="quantitative", format=".1%", title=OWN),
        ],
    )
    return theme.to_spec(alt.layer(band, line, own).properties(height=height))
