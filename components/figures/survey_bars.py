"""How many in the room took each choice of a question."""

from collections.abc import Mapping
from functools import lru_cache
from typing import Any

import altair as alt
import pandas as pd

from components.figures import theme

ROW, GAP = 26, 10  # px: a bar, and the space to the next choice
COLORS = {"before": theme.BLUE, "after": theme.AMBER}
LABEL_WIDTH = 210  # px
SCALE = alt.Scale(domain=alt.DomainUnionWith([0, 1]), nice=False)  # also where nobody took any


def survey_bars(choices: tuple[str, ...], counts: Mapping[str, tuple[int, ...]]) -> theme.Figure:
    """A level bar for each choice of one question, with its count.

    `counts` has, for "before" the workshop or "after" it or both, a count for each choice. With
    both, the bar of "after" is under that of "before". Raises ValueError for other names, and for
    counts that don't match the choices.
    """
    rounds = tuple(name for name in COLORS if name in counts)
    if len(rounds) != len(counts) or not rounds:
        raise ValueError("The counts are those before the workshop, after it, or both.")
    rows = [
        {"choice": choice, "round": name, "count": number}
        for name in rounds
        for choice, number in zip(choices, counts[name], strict=True)
    ]
    said = "; ".join(f"{name} the workshop: {_in_words(choices, counts[name])}" for name in rounds)
    return theme.figure(
        _spec(choices, rounds),
        pd.DataFrame(rows),
        "Bars: how many in the room took each choice",
        f"{said[0].upper()}{said[1:]}.",
    )


def _in_words(choices: tuple[str, ...], counts: tuple[int, ...]) -> str:
    return ", ".join(f"{choice} {number}" for choice, number in zip(choices, counts, strict=True))


@lru_cache(maxsize=64)
def _spec(choices: tuple[str, ...], rounds: tuple[str, ...]) -> dict[str, Any]:
    y = alt.Y("choice:N", sort=list(choices), title=None).axis(
        labelLimit=LABEL_WIDTH, minExtent=LABEL_WIDTH, ticks=False, domain=False
    )
    base = alt.Chart(pd.DataFrame(columns=["choice", "round", "count"])).encode(
        y=y,
        x=alt.X("count:Q", title=None, scale=SCALE).axis(None),
        yOffset=alt.YOffset("round:N", sort=list(rounds)),
        tooltip=[
            alt.Tooltip("choice:N", title="choice"),
            alt.Tooltip("round:N", title="workshop"),
            alt.Tooltip("count:Q", title="answers"),
        ],
    )
    legend = alt.Legend() if len(rounds) > 1 else None
    bars = base.mark_bar().encode(
        color=alt.Color(
            "round:N",
            scale=alt.Scale(domain=list(rounds), range=[COLORS[name] for name in rounds]),
            legend=legend,
        )
    )
    numbers = base.mark_text(align="left", dx=6, fontSize=theme.NUMBER_SIZE).encode(text="count:Q")
    height = len(choices) * (len(rounds) * ROW + GAP)
    return theme.to_spec((bars + numbers).properties(height=height))
