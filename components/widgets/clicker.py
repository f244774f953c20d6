"""The keys of a presenter's clicker, for projector mode. Draws nothing."""

from pathlib import Path

import streamlit as st

_mount = st.components.v2.component(
    "clicker", js=Path(__file__).with_suffix(".js").read_text("utf-8")
)


def clicker() -> None:
    """Page down and up: next and previous lesson. Space: Step. The full stop: a black screen.

    Fields, buttons and whatever else uses a key itself keep it. The arrow keys are those of
    `arrow_keys`.
    """
    with st.container(key="clicker"):
        _mount(key="clicker-listener")
