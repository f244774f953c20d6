"""1.5 Back-propagation: where the slopes come from, and one step of learning with them."""

import streamlit as st

from components import lesson
from components.concepts.back_propagation import BackTrace, ledger
from components.concepts.dense_network import Edge, Node
from components.concepts.wage_network import EDGES
from components.concepts.written_sums import number, rounded, written_products, written_slope
from components.keras_code.key_concepts import back_propagation as keras_program
from components.keras_code.notebook import notebook
from components.labs.address import page_runs
from components.labs.back_propagation import settings
from components.labs.back_propagation.lab import STEPPER, adopt_address, show_lab
from components.labs.back_propagation.learning_rates import show_learning_rates
from components.labs.back_propagation.questions import ask_for_slope, ask_for_step
from components.labs.wage_network.link import take_along
from components.widgets.setting_values import value_of

OTHER_LESSONS = ("forward_propagation", "activation_functions")

TAKEAWAY = """
- A forward pass finds the error. The way back hands it on: from the prediction to the hidden
  nodes, and from there to the first weights.
- The slope of a weight is the value at the start of its edge times the slope at its end.
- Gradient descent then takes a small step: every weight minus learning rate times slope.
- Too long a step can silence a ReLU node. Where it passes on 0, its slope is 0, and it learns
  nothing more.
"""


def idea_of(trace: BackTrace) -> str:
    """The idea in words, told with the numbers of hidden node 2 as they are on the page."""
    network = trace.forward.network
    hidden, wage = Node(0, 1), Node(1, 0)
    weight, from_education = EDGES["wage_h2"], EDGES["h2_education"]
    through = written_products([(trace.sum_slope(wage), network.weight(weight))])
    through += f" = {number(trace.output_slope(hidden))}"
    account = next(written_slope(row) for row in ledger(trace) if row.edge == from_education)
    steep = network.layers[0].function.slope(trace.forward.sum(hidden))
    return f"""
Gradient descent needs a slope for every weight: how fast the loss grows when that weight grows.
You could nudge each weight and see. Back-propagation finds them all at once, by the **chain
rule**, walking backwards.

It starts at the loss. The error is prediction minus actual, `{rounded(float(trace.error[0]))}`,
and the slope of its square is twice that: `{number(trace.sum_slope(wage))}`. Hidden node 2 acts on
the wage through its weight, so the slope of its output is `{through}`. ReLU lets it through
where the node's sum is positive; its slope there is `{number(float(steep))}`. A weight acts
through its edge: the slope for education is `{account}`. So for every edge: **the value at its
start times the slope at its end.**
"""


def chosen_edge() -> Edge | None:
    """The weight chosen in the lab."""
    return EDGES.get(value_of(settings.EDGE))


lesson.begin("back_propagation")
page_runs()
adopt_address()
ticking = STEPPER.is_playing
values = st.fragment(show_lab, run_every=STEPPER.pace if ticking else None)(ticking)
take_along(values, OTHER_LESSONS)

trace = settings.back_trace(values)
rate = values[settings.RATE.name]
show_learning_rates(trace, rate)
lesson.idea(idea_of(trace))
ask_for_slope(trace, chosen_edge())
ask_for_step(trace, chosen_edge(), rate)
script = keras_program(trace, rate)
lesson.in_keras(script, lambda: notebook(script, "Back-propagation"), "back_propagation")
lesson.takeaway(TAKEAWAY)
