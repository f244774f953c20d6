"""The controls of the lab: which pictures, how few, how to train, and Train, Stop, Reset."""

import streamlit as st

from components.concepts.small_data import BLOCKS, MOST_PER_CLASS, LabelledPictures
from components.concepts.training import PlanError
from components.labs.address import run_page_if_moved
from components.labs.small_data import runs, settings, source
from components.pictures.labelled import Labelled
from components.widgets.setting_values import hold, value_of
from components.widgets.settings_in_url import publish_url, reset

_ADJUSTED, _MOVED = "sd.adjusted", "sd.moved"


def fit_to_pictures() -> None:
    """Bring settings that the pictures can't meet to the nearest that they can, and note it."""
    pictures = source.pictures_on_page()
    notes = []
    for setting, most, what in (
        (settings.PER_CLASS, _most_per_class(pictures), "pictures of every class to learn from"),
        (settings.UNFREEZE, _n_blocks(pictures), "blocks that can be unfrozen"),
    ):
        value = st.session_state.get(setting.name)
        if value is not None and value > most:
            st.session_state[setting.name] = most
            notes.append(f"There are {most} {what}; {value:g} is set to {most}.")
    if notes:
        st.session_state[_ADJUSTED] = " ".join(notes)


@st.fragment
def show_controls() -> None:
    """Draw the controls; a change reruns these alone, a button the whole page."""
    hold(settings.OF_LAB)
    fit_to_pictures()
    busy = runs.active() is not None
    pictures = source.pictures_on_page()
    with st.container(gap="xsmall"):
        settings.PICTURES.draw(on_change=_other_pictures, disabled=busy)
        _draw_slider(settings.PER_CLASS, _most_per_class(pictures), busy)
        _draw_slider(settings.UNFREEZE, _n_blocks(pictures), busy)
        settings.RATE.draw(disabled=busy)
        with st.container(horizontal=True, key="sd-numbers"):
            settings.EPOCHS.draw(disabled=busy)
            settings.REPEATS.draw(disabled=busy)
            settings.SEED.draw(disabled=busy)
    publish_url(settings.TABLE)
    _show_buttons(pictures, busy)
    run_page_if_moved(must_run=bool(st.session_state.pop(_MOVED, False)))


def _draw_slider(setting: settings.Number, most: int, disabled: bool) -> None:
    if most <= setting.low:  # a slider needs two places
        st.caption(f"{setting.label}: 1, all there are.")
        return
    setting.draw_as_slider(most, disabled)


def _show_buttons(pictures: LabelledPictures | None, busy: bool) -> None:
    problem = _problem(pictures)
    with st.container(horizontal=True):
        st.button(
            "Train",
            type="primary",
            icon=":material/play_arrow:",
            on_click=runs.train,
            disabled=busy or pictures is None or bool(problem),
        )
        st.button("Stop", on_click=runs.stop, disabled=not busy)
        st.button("Reset", on_click=_reset, disabled=busy)
        if value_of(settings.PICTURES) == settings.OWN and pictures is not None:
            st.button("Other pictures", on_click=_bring_others, disabled=busy)
    runs.run_page_if_changed()
    if problem:
        st.error(problem, icon=":material/error:")
    elif runs.refusal():
        st.warning(runs.refusal())
    else:
        st.caption(_summary(source.labelled_on_page()))


def _summary(labelled: Labelled | None) -> str:
    """What Train will train on, counted from the pictures and the settings."""
    adjusted = str(st.session_state.pop(_ADJUSTED, ""))
    if labelled is None:
        return "The pictures come first."
    pictures, plan = labelled.pictures, settings.plan_on_page()
    n_classes = len(pictures.classes)
    words = (
        f"{plan.per_class} × {n_classes} classes = **{plan.per_class * n_classes} pictures** to "
        f"learn from, {len(pictures.validation):,} held out."
    )
    return f"{adjusted} {words}".strip()


def _problem(pictures: LabelledPictures | None) -> str:
    """Why what is set can't be trained; empty when it can."""
    if pictures is None:
        return ""
    try:
        settings.plan_on_page().check(pictures.network, pictures.most_per_class)
    except PlanError as error:
        return str(error)
    return ""


def _most_per_class(pictures: LabelledPictures | None) -> int:
    return pictures.most_per_class if pictures is not None else MOST_PER_CLASS


def _n_blocks(pictures: LabelledPictures | None) -> int:
    return BLOCKS[pictures.network] if pictures is not None else max(BLOCKS.values())


def _other_pictures() -> None:
    """Other pictures, another network: the whole page shows something else."""
    source.keep_these()
    st.session_state[_MOVED] = True


def _bring_others() -> None:
    source.bring_others()
    st.session_state[_MOVED] = True


def _reset() -> None:
    """Every setting at its start; pictures and measurements stay."""
    reset(settings.TABLE)
    _other_pictures()
