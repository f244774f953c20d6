"""A map on the page to click on: the place goes to the page as two numbers."""

import math
from collections.abc import Callable
from pathlib import Path

import streamlit as st

from components.figures.descent_map import DescentMap

_HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "place_picker",
    html=(_HERE / "place_picker.html").read_text("utf-8"),
    css=(_HERE / "place_picker.css").read_text("utf-8"),
    js=(_HERE / "place_picker.js").read_text("utf-8"),
)


def place_picker(
    drawing: DescentMap,
    key: str,
    on_pick: Callable[[float, float], None],
    widest: int = 560,
) -> None:
    """Show a map; a click or tap on it calls `on_pick` with the two weights of the place.

    `widest` bounds its width, in pixels. `on_pick` is called before the fragment or page around
    the map runs again, so it may set widgets. For the keyboard, give the place a slider or a
    number field as well.
    """
    data = {
        "ground": drawing.ground,
        "walks": drawing.walks,
        "alt": drawing.alt,
        "frame": drawing.frame,
        "low": drawing.low,
        "high": drawing.high,
        "widest": f"{widest}px",
    }

    def picked() -> None:
        place = read_place(getattr(st.session_state.get(key), "picked", None), drawing)
        if place is not None:
            on_pick(*place)

    _mount(key=key, data=data, on_picked_change=picked)


def read_place(sent: object, drawing: DescentMap) -> tuple[float, float] | None:
    """The place that a browser sent, None for anything that is none on this map."""
    if not isinstance(sent, dict):
        return None
    x, y = (_number(sent.get(name)) for name in ("x", "y"))
    inside = all(drawing.low <= value <= drawing.high for value in (x, y))  # NaN is not
    return (x, y) if inside else None


def _number(value: object) -> float:
    is_number = isinstance(value, (int, float)) and not isinstance(value, bool)
    return float(value) if is_number else math.nan  # type: ignore[arg-type]
