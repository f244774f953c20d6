"""4.4 How a deep network sees: one picture through a trained network, layer by layer."""

import streamlit as st

from components import lesson
from components.engine.jobs import EngineError
from components.keras_code.notebook import notebook
from components.labs.address import page_runs
from components.labs.seeing import below, inquiry, questions, source
from components.labs.seeing.lab import adopt_address, pace, show_lab

IDEA = """
Each layer looks at the maps of the layer before it, through small windows. So a value deep in
the network has seen more of the picture than its own kernel covers: its **receptive field** grows
from layer to layer.

The first kernels see a few pixels, and there is not much to find in them but edges, corners and
spots of colour. Later layers combine what earlier ones have found. What they react to is larger,
and less tied to one place. The last layer has seen everything, and gives the answer.

Nobody told the network what to look for. All its kernels began at random, and training shaped
them: choose *Moments* to see it.
"""

TAKEAWAY = """
- A feature map shows where a filter found what it looks for. A layer has as many maps as filters.
- A receptive field grows by (kernel − 1) times all strides before it.
- Occlusion and Grad-CAM say which part of a picture an answer rests on. Look at it before you
  trust an answer: it may rest on the background.
- Early layers react to edges, later ones to larger and more particular things. That is what to
  look for in the numbers, and not a law.
"""

lesson.begin("how_a_network_sees")
adopt_address()
page_runs()
ticking = pace()
st.fragment(show_lab, run_every=ticking)(ticking)

inquiry.show_inquiry()
lesson.idea(IDEA)
questions.ask()
try:
    script = below.program_on_page(source.chosen())
    lesson.in_keras(
        script, lambda: notebook(script, "How a deep network sees"), "how_a_network_sees"
    )
    below.offer_files(source.chosen())
except EngineError as error:
    st.info(f"The program comes as soon as the network answers. {error}")
lesson.takeaway(TAKEAWAY)
