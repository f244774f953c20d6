"""The losses of several playground runs on one chart."""

from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

import altair as alt
import pandas as pd

from components.concepts.playground_run import PlaygroundRecord
from components.figures import theme

MAX_POINTS = 120  # of each run


class NamedRecord(NamedTuple):
    """A run and the name that the learner knows it by."""

    name: str
    record: PlaygroundRecord


def losses_of_runs(runs: Sequence[NamedRecord], measure: str = "test") -> theme.Figure:
    """The loss by epoch, a line for each run; `measure` is "test" or "train"."""
    words = {"test": "Test loss", "train": "Training loss"}[measure]
    rows = []
    for run in runs:
        moments = run.record.moments
        every = max(1, -(-len(moments) // MAX_POINTS))
        chosen = list(moments[::every])
        if chosen[-1] is not moments[-1]:
            chosen.append(moments[-1])
        rows += [(run.name, m.epoch, getattr(m.losses, measure)) for m in chosen]
    data = pd.DataFrame(rows, columns=["run", "epoch", "loss"])
    last = "; ".join(
        f"{run.name}: {getattr(run.record.moments[-1].losses, measure):.4f} after "
        f"{run.record.moments[-1].epoch:.0f} epochs"
        for run in runs
    )
    return theme.figure(
        _spec(words), data, f"{words} of several runs by epoch.", f"{words} at the end. {last}."
    )


@lru_cache(maxsize=4)
def _spec(words: str) -> dict[str, Any]:
    run: dict[str, Any] = {"field": "run", "type": "nominal", "sort": None}
    dashes = [list(dash) for dash in theme.SERIES_DASHES]
    chart = (
        alt.Chart(alt.NamedData("runs"))
        .mark_line(point=alt.OverlayMarkDef(size=12, opacity=0.01))
        .encode(
            x=alt.X(field="epoch", type="quantitative", title="epoch"),
            y=alt.Y(
                field="loss",
                type="quantitative",
                title=words.lower(),
                scale=alt.Scale(zero=True, nice=True),
            ),
            color=alt.Color(
                **run,
                scale=alt.Scale(range=list(theme.SERIES_COLORS)),
                legend=alt.Legend(
                    orient="bottom",
                    columns=1,
                    labelLimit=520,
                    symbolType="stroke",
                    symbolSize=500,
                    symbolOpacity=1,
                ),
            ),
            strokeDash=alt.StrokeDash(**run, scale=alt.Scale(range=dashes)),
            tooltip=[
                alt.Tooltip(field="run", type="nominal"),
                alt.Tooltip(field="epoch", type="quantitative", format=".0f"),
                alt.Tooltip(field="loss", type="quantitative", format=".4f"),
            ],
        )
        .properties(height=300)
    )
    return theme.to_spec(chart)
