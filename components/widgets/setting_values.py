"""What is set on the page, and how it outlasts a run that does not draw its field.

A field's value stands in the session state while Streamlit has the field. Once a run has not drawn
it, Streamlit forgets it, or says again what was set there before there was a field. So all that is
set is noted, and read through `value_of`.
"""

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

_NOTED = "settings.noted"
T = TypeVar("T")
T_co = TypeVar("T_co", covariant=True)


class HasDefault(Protocol[T_co]):
    """What `value_of` needs to know of a setting."""

    @property
    def name(self) -> str: ...

    @property
    def default(self) -> T_co: ...


def value_of(setting: HasDefault[T]) -> T:
    """What is set; a field that nobody has set, or that was emptied, counts as its default.

    A field has it by default as well. Streamlit says a value from the session state once, in the
    run that sets it; a browser that draws the field later has the default to go by.
    """
    value: T | None = st.session_state.get(setting.name, _noted().get(setting.name))
    return setting.default if value is None else value


def set_anew(name: str, value: object) -> None:
    """For a lab that begins, or whose address changed: whatever was set there is forgotten."""
    if name in st.session_state:
        del st.session_state[name]
    st.session_state[name] = _noted()[name] = value


def hold(settings: Iterable[HasDefault[object]], fields: Iterable[str] = ()) -> None:
    """Before its widgets are drawn, a lab calls this for those that it does not always draw: what
    a run without the field made Streamlit forget comes back. `fields` are the names of those that
    are no settings.
    """
    noted = _noted()
    for name in (*(setting.name for setting in settings), *fields):
        if name in st.session_state:
            noted[name] = st.session_state[name]
            _forget_what_was_before_the_field(name)
        elif name in noted:
            st.session_state[name] = noted[name]


def _noted() -> dict[str, Any]:
    noted: dict[str, Any] = st.session_state.setdefault(_NOTED, {})
    return noted


def _forget_what_was_before_the_field(name: str) -> None:
    context = get_script_run_ctx()
    if context is not None:
        state = context.session_state._state
        field = state._key_id_mapper.get_id_from_key(name, None)
        if field in state._new_widget_state or field in state._old_state:
            state._old_state.pop(name, None)
