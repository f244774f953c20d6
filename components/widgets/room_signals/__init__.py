"""The timer's time left, the section in the spotlight, and the look for news, on every page."""

from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "room_signals",
    html=(_HERE / "room_signals.html").read_text("utf-8"),
    css=(_HERE / "room_signals.css").read_text("utf-8"),
    js=(_HERE / "room_signals.js").read_text("utf-8"),
)


def room_signals(
    page: str, left: float | None, spotlight: str | None, number: float, pace: float | None = None
) -> None:
    """On `page`, show a timer with `left` seconds to go (0 or less: it is over), none with None.

    `spotlight` is the CSS selector of the section to frame. It is scrolled to once for each
    `number`. The fragment around it runs again every `pace` seconds, never with None. Streamlit's
    own `run_every` does not wait until a run is over: the browser then says the settings that it
    had before the run, and so takes back what a button has just set.
    """
    data = {
        "page": page,
        "left": left,
        "spotlight": spotlight,
        "number": number,
        "pace": pace,
    }
    _mount(key="room-signals-listener", data=data, on_look_change=lambda: None)
