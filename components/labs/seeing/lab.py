"""The lab of "How a deep network sees": whom to ask, which layer, which view."""

from dataclasses import replace

import streamlit as st

from components import lesson
from components.concepts.stages import Stage
from components.engine.jobs import EngineError
from components.engine.visit import get_engine
from components.labs.address import run_page_if_moved
from components.labs.seeing import maps_view, mattered, moments_view, settings, source, strongest
from components.labs.seeing.answers import answer
from components.labs.seeing.maps_view import Maps
from components.labs.seeing.mattered import OVERLAY
from components.labs.seeing.source import Pixels
from components.labs.seeing.whom import own_run, run_on_page, stages_on_page, whom_on_page
from components.widgets import page_address
from components.widgets.live_slider import set_sliders
from components.widgets.setting_values import hold, value_of
from components.widgets.settings_in_url import adopt_url, publish_url
from components.widgets.stepping import Stepper

STEPPER = Stepper(settings.LAYER, pace=2.0)
WAIT_SECONDS = 1.0
TABLE = (*settings.TABLE, source.PICTURE)
_DRAWN = "seeing.drawn"  # the layer and the place that were drawn last

VIEWS = {
    settings.MAPS: maps_view.show,
    settings.MATTERED: mattered.show,
    settings.STRONGEST: strongest.show,
    settings.MOMENTS_VIEW: moments_view.show,
}


def adopt_address() -> None:
    """Take the settings from the URL, and say what makes no sense there."""
    adopt_url(TABLE)
    if _DRAWN not in st.session_state and source.PICTURE.name not in page_address.read():
        source.suit(value_of(settings.NETWORK) == settings.PHOTO)


def pace() -> float | None:
    """How often the lab runs again by itself: while the engine starts, while it plays, and while
    the run whose maps it shows goes on.
    """
    if get_engine().state.status != "ready":
        return WAIT_SECONDS
    shows_maps = value_of(settings.VIEW) == settings.MAPS
    run = run_on_page()
    follows = shows_maps and run is not None and run.active
    return STEPPER.pace if STEPPER.is_playing or follows else None


def show_lab(ticking: float | None) -> None:
    """Draw the lab. `ticking` is the `pace` that the fragment around it was started with."""
    hold(TABLE)
    _go_to_layer()
    picture_side, controls = lesson.lab(0.6)
    with controls, st.container(gap="xsmall"):
        view = settings.VIEW.draw(bare=True)
        pixels = _choose_whom(view)
        if view != settings.MATTERED:
            _stepper().show_buttons(_reset)
        readout = st.container(gap="xsmall")
    try:
        whom = whom_on_page()
        seen = whom.takes(pixels)
        maps: Maps = answer(whom, "all_maps", seen)
        VIEWS[view](whom, seen, maps, picture_side, readout)
    except EngineError as error:
        with picture_side:
            st.info(f"{error} The maps come as soon as the network answers.")
    if not STEPPER.is_playing:
        publish_url(TABLE)
    run_page_if_moved(must_run=pace() != ticking)


def _stepper() -> Stepper:
    """Goes through the layers of the network that is looked at."""
    return replace(STEPPER, step=replace(settings.LAYER, high=len(stages_on_page())))


def _go_to_layer() -> None:
    """Play goes on; a layer beyond the last becomes the last; a new layer has new maps."""
    last = len(stages_on_page())
    _stepper().tick()
    layer = min(max(value_of(settings.LAYER), 1), last)
    if layer != value_of(settings.LAYER):
        st.session_state[settings.LAYER.name] = layer
    place = tuple(value_of(each) for each in settings.PLACE)
    here = (value_of(settings.NETWORK), layer)
    drawn, drawn_place = st.session_state.get(_DRAWN, (here, place))
    if here != drawn and place == drawn_place:
        settings.forget_place()
        place = (0, 0, 0)
    st.session_state[_DRAWN] = (here, place)


def _choose_whom(view: str) -> Pixels:
    """The network, its moment, its layer, and the picture; the picture's pixels. Where nothing is
    gone through step by step, Reset stands beside the picture.
    """
    is_photo = value_of(settings.NETWORK) == settings.PHOTO
    with st.container(horizontal=True, gap="xsmall", vertical_alignment="bottom"):
        settings.NETWORK.draw_as_list(_other_network, bare=True)
        if not is_photo and own_run() is not None:
            settings.WHOSE.draw_as_list(bare=True)
        if not is_photo and view != settings.MOMENTS_VIEW:
            settings.MOMENT.draw_as_list(bare=True)
    with st.container(horizontal=True, gap="xsmall"):
        if view != settings.MATTERED:
            _choose_layer(stages_on_page())
        pixels = source.chosen() if view == settings.STRONGEST else source.choose()
        if view == settings.MATTERED:
            st.button("Reset", icon=":material/restart_alt:", on_click=_reset)
    return pixels


def _choose_layer(stages: tuple[Stage, ...]) -> None:
    settings.LAYER.draw_as_list(
        range(1, len(stages) + 1),
        lambda place: f"{place}. {stages[place - 1].title}",
        on_change=STEPPER.pause,
        bare=True,
    )


def _other_network() -> None:
    """Another network: from its first layer, with a picture that it may know."""
    STEPPER.pause()
    for setting in (settings.LAYER, settings.TARGET, settings.CAM_LAYER):
        st.session_state[setting.name] = setting.default
    source.suit(value_of(settings.NETWORK) == settings.PHOTO)


def _reset() -> None:
    """Everything as at the start, but for the view that the learner looks at."""
    set_sliders(OVERLAY, {settings.OVERLAY.name: settings.OVERLAY.default})
    for setting in TABLE:
        if setting is not settings.VIEW:
            st.session_state[setting.name] = setting.default
