"""Predict, then reveal: one sum of products, and the size of an output."""

from collections.abc import Mapping
from dataclasses import replace

import streamlit as st

from components import lesson
from components.concepts.convolution import Along, ConvolutionError, Window
from components.concepts.slips import Slip, diagnose
from components.concepts.slips_in_convolution import slips_in_output_size, slips_in_sum
from components.concepts.written_convolution import written_size, written_window
from components.concepts.written_sums import number
from components.figures.number_grid import window_grids
from components.labs.convolution import patch, settings, slide
from components.labs.convolution.source import LARGE
from components.widgets.setting_values import value_of


def ask(values: Mapping[str, float]) -> None:
    """Ask about what the view at hand is about."""
    if value_of(settings.VIEW) in (settings.SLIDE, settings.WHOLE):
        _ask_for_size()
    else:
        _ask_for_sum(patch.window_of(values))


def upside_down(window: Window) -> Window:
    """The same kernel over the same pixels, the rows of pixels swapped."""
    return replace(window, pixels=window.pixels[::-1], inside=window.inside[::-1])


def _ask_for_sum(here: Window) -> None:
    asked = upside_down(here)
    slips = (Slip("kept the patch as it was", here.total), *_slips(asked))

    def check(answer: float) -> lesson.Verdict:
        found = diagnose(answer, asked.total, slips)
        sentence = found.sentence.replace("node by node", "product by product")
        return lesson.Verdict(found.right, sentence)

    rows = " over ".join(" and ".join(number(float(p)) for p in row) for row in asked.pixels)
    weights = " over ".join(" and ".join(number(float(w)) for w in row) for row in here.weights)
    lesson.predict_then_reveal(
        f"Turn the patch of *One patch* upside down: **{rows}**. The kernel stays as it is, "
        f"{weights}. What does it give?",
        lesson.Number("Sum of the products", step=0.01),
        check,
        about=(str(asked.pixels.tolist()), str(here.weights.tolist())),
        reveal=lambda: _show_sum(asked),
        name="sum",
    )


def _slips(asked: Window) -> tuple[Slip, ...]:
    return slips_in_sum(asked.pixels, asked.weights)


def _show_sum(asked: Window) -> None:
    st.html(window_grids(asked))
    st.code(written_window(asked), language=None, wrap_lines=True)


def asked_size() -> Along:
    """The movement that the question is about: that of the lab with the next stride, on the
    small picture or the large one.
    """
    kernel, how = slide.geometry_on_page()
    stride = how.rows.stride % int(settings.STRIDE.high) + 1
    is_whole = value_of(settings.VIEW) == settings.WHOLE
    size = LARGE if is_whole else how.rows.size
    return Along(size, len(kernel), stride, how.rows.padding, how.rows.dilation)


def _ask_for_size() -> None:
    try:
        along = asked_size()
    except (ConvolutionError, ValueError) as error:
        st.info(f"The question comes back when the settings go together. {error}")
        return

    def check(answer: float) -> lesson.Verdict:
        found = diagnose(answer, along.output, slips_in_output_size(along))
        right = answer == along.output  # a size is whole: nothing to round
        if found.right and not right:
            found = replace(found, right=False)
        sentence = found.sentence.replace("write the sums out node by node", "use the formula")
        return lesson.Verdict(right, sentence)

    lesson.predict_then_reveal(
        f"A picture of **{along.size} × {along.size}**, a kernel of {along.kernel} × "
        f"{along.kernel}, padding “{along.padding}” ({along.padded} zeros in all along a side), "
        f"dilation {along.dilation}, and now **stride {along.stride}**. How many rows does the "
        "output have?",
        lesson.Number("Rows of the output", step=1),
        check,
        about=along,
        reveal=lambda: st.code(written_size(along), language=None, wrap_lines=True),
        name="size",
    )
