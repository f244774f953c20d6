"""What is set on the page, and how it outlasts a run that does not draw its field."""

from collections.abc import Iterable
from typing import Any, Protocol, TypeVar

import streamlit as st

_HELD = "settings.held"
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
    value: T | None = st.session_state.get(setting.name)
    return setting.default if value is None else value


def hold(names: Iterable[str]) -> None:
    """Before its widgets are drawn, a lab calls this for those that it does not always draw.

    Streamlit forgets what a widget said in a run that does not draw it; here it comes back.
    """
    held: dict[str, Any] = st.session_state.setdefault(_HELD, {})
    for name in names:
        if name in st.session_state:
            held[name] = st.session_state[name]
        elif name in held:
            st.session_state[name] = held[name]
