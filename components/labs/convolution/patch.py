"""One patch: four pixels, four weights, four products, and their sum."""

from collections.abc import Callable, Mapping

import numpy as np
import streamlit as st

from components.concepts.convolution import Window, geometry, look
from components.concepts.kernels import output_range
from components.concepts.written_convolution import written_window
from components.concepts.written_sums import number
from components.figures.number_grid import range_bar, window_grids
from components.labs.convolution import settings
from components.widgets.live_slider import set_sliders

CELL = 84  # px
PATCHES = {
    "Four 200s": np.full((2, 2), 200.0),
    "Four 0s": np.zeros((2, 2)),
    "200s over 0s": np.array([[200.0, 200.0], [0.0, 0.0]]),
}


def window_of(values: Mapping[str, float]) -> Window:
    """The patch and the kernel that the sliders set."""
    pixels = settings.matrix(settings.PATCH_SLIDERS, values)
    kernel = settings.matrix(settings.KERNEL_SLIDERS, values)
    return look(pixels, kernel, geometry((2, 2), (2, 2)), 0, 0)


def show_patch(values: Mapping[str, float]) -> None:
    """Draw patch, kernel and products, and write their sum out."""
    window = window_of(values)
    st.html(window_grids(window, CELL))
    st.markdown(f"The products added up: `{written_window(window)}`")
    st.markdown(f"The kernel gives **{number(window.total)}** for this patch.")
    st.html(range_bar(window.total, *output_range(window.weights)))
    st.markdown(_reading(window))


def show_buttons(sliders: str, on_reset: Callable[[], None]) -> None:
    """The workshop's three patches, a click each, and Reset, which brings its kernel back."""
    with st.container(key="convolution-patches", horizontal=True, gap="xsmall"):
        for name, pixels in PATCHES.items():
            st.button(
                name,
                on_click=set_sliders,
                args=(sliders, settings.values_of(settings.PATCH_SLIDERS, pixels)),
            )
        st.button("Reset", icon=":material/restart_alt:", on_click=on_reset)


def _reading(window: Window) -> str:
    """What the sum says about the patch, for the kernel that is set."""
    lowest, highest = output_range(window.weights)
    strongest = lowest if window.total < 0 else highest
    if lowest == highest:
        return "All weights are 0: this kernel sees nothing."
    if abs(window.total) < 0.05 * max(-lowest, highest):
        return "Near 0: the pattern that this kernel looks for is not in this patch."
    share = abs(window.total / strongest)
    pattern = "the pattern" if window.total > 0 else "the opposite of the pattern"
    return f"This patch has {pattern} that the kernel looks for, {share:.0%} as strong as can be."
