"""The classes of "Teach it yourself": their names, their pictures, and files as they arrive."""

from functools import partial
from typing import Literal

import streamlit as st

from components.concepts.teaching import MOST_CLASSES, MOST_PICTURES
from components.labs.teach import example, state
from components.labs.teach.state import TaughtClass, Teaching
from components.widgets import picture_files
from components.widgets.renewed_fields import RenewedField, renewed_field

Height = int | Literal["content"]

ROWS_HEIGHT = 196  # px; two rows and a half, then it scrolls
_CHANGED = "teach.changed"


def say_changed() -> None:
    """What stands below the lab is to be drawn anew."""
    st.session_state[_CHANGED] = True


def was_changed() -> bool:
    """Whether it is to be drawn anew; asked once, the answer is used up."""
    return bool(st.session_state.pop(_CHANGED, False))


def any_waiting() -> bool:
    """Whether files of any class wait to be opened."""
    return any(picture_files.arrivals(_place(each)).waiting for each in state.teaching().classes)


def give_up() -> None:
    """Forget the files that wait, of all classes."""
    for each in state.teaching().classes:
        picture_files.give_up(_place(each))


def show_classes(now: Teaching) -> None:
    """A row for each class: its name, how many pictures it has, and the way to more."""
    height: Height = ROWS_HEIGHT if len(now.classes) > 3 else "content"
    with st.container(height=height, border=False, gap="xsmall", key="teach-classes"):
        for each in now.classes:
            _show_class(now, each)
    with st.container(horizontal=True, gap="xsmall"):
        st.button(
            "Add a class",
            icon=":material/add:",
            on_click=_add_class,
            disabled=now.active or len(now.classes) >= MOST_CLASSES,
        )
        if not now.photos:
            st.button(
                "Fill in an example",
                icon=":material/lightbulb:",
                on_click=_fill_in,
                disabled=now.active,
                help="Pieces of two bundled photos, for a first try.",
            )


def _show_class(now: Teaching, each: TaughtClass) -> None:
    name = renewed_field(f"teach.name.{each.number}", each.name)
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="center"):
        st.text_input(
            f"Name of class {each.number}",
            name.start,
            key=name.key,
            max_chars=40,
            label_visibility="collapsed",
            on_change=_rename,
            args=(each.number, name),
            disabled=now.active,
            width=150,
        )
        n_photos = len(each.photos)
        with st.popover(
            f"{n_photos} picture{'' if n_photos == 1 else 's'}",
            icon=":material/add_a_photo:",
            disabled=now.active,
            key=f"teach.popover.{each.number}",
        ):
            picture_files.draw_field(_place(each))
            st.caption(f"At most {MOST_PICTURES} pictures a class.")
            with st.container(horizontal=True, gap="xsmall"):
                for label, last_only in (("Remove the last", True), ("Remove all", False)):
                    st.button(
                        label,
                        key=f"teach.{label}.{each.number}",
                        on_click=_remove_pictures,
                        args=(each.number, last_only),
                        disabled=not each.photos,
                    )
        st.button(
            ":material/delete:",
            key=f"teach.remove.{each.number}",
            help="Remove this class, with its pictures.",
            on_click=_remove_class,
            args=(each.number,),
            type="tertiary",
            disabled=now.active or len(now.classes) <= 2,
        )


def _rename(number: int, field: RenewedField[str]) -> None:
    if field.is_there:
        state.rename(number, field.said)
        say_changed()


def _add_class() -> None:
    state.add_class()
    say_changed()


def _remove_class(number: int) -> None:
    state.remove_class(number)
    say_changed()


def _remove_pictures(number: int, last_only: bool) -> None:
    state.remove_pictures(number, last_only)
    say_changed()


def _fill_in() -> None:
    example.fill_in()
    say_changed()


def open_some() -> None:
    """Open some of the files that have arrived, class by class."""
    now = state.teaching()
    for each in now.classes:
        place = _place(each)
        if picture_files.arrivals(place).waiting:
            picture_files.open_some(
                place,
                room=partial(state.room_of, now, each),
                take=partial(state.add_picture, now, each),
            )
            say_changed()
            return


def show_arrivals() -> None:
    """How far the opening of files is, with Cancel; and what was refused."""
    for each in state.teaching().classes:
        waiting = picture_files.arrivals(_place(each))
        if waiting.waiting:
            done = waiting.total - len(waiting.waiting)
            st.progress(waiting.share, text=f"Opening pictures: {done} of {waiting.total}.")
            st.button("Cancel", on_click=picture_files.give_up, args=(_place(each),))
        elif waiting.refused:
            picture_files.show_refused(_place(each))


def _place(each: TaughtClass) -> str:
    """Where the files of a class arrive."""
    return f"teach.{each.number}"
