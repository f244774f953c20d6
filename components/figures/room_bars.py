"""The room's answers and results as level bars."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import pairwise
from typing import Any

import altair as alt
import numpy as np
import pandas as pd

from components.figures import theme

ROW, LEGEND = 30, 28  # px
MOST_BARS = 12
LABEL_WIDTH = 180  # px
MINE, OTHERS = "you", "the room"
_COLUMNS = ["label", "length", "text", "kind", "detail"]
TEXT_ROOM = 1.25  # lengths of the longest bar, for the text at its end


@dataclass(frozen=True)
class Bar:
    """One bar: what it stands for, how long it is, what is written at its end and on hovering."""

    label: str
    length: float
    text: str
    is_mine: bool = False
    detail: str = ""


def answer_bars(answers: Sequence[str | float], mine: str | float | None) -> list[Bar]:
    """How often each answer was given; numbers in their order, and in groups if there are many.

    `mine` is the visitor's own answer, among the others. Words come in the order of frequency.
    """
    if all(isinstance(each, (int, float)) for each in answers):
        return _number_bars([float(each) for each in answers], mine)
    texts = [str(each) for each in answers]
    kinds = sorted(set(texts), key=lambda text: (-texts.count(text), text))[:MOST_BARS]
    return [Bar(kind, texts.count(kind), str(texts.count(kind)), kind == mine) for kind in kinds]


def _number_bars(values: list[float], mine: str | float | None) -> list[Bar]:
    own = float(mine) if isinstance(mine, (int, float)) else math.nan
    kinds = sorted(set(values))
    if len(kinds) <= MOST_BARS:
        counts = [values.count(kind) for kind in kinds]
        return [
            Bar(f"{kind:.6g}", n, str(n), kind == own)
            for kind, n in zip(kinds, counts, strict=True)
        ]
    # Quantiles as borders, so that one wild guess does not put all others into one bar.
    borders = np.unique(np.quantile(values, np.linspace(0, 1, MOST_BARS + 1)))
    bars = []
    for place, (low, high) in enumerate(pairwise(borders.tolist())):
        is_last = place == len(borders) - 2
        inside = [v for v in values if low <= v < high or (is_last and v == high)]
        has_mine = low <= own < high or (is_last and own == high)
        bars.append(Bar(f"{low:.4g} to {high:.4g}", len(inside), str(len(inside)), has_mine))
    return bars


def room_bars(bars: Sequence[Bar], what: str) -> theme.Figure:
    """The bars from top to bottom, the visitor's own in its own colour. `what` names them.

    Raises ValueError where two bars have the same label.
    """
    if len({bar.label for bar in bars}) < len(bars):
        raise ValueError("Two bars have the same label; give each its own.")
    rows = [
        {
            "label": bar.label,
            "length": bar.length,
            "text": bar.text,
            "kind": MINE if bar.is_mine else OTHERS,
            "detail": bar.detail or bar.text,
        }
        for bar in bars
    ]
    words = ", ".join(f"{bar.label}: {bar.text}" for bar in bars) or "nobody yet"
    data = pd.DataFrame(rows, columns=_COLUMNS)
    longest = max([bar.length for bar in bars] + [1e-9])
    return theme.figure(_spec(len(bars), longest), data, f"Bars: {what}", f"{what}: {words}.")


@lru_cache(maxsize=64)
def _spec(n_bars: int, longest: float) -> dict[str, Any]:
    y = alt.Y("label:N", sort=None, title=None).axis(
        labelLimit=LABEL_WIDTH, labelOverlap=False, ticks=False, domain=False
    )
    scale = alt.Scale(domain=[0, TEXT_ROOM * longest], nice=False)
    x = alt.X("length:Q", title=None, scale=scale).axis(None)
    kinds = [OTHERS, MINE]
    tooltip = [alt.Tooltip("label:N", title="what"), alt.Tooltip("detail:N", title="is")]
    base = alt.Chart(pd.DataFrame(columns=_COLUMNS)).encode(y=y, x=x, tooltip=tooltip)
    bars = base.mark_bar().encode(
        color=alt.Color(
            "kind:N",
            scale=alt.Scale(domain=kinds, range=[theme.BLUE, theme.VERMILLION]),
            legend=alt.Legend(),
        )
    )
    ends = base.mark_text(align="left", dx=6, fontSize=theme.NUMBER_SIZE).encode(text="text:N")
    return theme.to_spec((bars + ends).properties(height=LEGEND + ROW * max(1, n_bars)))
