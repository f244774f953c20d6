"""Send mine to the room: a visitor's result beside everyone's, on one figure."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import streamlit as st

from components.classroom import instructor
from components.classroom.database import StoreError
from components.classroom.entries import Entry, EntryError, Value
from components.classroom.instructor import NotInstructorError
from components.classroom.nickname import LONGEST, NicknameError, clean
from components.classroom.room import get_room, visit_id
from components.figures.theme import Figure
from components.widgets.chart import show_chart

NEWS_SECONDS = 3.0
_NAME = "room.nickname"


@dataclass(frozen=True)
class Topic:
    """Something that people send: its name in the store, its title, what it is, how it is drawn.

    `draw` gets the entries that the room may see, and the visit that looks. `say` writes one
    entry for the instructor's list. `why_not` says why there is nothing to send now.
    """

    name: str
    title: str
    about: str
    draw: Callable[[Sequence[Entry], str], Figure | None]
    say: Callable[[Entry], str]
    why_not: str = ""


Mine = Callable[[], Value | None]


def show_room(topic: Topic, mine: Mine) -> None:
    """An expander with everyone's. `mine` makes what would be sent now, None where there is none;
    it is asked only while the expander is open."""
    key = f"room.{topic.name}"
    is_open = bool(st.session_state.get(f"{key}.open"))
    st.fragment(_show, run_every=NEWS_SECONDS if is_open else None)(topic, mine, is_open)


def _show(topic: Topic, mine: Mine, ticking: bool) -> None:
    key = f"room.{topic.name}"
    box = st.expander(topic.title, icon=":material/groups:", key=f"{key}.open", on_change="rerun")
    if box.open:
        with box:
            _show_inside(topic, key, mine())
    if bool(box.open) != ticking:
        st.rerun()  # so that it looks for news by itself, or no more


def _show_inside(topic: Topic, key: str, mine: Value | None) -> None:
    try:
        entries = get_room().sent(topic.name)
    except StoreError as error:
        st.warning(str(error))
        return
    st.markdown(topic.about)
    _show_sending(topic, key, mine, any(each.visit == visit_id() for each in entries))
    seen = [each for each in entries if not each.hidden]
    figure = topic.draw(seen, visit_id())
    if figure is None:
        st.markdown("Nobody has sent anything yet.")
    else:
        show_chart(figure, key=f"{key}.figure".replace(".", "-"))
    if instructor.is_instructor():
        _show_hiding(topic, key, entries)


def _show_sending(topic: Topic, key: str, mine: Value | None, is_sent: bool) -> None:
    with st.container(horizontal=True, vertical_alignment="bottom"):
        if _field(key) not in st.session_state:
            st.session_state[_field(key)] = st.session_state.get(_NAME, "")
        st.text_input("Nickname (if you like)", max_chars=LONGEST, key=_field(key), width=220)
        st.button(
            "Send mine anew" if is_sent else "Send mine to the room",
            key=f"{key}.send",
            icon=":material/send:",
            type="secondary" if is_sent else "primary",
            disabled=mine is None,
            on_click=_send,
            args=(topic.name, key, mine),
        )
        if is_sent:
            st.button(
                "Take mine back", key=f"{key}.withdraw", on_click=_withdraw, args=(topic, key)
            )
    if mine is None and topic.why_not:
        st.markdown(topic.why_not)
    if sentence := st.session_state.get(_said(key)):
        st.warning(sentence)


def _show_hiding(topic: Topic, key: str, entries: Sequence[Entry]) -> None:
    """For the instructor alone: entries to hide from the room, and to empty it."""
    instructor.require_instructor()
    words = {each.number: f"{each.name or 'without a name'}: {topic.say(each)}" for each in entries}
    hidden = [each.number for each in entries if each.hidden]
    field = f"{key}.hidden"
    if st.session_state.get(field) != hidden:
        st.session_state[field] = hidden
    with st.container(horizontal=True, vertical_alignment="bottom"):
        st.multiselect(
            "Hide from the room",
            list(words),
            format_func=lambda number: words.get(number, ""),
            key=field,
            on_change=_hide,
            args=(topic, key),
            width=420,
        )
        with st.popover("Empty", icon=":material/delete:", disabled=not entries):
            st.markdown("This deletes what everyone sent here.")
            st.button("Delete all", key=f"{key}.clear", on_click=_clear, args=(topic, key))


def _send(topic: str, key: str, mine: Value | None) -> None:
    def act() -> None:
        if mine is not None:
            name = clean(str(st.session_state.get(_field(key), "")))
            st.session_state[_NAME] = name
            get_room().entries().send(topic, visit_id(), name, mine)

    _try(key, act)


def _withdraw(topic: Topic, key: str) -> None:
    _try(key, lambda: get_room().entries().withdraw(topic.name, visit_id()))


def _hide(topic: Topic, key: str) -> None:
    def act() -> None:
        instructor.require_instructor()
        chosen = frozenset(int(number) for number in st.session_state.get(f"{key}.hidden", ()))
        get_room().entries().hide(topic.name, chosen)

    _try(key, act)


def _clear(topic: Topic, key: str) -> None:
    def act() -> None:
        instructor.require_instructor()
        get_room().entries().clear(topic.name)

    _try(key, act)


def _try(key: str, act: Callable[[], None]) -> None:
    st.session_state.pop(_said(key), None)
    try:
        act()
    except (NicknameError, EntryError, NotInstructorError, StoreError) as error:
        st.session_state[_said(key)] = str(error)
    finally:
        get_room().changed()


def _field(key: str) -> str:
    return f"{key}.name"


def _said(key: str) -> str:
    return f"{key}.said"
