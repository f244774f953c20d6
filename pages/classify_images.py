"""5.2 Classify your own pictures: a fine-tuned network names them, or one that you teach."""

import streamlit as st

from components import lesson
from components.labs.address import page_runs
from components.labs.classify import below, card, lab, questions, settings, table
from components.labs.teach import below as taught
from components.labs.teach import lab as teaching
from components.widgets.setting_values import value_of
from components.widgets.settings_in_url import adopt_url

IDEA = """
A network that has seen many pictures has learnt to see: its layers find edges, textures and
parts, whatever the picture shows. Only its last layer is about the classes it was trained on.
**Transfer learning** keeps what it sees and gives it a new last layer, a *head*. A handful of
pictures is then enough, because the head alone has to be learnt.

The networks for cats and dogs and for clothing were made so. **Teach it yourself** does the same
with your classes, in seconds.

A network divides 100 % among the classes it knows. It has none for “something else”. That is why
there is a threshold: below it the network counts as **not sure**. The probabilities were
**calibrated** on held-out pictures, so that of all answers given with 80 % about 80 % are right.
"""

TAKEAWAY = """
- Do not begin from nothing: take a network that can see, and teach it a new last layer.
- A network can only name what it was taught, and it names something for every picture. Give it a
  way to say that it is not sure.
- Look at what an answer rests on before you trust it. If all your mugs stand on one table, it may
  have learnt the table.
- Test on pictures that it has not learnt from. A model card says on which, and what goes wrong.
"""

lesson.begin("classify_images")
adopt_url(settings.TABLE)
page_runs()
if value_of(settings.VIEW) == settings.TEACH:
    ticking = teaching.pace()
    st.fragment(teaching.show_lab, run_every=ticking)(ticking)
    taught.show_below()
else:
    ticking = lab.pace()
    st.fragment(lab.show_lab, run_every=ticking)(ticking)
    table.show_table()
    card.show_card()

lesson.idea(IDEA)
questions.ask()
below.show_program()
lesson.takeaway(TAKEAWAY)
