"""Layer by layer: the picture, one map and all maps, linked; the arithmetic behind a value."""

import numpy as np
import streamlit as st
from numpy.typing import NDArray
from streamlit.delta_generator import DeltaGenerator

from components.concepts.receptive_field import field_size, fields, jump
from components.concepts.stages import Stage, written_shape
from components.concepts.value_behind import Place, ValueTrace
from components.concepts.written_sums import number
from components.concepts.written_value import written_value
from components.figures.feature_maps import picture_uri
from components.figures.map_sheet import map_sheet
from components.labs.seeing import settings
from components.labs.seeing.answers import answer
from components.labs.seeing.source import Pixels
from components.labs.seeing.whom import Whom, stage_on_page
from components.widgets.feature_sheet import feature_sheet
from components.widgets.setting_values import value_of

KEY = "seeing.sheet"
Maps = dict[str, NDArray[np.float32]]


def place_on_page(maps: NDArray[np.float32]) -> Place:
    """The place that is looked at (map, row, column); without one, that of the largest value."""
    height, width, count = maps.shape
    wanted = tuple(value_of(setting) for setting in settings.PLACE)
    limits = (count, height, width)
    if all(1 <= each <= limit for each, limit in zip(wanted, limits, strict=True)):
        return wanted[0] - 1, wanted[1] - 1, wanted[2] - 1
    row, column, strongest = np.unravel_index(int(maps.argmax()), maps.shape)
    return int(strongest), int(row), int(column)


def show(
    whom: Whom, picture: Pixels, maps: Maps, left: DeltaGenerator, below: DeltaGenerator
) -> None:
    """The linked views on the left, and the arithmetic below the controls."""
    with left:
        _show_sheet(whom, picture, maps)
    with below:
        _show_arithmetic(whom, picture, maps)


def _show_sheet(whom: Whom, picture: Pixels, maps: Maps) -> None:
    """The three linked views of a layer."""
    stage = stage_on_page(whom)
    layer = maps[stage.key]
    side = picture.shape[0]
    feature_sheet(
        picture_uri(picture),
        side,
        map_sheet(layer),
        fields(side, stage.steps),
        place_on_page(layer),
        stage.title,
        _pick,
        key=KEY,
    )


def _show_arithmetic(whom: Whom, picture: Pixels, maps: Maps) -> None:
    """What the layer is, and the sum behind the value at the place chosen."""
    stage = stage_on_page(whom)
    layer = maps[stage.key]
    place = place_on_page(layer)
    trace: ValueTrace = answer(whom, "take_apart", picture, stage.key, place)
    shown = float(layer[place[1], place[2], place[0]])
    st.markdown(f"{says(whom, maps)} {_about(stage, picture.shape[0])}")
    lines = written_value(trace, from_picture=stage is whom.stages[0])
    where = f"node {place[0] + 1} shows"
    if stage.has_maps:
        where = f"map {place[0] + 1} shows in row {place[1] + 1}, column {place[2] + 1}"
    st.markdown(f"**{number(shown, 4)}** is what {where}:")
    with st.container(key="seeing-sum", gap=None):
        st.code("\n".join(lines), language=None, wrap_lines=True)
    st.caption(whom.about)


def says(whom: Whom, maps: Maps) -> str:
    """What the network answers, and how sure it is."""
    chances = maps["probabilities"].ravel()
    best = int(chances.argmax())
    return f"It says **{whom.classes[best]}** ({100 * float(chances[best]):.1f} %)."


def _about(stage: Stage, side: int) -> str:
    """One line on a layer: its maps, and what a value has seen of a picture of `side` pixels."""
    if not stage.has_maps:
        return f"**{written_shape(stage)}**; each has seen the whole picture."
    seen, apart = field_size(stage.steps), jump(stage.steps)
    if seen > side:
        return (
            f"**{written_shape(stage)}**. Their field, {seen} × {seen}, is wider than the picture."
        )
    neighbours = f", neighbours {apart} pixels apart" if apart > 1 else ""
    return f"**{written_shape(stage)}**. A value has seen {seen} × {seen} pixels{neighbours}."


def _pick(place: Place) -> None:
    """The learner chose a value: it goes into the settings, counted from 1."""
    for setting, value in zip(settings.PLACE, place, strict=True):
        st.session_state[setting.name] = value + 1
