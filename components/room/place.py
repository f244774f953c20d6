"""Where a visit is: its page and the settings in its address, and how to go elsewhere."""

from collections.abc import Mapping
from typing import NoReturn

import streamlit as st
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components import agenda
from components.classroom.stage import Place
from components.room import projector
from components.widgets import page_address

# A visitor's own, and what Streamlit keeps for itself.
NEVER_PASSED_ON = frozenset({*projector.PARAMETERS, "embed", "embed_options"})


def here(slug: str) -> Place:
    """The page `slug` with its settings now."""
    return Place(slug, _settings_in(page_address.read()))


def is_a_page(place: Place) -> bool:
    """Whether the agenda has the page of this place."""
    return any(lesson.slug == place.slug for lesson in agenda.LESSONS)


def go(place: Place, slug: str) -> NoReturn:
    """Leave the page `slug` for `place`, and take projector mode along. Ends the run."""
    query = {**_settings_in(place.query), **projector.parameters()}
    if place.slug != slug:
        drop_late_wishes()
        st.switch_page(agenda.lesson(place.slug).script, query_params=query)
    page_address.write(query)
    st.rerun()


def drop_late_wishes() -> None:
    """The visit leaves its page: no fragment of it runs again, whatever the browser asks for.

    Until it has heard of the other page, a browser goes on asking for a tick of the old one or a
    look for news. For a run of a page that is not the one it shows, it empties the screen.
    """
    context = get_script_run_ctx()
    if context is not None:
        context.fragment_storage.clear()


def _settings_in(query: Mapping[str, str]) -> dict[str, str]:
    return {name: text for name, text in query.items() if name not in NEVER_PASSED_ON}
