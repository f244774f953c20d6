"""Take this network along: the current settings as the query of a link to another lesson."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components import agenda
from components.labs.wage_network.settings import INPUTS, TABLE, WEIGHTS
from components.widgets.live_slider import write


def query_of(values: Mapping[str, float]) -> dict[str, str]:
    """The query parameters that set another lesson's sliders to these values.

    Weights are left out where they are the workshop's. The inputs are always there: another
    lesson may start with others. Names that are no setting of the wage network are ignored.
    """
    always = {setting.name for setting in INPUTS}
    return {
        setting.name: write(values[setting.name])
        for setting in TABLE
        if setting.name in values
        and (setting.name in always or values[setting.name] != setting.default)
    }


def take_along(values: Mapping[str, float], slugs: Sequence[str]) -> None:
    """Links that open other lessons with this network. Lessons that the agenda lacks are left
    out.
    """
    lessons = [row for row in agenda.LESSONS if row.slug in slugs]
    if not lessons:
        return
    is_workshops = all(values[setting.name] == setting.default for setting in WEIGHTS)
    whose = "the workshop's" if is_workshops else "your own"
    with st.container(key="take-along", horizontal=True, vertical_alignment="center"):
        st.markdown(f"**Take this network along** ({whose}):", width="content")
        for lesson in lessons:
            st.page_link(
                lesson.script,
                label=lesson.title,
                icon=lesson.icon,
                query_params=query_of(values),
            )
