"""0. Welcome: the agenda, how to move about, the room's survey."""

import streamlit as st

from components import agenda, lesson
from components.labs.welcome.handout import show_handout
from components.labs.welcome.server import show_server
from components.labs.welcome.survey import show_survey

ABOUT = """
Deep learning from a linear model to a network that sees, in five topics. Nothing here is a
recording: you move the weights, you train the networks, and every number on a page comes from
the model on that page.
"""

MOVING_ABOUT = """
- **Topics** are at the top, each with its lessons.
- The links beside the title lead to the lesson before and after. So do the keys **←** and **→**.
- On a page, the thing to play with comes first. Below it: the idea, a question to answer before
  the page does, the Keras code, and what to keep.
- Your settings are in the page's **address**. Copy it to share what you see.
- Light or dark: in the menu **⋮** at the top right.
"""

EXCITING_STUFF = """
Networks translate, write and talk, draw pictures from a sentence, fold proteins and drive cars.
You will build none of these here, and no page pretends to.

But look inside, and you meet the parts that this workshop takes apart: weighted sums,
activation functions, a loss, slopes found by back-propagation, small steps downhill, layers
that find their own features, and networks trained on much data and reused on little. What the
large systems add is scale, data, and clever ways to connect the same parts. Who knows the parts
can read how the large ones work, and can tell what they will not do.
"""


def show_agenda() -> None:
    """The five topics; under each the lessons that exist, with their ticks."""
    for number, topic in enumerate(agenda.TOPICS, start=1):
        lessons = agenda.lessons_of(topic)
        with st.container(key=f"agenda-topic-{number}", horizontal=True, wrap=False):
            with st.container(key=f"agenda-number-{number}", width=28):
                st.markdown(f":blue[**{number}**]")
            with st.container(gap=None):
                st.markdown(f"**{topic.name}**{_progress(lessons)}")
                st.caption(topic.about)
                with st.container(key=f"agenda-lessons-{number}", gap=None):
                    for row in lessons:
                        icon = ":material/check_circle:" if lesson.is_done(row.slug) else row.icon
                        st.page_link(row.script, label=f"{row.number} {row.title}", icon=icon)


def _progress(lessons: tuple[agenda.Lesson, ...]) -> str:
    done = sum(lesson.is_done(row.slug) for row in lessons)
    return f" &ensp; :green[{done} of {len(lessons)} done]" if done else ""


lesson.begin("welcome", heading="Introduction to Deep Learning")
picture, side = lesson.lab(picture_share=0.5)
with picture:
    st.subheader("Agenda", anchor="agenda")
    show_agenda()
with side:
    st.markdown(ABOUT)
    st.subheader("This server", anchor="this-server")
    show_server()
    st.subheader("How to move about", anchor="moving-about")
    st.markdown(MOVING_ABOUT)
show_survey()
show_handout()
st.header("What about the exciting stuff?", anchor="exciting-stuff")
st.markdown(EXCITING_STUFF)
