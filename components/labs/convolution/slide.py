"""Step by step: the kernel goes over a small picture, and every number is in sight."""

from dataclasses import replace

import streamlit as st

from components.concepts.convolution import Array, ConvolutionError, Geometry, convolve, geometry
from components.concepts.convolution import look as look_at
from components.concepts.written_convolution import written_rest, written_size, written_window
from components.concepts.written_sums import number as write
from components.figures.number_grid import window_grids
from components.figures.sliding_kernel import sliding
from components.labs.convolution import settings
from components.labs.convolution.source import small_picture
from components.widgets.picture_source import choose_picture
from components.widgets.renewed_fields import RenewedField, renewed_field
from components.widgets.setting_values import value_of
from components.widgets.stepping import Stepper

STEPPER = Stepper(settings.WINDOW, pace=0.4)


def geometry_on_page() -> tuple[Array, Geometry]:
    """The kernel and how it moves. Raises ValueError where the settings don't go together."""
    kernel = settings.kernel_on_page()
    height, width = small_picture().shape
    padding = value_of(settings.PADDING)
    return kernel, geometry(
        (height, width),
        (len(kernel), len(kernel)),
        value_of(settings.STRIDE),
        "same" if padding == "same" else "valid",
        value_of(settings.DILATION),
    )


def stepper() -> Stepper:
    """Goes through as many windows as there are now; the window is brought inside."""
    try:
        n_windows = geometry_on_page()[1].n_windows
    except ValueError:
        n_windows = settings.MOST_WINDOWS
    here = value_of(settings.WINDOW)
    st.session_state[settings.WINDOW.name] = min(here, n_windows)
    return replace(STEPPER, step=replace(settings.WINDOW, high=n_windows))


def show_settings() -> None:
    """The kernel, and how it moves."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        with st.container(width=210):
            kind = settings.KIND.draw_as_list()
        with st.container(width=220):
            if kind == settings.OWN:
                _draw_weights()
            else:
                settings.SIDE.draw()
    with st.container(horizontal=True, gap="xsmall", key="convolution-numbers"):
        settings.STRIDE.draw()
        settings.DILATION.draw()
        _draw_jump()
    with st.container(horizontal=True, gap="small"):
        settings.PADDING.draw()
        choose_picture()


def show_size() -> None:
    """The output's size by its formula, and what the floor takes away."""
    try:
        along = geometry_on_page()[1].rows
    except ValueError as error:
        st.error(str(error))
        return
    st.html(
        '<div class="output-size" style="font-size:0.9rem;line-height:1.45">'
        "<i>Output = ⌊(picture + padding − dilation·(kernel − 1) − 1) ÷ stride⌋ + 1</i><br>"
        f"<b>{written_size(along)}</b><br>{written_rest(along)}</div>"
    )


def show_sliding() -> None:
    """The picture with the window, the output so far, and the window's sum."""
    try:
        kernel, how = geometry_on_page()
    except (ConvolutionError, ValueError) as error:
        st.error(str(error))
        return
    pixels = small_picture()
    output = convolve(pixels, kernel, how.rows.stride, how.rows.padding, how.rows.dilation)
    number = value_of(settings.WINDOW)
    st.html(sliding(pixels.astype(float), output, how, number - 1 if number else None))
    if number == 0:
        st.markdown(
            f"The whole output; its numbers add up to **{write(float(output.sum()))}**. Press "
            "**Step** or go to a window to see its sum."
        )
        return
    window = look_at(pixels, kernel, how, *how.place(number - 1))
    st.html(window_grids(window))
    st.markdown(f"`{written_window(window)}`")


def _draw_jump() -> None:
    """A field to go to a window. It is not bound to the setting: while it plays, a browser that
    lags behind would send an old number back.
    """
    jump = "convolution.jump"
    number = value_of(settings.WINDOW)
    st.number_input(
        "Go to window",
        min_value=0,
        max_value=settings.MOST_WINDOWS,
        value=None,
        key=jump,
        placeholder=str(number),
        help="Counted from 1, line by line; 0 shows the whole output.",
        on_change=_jump,
        args=(jump,),
    )


def _jump(jump: str) -> None:
    STEPPER.pause()
    if st.session_state[jump] is not None:
        st.session_state[settings.WINDOW.name] = st.session_state[jump]
    st.session_state[jump] = None


def _draw_weights() -> None:
    """The field for a kernel of one's own; what can't be read is named and put back."""
    typed = renewed_field("convolution.weights.typed", value_of(settings.WEIGHTS))
    st.text_input(
        settings.WEIGHTS.label,
        typed.start,
        key=typed.key,
        help=settings.WEIGHTS.help,
        on_change=_take_weights,
        args=(typed,),
        max_chars=400,
    )
    refused = st.session_state.pop("convolution.weights.refused", "")
    if refused:
        st.warning(refused)


def _take_weights(typed: RenewedField[str]) -> None:
    if not typed.is_there:
        return
    try:
        settings.parse_kernel(typed.said)
    except ValueError as error:
        st.session_state["convolution.weights.refused"] = (
            f"The kernel has to be {error}. The one before stays."
        )
        return
    st.session_state[settings.WEIGHTS.name] = typed.said
