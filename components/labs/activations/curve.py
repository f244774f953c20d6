"""A curve built from hinges: ReLU nodes of one input, added one by one."""

from functools import lru_cache

import numpy as np
import streamlit as st

from components.concepts.hinges import CURVES, MAX_HINGES, HingeFit, curve_points, fit_hinges
from components.concepts.linear_model import root_mean_squared_error
from components.concepts.written_sums import rounded
from components.figures.hinge_chart import hinge_chart
from components.figures.hinge_table import hinge_table
from components.widgets.chart import show_chart


@lru_cache(maxsize=len(CURVES) * (MAX_HINGES + 1))
def fit_of(curve: str, n_hinges: int) -> HingeFit:
    """The fit of a curve by its name; the same for every visitor, so kept."""
    return fit_hinges(CURVES[curve], n_hinges)


def show_curve(curve: str, n_hinges: int) -> None:
    """The curve and the sum of the hinges so far."""
    figure = hinge_chart(CURVES[curve], fit_of(curve, n_hinges))
    show_chart(figure, "activation_functions.hinges")


def show_nodes(curve: str, n_hinges: int) -> None:
    """How well the nodes do, and the weights of each."""
    fit = fit_of(curve, n_hinges)
    x, y = curve_points(CURVES[curve])
    error = rounded(root_mean_squared_error(fit.value(x), np.asarray(y)), 3)
    if n_hinges == 0:
        st.markdown(
            f"No node yet: the network says **{rounded(fit.bias, 3)}** everywhere, its bias. "
            f"The typical error is **{error}**. Press **Step** to add a ReLU node."
        )
        return
    nodes = "node" if n_hinges == 1 else "nodes"
    st.markdown(f"**{n_hinges}** ReLU {nodes}, typical error **{error}**.")
    st.html(hinge_table(fit))
