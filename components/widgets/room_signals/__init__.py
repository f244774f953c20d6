"""The timer's time left, and the section in the spotlight, in the bar of every page."""

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "room_signals",
    html=(_HERE / "room_signals.html").read_text("utf-8"),
    css=(_HERE / "room_signals.css").read_text("utf-8"),
    js=(_HERE / "room_signals.js").read_text("utf-8"),
)


def room_signals(left: float | None, spotlight: str | None, number: float) -> None:
    """Show a timer with `left` seconds to go (0 or less: it is over), none with None.

    `spotlight` is the CSS selector of the section to frame. It is scrolled to once for each
    `number`.
    """
    data = {"left": left, "spotlight": spotlight, "number": number}
    _mount(key="room-signals-listener", data=data)
