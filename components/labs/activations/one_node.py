"""One node: what the activation makes of its sum, and how steep it is there."""

import streamlit as st

from components.concepts.activations import ACTIVATIONS
from components.concepts.written_sums import number, written_products
from components.figures.activation_curves import FAR, NEAR, activation_curves
from components.figures.activation_table import activation_table, approximately
from components.labs.activations.settings import EXAMPLE_INPUTS, EXAMPLE_SUM, EXAMPLE_WEIGHTS
from components.widgets.chart import show_chart


def show_curves(name: str, x: float, near: bool) -> None:
    """Value and slope, one above the other, with the point at `x`."""
    curves = activation_curves(name, x, near)
    show_chart(curves.value, "activation_functions.value")
    show_chart(curves.slope, "activation_functions.slope")
    width = NEAR if near else FAR
    if abs(x) > width:
        st.caption(f"x = {number(x)} lies outside of what is shown, −{width:g} to {width:g}.")


def show_node(name: str, x: float) -> None:
    """What the node passes on, in words and as a formula, and what the others would."""
    activation = ACTIVATIONS[name]
    st.markdown(node_sentence(name, x))
    st.html(activation_table(x, name))
    st.caption(activation.note)


def node_sentence(name: str, x: float) -> str:
    """The node in a sentence; at the workshop's sum the sum is written out."""
    value = approximately(float(ACTIVATIONS[name].value(x)))
    slope = approximately(float(ACTIVATIONS[name].slope(x)))
    equals = "" if value.startswith("≈") else "= "
    ending = f"passes on **f({number(x)}) {equals}{value}**; its slope there is **{slope}**."
    if x != EXAMPLE_SUM:
        return f"With a sum of {number(x)} the node {ending}"
    products = written_products(zip(EXAMPLE_INPUTS, EXAMPLE_WEIGHTS, strict=True))
    education, tech = (number(value) for value in EXAMPLE_INPUTS)
    return (
        f"Education {education} and tech job {tech}, both weights 1: the sum is "
        f"`{products} = {number(x)}`. The node {ending}"
    )
