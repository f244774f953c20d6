"""The instructor's controls in the bar: Lead, spotlight, timer, and how to join."""

from collections.abc import Callable

import streamlit as st

from components.classroom import instructor
from components.classroom.database import StoreError
from components.classroom.instructor import NotInstructorError
from components.classroom.room import get_room
from components.classroom.stage import LONGEST_TIMER, SHORTEST_TIMER, Stage, StageError, StageState
from components.room import leading
from components.room.joining import show_joining
from components.room.sections import sections_of

_SAID = "room.said"
_SPOTLIGHT, _MINUTES = "room.spotlight", "room.minutes"
FIRST_MINUTES = 5
QR_WIDTH = 200  # px; the survey's bar shows it larger


def show_controls(slug: str, stage: StageState) -> None:
    """Draw them. For the instructor's visit alone."""
    instructor.require_instructor()
    is_leading = leading.is_leading()
    st.button(
        "Stop leading" if is_leading else "Lead",
        key="room.lead",
        icon=":material/stop:" if is_leading else ":material/podium:",
        type="primary" if is_leading else "secondary",
        help="While you lead, everyone can follow you: your page and your settings.",
        on_click=_lead,
        args=(slug, not is_leading),
    )
    popover = st.popover("Room", icon=":material/groups:", key="room.popover", on_change="rerun")
    if popover.open:
        with popover:
            _show_spotlight(slug, stage)
            _show_timer(stage)
            st.markdown("Join")
            show_joining(QR_WIDTH)
    if sentence := st.session_state.get(_SAID):
        with st.container(key="room-said"):
            st.warning(sentence)


def _lead(slug: str, on: bool) -> None:
    _try((lambda: leading.start(slug)) if on else leading.stop)


def _show_spotlight(slug: str, stage: StageState) -> None:
    sections = sections_of(slug)
    here = stage.spotlight if stage.spotlight and stage.spotlight.slug == slug else None
    now = here.section if here and here.section in sections else None
    if st.session_state.get(_SPOTLIGHT) != now:
        st.session_state[_SPOTLIGHT] = now  # another page, or another instructor
    st.pills(
        "Spotlight",
        list(sections),
        format_func=lambda name: sections[name].title,
        key=_SPOTLIGHT,
        help="Frames this part of the page for everyone who follows.",
        on_change=lambda: _change(lambda stage: _point(stage, slug)),
    )


def _point(stage: Stage, slug: str) -> None:
    section = st.session_state.get(_SPOTLIGHT)
    if section in sections_of(slug):
        stage.point(slug, section)
    else:
        stage.point_nowhere()


def _show_timer(stage: StageState) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.number_input(
            "Timer (minutes)",
            min_value=SHORTEST_TIMER,
            max_value=LONGEST_TIMER,
            value=float(FIRST_MINUTES),
            step=1.0,
            format="%g",
            key=_MINUTES,
            width=150,
        )
        st.button(
            "Start" if stage.timer is None else "Restart",
            key="room.timer.start",
            icon=":material/timer:",
            on_click=lambda: _change(lambda stage: stage.start_timer(_minutes())),
        )
        st.button(
            "Stop",
            key="room.timer.stop",
            icon=":material/timer_off:",
            disabled=stage.timer is None,
            on_click=lambda: _change(lambda stage: stage.stop_timer()),
        )


def _minutes() -> float:
    value = st.session_state.get(_MINUTES)
    return float(value) if isinstance(value, (int, float)) else 0.0


def _change(change: Callable[[Stage], None]) -> None:
    """Change what the room sees, if this visit is the instructor's."""

    def act() -> None:
        instructor.require_instructor()
        change(get_room().stage())
        get_room().changed()

    _try(act)


def _try(act: Callable[[], None]) -> None:
    st.session_state.pop(_SAID, None)
    try:
        act()
    except (NotInstructorError, StageError, StoreError) as error:
        st.session_state[_SAID] = str(error)


def say(sentence: str | None) -> None:
    """Keep a sentence for the bar, if there is one."""
    if sentence:
        st.session_state[_SAID] = sentence
