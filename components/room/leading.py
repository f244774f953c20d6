"""Leading: the instructor's page and settings go to the room. For the instructor's visit alone."""

import time
from dataclasses import dataclass

import streamlit as st

from components.classroom import instructor
from components.classroom.database import StoreError
from components.classroom.room import get_room, visit_id
from components.classroom.stage import Place, StageError
from components.room.place import here

SIGN_OF_LIFE = 20.0  # s after which the leader says again where he is
_LEADING = "room.leading"


@dataclass
class _Leading:
    """What was last sent, and when (time.monotonic())."""

    sent: Place
    sent_at: float


def is_leading() -> bool:
    """Whether this visit is the instructor's, and leads."""
    return isinstance(st.session_state.get(_LEADING), _Leading) and instructor.is_instructor()


def start(slug: str) -> None:
    """Lead from now on. Raises NotInstructorError, StageError or StoreError."""
    instructor.require_instructor()
    place = here(slug)
    get_room().stage().lead(visit_id(), place)
    get_room().changed()
    st.session_state[_LEADING] = _Leading(place, time.monotonic())


def stop() -> None:
    """Lead no more. Raises StoreError; then the room forgets the lead after a while."""
    if isinstance(st.session_state.pop(_LEADING, None), _Leading):
        get_room().stage().stop_leading(visit_id())
        get_room().changed()


def publish(slug: str) -> str | None:
    """Tell the room where the leader is, where that is news.

    Returns a sentence where that did not work; it is tried again the next time.
    """
    if not is_leading():
        return None
    leading: _Leading = st.session_state[_LEADING]
    place, now = here(slug), time.monotonic()
    if place == leading.sent and now - leading.sent_at < SIGN_OF_LIFE:
        return None
    try:
        if not get_room().stage().move(visit_id(), place):
            del st.session_state[_LEADING]
            return "Another instructor leads now."
    except (StageError, StoreError) as error:
        return str(error)
    get_room().changed()
    st.session_state[_LEADING] = _Leading(place, now)
    return None
