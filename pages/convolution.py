"""4.2 The convolution: a kernel slides over a picture and finds what it is made to find."""

import streamlit as st

from components import lesson
from components.keras_code.notebook import notebook
from components.labs.address import page_runs
from components.labs.convolution import below, questions, settings, slide
from components.labs.convolution.lab import show_lab
from components.widgets.settings_in_url import adopt_url

IDEA = """
A **kernel** is a small matrix of weights. It lies on a patch of the picture, each weight on a
pixel. Pixel times weight, all added up, gives **one number**. Then the kernel moves on and does
the same again, with the same weights. The numbers form a new picture, a **feature map**.

A kernel is a question about the patch: how much is it like me? Where the pixels are bright under
its positive weights and dark under the negative ones, the answer is large. Where all pixels are
alike, a kernel whose weights add up to 0 says 0. So it finds edges, wherever they are.

Mathematics turns the kernel by half a turn before it slides. Deep learning does not, and this
page does not either: strictly, it is a **cross-correlation**. In a network the weights are
learnt, so it makes no difference. That is what comes next.
"""

TAKEAWAY = """
- A convolution is a small sum of products, done at every place with the same weights.
- The weights decide what it finds: edges, outlines, a smoother picture, or nothing at all.
- The output has ⌊(picture + padding − dilation·(kernel − 1) − 1) ÷ stride⌋ + 1 rows. What does
  not fill a window is dropped.
- On a colour picture a filter has a kernel for each channel. Several filters give several maps.
- ReLU keeps what was found and drops the opposite. Max-pooling keeps the strongest of each square.
"""

lesson.begin("convolution")
adopt_url(settings.TABLE)
page_runs()
ticking = slide.STEPPER.is_playing
values = st.fragment(show_lab, run_every=slide.STEPPER.pace if ticking else None)(ticking)

lesson.idea(IDEA)
questions.ask(values)
try:
    script = below.keras_program(values)
    lesson.in_keras(script, lambda: notebook(script, "The convolution"), "convolution")
    below.offer_picture()
except ValueError as error:
    st.info(f"The program comes back when the settings go together. {error}")
lesson.takeaway(TAKEAWAY)
