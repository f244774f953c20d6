"""Projector mode: `?present=1`. Larger type, nothing around the page, keys for a clicker.

It stays on through page switches, and so does `hide=controls`, which leaves the lab's picture
alone on the page.
"""

from pathlib import Path

import streamlit as st

from components.widgets import page_address
from components.widgets.clicker import clicker

PRESENT, HIDE, CONTROLS = "present", "hide", "controls"
PARAMETERS = (PRESENT, HIDE)
_KEPT = {PRESENT: "projector.present", HIDE: "projector.hide"}  # where the session keeps each
WORDS = {PRESENT: "1", HIDE: CONTROLS}  # how each stands in the address when it is on

_ASSETS = Path(__file__).resolve().parent.parent.parent / "assets"


def adopt() -> None:
    """Take the mode from the address, or put it back there after a page switch."""
    address = page_address.read()
    for name in PARAMETERS:
        if name in address:
            st.session_state[_KEPT[name]] = address[name] == WORDS[name]
    if not is_on():
        st.session_state[_KEPT[HIDE]] = False
    _publish()


def is_on() -> bool:
    """Whether this visit is in projector mode."""
    return bool(st.session_state.get(_KEPT[PRESENT]))


def are_controls_hidden() -> bool:
    """Whether the labs' controls are hidden; only in projector mode."""
    return bool(st.session_state.get(_KEPT[HIDE]))


def parameters() -> dict[str, str]:
    """What of the mode stands in the address."""
    return {name: WORDS[name] for name in PARAMETERS if st.session_state.get(_KEPT[name])}


def dress() -> None:
    """Make the page fit for a projector, where the mode is on."""
    if not is_on():
        return
    st.html(_ASSETS / "projector.css")
    if are_controls_hidden():
        st.html(_ASSETS / "projector_picture.css")
    clicker()


def turn(name: str, on: bool) -> None:
    """Turn the mode, or the hiding of controls, on or off; for a button's callback."""
    st.session_state[_KEPT[name]] = on
    _publish()


def _publish() -> None:
    others = {k: v for k, v in page_address.read().items() if k not in PARAMETERS}
    page_address.write({**others, **parameters()})
