"""Before, during and after training: the same layer, the same picture, three networks."""

import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.concepts.moments import MOMENTS
from components.concepts.written_sums import number
from components.engine.jobs import EngineError
from components.figures.map_sheet import map_sheet
from components.figures.moment_sheets import MomentSheet, moment_sheets
from components.labs.seeing.answers import answer
from components.labs.seeing.maps_view import Maps, says
from components.labs.seeing.source import Pixels
from components.labs.seeing.whom import Whom, stage_on_page, whom_on_page

WIDE, HIGH = 230, 400  # px of one moment's sheet on a projector


def show(
    whom: Whom, picture: Pixels, maps: Maps, left: DeltaGenerator, below: DeltaGenerator
) -> None:
    """The three moments side by side; what the network answers at each, below the controls."""
    stage = stage_on_page(whom)
    if not whom.reads_digits:
        with left:
            st.info(
                "The photo network came trained: its start is not here. Choose the digit network "
                "to see how maps change as a network learns."
            )
        return
    sheets, answers = [], []
    for key, name in MOMENTS.items():
        try:
            then = whom_on_page(key)
            values: Maps = answer(then, "all_maps", picture)
        except EngineError as error:
            answers.append(f"**{name}**: {error}")
            continue
        sheet = map_sheet(values[stage.key], WIDE, HIGH)
        alternative = f"{stage.title} {name.lower()}: {sheet.maps} maps"
        caption = f"full colour at {number(sheet.largest, 3)}"
        sheets.append(MomentSheet(name, sheet, alternative, caption))
        answers.append(f"**{name}**: {says(then, values)} {then.about}")
    with left:
        st.html(moment_sheets(sheets))
    with below:
        st.markdown(f"**{stage.title}**, the same picture, three moments.")
        for each in answers:
            st.markdown(each)
