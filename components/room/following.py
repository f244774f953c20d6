"""Following: a visitor is where the instructor is, and gets back what was theirs.

A follower only reads. What they see is the instructor's page and settings; their own page, with
its settings, waits until they leave.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from components import agenda
from components.classroom.stage import Lead, Place
from components.room.changes import changed_names, say_changes
from components.room.place import go, here, is_a_page
from components.widgets import marks
from components.widgets.change_marks import change_marks

TRIES = 3  # to reach the instructor's page, before it counts as left
_FOLLOWING = "room.following"
_NEWS = "room.news"


@dataclass
class _Following:
    """`own` is where the visitor was, `at` the leader's place last taken over."""

    own: Place
    at: Place | None = None
    has_arrived: bool = False
    tries: int = 0


@dataclass(frozen=True)
class _News:
    """What the next page has to say: settings that changed, by name, or a sentence."""

    number: int
    old: Mapping[str, str] | None = None
    new: Mapping[str, str] | None = None
    sentence: str = ""


def is_following() -> bool:
    """Whether this visitor follows, also while nobody leads."""
    return isinstance(st.session_state.get(_FOLLOWING), _Following)


def follow(slug: str) -> None:
    """Follow from now on; for a button's callback. `keep_up` goes there."""
    st.session_state[_FOLLOWING] = _Following(here(slug))


def leave(slug: str) -> None:
    """On their own again: back to the page and settings from before. Ends the run."""
    following = st.session_state.pop(_FOLLOWING, None)
    marks.mark(())
    _tell(sentence="You are on your own, with your own settings.")
    if isinstance(following, _Following):
        go(following.own, slug)


def begin_page(slug: str) -> None:
    """A run of the page `slug` begins. A follower who went there on their own has left."""
    following = st.session_state.get(_FOLLOWING)
    if not isinstance(following, _Following) or following.at is None:
        return
    if slug == following.at.slug:
        following.has_arrived = True
    elif following.has_arrived or following.tries >= TRIES:
        del st.session_state[_FOLLOWING]
        marks.mark(())
        _tell(sentence="You went to another page, so you are on your own now.")
    else:
        following.tries += 1
        go(following.at, slug)


def keep_up(slug: str, lead: Lead | None) -> None:
    """Go where the leader is, if that is news. Ends the run if so.

    A place that is no page of the agenda is ignored.
    """
    following = st.session_state.get(_FOLLOWING)
    if not isinstance(following, _Following) or lead is None or lead.place == following.at:
        return
    place = lead.place
    if not is_a_page(place):
        return
    before, following.at = here(slug), place
    following.has_arrived, following.tries = place.slug == slug, 0
    if place.slug == slug:
        if place.query == before.query:
            return
        marks.mark(changed_names(before.query, place.query))
        _tell(before.query, place.query)
    else:
        marks.mark(())
        title = agenda.lesson(place.slug).title
        _tell(sentence=f"You are with the instructor, on “{title}”.")
    go(place, slug)


def show_news() -> None:
    """After the page is drawn: say and frame what the instructor changed."""
    news = st.session_state.get(_NEWS)
    if not isinstance(news, _News):
        return
    notice = news.sentence
    if news.old is not None and news.new is not None:
        notice = say_changes(news.old, news.new, marks.on_page())
    change_marks(notice, news.number, marks.marked())


def _tell(
    old: Mapping[str, str] | None = None, new: Mapping[str, str] | None = None, sentence: str = ""
) -> None:
    before = st.session_state.get(_NEWS)
    number = before.number + 1 if isinstance(before, _News) else 1
    st.session_state[_NEWS] = _News(number, old, new, sentence)
