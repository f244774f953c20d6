"""The lab of "The convolution": its views, its sliders, Step, Play, Pause and Reset."""

from collections.abc import Mapping, Sequence

import streamlit as st

from components import lesson
from components.labs.address import run_page_if_moved
from components.labs.convolution import challenge, patch, settings, slide, whole
from components.widgets.live_slider import (
    SliderSetting,
    live_sliders,
    set_sliders,
)
from components.widgets.setting_values import hold, value_of
from components.widgets.settings_in_url import publish_url

SLIDERS = "convolution.sliders"


def show_lab(ticking: bool) -> dict[str, float]:
    """Draw the lab; the sliders' values that it shows, by name.

    `ticking` says whether the fragment around it runs again by itself; when that has to
    change, and when the address did, the whole page runs: its lower parts rest on the settings.
    """
    hold(settings.TABLE)
    if value_of(settings.VIEW) == settings.SLIDE:
        slide.stepper().tick()
    picture, controls = lesson.lab(0.58)
    with controls, st.container(gap="xsmall"):
        view = settings.VIEW.draw(on_change=slide.STEPPER.pause, bare=True)
        shown = _show_controls(view)
        values = live_sliders(
            settings.SLIDERS, SLIDERS, shown=[setting.name for setting in shown], reset=False
        )
        if view == settings.SLIDE:
            slide.show_size()
    with picture, st.container(gap="xsmall"):
        _show_picture(view, values)
    if not slide.STEPPER.is_playing:
        publish_url(settings.TABLE)
    run_page_if_moved(must_run=slide.STEPPER.is_playing != ticking)
    return values


def _show_controls(view: str) -> Sequence[SliderSetting]:
    """The controls of a view; the sliders that it has."""
    if view == settings.SLIDE:
        slide.stepper().show_buttons(_reset)
        slide.show_settings()
        return ()
    if view == settings.WHOLE:
        return whole.show_settings(SLIDERS, _reset)
    if view == settings.CHALLENGE:
        challenge.show_settings(_reset)
        return settings.ANSWER_SLIDERS
    patch.show_buttons(SLIDERS, _reset)
    return (*settings.PATCH_SLIDERS, *settings.KERNEL_SLIDERS)


def _show_picture(view: str, values: Mapping[str, float]) -> None:
    if view == settings.SLIDE:
        slide.show_sliding()
    elif view == settings.WHOLE:
        whole.show_picture(values)
        whole.show_switches()
    elif view == settings.CHALLENGE:
        challenge.show_challenge(values)
    else:
        patch.show_patch(values)


def _reset() -> None:
    """Everything as at the start, but for the view that the learner looks at."""
    slide.STEPPER.pause()
    set_sliders(SLIDERS, {setting.name: setting.default for setting in settings.SLIDERS})
    for setting in settings.TABLE:
        if setting is not settings.VIEW:
            st.session_state[setting.name] = setting.default
