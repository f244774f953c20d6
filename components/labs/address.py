"""The page below a lab follows the address: it is drawn again when a setting has settled.

A lab is a fragment, so that a drag reruns the lab alone. What stands below it rests on the
settings too, and those that have settled are in the address.
"""

import streamlit as st

from components.widgets import page_address

_DRAWN_FOR = "labs.drawn_for"  # the address that the page below the lab was drawn for


def page_runs() -> None:
    """The page calls this before its lab: what comes below will be drawn anew anyway."""
    st.session_state.pop(_DRAWN_FOR, None)


def run_page_if_moved(must_run: bool = False) -> None:
    """The lab calls this at its end: runs the page if the address has changed since it ran.

    `must_run` runs it in any case.
    """
    address = page_address.read()
    if st.session_state.setdefault(_DRAWN_FOR, address) != address or must_run:
        st.rerun()
