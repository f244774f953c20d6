"""1.3 Activation functions: what a node passes on, and what networks gain by it."""

from collections.abc import Mapping

import streamlit as st

from components import lesson
from components.concepts.activations import ACTIVATIONS
from components.concepts.wage_network import interactions, worth_of_a_year
from components.concepts.written_sums import rounded
from components.keras_code.key_concepts import activation_functions as keras_program
from components.keras_code.notebook import notebook
from components.labs.activations import settings
from components.labs.activations.interactions import educations_of
from components.labs.activations.lab import show_lab, stepper_in_view
from components.labs.activations.questions import ask_for_cell, ask_for_worth
from components.labs.address import page_runs
from components.labs.wage_network.link import take_along
from components.labs.wage_network.settings import network_of
from components.widgets.setting_values import value_of
from components.widgets.settings_in_url import adopt_url

OTHER_LESSONS = ("forward_propagation", "back_propagation")


IDEA = """
An **activation function** stands between a node's sum and what the node passes on. The workshop
takes **ReLU**: 0 for a negative sum, the sum itself otherwise. Why not pass on the sum as it is?

Because sums of sums are sums again. Without an activation a network is one big linear model,
however many nodes it has, and in a linear model a year of education is worth the same in every
job. With an activation the worth of a year can depend on the job: education and tech job
**interact**. Fill the *Table* with ReLU and without an activation, and compare its last row.

A ReLU node is a hinge: flat on one side, a straight line on the other. A few hinges added up
make a line with bends, and with enough bends it follows any curve. Look at *Curves*.
"""


def takeaway_of(values: Mapping[str, float], revealed: bool) -> str:
    """What to keep. Once the questions are answered, with the numbers that they were about."""
    relu, none = (
        interactions(network_of(values, name), educations_of(values)) for name in ("relu", "linear")
    )
    text = """
- An activation bends what a node passes on. Without one, more nodes bring nothing new.
- With one, a network captures interactions and non-linearities by itself. Nobody has to write
  down the product terms.
- It does so only with the right weights. With the wrong ones it predicts badly all the same.
"""
    if not revealed:
        return text
    worth = [[rounded(float(each)) for each in worth_of_a_year(table)] for table in (relu, none)]
    return f"""{text}
With the weights now on the page, one more year is worth {worth[0][1]} in a tech job and
{worth[0][0]} elsewhere with ReLU; without an activation it is {worth[1][1]} and {worth[1][0]}. The
lowest wage that the ReLU network predicts in the table is {rounded(float(relu.min()))}.
"""


lesson.begin("activation_functions")
page_runs()
adopt_url(settings.CHOICES)
stepper = stepper_in_view()
ticking = stepper is not None and stepper.is_playing
values = st.fragment(show_lab, run_every=stepper.pace if stepper and ticking else None)(ticking)
take_along(values, OTHER_LESSONS)

activation = value_of(settings.ACTIVATION)
lesson.idea(IDEA)
st.markdown(f"The one that is chosen now is **{ACTIVATIONS[activation].title}**:")
st.latex(ACTIVATIONS[activation].formula, width=520)
answers = ask_for_cell(values, activation), ask_for_worth(values, activation)
script = keras_program(
    network_of(values, activation), values[settings.X.name], educations_of(values)
)
lesson.in_keras(script, lambda: notebook(script, "Activation functions"), "activation_functions")
lesson.takeaway(takeaway_of(values, all(answers)))
