"""Challenges: a kernel of your own, judged by what it does."""

from collections.abc import Callable, Mapping

import numpy as np
import streamlit as st

from components.concepts.convolution import Array, convolve, geometry, look
from components.concepts.kernel_challenges import (
    CHALLENGES,
    Riddle,
    compare,
    flat,
    horizontal_edge,
    make_riddle,
    vertical_edge,
)
from components.concepts.written_convolution import written_window
from components.concepts.written_sums import number
from components.figures.feature_maps import in_a_row, picture, visible
from components.labs.convolution import settings
from components.labs.convolution.source import small_picture
from components.widgets.picture_source import choose_picture
from components.widgets.setting_values import value_of

DOT_SIDE = 9
TEST_WIDTH = "128px"


def answer_of(values: Mapping[str, float]) -> Array:
    """The learner's kernel."""
    return settings.matrix(settings.ANSWER_SLIDERS, values)


def riddle_on_page() -> Riddle:
    """The riddle that the settings name."""
    return make_riddle(value_of(settings.SEED), _riddle_picture())


def picture_tried() -> Array:
    """The picture on which the challenge tries the kernel out, the first of several."""
    if value_of(settings.TASK) == settings.RIDDLE:
        return riddle_on_page().picture
    return vertical_edge()


def place_told(kernel: Array) -> tuple[int, int]:
    """The place in the output whose number the page tells: where the riddle's is furthest off,
    else where the kernel reacts most.
    """
    if value_of(settings.TASK) == settings.RIDDLE:
        return compare(riddle_on_page(), kernel).place
    strength = np.abs(convolve(picture_tried(), kernel))
    row, column = np.unravel_index(strength.argmax(), strength.shape)
    return int(row), int(column)


def show_settings(on_reset: Callable[[], None]) -> None:
    """Which challenge, and which riddle."""
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom"):
        with st.container(width=172):
            task = settings.TASK.draw_as_list()
        if task == settings.RIDDLE:
            with st.container(width=130):
                settings.SEED.draw()
        else:
            choose_picture()
        st.button("Reset", icon=":material/restart_alt:", on_click=on_reset)
    if task == settings.RIDDLE:
        settings.RIDDLE_ON.draw()


def show_challenge(values: Mapping[str, float]) -> None:
    """The task, what the kernel does, and what is still missing."""
    task, kernel = value_of(settings.TASK), answer_of(values)
    if task == settings.RIDDLE:
        _show_riddle(riddle_on_page(), kernel)
        return
    challenge = CHALLENGES[task]
    st.markdown(f"**{challenge.task}** Any kernel that does it is right.")
    _show_tests(kernel)
    findings = challenge.judge(kernel)
    for finding in findings:
        mark = ":green[:material/check_circle:]" if finding.holds else ":orange[:material/cancel:]"
        st.markdown(f"{mark} {finding.sentence}")
    if all(finding.holds for finding in findings):
        st.success("**Solved.** Your kernel has every property.", icon=":material/check_circle:")


def _show_tests(kernel: Array) -> None:
    """What the kernel makes of the test pictures."""
    tests = {
        "Vertical edge": vertical_edge(),
        "Horizontal edge": horizontal_edge(),
        "One grey": flat(),
        "Picture": small_picture().astype(np.float64),
    }
    outputs = {name: convolve(pixels, kernel) for name, pixels in tests.items()}
    largest = max(float(np.abs(output).max()) for output in outputs.values())
    before = [
        picture(visible(pixels, "clipped"), name, name, TEST_WIDTH)
        for name, pixels in tests.items()
    ]
    after = [
        picture(
            visible(output, "signed", largest),
            f"The output on “{name}”: from {number(float(output.min()))} to "
            f"{number(float(output.max()))}",
            f"{number(float(output.min()), 4)} to {number(float(output.max()), 4)}",
            TEST_WIDTH,
        )
        for name, output in outputs.items()
    ]
    st.html(in_a_row(before))
    st.html(in_a_row(after))


def _show_riddle(riddle: Riddle, kernel: Array) -> None:
    st.markdown(
        "**Find a kernel that makes this output of this picture.** Every kernel that gives the "
        "same output is right; on stripes there are many."
    )
    output = convolve(riddle.picture, kernel)
    largest = float(max(np.abs(riddle.output).max(), np.abs(output).max()))
    parts = [("The picture", riddle.picture), ("Wanted", riddle.output), ("Yours", output)]
    st.html(
        in_a_row(
            [
                picture(
                    visible(numbers, "clipped" if place == 0 else "signed", largest),
                    f"{name}, {numbers.shape[0]} × {numbers.shape[1]}",
                    name,
                    "205px",
                )
                for place, (name, numbers) in enumerate(parts)
            ]
        )
    )
    found = compare(riddle, kernel)
    if found.same:
        st.success(
            "**Solved.** Your kernel gives the wanted output, number for number.",
            icon=":material/check_circle:",
        )
        return
    how = geometry(riddle.picture.shape, kernel.shape)
    window = look(riddle.picture, kernel, how, *found.place)
    st.markdown(
        f"Furthest off at row {found.place[0]}, column {found.place[1]}: wanted "
        f"**{number(found.wanted)}**, yours gives **{number(found.got)}**:"
    )
    st.markdown(f"`{written_window(window)}`")
    if value_of(settings.RIDDLE_ON) == "dot":
        st.markdown("Hint: where does the dot have to lie for one weight alone to count?")


def _riddle_picture() -> Array:
    on = value_of(settings.RIDDLE_ON)
    if on == "picture":
        return small_picture().astype(np.float64)
    pixels = np.zeros((DOT_SIDE, DOT_SIDE))
    if on == "dot":
        pixels[DOT_SIDE // 2, DOT_SIDE // 2] = 100
    else:
        pixels[:, 2:4] = pixels[:, 7] = 100
    return pixels
