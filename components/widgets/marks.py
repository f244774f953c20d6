"""Which settings the page has, and which of them are marked as changed by somebody else."""

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING

import streamlit as st

if TYPE_CHECKING:
    from components.widgets.settings import Setting

_ON_PAGE = "marks.on_page"
_MARKED = "marks.marked"


def note(settings: Iterable["Setting"]) -> None:
    """These settings are on the page; whatever adopts settings from the URL says so."""
    st.session_state.setdefault(_ON_PAGE, {}).update({each.name: each for each in settings})


def on_page() -> Mapping[str, "Setting"]:
    """The settings of the page by name, as far as it has been drawn."""
    known: Mapping[str, Setting] = st.session_state.get(_ON_PAGE, {})
    return known


def begin_page() -> None:
    """A page begins to be drawn: the settings of the one before are gone."""
    st.session_state[_ON_PAGE] = {}


def mark(names: Iterable[str]) -> None:
    """From now on these settings stand out, and no others."""
    st.session_state[_MARKED] = frozenset(names)


def marked() -> frozenset[str]:
    """The settings that stand out."""
    names: frozenset[str] = st.session_state.get(_MARKED, frozenset())
    return names
