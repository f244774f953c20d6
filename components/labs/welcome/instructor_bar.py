"""The instructor's bar over the survey, and the way to it."""

from collections.abc import Callable

import streamlit as st

from components.classroom import instructor
from components.classroom.instructor import NotInstructorError
from components.classroom.passcode import PasscodeError
from components.classroom.results import to_csv
from components.classroom.room import Room
from components.classroom.store import ROUNDS, RoomState, Round, Store, StoreError
from components.classroom.survey import Survey
from components.room import leading
from components.room.joining import show_joining

HOW_TO_SET = f"""
To set one, start the app with `{instructor.PASSCODE_VARIABLE}` in its environment, or write
`{instructor.PASSCODE_VARIABLE} = "…"` into Streamlit's secrets.
"""

_TYPED = "instructor.passcode"
_SAID = "instructor.said"
_ASKED = "instructor.asked"


def show_bar(room: Room, state: RoomState, survey: Survey) -> None:
    """Reveal, lock, reset and the rest, in one row. For the instructor's visit alone."""
    instructor.require_instructor()
    asked, now = state.asked, state.now
    with st.container(key="instructor-bar", border=True):
        with st.container(horizontal=True, vertical_alignment="bottom"):
            _show_rounds(room, state)
            st.button(
                "Hide results" if now.revealed else "Reveal results",
                key="instructor.reveal",
                icon=":material/visibility_off:" if now.revealed else ":material/visibility:",
                type="secondary" if now.revealed else "primary",
                on_click=_act,
                args=(room, lambda store: store.set_revealed(asked, not now.revealed)),
            )
            st.button(
                "Unlock answers" if now.locked else "Lock answers",
                key="instructor.lock",
                icon=":material/lock_open:" if now.locked else ":material/lock:",
                on_click=_act,
                args=(room, lambda store: store.set_locked(asked, not now.locked)),
            )
            _show_reset(room, state)
            st.download_button(
                "CSV",
                instructor.while_instructor(
                    lambda: to_csv(survey, room.store().read().answer_sets)
                ),
                "survey.csv",
                "text/csv",
                key="instructor.csv",
                icon=":material/download:",
                on_click="ignore",
                help="All answers, before and after, as a table.",
            )
            with st.popover("Join", icon=":material/qr_code:", help="The address to type."):
                show_joining()
            st.button("Leave", key="instructor.leave", on_click=_leave)
        _show_said()


def _show_rounds(room: Room, state: RoomState) -> None:
    if st.session_state.get(_ASKED) != state.asked:
        st.session_state[_ASKED] = state.asked  # another instructor may have changed it
    st.segmented_control(
        "Ask now",
        ROUNDS,
        required=True,
        format_func=lambda name: f"{name.capitalize()} the workshop",
        key=_ASKED,
        on_change=lambda: _act(room, lambda store: store.ask(st.session_state[_ASKED])),
    )


def _show_reset(room: Room, state: RoomState) -> None:
    asked: Round = state.asked
    number = len(state.answers_in(asked))
    with st.popover("Reset", icon=":material/delete:"):
        st.markdown(
            f"This deletes all answers from {asked} the workshop. They can't be brought back; "
            "download the CSV first to keep them."
        )
        st.button(
            f"Delete {number} answer{'s' if number != 1 else ''}",
            key="instructor.reset",
            disabled=number == 0,
            on_click=_act,
            args=(room, lambda store: store.reset(asked)),
        )


def show_way_in() -> None:
    """For everyone else: the passcode, or how to set one."""
    with st.expander("For the instructor", icon=":material/co_present:"):
        if instructor.is_passcode_set():
            with st.form("instructor-form", border=False, clear_on_submit=True):
                st.text_input("Passcode", type="password", key=_TYPED, width=280)
                st.form_submit_button("Enter", key="instructor.enter", on_click=_enter)
        elif instructor.can_be_without_passcode():
            st.markdown(
                "This server has no passcode. You sit at its own machine, so you can be the "
                f"instructor without one; nobody else can.{HOW_TO_SET}"
            )
            st.button("Be the instructor", key="instructor.be", on_click=_enter_without_passcode)
        else:
            st.markdown(
                "This server has no passcode, so only someone at its own machine can be the "
                f"instructor, at an address such as `http://localhost:8501`.{HOW_TO_SET}"
            )
        _show_said()


def _enter() -> None:
    _attempt(lambda: instructor.enter(st.session_state[_TYPED]))


def _enter_without_passcode() -> None:
    _attempt(instructor.enter_without_passcode)


def _leave() -> None:
    """A learner's visit from now on; nobody is led by it any more."""
    try:
        leading.stop()
    except StoreError:
        pass  # the room forgets a leader who gives no sign of life
    finally:
        instructor.leave()


def _attempt(way_in: Callable[[], None]) -> None:
    st.session_state.pop(_SAID, None)
    try:
        way_in()
    except PasscodeError as error:
        st.session_state[_SAID] = str(error)


def _act(room: Room, change: Callable[[Store], None]) -> None:
    """Change the room, if this visit is the instructor's."""
    st.session_state.pop(_SAID, None)
    try:
        instructor.require_instructor()
        change(room.store())
    except (NotInstructorError, StoreError) as error:
        st.session_state[_SAID] = str(error)
    finally:
        room.changed()


def _show_said() -> None:
    if sentence := st.session_state.get(_SAID):
        st.warning(sentence)
