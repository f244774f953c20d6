"""A pad to draw a digit on, with mouse, pen, finger or keyboard. Sends while you draw."""

from pathlib import Path
from typing import Any

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.concepts.digit_drawing import PAD_SIDE, read_drawing

_HERE = Path(__file__).parent
_MAX_NUMBER = 2**53  # beyond it JavaScript's numbers are no longer whole

_mount = st.components.v2.component(
    "drawing_pad",
    html=(_HERE / "drawing_pad.html").read_text("utf-8"),
    css=(_HERE / "drawing_pad.css").read_text("utf-8"),
    js=(_HERE / "drawing_pad.js").read_text("utf-8"),
)


def drawing_pad(key: str, label: str = "Drawing pad") -> NDArray[np.uint8] | None:
    """Show the pad and return what is on it: ink as uint8 of shape (56, 56), None when empty.

    Put it in a fragment: it reruns that fragment up to eight times a second while the learner
    draws, and holds its next picture back until the last one was answered. `label` names the
    pad for screen readers. The drawing stays through reruns and changes of theme.
    Raises DrawingError, in a sentence, where the browser sent something that is no drawing.
    """
    sent = _last_sent(key)
    data = {"key": key, "label": label, "side": PAD_SIDE, "seen": _number(sent)}
    result = _mount(key=key, data=data, on_drawing_change=lambda: None)
    payload = result.drawing
    if payload is None:
        return None
    ink = read_drawing(payload)
    return ink if ink.any() else None


def _last_sent(key: str) -> Any:
    """What the browser sent last, before the pad is mounted in this run."""
    state = st.session_state.get(key)
    return state.get("drawing") if isinstance(state, dict) else None


def _number(payload: object) -> int | None:
    """The running number of a picture; the pad waits for its own number to come back."""
    number = payload.get("number") if isinstance(payload, dict) else None
    if not isinstance(number, int) or isinstance(number, bool):
        return None
    return number if 0 <= number < _MAX_NUMBER else None
