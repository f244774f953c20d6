"""1.2 Forward propagation: from the inputs through the hidden nodes to the prediction."""

import streamlit as st

from components import lesson
from components.concepts.dense_network import ForwardTrace, Node
from components.concepts.written_sums import written_activation, written_sum
from components.keras_code.key_concepts import forward_propagation as keras_program
from components.keras_code.notebook import notebook
from components.labs.address import page_runs
from components.labs.wage_network.forward_lab import (
    STEPPER,
    adopt_address,
    show_case,
    show_lab,
)
from components.labs.wage_network.link import take_along
from components.labs.wage_network.one_node import show_one_node
from components.labs.wage_network.settings import trace_of
from components.labs.wage_network.wage_question import ask_for_wage

NEXT_LESSONS = ("activation_functions", "back_propagation")

TAKEAWAY = """
- A node multiplies each value that comes in by its weight, adds up the products and its bias,
  and passes the result on. Then the next layer does the same.
- Forward propagation is these sums, layer by layer, from the inputs to the prediction.
- The weights decide everything. With other weights the same network says something else.
"""


def idea_of(trace: ForwardTrace) -> str:
    """The idea in words, told with the numbers of hidden node 2 as they are on the page."""
    node = Node(0, 1)
    return f"""
A network predicts in steps. **Inputs** go in on the left: years of education, and whether the
job is in tech. They go along the edges to the **hidden nodes**, and from there to the
**prediction**, the wage. Each edge has a **weight**. A bias is the weight of an input that is
always 1.

A node does one small sum: every value that comes in times the weight of its edge, all added up.
For hidden node 2 that is now `{written_sum(trace, node)}`. A hidden node passes its sum on if it
is positive, and 0 otherwise: `{written_activation(trace, node)}`. This rule is called ReLU, and
the next lesson is about it. The wage is again such a sum, of what the hidden nodes pass on:
`{written_sum(trace, Node(1, 0))}`.
"""


lesson.begin("forward_propagation")
page_runs()
adopt_address()
ticking = STEPPER.is_playing
values = st.fragment(show_lab, run_every=STEPPER.pace if ticking else None)(ticking)
take_along(values, NEXT_LESSONS)

trace = trace_of(values)
lesson.idea(idea_of(trace))
show_one_node(trace, Node(0, 1))
ask_for_wage(trace.network, trace.inputs.tolist())
show_case()
script = keras_program(trace.network, trace.inputs.tolist())
lesson.in_keras(script, lambda: notebook(script, "Forward propagation"), "forward_propagation")
lesson.takeaway(TAKEAWAY)
