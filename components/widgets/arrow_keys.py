"""Left and right arrow key: previous and next lesson. Draws nothing."""

from pathlib import Path

import streamlit as st

_mount = st.components.v2.component(
    "arrow_keys", js=Path(__file__).with_suffix(".js").read_text("utf-8")
)


def arrow_keys() -> None:
    """Let the arrow keys click the previous and next links in the head of the page.

    They stay with whatever uses them itself: fields, sliders, choices, and any part of a page
    inside an element with the attribute `data-own-arrow-keys`. Programs and formulas that scroll
    can be reached with Tab.
    """
    with st.container(key="arrow-keys"):
        _mount(key="arrow-keys-listener")
