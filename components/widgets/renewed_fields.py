"""Fields that the page sets as well as the learner: a scrubber, the number of a chosen weight.

With every run a browser says the values of all fields that it knows. Where the page has just set
a field, or taken it away, that may be the value before, and the field's callback is called with
it as with a wish of the learner. So a field is never set once it is drawn: to show another value
it is another field, with another key. A callback asks whether its field is still the one there.
"""

from collections.abc import Hashable
from dataclasses import dataclass

import streamlit as st


@dataclass
class _Field:
    """How often it was made anew, and what it chose from at last."""

    times: int = 0
    among: Hashable = None


def renewed_key(name: str, value: Hashable, among: Hashable = None) -> str:
    """The key for the field `name`, which is to show `value`: the one it has where it does.

    `among` is what it chooses from; where that changes, the field is another one too.
    """
    field, key = _field(name), _key(name)
    if field.among != among or key not in st.session_state or st.session_state[key] != value:
        put_away(name)
        field.among = among
        key = _key(name)
        st.session_state[key] = value
    return key


def put_away(name: str) -> None:
    """The page does without the field `name` for now: what is still said of it is late."""
    _field(name).times += 1


def is_there(name: str, key: str) -> bool:
    """Whether the field with this key is the one on the page; for its callback."""
    return key == _key(name)


def _field(name: str) -> _Field:
    field: _Field = st.session_state.setdefault(f"{name}.field", _Field())
    return field


def _key(name: str) -> str:
    return f"{name}.{_field(name).times}"
