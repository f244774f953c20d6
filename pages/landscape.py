"""2.1 Where deep learning shines, and with what: accuracy against data, advice, libraries."""

from pathlib import Path

import streamlit as st

from components import lesson
from components.concepts.data_appetite import MEASURED_FILE
from components.concepts.digit_sample import SAMPLE_FILE
from components.keras_code.landscape import landscape_script
from components.keras_code.notebook import notebook
from components.labs.address import page_runs
from components.labs.landscape import below, settings
from components.labs.landscape.check import show_check
from components.labs.landscape.helper import show_helper
from components.labs.landscape.questions import ask_for_winner
from components.widgets.settings_in_url import adopt_url

ASSETS = Path(__file__).resolve().parent.parent / "assets"

IDEA = """
Every model in the chart learns from examples and is tested on others. None of the points is
drawn by hand: each was trained several times, with other examples each time. The line is the mean
of those trainings, the band reaches from the worst to the best.

**Pictures.** A pixel alone says nothing. What counts is how neighbours go together, and a linear
model can't express that. A convolutional network can, and the more digits it sees, the further
ahead it is. Sound and text are alike: many raw numbers, each meaning little.

**A table.** Its columns mean something already. With few workers the linear model does as well as
anything, and a larger model has more room to learn them by heart. With many workers, trees and
the network find the interaction of education and industry, and gain little more than a point or
two.

So the questions come before the model: what kind of data, how much of it, how many labels, what
computes, who must understand the answer. The helper asks them. Its rules are rules of thumb: they
say what to try **first**, and a linear model is always there to be beaten.
"""

TAKEAWAY = """
- Deep learning shines on pictures, sound and text, with much data and something to compute with.
- On a small table, a linear model or boosted trees do as well, train in no time, and explain more.
- Few examples of your own? Take a network that others have trained.
- Always measure a simple model first. Libraries come and go; weights, slopes and layers stay.
"""

lesson.begin("landscape")
adopt_url(settings.TABLE)
page_runs()
picture, controls = lesson.lab(0.58)
with controls:
    show_helper()
with picture:
    show_check()

lesson.idea(IDEA)
ask_for_winner()
below.show_stacks()
below.show_libraries()
below.show_server()
try:
    script = landscape_script(settings.check_on_page())
    lesson.in_keras(script, lambda: notebook(script, "Accuracy against data"), "landscape")
    with st.container(horizontal=True):
        for file in (SAMPLE_FILE, MEASURED_FILE):
            st.download_button(
                f"Download {file}",
                (ASSETS / file).read_bytes,
                file,
                icon=":material/download:",
                on_click="ignore",
            )
except ValueError as error:
    st.info(f"The program comes back when the settings go together. {error}")
lesson.takeaway(TAKEAWAY)
