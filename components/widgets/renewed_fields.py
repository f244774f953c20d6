"""Fields that the page sets as well as the learner: a scrubber, the number of a chosen weight.

With every run a browser says the values of all fields that it knows. Where the page has just set
a field, or taken it away, that may be the value before, and the field's callback is called with
it as with a wish of the learner. So a field is never set once it is drawn: to show another value
it is another field, with another key. A callback asks whether its field is still the one there.

Nor is it set through the session state when it is made: Streamlit says that once, with the field,
and a browser that gets the field twice before it has drawn it misses it. What it shows first is
what it has by default.
"""

from collections.abc import Hashable
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

import streamlit as st

T = TypeVar("T", bound=Hashable)


@dataclass(frozen=True)
class RenewedField(Generic[T]):
    """What to draw a field with: its key, and the value that it has to have by default.

    Its callback gets it too.
    """

    name: str
    key: str
    start: T

    @property
    def is_there(self) -> bool:
        """Whether it is the field on the page: what a browser says of another one is late."""
        return self.key == _key(self.name)

    @property
    def said(self) -> T:
        """What the learner has set it to."""
        value: T = st.session_state[self.key]
        return value


@dataclass
class _Field:
    """How often it was made anew, what it showed first, and what it chose from."""

    times: int = 0
    start: Any = None
    among: Hashable = None


def renewed_field(name: str, value: T, among: Hashable = None) -> RenewedField[T]:
    """The field `name`, which is to show `value`: the one there is where it does.

    `among` is what it chooses from; where that changes, the field is another one too.
    """
    field = _field(name)
    shown = st.session_state.get(_key(name), field.start)
    if field.among != among or shown != value:
        put_away(name)
        field.start, field.among = value, among
    return RenewedField(name, _key(name), field.start)


def put_away(name: str) -> None:
    """The page does without the field `name` for now: what is still said of it is late."""
    _field(name).times += 1


def _field(name: str) -> _Field:
    field: _Field = st.session_state.setdefault(f"{name}.field", _Field())
    return field


def _key(name: str) -> str:
    return f"{name}.{_field(name).times}"
