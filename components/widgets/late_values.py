"""What a field has shown lately, to know a late word of the browser from a wish of the learner.

With every run a browser says the values of all fields. Where the page has just set a field to
another value, it may still say the one before, and the field's callback is called with it.
"""

import time
from collections.abc import Hashable
from dataclasses import dataclass, field

import streamlit as st

LATE_SECONDS = 2.0  # until a browser has taken over what the page has set, however busy it is


@dataclass
class Shown:
    """The value that a field shows, and when it left the others."""

    now: Hashable = None
    left_at: dict[Hashable, float] = field(default_factory=dict)

    def show(self, value: Hashable) -> None:
        """The page sets the field to this value."""
        if self.now is not None and value != self.now:
            self.left_at[self.now] = time.monotonic()
        self.now = value

    def takes(self, value: Hashable) -> bool:
        """Whether the learner has set the field to this value; for its callback."""
        left_at = self.left_at.get(value)
        if left_at is not None and time.monotonic() - left_at < LATE_SECONDS:
            return False
        self.now = value
        self.left_at.clear()  # the browser has said something new: nothing older can come
        return True


def shown_in(key: str) -> Shown:
    """What the field with this key has shown in this visit."""
    shown: Shown = st.session_state.setdefault(f"{key}.shown", Shown())
    return shown


def set_field(key: str, value: Hashable) -> None:
    """Set a field before it is drawn, and remember what it showed."""
    shown_in(key).show(value)
    st.session_state[key] = value
