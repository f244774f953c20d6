"""Draw a digit and see what the network makes of it, while you draw."""

import streamlit as st

from components.concepts.digit_drawing import DrawingError, center_digit
from components.concepts.training import pixel_permutation
from components.engine.digits import probabilities
from components.engine.jobs import EngineError
from components.figures.digit_sheet import input_28x28
from components.figures.probability_bars import probability_bars
from components.labs.digits.moment import moment_step
from components.labs.digits.runs import shown_run
from components.widgets.drawing_pad import drawing_pad

PAD = "digit_pad"


@st.fragment
def show_drawing() -> None:
    """The pad, the 28 × 28 that the network sees, and the class probabilities."""
    pad, seen, answer = st.columns([0.4, 0.2, 0.4], gap="medium")
    try:
        with pad:
            ink = drawing_pad(PAD, "Draw a digit")
        if ink is None:
            with answer:
                st.markdown("Draw a digit from 0 to 9, as large as you like.")
            return
        image = center_digit(ink).image
    except DrawingError as error:
        with answer:
            st.warning(str(error))
        return
    run = shown_run()
    with seen:
        st.markdown("What the network sees:")
        order = pixel_permutation(run.plan) if run else None
        st.html(input_28x28(image if order is None else image.ravel()[order].reshape(image.shape)))
        st.caption(
            "28 × 28 pixels: cropped, scaled to 20 × 20 and centred by weight, as MNIST was made."
        )
    with answer:
        if run is None:
            st.markdown("Press **Train** first: then the network that you trained reads this.")
            return
        try:
            shares = probabilities(run.job, image[None], moment_step(run))[0]
        except EngineError as error:
            st.warning(str(error))
            return
        st.markdown(f"**{run.name}** says **{shares.argmax()}**")
        st.html(probability_bars(shares))
