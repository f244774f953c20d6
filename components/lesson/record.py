"""What this visit has done, for the handout: pages with their settings, answers with verdicts.

Kept for the visit only, and on the server only.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

import streamlit as st

_RECORD = "lesson.record"


@dataclass(frozen=True)
class Answered:
    """A prediction, and what was said to it; `right` is None where only a run could tell."""

    question: str
    answer: str
    right: bool | None
    sentence: str


@dataclass
class Record:
    """`settings` are those of each page as they last stood in its address; `answers` stand under
    the lesson's slug and the question's name, the latest of each."""

    settings: dict[str, Mapping[str, str]] = field(default_factory=dict)
    answers: dict[tuple[str, str], Answered] = field(default_factory=dict)


def record() -> Record:
    """The record of this visit."""
    kept: Record = st.session_state.setdefault(_RECORD, Record())
    return kept


def note_page(slug: str, settings: Mapping[str, str]) -> None:
    """The page `slug` was open, with these settings."""
    record().settings[slug] = dict(settings)


def note_answer(slug: str, name: str, answered: Answered) -> None:
    """The visitor committed to an answer."""
    record().answers[slug, name] = answered
