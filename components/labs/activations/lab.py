"""The lab of "Activation functions": one node, the table of interactions, curves from hinges."""

from collections.abc import Mapping

import streamlit as st

from components import lesson
from components.labs.activations import settings
from components.labs.activations.curve import show_curve, show_nodes
from components.labs.activations.interactions import show_interactions
from components.labs.activations.one_node import show_curves, show_node
from components.labs.address import run_page_if_moved
from components.widgets.live_slider import live_sliders, set_sliders
from components.widgets.setting_values import hold, value_of
from components.widgets.settings_in_url import publish_url
from components.widgets.stepping import Stepper

SLIDERS = "activation_functions.sliders"
STEPPERS = {
    settings.INTERACTIONS: Stepper(settings.CELL),
    settings.HINGES: Stepper(settings.N_HINGES),
}


def stepper_in_view() -> Stepper | None:
    """What steps through the view that is chosen, None where nothing is stepped through."""
    return STEPPERS.get(value_of(settings.VIEW))


def show_lab(ticking: bool) -> dict[str, float]:
    """Draw the lab; the sliders' values that it shows, by name.

    `ticking` says whether the fragment around it runs again by itself; when that has to
    change, and when a slider came to rest, the whole page runs.
    """
    hold(settings.CHOICES)
    stepper = stepper_in_view()
    if stepper is not None:
        stepper.tick()
    picture, controls = lesson.lab(0.59)
    with controls, st.container(gap="xsmall"):
        view = _show_choices()
        _show_buttons(stepper_in_view())
        values = live_sliders(
            settings.SLIDERS, SLIDERS, shown=settings.SHOWN_SLIDERS[view], reset=False
        )
        _show_numbers(view, values)
    with picture, st.container(gap="xsmall"):
        _show_picture(view, values)
    if not _is_playing():
        publish_url(settings.CHOICES)
    run_page_if_moved(must_run=_is_playing() != ticking)
    return values


def _is_playing() -> bool:
    stepper = stepper_in_view()
    return stepper is not None and stepper.is_playing


def _pause() -> None:
    for stepper in STEPPERS.values():
        stepper.pause()


def _show_choices() -> str:
    """What to look at, and the activation or the curve; the view chosen."""
    with st.container(key="activation-choices", horizontal=True, gap="small"):
        view = settings.VIEW.draw(on_change=_pause)
        with st.container(width=160):
            if view == settings.HINGES:
                settings.CURVE.draw_as_list()
            else:
                settings.ACTIVATION.draw_as_list()
    return view


def _show_buttons(stepper: Stepper | None) -> None:
    """Step, Play, Pause and Reset where something is stepped through, else Reset alone."""
    if stepper is not None:
        stepper.show_buttons(_reset)
    else:
        with st.container(horizontal=True, vertical_alignment="center"):
            st.button("Reset", icon=":material/restart_alt:", on_click=_reset)
            settings.NEAR.draw()


def _show_numbers(view: str, values: Mapping[str, float]) -> None:
    """The numbers that matter; those of the table stand in it."""
    activation = value_of(settings.ACTIVATION)
    if view == settings.HINGES:
        show_nodes(value_of(settings.CURVE), value_of(settings.N_HINGES))
    elif view == settings.FUNCTION:
        show_node(activation, values[settings.X.name])


def _show_picture(view: str, values: Mapping[str, float]) -> None:
    activation = value_of(settings.ACTIVATION)
    if view == settings.INTERACTIONS:
        show_interactions(values, activation, value_of(settings.CELL))
    elif view == settings.HINGES:
        show_curve(value_of(settings.CURVE), value_of(settings.N_HINGES))
    else:
        near = value_of(settings.NEAR)
        show_curves(activation, values[settings.X.name], near)


def _reset() -> None:
    """Everything as at the start, but for the view that the learner looks at."""
    _pause()
    set_sliders(SLIDERS, {setting.name: setting.default for setting in settings.SLIDERS})
    for setting in settings.CHOICES:
        if setting is not settings.VIEW:
            st.session_state[setting.name] = setting.default
