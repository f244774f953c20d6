"""A figure on the page: the chart, and its numbers in words for who can't see it."""

from collections.abc import Mapping
from html import escape
from typing import Any

import streamlit as st

from components.figures.theme import Figure

_UNSEEN = (
    "position:absolute;width:1px;height:1px;margin:0;overflow:hidden;clip-path:inset(50%);"
    "white-space:nowrap"
)


def show_chart(figure: Figure, key: str, selectable: bool = False) -> Mapping[str, Any] | None:
    """Show a chart at the width of its column, and its summary to screen readers.

    `key` has to be the chart's own on the page; its box carries the class `st-key-KEY-figure`. With
    `selectable`, a selection reruns the fragment or page around it, and the answer is the event
    that the figure's reader takes (`confusion.selected_cell`); else the answer is None.
    """
    with st.container(key=f"{key}-figure", gap=None):
        st.html(f'<p class="summary" style="{_UNSEEN}">{escape(figure.summary)}</p>')
        if not selectable:
            st.vega_lite_chart(figure.data, figure.spec, alt=figure.alt, key=key)
            return None
        event: Mapping[str, Any] = st.vega_lite_chart(
            figure.data, figure.spec, alt=figure.alt, key=key, on_select="rerun"
        )
    return event
