"""The wage network's weights, set by hand, loaded into Keras: both give the same number."""

import math

import streamlit as st

from components.concepts.dense_network import forward
from components.engine.first_model import predict_by_keras
from components.engine.jobs import EngineError
from components.engine.visit import get_engine
from components.labs.wage_network.settings import INPUTS, TABLE, inputs_of, network_of
from components.widgets.live_slider import live_sliders

SLIDERS = "first.by_hand"
TEXT = """
Fitting is one way to come by weights. Setting them is another. Here are the eight weights of
the lesson *Forward propagation*, once in plain NumPy and once loaded into Keras's own layers
with `set_weights`. Weights that you set there come along in the address.
"""


def show_by_hand() -> None:
    """Two sliders, and the two predictions."""
    st.header("By hand, and by Keras", anchor="by-hand")
    st.markdown(TEXT)
    starting = get_engine().state.status != "ready"
    st.fragment(_draw, run_every=1.0 if starting else None)(starting)


def _draw(was_starting: bool) -> None:
    if was_starting and get_engine().state.status == "ready":
        st.rerun()
    left, right = st.columns([0.45, 0.55], gap="medium")
    with left:
        values = live_sliders(TABLE, SLIDERS, [setting.name for setting in INPUTS], reset=False)
    network, inputs = network_of(values), inputs_of(values)
    ours = float(forward(network, inputs).prediction)
    with right:
        st.markdown(f"By hand, in NumPy: **{ours:.6g}**")
        if get_engine().state.status != "ready":
            st.caption(get_engine().state.sentence)
            return
        try:
            theirs = predict_by_keras(get_engine(), network, inputs)
        except EngineError as error:
            st.warning(str(error))
            return
        same = math.isclose(ours, theirs, rel_tol=1e-6, abs_tol=1e-5)
        st.markdown(f"By Keras, with the same weights: **{theirs:.6g}**")
        st.markdown(
            "They agree to six digits: a Dense layer is the sum you wrote out, and no more."
            if same
            else "They differ in the sixth digit: Keras counts with half as many digits as NumPy."
        )
