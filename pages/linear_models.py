"""1.1 The problem with linear models: they can't say that it depends."""

import streamlit as st

from components import lesson
from components.concepts.wage_lines import workers
from components.keras_code.key_concepts import linear_models as keras_program
from components.keras_code.notebook import notebook
from components.labs.address import page_runs
from components.labs.linear_models.below import (
    ask_for_interaction,
    show_counts,
    show_three_fits,
)
from components.labs.linear_models.lab import show_lab
from components.labs.linear_models.room import show_everyones
from components.labs.linear_models.settings import TABLE
from components.widgets.settings_in_url import adopt_url

TAKEAWAY = """
- In a linear model an input is worth the same whatever the others are: the lines are parallel.
- A product term lets one input change the worth of another. That is an **interaction**.
- With many inputs there are far too many products to try. Neural networks find interactions
  by themselves; the next lesson shows how.
"""


def idea() -> str:
    """The idea in words; the workers are counted."""
    data = workers()
    n, n_technology = len(data.wage), int(data.is_technology.sum())
    return f"""
You want to predict an hourly wage from years of **education**, years of **experience**,
**region** (1 in a big city, else 0) and **industry** (1 in technology, 0 in construction). The
simplest model is a sum with blanks to fill in: a number for the start, and one for each input
to be multiplied with.

The points are {n} workers, {n_technology} of them in technology. They are generated, not real
people, and always the same. Each line shows what the model says for somebody with the average
experience and region. Fill in the blanks by hand, then press **Fit by least squares**: no other
numbers make the squared error smaller. The technology points still rise more steeply than the
line, and the construction points less. Look at *The error that is left*.
"""


lesson.begin("linear_models")
adopt_url(TABLE)
page_runs()
model = st.fragment(show_lab)()
lesson.idea(idea())
show_three_fits()
show_counts()
ask_for_interaction(model)
show_everyones(model)
script = keras_program(model)
lesson.in_keras(script, lambda: notebook(script, "Linear models"), "linear_models")
lesson.takeaway(TAKEAWAY)
