"""1.4 Gradient descent: find the slope of the loss, and take a small step downhill."""

import streamlit as st

from components import lesson
from components.concepts.optimisers import OPTIMISERS
from components.keras_code.key_concepts import gradient_descent as keras_walk
from components.keras_code.notebook import notebook
from components.keras_code.race import race_downhill as keras_race
from components.labs.address import page_runs
from components.labs.descent.lab import STEPPER, Shown, show_lab
from components.labs.descent.questions import ask_for_next_step, ask_for_winner
from components.labs.descent.room import show_everyones
from components.labs.descent.settings import TABLE
from components.widgets.settings_in_url import adopt_url

IDEA = """
The **loss** says how wrong a network is, and it depends on the weights. You can't see the whole
curve when there are millions of weights. But at the place where you stand you can find the
**slope**: how much the loss changes when a weight goes up a little. If the slope is positive,
less of the weight is better; if it is negative, more is.

So do this again and again: find the slope of the loss for each weight, and take a small step
downhill. The step is the **learning rate** times the slope, and it is subtracted from the
weight:
"""

TRY = """
**Try it:** in *One weight*, press Play, and then drag the learning rate slowly to the right.
The walk first gets faster, then swings across the valley, then climbs out of it. In *Two
weights*, press Play and then click on the map: each start has its own minimum. In *A race*,
give all three racers the same optimiser and other learning rates.
"""

OTHER_RULES = """
The other optimisers use the same slope $s$ and learning rate $\\eta$, and keep a memory.
Momentum keeps its speed $v$. RMSprop divides by the usual size $q$ of a weight's slopes. Adam
does both, with means $\\hat m$ and $\\hat q$.
"""

TAKEAWAY = """
- Learning is walking downhill: the weight minus learning rate times slope, again and again.
- Too small a learning rate creeps; too large a one overshoots, and the loss explodes.
- A walk ends in the minimum that its start leads to, not always in the deepest one.
- Momentum, RMSprop and Adam use the same slopes and take other steps. None wins everywhere.
"""


def show_idea() -> None:
    """The idea, the rule as a formula, and what to try."""
    lesson.idea(IDEA)
    st.latex(OPTIMISERS["sgd"].rule)
    st.markdown(TRY)
    with st.expander("The rules of the other optimisers"):
        st.markdown(OTHER_RULES)
        for name in ("momentum", "rmsprop", "adam"):
            st.markdown(f"{OPTIMISERS[name].title}: ${OPTIMISERS[name].rule}$")


def show_questions_and_code(shown: Shown) -> None:
    """What rests on the walk or race in the lab."""
    if shown.walk is not None:
        ask_for_next_step(shown.walk)
        show_everyones(shown.walk)
        script = keras_walk(shown.walk)
    elif shown.race is not None and shown.whole_race is not None:
        ask_for_winner(shown.whole_race)
        script = keras_race(shown.race)
    lesson.in_keras(script, lambda: notebook(script, "Gradient descent"), "gradient_descent")


lesson.begin("gradient_descent")
adopt_url(TABLE)
page_runs()
ticking = STEPPER.is_playing
shown = st.fragment(show_lab, run_every=STEPPER.pace if ticking else None)(ticking)
show_idea()
show_questions_and_code(shown)
lesson.takeaway(TAKEAWAY)
