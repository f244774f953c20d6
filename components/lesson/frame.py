"""The parts of a page, in the order in which a lesson has them."""

from collections.abc import Callable
from typing import Literal, NamedTuple

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components import agenda
from components.lesson import navigation, ticks
from components.widgets.arrow_keys import arrow_keys


class Lab(NamedTuple):
    """The two sides of a lab; write into them with `with`."""

    picture: DeltaGenerator
    controls: DeltaGenerator


def begin(slug: str, heading: str | None = None) -> None:
    """Open the page of the lesson `slug`: its title, its aim, previous and next.

    Every page calls this first. `heading` replaces the title of the agenda where the page
    says more than its name in the navigation. Raises AgendaError when the agenda has no such
    lesson.
    """
    navigation.require_entry()
    lesson = agenda.lesson(slug)
    ticks.set_open(slug)
    with st.container(key="lesson-head", gap=None):
        with _one_line("lesson-title"):
            st.title(heading or lesson.title, anchor=False, width="content")
            _previous_and_next(slug, "head")
        st.markdown(f"After this page you can {lesson.aim}.")
        arrow_keys()


def lab(picture_share: float = 0.62) -> Lab:
    """The lab: the picture on the left and its controls on the right, one below the other on
    a phone.

    `picture_share` is the picture's share of the width. Call it inside the page's fragment, so
    that a control reruns the lab only.
    """
    with st.container(key="lab"):
        picture, controls = st.columns([picture_share, 1 - picture_share], gap="medium")
    return Lab(picture, controls)


def idea(text: str) -> None:
    """The idea behind the lab, in a few sentences of Markdown. A picture may follow."""
    st.header("The idea", anchor="the-idea")
    st.markdown(text)


def in_keras(script: str, notebook: Callable[[], bytes], file_stem: str) -> None:
    """The Keras program that does what the page just did, to read and to take home.

    `script` is Python source with the values now set on the page; `notebook` makes the bytes
    of the same program as a notebook and is called only when that is downloaded. The files are
    named `<file_stem>.py` and `<file_stem>.ipynb`.
    """
    slug = ticks.open_slug()
    st.header("In Keras", anchor="in-keras")
    st.code(script, language="python", height=_code_height(script))
    with st.container(horizontal=True):
        st.download_button(
            "Download script",
            script,
            f"{file_stem}.py",
            "text/x-python",
            key=f"{slug}.script",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            "Download notebook",
            notebook,
            f"{file_stem}.ipynb",
            "application/x-ipynb+json",
            key=f"{slug}.notebook",
            icon=":material/download:",
            on_click="ignore",
        )


def _code_height(script: str) -> int | Literal["content"]:
    """Short programs stand in full; long ones get a frame to scroll in."""
    return "content" if script.count("\n") < 24 else 480


def takeaway(text: str) -> None:
    """What to keep from the lesson, the tick for the agenda, and the way on."""
    slug = ticks.open_slug()
    st.header("Takeaway", anchor="takeaway")
    st.markdown(text)
    with _one_line("lesson-foot"):
        if ticks.is_done(slug):
            st.markdown(":green[:material/check_circle:] Ticked off.", width="content")
        else:
            st.button(
                "Done",
                key=f"{slug}.done",
                icon=":material/check:",
                on_click=_done,
                args=(slug,),
                help="Tick this lesson off in the agenda.",
            )
        _previous_and_next(slug, "foot")


def _done(slug: str) -> None:
    ticks.tick(slug)


def _one_line(key: str) -> DeltaGenerator:
    """Two things on one line, at its two ends; one below the other where it is too narrow."""
    return st.container(
        key=key,
        horizontal=True,
        horizontal_alignment="distribute",
        vertical_alignment="center",
        gap=None,
    )


def _previous_and_next(slug: str, place: str) -> None:
    """Links to the neighbours. The arrow keys click those of the head."""
    previous, following = agenda.before(slug), agenda.after(slug)
    with st.container(key=f"lesson-links-{place}", horizontal=True, width="content"):
        if previous:
            with st.container(key=f"lesson-previous-{place}", width="content"):
                st.page_link(
                    previous.script,
                    label=previous.title,
                    icon=":material/arrow_back:",
                )
        if following:
            with st.container(key=f"lesson-next-{place}", width="content"):
                st.page_link(
                    following.script,
                    label=following.title,
                    icon=":material/arrow_forward:",
                    icon_position="right",
                )
