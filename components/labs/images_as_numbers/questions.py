"""Predict, then reveal: how many numbers a picture has, and the grey value of a pixel."""

from dataclasses import replace
from math import prod

import streamlit as st

from components import lesson
from components.concepts.picture_numbers import BRIGHTEST, grey_value, written_count, written_grey
from components.concepts.slips import Slip, diagnose
from components.concepts.slips_in_pictures import slips_in_grey, slips_in_twice_the_size
from components.labs.images_as_numbers.view import View


def ask(view: View) -> None:
    """Ask both about a colour picture, and for the number of numbers about a grey one."""
    _ask_how_many(view.shape)
    if not view.is_grey:
        _ask_for_grey(view.pixel)


def _ask_how_many(shape: tuple[int, ...]) -> None:
    height, width, *channels = shape
    asked = (2 * height, 2 * width, *channels)
    kind = "in colour" if channels else "grey, with one channel"

    def check(answer: float) -> lesson.Verdict:
        found = diagnose(answer, float(prod(asked)), slips_in_twice_the_size(shape))
        if answer == prod(asked):
            return lesson.Verdict(True, f"It is {written_count(asked)}.")
        found = replace(found, right=False)  # a number of numbers is whole: nothing to round
        if found.slips:
            return lesson.Verdict(False, found.sentence)
        return lesson.Verdict(
            False,
            f"{answer:,.10g} does not come from one of the usual slips. Multiply all sides: "
            f"{written_count(asked)}.",
        )

    lesson.predict_then_reveal(
        f"The picture in the lab has {height} rows and {width} columns and is {kind}. Now it is "
        f"taken **twice as high and twice as wide: {2 * height} × {2 * width}**. How many numbers "
        "does it have?",
        lesson.Number("Numbers", minimum=0, step=1),
        check,
        about=shape,
        reveal=lambda: st.code(
            f"{written_count(shape)} now\n{written_count(asked)} then", language=None
        ),
        name="count",
    )


def opposite(pixel: tuple[int, int, int]) -> tuple[int, int, int]:
    """The pixel as in a photographic negative: 255 less each of its numbers."""
    red, green, blue = pixel
    return BRIGHTEST - red, BRIGHTEST - green, BRIGHTEST - blue


def _ask_for_grey(pixel: tuple[int, int, int]) -> None:
    asked = opposite(pixel)
    right = grey_value(asked)
    slips = (Slip("kept the pixel as it is", grey_value(pixel)), *slips_in_grey(asked))

    def check(answer: float) -> lesson.Verdict:
        if answer == round(right):  # as a whole number, as pictures store it
            return lesson.Verdict(True, f"{written_grey(asked)}.")
        found = diagnose(answer, right, slips)
        sentence = found.sentence.replace("write the sums out node by node", "add the products up")
        return lesson.Verdict(found.right, sentence)

    lesson.predict_then_reveal(
        "In a negative, each number becomes 255 less that number. The chosen pixel "
        f"{_listed(pixel)} becomes **{_listed(asked)}** (red, green, blue). What is its grey "
        "value? The weights are 0.299, 0.587 and 0.114.",
        lesson.Number("Grey value", step=0.01),
        check,
        about=pixel,
        reveal=lambda: st.code(
            f"{written_grey(asked)}\n{written_grey(pixel)} as it was, and together they are "
            f"{BRIGHTEST}",
            language=None,
            wrap_lines=True,
        ),
        name="grey",
    )


def _listed(pixel: tuple[int, int, int]) -> str:
    return ", ".join(str(value) for value in pixel)
