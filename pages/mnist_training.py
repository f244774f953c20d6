"""4.3 Train on MNIST, live: a real Keras network learns real digits while you watch."""

from pathlib import Path

import streamlit as st

from components import lesson
from components.concepts.digit_network import NetworkError, summarize
from components.concepts.digit_sample import SAMPLE_FILE
from components.figures.network_layers import network_layers
from components.keras_code.mnist import mnist_script
from components.keras_code.notebook import notebook
from components.labs.digits import compare, draw, look, runs, settings
from components.labs.digits.builder import show_builder
from components.labs.digits.controls import show_controls
from components.labs.digits.parameters import ask_for_parameters
from components.labs.digits.picture import LATER_TICK_SECONDS, show_picture
from components.labs.digits.room import show_everyones
from components.labs.looking import look_seconds
from components.widgets.setting_values import value_of
from components.widgets.settings_in_url import adopt_url

ASSETS = Path(__file__).resolve().parent.parent / "assets"

IDEA = """
A digit is 784 numbers. The network turns them into ten: how probable it holds each digit to be.
It begins with random weights and guesses. After every batch of digits its weights take a small
step that makes the loss on them smaller, and after some thousand digits it reads most of them.
The **validation** digits are never trained on: they show what it has learnt, and not what it
has learnt by heart.
"""

SHUFFLE_HINT = """
**Try it:** train the workshop's network and the dense one, then switch on *Shuffle the pixels*
and train both again. Look at the four runs in *Compare runs*. A convolution looks at
neighbours, and shuffled pixels have none left. To the dense network all places are alike.
"""

TAKEAWAY = """
- A network learns to read from examples alone: nobody wrote down what a 7 looks like.
- Convolutions win because they use what pictures are: neighbouring pixels belong together.
- Watch the validation curve, not the training curve. More digits help more than more epochs.
- The workshop trained 60,000 digits for 5 epochs, at 78 s an epoch, and reached 98.27 % on the
  test set. Choose 70,000 digits to race it.
"""

VIEWS = ("Draw a digit", "Wrong digits", "Confusion matrix", "Filters", "Compare runs", "Save")


def show_views() -> None:
    """What to look at in a run, one view at a time."""
    tabs = st.tabs(VIEWS, key="view", on_change="rerun")
    drawing, wrong, confusion, filters, comparison, save = tabs
    run = runs.shown_run()
    active = runs.active_run()
    ticking = look_seconds(active.job, LATER_TICK_SECONDS) if active else None
    with drawing:
        if drawing.open:
            draw.show_drawing()
    for tab, show in (
        (wrong, look.show_wrong_digits),
        (confusion, look.show_confusion),
        (filters, look.show_filters),
    ):
        with tab:
            if tab.open and run is None:
                st.markdown("Press **Train** first.")
            elif tab.open and run is not None:
                st.fragment(show, run_every=ticking)(run)
    with comparison:
        if comparison.open:
            compare.show_comparison()
    with save:
        if save.open:
            compare.show_take_home()


lesson.begin("mnist_training")
adopt_url(settings.TABLE)
picture, controls = lesson.lab()
with controls:
    show_controls()
with picture:
    show_picture()
network = settings.network_on_page()
if value_of(settings.NETWORK) == settings.OWN:
    st.subheader("Build your network", anchor="builder")
    show_builder(disabled=runs.active_run() is not None)
show_views()

lesson.idea(IDEA)
try:
    st.html(network_layers(summarize(network)))
except NetworkError as error:
    st.error(str(error))
st.markdown(SHUFFLE_HINT)
ask_for_parameters()
show_everyones()
try:
    plan = settings.plan_on_page()
    plan.check()
    script = mnist_script(plan)
    lesson.in_keras(script, lambda: notebook(script, "Train on MNIST"), "mnist_training")
    if plan.data == "sample":
        st.download_button(
            "Download the 5,000 digits",
            (ASSETS / SAMPLE_FILE).read_bytes,
            SAMPLE_FILE,
            icon=":material/download:",
            on_click="ignore",
        )
except ValueError as error:
    st.error(str(error))
lesson.takeaway(TAKEAWAY)
