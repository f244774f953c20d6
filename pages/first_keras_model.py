"""3.1 Define, compile, fit, predict: a first model in Keras, on a table."""

import streamlit as st

from components import lesson
from components.keras_code.first_model import TABLE_FILE, first_model_script, table_file
from components.keras_code.notebook import notebook
from components.labs.first_model import settings
from components.labs.first_model.by_hand import show_by_hand
from components.labs.first_model.compare import show_runs
from components.labs.first_model.lab import show_lab
from components.labs.first_model.questions import ask_for_parameters
from components.widgets.settings_in_url import adopt_url

IDEA = """
Every model in Keras comes about in four steps. **Define**: which layers, how many nodes.
**Compile**: which loss says how bad a prediction is, and which optimizer makes it smaller.
**Fit**: show it the rows, again and again. **Predict**: ask it about a row that it has not seen.

Some rows are held back and never trained on. Their loss, the **validation** loss, tells whether
the network has learnt something or only knows its rows by heart. **Early stopping** ends the fit
when that loss has not become better for a while, and goes back to the best epoch.

A network is not always the right tool. **Least squares** stands beside it: the plain linear
model, fitted in a moment. On a small table it is hard to beat.
"""

TAKEAWAY = """
- Define, compile, fit, predict: the four steps are the same for a wage and for a photograph.
- A layer of n nodes with m numbers coming in has m·n weights and n biases.
- The output layer, the loss and the targets have to fit each other.
- Scale the inputs, hold rows back, stop when the validation loss stops getting better.
- Fit the plain model too. If the network does not beat it, take the plain model.
"""

lesson.begin("first_keras_model")
adopt_url(settings.TABLE)
on_page = show_lab()
show_runs()
lesson.idea(IDEA)
show_by_hand()
if on_page is not None:
    data, plan = on_page
    ask_for_parameters(plan)
    script = first_model_script(plan, data.examples, data.is_wage_table, data.shuffle_seed)
    lesson.in_keras(script, lambda: notebook(script, "Your first model"), "first_keras_model")
    if not data.is_wage_table:
        st.download_button(
            "Download the table",
            lambda: table_file(data.examples),
            TABLE_FILE,
            icon=":material/download:",
            on_click="ignore",
        )
lesson.takeaway(TAKEAWAY)
