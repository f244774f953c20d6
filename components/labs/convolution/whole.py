"""The whole picture: filtered while you drag, with ReLU and pooling after it."""

from collections.abc import Callable, Mapping

import numpy as np
import streamlit as st

from components.concepts.convolution import Array
from components.concepts.filtering import Filtering, apply, to_grey
from components.concepts.kernels import KINDS, kind_of
from components.concepts.written_sums import number
from components.figures.feature_maps import Look, in_a_row, picture, smaller, strength, visible
from components.labs.convolution import settings
from components.labs.convolution.source import large_picture
from components.widgets.live_slider import SliderSetting, set_sliders
from components.widgets.picture_source import choose_picture
from components.widgets.setting_values import value_of

SIDE = 3
MAP_WIDTH = 150  # px of a map among several


def filtering_on_page(values: Mapping[str, float]) -> Filtering:
    """The filtering that the settings describe."""
    channels = value_of(settings.CHANNELS)
    own = settings.matrix(settings.FILTER_SLIDERS, values)
    named = {"Your kernel": own}
    if value_of(settings.FILTERS) and channels != "each":
        named |= {kind.name: kind.of(SIDE) for kind in KINDS.values()}
    kernels = np.stack(list(named.values()), axis=-1)[:, :, np.newaxis]
    if channels == "sum":
        shares = [values[setting.name] for setting in settings.SHARE_SLIDERS]
        kernels = kernels * np.array(shares)[:, np.newaxis]
    return Filtering(
        channels,
        tuple(named),
        kernels.astype(np.float32),
        value_of(settings.RELU),
        value_of(settings.POOL),
    )


def show_picture(values: Mapping[str, float]) -> None:
    """The filtered picture, or all the maps, beside the picture itself."""
    filtering, pixels = filtering_on_page(values), large_picture()
    maps = apply(filtering, pixels)
    look: Look = "signed" if value_of(settings.SIGNS) else "clipped"
    before = to_grey(pixels) if filtering.channels == "grey" else pixels
    height, width = maps.shape[:2]
    size = f"{height} × {width}"
    if len(filtering.names) > 1:
        _show_maps(filtering, maps, look, size)
        return
    shown = maps if filtering.channels == "each" else maps[..., 0]
    if filtering.channels == "each" and look == "signed":
        shown = maps.mean(axis=2)
    name = _name(values)
    facts = (
        f"{size}, from {number(float(maps.min()), 4)} to {number(float(maps.max()), 4)}, "
        f"mean {number(float(maps.mean(dtype='float64')), 5)}"
    )
    after, source = st.columns([0.67, 0.33], gap="small")
    with after:  # by itself: the picture before is not sent again with every move
        pixels_after = visible(shown, look, strength(shown))
        st.html(picture(pixels_after, f"{name}: {facts}", f"{name}: {facts}", "440px"))
    with source:
        st.html(picture(before, "The picture before", "Before", "min(210px,35vw)"))


def _show_maps(filtering: Filtering, maps: Array, look: Look, size: str) -> None:
    """One small picture for each filter: the maps that the next layer gets."""
    sheets = []
    for place, name in enumerate(filtering.names):
        one = maps[..., place]
        pixels = smaller(visible(one, look, strength(one)), 2 * MAP_WIDTH)
        sheets.append(picture(pixels, f"{name}: a map of {size}", name, f"{MAP_WIDTH}px"))
    st.html(in_a_row(sheets))
    depth = filtering.kernels.shape[2]
    st.markdown(
        f"{len(filtering.names)} filters make {len(filtering.names)} maps of {size}. Each filter "
        f"has {SIDE}·{SIDE}·{depth} = {SIDE * SIDE * depth} weights"
        + (" and adds up what its three kernels give" if depth > 1 else "")
        + f". The mean of all maps is {number(float(maps.mean(dtype='float64')), 5)}."
    )


def show_settings(sliders: str, on_reset: Callable[[], None]) -> tuple[SliderSetting, ...]:
    """A kernel to start from, and the channels; the sliders that go with them."""
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall"):
        choose_picture(bare=True)
        with st.container(width=172):
            st.selectbox(
                "Take a kernel",
                list(KINDS),
                index=None,
                placeholder="Take a kernel",
                label_visibility="collapsed",
                format_func=lambda kind: KINDS[kind].name,
                key=settings.PRESET,
                on_change=_take_preset,
                args=(sliders,),
            )
        st.button("Reset", icon=":material/restart_alt:", on_click=on_reset)
    channels = settings.CHANNELS.draw(bare=True)
    shares = settings.SHARE_SLIDERS if channels == "sum" else ()
    return (*settings.FILTER_SLIDERS, *shares)


def show_switches() -> None:
    """What comes after the convolution, and how it is shown."""
    with st.container(horizontal=True, gap="small", key="convolution-switches"):
        settings.RELU.draw()
        settings.POOL.draw()
        settings.FILTERS.draw(disabled=value_of(settings.CHANNELS) == "each")
        settings.SIGNS.draw()


def _take_preset(sliders: str) -> None:
    """Move the sliders to the kernel chosen; the list is a list of things to take."""
    kind = st.session_state[settings.PRESET]
    if kind:
        set_sliders(sliders, settings.values_of(settings.FILTER_SLIDERS, KINDS[kind].of(SIDE)))
    st.session_state[settings.PRESET] = None


def _name(values: Mapping[str, float]) -> str:
    kind = kind_of(settings.matrix(settings.FILTER_SLIDERS, values))
    return KINDS[kind].name if kind else "Your kernel"
