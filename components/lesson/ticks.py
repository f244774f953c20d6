"""Which lessons this visitor has done, and which one is open. Kept for the visit only."""

import streamlit as st

_DONE = "lesson.done"
_OPEN = "lesson.open"


def tick(slug: str) -> bool:
    """Tick a lesson off in the agenda; True if it was not ticked before."""
    done: set[str] = st.session_state.setdefault(_DONE, set())
    is_new = slug not in done
    done.add(slug)
    return is_new


def is_done(slug: str) -> bool:
    """Whether this visitor has ticked the lesson off."""
    return slug in st.session_state.get(_DONE, set())


def set_open(slug: str) -> None:
    """Remember which lesson the visitor is on, for the parts of its page that follow."""
    st.session_state[_OPEN] = slug


def open_slug() -> str:
    """The lesson the visitor is on. Raises RuntimeError before `lesson.begin`."""
    if _OPEN not in st.session_state:
        raise RuntimeError("Call lesson.begin(slug) before any other part of the page.")
    return str(st.session_state[_OPEN])
