"""The helper: describe your data, get a recommendation with its reasons."""

import streamlit as st

from components.concepts.recommendation import TITLES, DataDescription, next_step, recommend
from components.labs.landscape import settings


def show_helper() -> None:
    """The questions and, under them, what to try first and why."""
    st.subheader("Your data: what to try first?", anchor="helper")
    left, right = st.columns(2, gap="small")
    with left:
        settings.KIND.draw_as_list()
        settings.LABELLED.draw_as_list()
    with right:
        settings.SIZE.draw_as_list()
        settings.MACHINE.draw_as_list()
    settings.EXPLAIN.draw()
    with st.container(key="landscape-advice"):
        _show_advice(settings.description_on_page())


def _show_advice(data: DataDescription) -> None:
    advice = recommend(data)
    st.success(f"**{advice.title}**", icon=":material/lightbulb:")
    lines = [*advice.reasons, *advice.cautions]
    further = next_step(data)
    if further is not None:
        at_least, method = further
        lines.append(f"From about {at_least:,} labelled examples on: {_within(TITLES[method])}.")
    elif advice.held_back_from is not None:
        lines.append(
            f"The amount of data alone would allow {_within(TITLES[advice.held_back_from])}."
        )
    st.markdown("\n".join(f"- {line}" for line in lines))


def _within(title: str) -> str:
    """A title within a sentence."""
    return title[0].lower() + title[1:]
