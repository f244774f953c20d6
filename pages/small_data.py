"""5.1 What about small data sets: one small set, learnt in three ways."""

import streamlit as st

from components import lesson
from components.concepts.training import PlanError
from components.keras_code.notebook import notebook
from components.keras_code.small_data import small_data_script
from components.labs.address import page_runs
from components.labs.small_data import below, look, settings, source
from components.labs.small_data.controls import fit_to_pictures, show_controls
from components.labs.small_data.leak import show_leak
from components.labs.small_data.picture import show_picture
from components.labs.small_data.questions import ask_which_way
from components.widgets.setting_values import value_of
from components.widgets.settings_in_url import adopt_url

IDEA = """
A network has many thousand weights. A few pictures do not say enough to set them all: it learns
the pictures by heart and not what makes their class. Most of us have only a few pictures.

But much of what a network learns is not about its task. Edges, strokes and corners help with
every picture. So take a network that has learnt from many pictures of **other** things:

- **Frozen, new head.** Its weights stay. It turns each picture into features, and only one new
  layer, the head, learns to tell your classes apart by them.
- **Fine-tuned.** The same, and then the last blocks of the network learn as well, in small steps.
- **From scratch.** The same network with random weights, to compare with.

The network here has read 30,596 handwritten digits from 0 to 4, and has never seen a 5, 6, 7, 8
or 9. That is what you teach it, from a handful of each. The held-out digits are in no training
set, neither in that of the pretrained network nor in yours.
"""

PHOTO_IDEA = """
With photos the pretrained network is the small photo network of “How a deep network sees”: it
knows 202 kinds of things, in pictures of 64 × 64 pixels.
"""

TAKEAWAY = """
- With few pictures, begin with a network that has learnt from many others.
- Freeze first: it is quick, since the features are computed once, and hard to get wrong.
- Then fine-tune with a small learning rate. A large one destroys what you came for.
- Measure on pictures that are in no training set, and look for doubles before you believe a
  number.
- Repeat it with other small sets: with few pictures, luck is a large part of one result.
"""

lesson.begin("small_data")
adopt_url(settings.TABLE)
page_runs()
fit_to_pictures()
picture, controls = lesson.lab(0.64)
with controls:
    show_controls()
with picture:
    show_picture()
below.show_notes()

look.show_all()
show_leak()
lesson.idea(IDEA)
if value_of(settings.PICTURES) != settings.DIGITS:
    st.markdown(PHOTO_IDEA)
ask_which_way()
pictures = source.pictures_on_page()
if pictures is not None:
    try:
        script = small_data_script(settings.plan_on_page(), pictures)
        lesson.in_keras(script, lambda: notebook(script, "A small data set"), "small_data")
        below.offer_files(pictures)
    except PlanError as error:
        st.error(str(error))
lesson.takeaway(TAKEAWAY)
