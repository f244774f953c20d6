"""The table of four predictions, filled cell by cell from the wage network."""

from collections.abc import Mapping

import numpy as np
import streamlit as st

from components.concepts.activations import ACTIVATIONS
from components.concepts.dense_network import DenseNetwork, forward
from components.concepts.wage_network import interactions, worth_of_a_year
from components.concepts.written_sums import rounded
from components.figures.interaction_lines import interaction_lines
from components.figures.interaction_table import N_CELLS, interaction_table, place_of
from components.figures.network_diagram import written_out
from components.labs.wage_network.settings import EDUCATION, network_of
from components.widgets.chart import show_chart


def educations_of(values: Mapping[str, float]) -> tuple[float, float]:
    """The table's two rows: the education in the lab, and one more year."""
    return values[EDUCATION.name], values[EDUCATION.name] + 1


def show_interactions(values: Mapping[str, float], activation: str, known: int) -> None:
    """The table, the sums of the latest cell, the two lines that it is about, and what it says."""
    network, rows = network_of(values, activation), educations_of(values)
    table = interactions(network, rows)
    st.html(interaction_table(table, rows, known))
    st.code(sums_of_cell(network, rows, known), language=None, wrap_lines=True)
    show_chart(interaction_lines(network, rows[0], known), "activation_functions.lines")
    if known < N_CELLS:
        st.markdown(f"{known} of {N_CELLS} cells are filled.")
    else:
        st.markdown(worth_sentence(worth_of_a_year(table), activation))


def sums_of_cell(network: DenseNetwork, educations: tuple[float, float], known: int) -> str:
    """How the latest cell came about, a line for each node."""
    if known == 0:
        return "The table is empty.\nPress Step to fill one cell\nfrom the network."
    row, tech = place_of(known)
    return written_out(forward(network, (educations[row], float(tech))))


def worth_sentence(worth: np.ndarray, activation: str) -> str:
    """Whether a further year is worth the same in both jobs, with the numbers."""
    other, tech = (rounded(float(each)) for each in worth)
    if bool(np.isclose(worth[0], worth[1], rtol=1e-9, atol=1e-9)):
        why = (
            " Without an activation there can be none, however many nodes there are."
            if activation == "linear"
            else " Other weights or years may show one."
        )
        return f"One more year is worth **{tech}** in both jobs: **no interaction**.{why}"
    return (
        f"One more year is worth **{tech}** in a tech job and **{other}** elsewhere: **an "
        f"interaction**, made by {ACTIVATIONS[activation].title}."
    )
