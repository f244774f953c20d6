"""Puts a figure on the page."""

from typing import Any

import streamlit as st

from components.figures.theme import Figure


def show_figure(figure: Figure, key: str, selectable: bool = False) -> Any:
    """Draw the chart at the width of its place, with its text alternative.

    With `selectable`, a click in it reruns the fragment, and the result is what is selected.
    """
    return st.vega_lite_chart(
        figure.data,
        figure.spec,
        theme=None,
        key=key,
        alt=figure.alt,
        on_select="rerun" if selectable else "ignore",
    )
