"""The picture, one map and all maps of a layer, linked: a pixel of a map shows what it has seen.

Pointing costs no message: the browser has the receptive fields. A click tells the server.
"""

from collections.abc import Callable, Sequence
from pathlib import Path

import streamlit as st

from components.concepts.value_behind import Place
from components.figures import theme
from components.figures.map_sheet import HIGH, MapSheet

_HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "feature_sheet",
    html=(_HERE / "feature_sheet.html").read_text("utf-8"),
    css=(_HERE / "feature_sheet.css").read_text("utf-8"),
    js=(_HERE / "feature_sheet.js").read_text("utf-8"),
)


def feature_sheet(
    picture: str,
    side: int,
    sheet: MapSheet,
    fields: Sequence[tuple[int, int]],
    place: Place,
    title: str,
    on_pick: Callable[[Place], None],
    key: str,
) -> None:
    """Show the network's picture (a data address, `side` pixels), the map that is chosen, and
    all maps of the layer `title`.

    `fields` gives for each place along a map the first and last pixel that it depends on.
    `on_pick` is called before the next run with the (map, row, column) that the learner chose
    by click or Enter.
    """
    data = {
        "picture": picture,
        "side": side,
        "sheet": sheet.uri,
        "maps": sheet.maps,
        "height": sheet.height,
        "width": sheet.width,
        "columns": sheet.columns,
        "factor": sheet.factor,
        "gap": sheet.gap,
        "high": HIGH,
        "fields": [list(field) for field in fields],
        "place": list(place),
        "title": title,
        "color": theme.VERMILLION,
    }

    def picked() -> None:
        found = read_pick(getattr(st.session_state.get(key), "picked", None), sheet)
        if found is not None:
            on_pick(found)

    _mount(key=key, data=data, on_picked_change=picked)


def read_pick(sent: object, sheet: MapSheet) -> Place | None:
    """The place that a browser sent, None for anything that is none on this sheet."""
    if not isinstance(sent, dict):
        return None
    number = _whole(sent.get("map"), sheet.maps)
    row, column = _whole(sent.get("row"), sheet.height), _whole(sent.get("column"), sheet.width)
    if number is None or row is None or column is None:
        return None
    return number, row, column


def _whole(value: object, end: int) -> int | None:
    """A whole number from 0 to `end` − 1, None for anything else."""
    if not isinstance(value, int) or isinstance(value, bool):
        return None
    return value if 0 <= value < end else None
