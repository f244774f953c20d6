"""The room's bar, at the top of every page: follow, lead, timer, projector mode.

Where somebody may lead, it is a fragment that looks for news by itself. What it looks at is read
once a second for everyone together, and the page around it runs only when something has changed.
"""

from collections.abc import Callable

import streamlit as st

from components.classroom.instructor import is_instructor, may_come
from components.classroom.room import get_room
from components.classroom.stage import SHARED_CLOCK, StageState
from components.room import controls, following, leading, place, projector
from components.room.sections import sections_of
from components.widgets import marks, page_address
from components.widgets.room_signals import room_signals

_WANTS = "room.wants"  # what a button asked for; done as soon as the bar is drawn again

# Seconds between two looks, for who leads, who follows, and everyone else.
LEADING_SECONDS, FOLLOWING_SECONDS, IDLE_SECONDS = 0.5, 1.0, 2.0


def open_page(slug: str) -> None:
    """Before the page is drawn: projector mode, where a follower has to be, and the bar."""
    if page_address.begin_page(slug):
        place.drop_late_wishes()
    projector.adopt()
    following.begin_page(slug)
    marks.begin_page()
    projector.dress()
    with st.container(key="room-bar"):
        st.fragment(_bar_of(slug))()


def close_page(slug: str) -> None:
    """After the page is drawn: tell the room where the leader is, and a follower what changed."""
    controls.say(leading.publish(slug))
    following.show_news()


def _pace() -> float | None:
    """Seconds between two looks; None where no news can come."""
    if leading.is_leading():
        return LEADING_SECONDS
    if following.is_following():
        return FOLLOWING_SECONDS
    is_quiet = not may_come() and get_room().on_stage_soon() == StageState()
    return None if is_quiet else IDLE_SECONDS


def _bar_of(slug: str) -> Callable[[], None]:
    """The bar of one page, and of no other: Streamlit knows a fragment by its function's name."""

    def show() -> None:
        _show(slug)

    show.__qualname__ = f"bar_of_{slug}"
    return show


def _show(slug: str) -> None:
    page_address.read()  # puts the address right where the browser lost it
    controls.say(leading.publish(slug))
    stage = get_room().on_stage_soon()
    _do_what_was_asked(slug)
    following.keep_up(slug, stage.lead)
    with st.container(horizontal=True, vertical_alignment="center", gap="xsmall"):
        _show_signals(slug, stage)
        if is_instructor():
            controls.show_controls(slug, stage)
        elif following.is_following() or stage.lead is not None:
            _show_follow(slug)
        _show_projector()


def _want(what: str) -> None:
    """Called by a button. A callback cannot go to another page, so the bar does."""
    st.session_state[_WANTS] = what


def _do_what_was_asked(slug: str) -> None:
    match st.session_state.pop(_WANTS, None):
        case "leave":
            following.leave(slug)
        case "run":
            st.rerun()


def _show_signals(slug: str, stage: StageState) -> None:
    left = None if stage.timer is None else stage.timer.left(SHARED_CLOCK())
    light = stage.spotlight
    looks = following.is_following() or leading.is_leading()
    selector = None
    if looks and light is not None and light.slug == slug:
        section = sections_of(slug).get(light.section)
        selector = section.selector if section else None
    room_signals(slug, left, selector, light.number if light else 0, _pace())


def _show_follow(slug: str) -> None:
    if following.is_following():
        st.button(
            "On my own",
            key="room.leave",
            icon=":material/person:",
            help="Back to your own page, with your own settings.",
            on_click=_want,
            args=("leave",),
        )
        return
    st.button(
        "Follow",
        key="room.follow",
        icon=":material/groups:",
        type="primary",
        help="Be where the instructor is. Your own page and settings come back when you leave.",
        on_click=following.follow,
        args=(slug,),
    )


def _show_projector() -> None:
    on = projector.is_on()
    if on:
        hidden = projector.are_controls_hidden()
        st.button(
            "Show controls" if hidden else "Hide controls",
            key="room.hide",
            icon=":material/tune:",
            on_click=_turn,
            args=(projector.HIDE, not hidden),
        )
    st.button(
        "End projector mode" if on else "Projector mode",
        key="room.present",
        icon=":material/close_fullscreen:" if on else ":material/present_to_all:",
        help=None
        if on
        else "Larger type and nothing around the page. Page down and up: next "
        "and previous lesson. Space: Step. Full stop: a black screen.",
        on_click=_turn,
        args=(projector.PRESENT, not on),
    )


def _turn(name: str, on: bool) -> None:
    projector.turn(name, on)
    _want("run")
