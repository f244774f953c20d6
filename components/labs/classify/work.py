"""The pictures that are still to be opened and answered: some in each run of the lab."""

import streamlit as st

from components.engine.jobs import EngineError
from components.labs.classify import answers, gallery
from components.labs.classify.whom import Whom, whom_on_page
from components.widgets import picture_files

_STOPPED, _FAILED = "classify.stopped", "classify.failed"


def begin() -> None:
    """Pictures have arrived, or the rest is wanted after all; for a callback."""
    st.session_state[_STOPPED] = False
    st.session_state[_FAILED] = ""


def cancel() -> None:
    """Open and answer no more; for a callback."""
    picture_files.give_up(gallery.PLACE)
    st.session_state[_STOPPED] = True


def clear() -> None:
    """Forget the pictures brought; for a callback."""
    cancel()
    gallery.clear()


def goes_on() -> bool:
    """Whether there is something to do that nobody has cancelled."""
    if picture_files.arrivals(gallery.PLACE).waiting:
        return True
    return not st.session_state.get(_STOPPED, False) and bool(_left())


def _left() -> list[object]:
    """The pictures without an answer of the network on the page; none where it can't be asked."""
    if not gallery.own_photos():
        return []
    try:
        return list(answers.open_questions(whom_on_page(), gallery.own_photos()))
    except EngineError:
        return []


def go_on(whom: Whom) -> None:
    """Open some files, then ask about some pictures. Raises EngineError."""
    if picture_files.arrivals(gallery.PLACE).waiting:
        gallery.take_some_in()
        return
    if st.session_state.get(_STOPPED, False):
        return
    try:
        answers.answer_some(whom, gallery.own_photos())
    except EngineError:
        st.session_state[_STOPPED] = True
        raise


def draw_progress() -> None:
    """How far it is, with Cancel; or the offer to do the rest."""
    waiting = picture_files.arrivals(gallery.PLACE)
    if waiting.waiting:
        done = waiting.total - len(waiting.waiting)
        st.progress(waiting.share, text=f"Opening pictures: {done} of {waiting.total}.")
        st.button("Cancel", icon=":material/close:", on_click=cancel)
        return
    left, total = len(_left()), len(gallery.own_photos())
    if not left:
        return
    if st.session_state.get(_STOPPED, False):
        st.button(
            f"Classify the other {left}",
            key="classify.rest",
            icon=":material/play_arrow:",
            on_click=begin,
        )
        return
    st.progress((total - left) / total, text=f"Classified {total - left} of {total} pictures.")
    st.button("Cancel", icon=":material/close:", on_click=cancel)
