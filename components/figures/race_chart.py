"""The loss of several racers by step, on one chart."""

from functools import lru_cache
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from components.concepts.loss_landscapes import TWO_WEIGHTS
from components.concepts.minima import minima
from components.concepts.race import LANES, Race
from components.concepts.written_sums import number
from components.figures import theme
from components.figures.theme import Figure

HEIGHT = 380  # px
N_GRID = 41  # places looked at for the highest loss of the picture
ALTERNATIVE = "The loss of three racers by step: a line for each, with its own colour and dash."
LANE_COLORS = (theme.VERMILLION, theme.GREEN, theme.PURPLE)  # stand out on the map's blue, too
LANE_DASHES = ((1, 0), (8, 3), (2, 3))


def race_chart(race: Race, n_steps: int, height: int = HEIGHT) -> Figure:
    """The losses of a race of up to `n_steps` steps, as far as it has gone.

    The scale of the loss is logarithmic and goes by the landscape alone; a racer that runs off
    leaves the picture at the top. `height` is in pixels.
    """
    name = race.walks[0].landscape.name
    return theme.figure(_spec(name, n_steps, height), _data(race), ALTERNATIVE, _summary(race))


def _data(race: Race) -> pd.DataFrame:
    """Rows `lane`, `racer`, `step`, `loss`."""
    rows = [
        (racer.lane, racer.name, step, float(loss))
        for racer, walk in zip(race.racers, race.walks, strict=True)
        for step, loss in enumerate(walk.losses)
    ]
    frame = pd.DataFrame(rows, columns=["lane", "racer", "step", "loss"])
    return frame.astype({"lane": "str", "racer": "str", "step": "float64", "loss": "float64"})


def _span(name: str) -> tuple[float, float]:
    """From a little below the lowest loss of a landscape to its highest in the picture."""
    land = TWO_WEIGHTS[name]
    weights = np.linspace(land.low, land.high, N_GRID)
    losses = land.value(np.stack(np.meshgrid(weights, weights), axis=-1))
    lowest = float(land.value(minima(land)[0]))
    return lowest * 0.9, float(losses.max()) * 1.1


@lru_cache(maxsize=len(TWO_WEIGHTS) * 8)
def _spec(name: str, n_steps: int, height: int) -> dict[str, Any]:
    low, high = _span(name)
    ticks = [d * 10.0**p for p in range(-2, 4) for d in (1, 2, 5) if low <= d * 10.0**p <= high]
    lanes = list(LANES)
    base = alt.Chart(alt.NamedData("race")).encode(
        x=alt.X(
            field="step",
            type="quantitative",
            title="step",
            scale=alt.Scale(domain=[0, n_steps], nice=False),
            axis=alt.Axis(tickMinStep=1, format="d"),
        ),
        y=alt.Y(
            field="loss",
            type="quantitative",
            title="loss (logarithmic)",
            scale=alt.Scale(type="log", domain=[low, high], nice=False),
            axis=alt.Axis(values=ticks, format="~g"),
        ),
        color=alt.Color(
            field="lane",
            type="nominal",
            scale=alt.Scale(domain=lanes, range=list(LANE_COLORS)),
            legend=alt.Legend(symbolType="stroke", symbolSize=500),
        ),
    )
    line = base.mark_line(clip=True).encode(
        strokeDash=alt.StrokeDash(
            field="lane",
            type="nominal",
            scale=alt.Scale(domain=lanes, range=[list(dash) for dash in LANE_DASHES]),
        )
    )
    points = base.mark_point(size=30, filled=True, opacity=1, clip=True).encode(
        tooltip=[
            alt.Tooltip(field="racer", type="nominal"),
            alt.Tooltip(field="step", type="quantitative", format="d"),
            alt.Tooltip(field="loss", type="quantitative", format=".4g"),
        ]
    )
    return theme.to_spec(alt.layer(line, points).properties(height=height))


def _summary(race: Race) -> str:
    parts = []
    for racer, walk in zip(race.racers, race.walks, strict=True):
        loss = float(walk.losses[-1])
        end = "diverged after" if walk.diverged else "after"
        steps = f"{end} {walk.n_steps} {'step' if walk.n_steps == 1 else 'steps'}"
        parts.append(f"{racer.name}: {steps} a loss of {number(loss, 4)}")
    return "; ".join(parts) + "."
