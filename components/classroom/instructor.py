"""Who is the instructor: kept on the server, for one visit, never taken from the browser."""

import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import streamlit as st

from components.classroom.local import is_at_this_machine
from components.classroom.passcode import PasscodeError, PasscodeGate
from components.classroom.room import visit_id

Made = TypeVar("Made")

PASSCODE_VARIABLE = "WORKSHOP_PASSCODE"
_GRANT = "classroom.instructor"


class NotInstructorError(PermissionError):
    """Something that only the instructor may do."""


@dataclass
class _Grant:
    """A visit is the instructor's. No browser can send one: it sends numbers, texts and lists."""

    active: bool = True


def is_instructor() -> bool:
    """Whether this visit is the instructor's."""
    grant = st.session_state.get(_GRANT)
    return isinstance(grant, _Grant) and grant.active


def require_instructor() -> None:
    """Raise NotInstructorError unless this visit is the instructor's."""
    if not is_instructor():
        raise NotInstructorError("Only the instructor can do this. Enter the passcode again.")


def while_instructor(make: Callable[[], Made]) -> Callable[[], Made]:
    """`make` for this instructor alone: it raises NotInstructorError once the visit is no
    longer the instructor's. For what Streamlit calls outside a run, where no visit is known.
    """
    require_instructor()
    grant: _Grant = st.session_state[_GRANT]

    def checked() -> Made:
        if not grant.active:
            raise NotInstructorError("Only the instructor can do this.")
        return make()

    return checked


def is_passcode_set() -> bool:
    """Whether the environment or the secrets have a passcode."""
    return _passcode() is not None


def may_come() -> bool:
    """Whether there may be an instructor now: a passcode is set, or there has been one."""
    return is_passcode_set() or _has_been().is_set()


def can_be_without_passcode() -> bool:
    """Whether this visitor may be the instructor though no passcode is set."""
    if is_passcode_set():
        return False
    address: object = st.context.ip_address
    if address is not None and not isinstance(address, str):
        return False
    return is_at_this_machine(address, dict(st.context.headers))


def enter(typed: str) -> None:
    """Make this visit the instructor's. Raises PasscodeError."""
    passcode = _passcode()
    if passcode is None:
        raise PasscodeError("This server has no passcode.")
    _gate().check(typed, passcode, visit_id())
    _grant()


def enter_without_passcode() -> None:
    """Make this visit the instructor's. Raises PasscodeError for one from elsewhere."""
    if not can_be_without_passcode():
        raise PasscodeError("Without a passcode, only the server's own machine can do this.")
    _grant()


def leave() -> None:
    """This visit is a learner's from now on."""
    grant = st.session_state.pop(_GRANT, None)
    if isinstance(grant, _Grant):
        grant.active = False


def _grant() -> None:
    st.session_state[_GRANT] = _Grant()
    _has_been().set()


@st.cache_resource(show_spinner=False)
def _has_been() -> threading.Event:
    return threading.Event()


def _passcode() -> str | None:
    named = os.environ.get(PASSCODE_VARIABLE)
    if not named and st.secrets.load_if_toml_exists():
        secret = st.secrets.get(PASSCODE_VARIABLE)
        named = None if secret is None else str(secret)
    return named or None


@st.cache_resource(show_spinner=False)
def _gate() -> PasscodeGate:
    return PasscodeGate()
