"""The navigation made from the agenda, and the cure for deep links to a fresh server."""

import streamlit as st

from components import agenda
from components.lesson.ticks import is_done

_ENTERED = "lesson.entered"
_DONE_ICON = ":material/check_circle:"


def navigation(with_icons: bool = True) -> st.Page:
    """Declare every lesson to Streamlit, by topic, and return the page that was asked for.

    Welcome is the default page `/`. It is declared a second time, hidden, so that `/welcome`
    leads there too. A lesson that is done has a tick for an icon; its URL stays the same.
    """
    welcome = agenda.LESSONS[0]
    sections: dict[str, list[st.Page]] = {
        "": [
            st.Page(welcome.script, title=welcome.title, url_path="home", default=True),
            st.Page(
                welcome.script, title=welcome.title, url_path=welcome.slug, visibility="hidden"
            ),
        ]
    }
    for topic in agenda.TOPICS:
        pages = [_page(lesson, with_icons) for lesson in agenda.lessons_of(topic)]
        if pages:
            sections[topic.short] = pages
    return st.navigation(sections, position="top")


def _page(lesson: agenda.Lesson, with_icon: bool) -> st.Page:
    icon = _DONE_ICON if is_done(lesson.slug) else lesson.icon
    return st.Page(
        lesson.script, title=lesson.title, icon=icon if with_icon else "", url_path=lesson.slug
    )


def slug_of(page: st.Page) -> str:
    """The slug of the lesson that a page of `navigation` shows."""
    known = {lesson.slug for lesson in agenda.LESSONS}
    return page.url_path if page.url_path in known else agenda.LESSONS[0].slug


def mark_entered() -> None:
    """Called by streamlit_app.py: this run came in through the front door."""
    st.session_state[_ENTERED] = True


def require_entry() -> None:
    """Send a run that did not come through streamlit_app.py back there, same URL.

    Until some visitor has run `st.navigation`, a fresh Streamlit server runs the scripts in
    pages/ directly, without the app around them. Declaring the navigation here ends that, and
    the rerun keeps page and query parameters.
    """
    if not st.session_state.pop(_ENTERED, False):
        # Without icons: the page's icon would become the tab's, and be fetched from afar.
        navigation(with_icons=False)
        st.rerun()
