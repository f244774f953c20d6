"""Which pieces of pictures excite a map most."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.concepts.patches import field_of
from components.concepts.receptive_field import fields
from components.concepts.stages import Stage
from components.concepts.training import pixel_permutation
from components.concepts.value_behind import ValueTrace
from components.concepts.written_sums import number
from components.figures.map_sheet import map_sheet, sheet_figure
from components.figures.patch_sheet import Patch, patch_sheet
from components.labs.seeing import examples, settings
from components.labs.seeing.answers import answer
from components.labs.seeing.maps_view import Maps, place_on_page
from components.labs.seeing.source import Pixels
from components.labs.seeing.whom import Whom, stage_on_page
from components.widgets.setting_values import value_of

N_BEST = 12
FILTER_WIDE, FILTER_HIGH = 420, 110  # px


def examples_for(whom: Whom) -> examples.Examples:
    """The bundled set that suits a network."""
    return examples.digits() if whom.reads_digits else examples.photos()


def pictures_for(whom: Whom) -> Pixels:
    """The bundled set as the network gets it: shuffled, where its run shuffled the pixels."""
    pictures = examples_for(whom).pictures
    order = pixel_permutation(whom.run.plan) if whom.run else None
    if order is None:
        return pictures
    return pictures.reshape(len(pictures), -1)[:, order].reshape(pictures.shape)


def show(
    whom: Whom, picture: Pixels, maps: Maps, left: DeltaGenerator, below: DeltaGenerator
) -> None:
    """The strongest pieces on the left; which map, below the controls."""
    stage = stage_on_page(whom)
    _, width, count = stage.shape
    map_number = place_on_page(maps[stage.key])[0]
    pictures = pictures_for(whom)
    values, numbers, places = answer(whom, "strongest", pictures, stage.key, N_BEST)
    seen = fields(pictures.shape[1], stage.steps)
    patches = [
        Patch(pictures[int(which)], field_of(seen, int(place), width), float(value))
        for value, which, place in zip(
            values[map_number], numbers[map_number], places[map_number], strict=True
        )
    ]
    alive = [patch for patch in patches if patch.value > 0]
    with left:
        if alive:
            title = f"What excites map {map_number + 1} of {stage.title} most"
            st.html(patch_sheet(alive, title, whole=not stage.has_maps))
        else:
            st.info("Nothing in this set excites the map: it gives 0 everywhere. Try another.")
    with below:
        _show_choice(whom, count, map_number)
        alone = float(np.max(values[map_number]))
        st.markdown(
            f"Of {examples_for(whom).what} these {len(alive)} excite map {map_number + 1} of "
            f"**{stage.title}** most, up to {number(alone, 4)}. The frame is what the strongest "
            "value has seen; below is that part alone."
        )
        _show_filter(whom, picture, stage, map_number)


def _show_filter(whom: Whom, picture: Pixels, stage: Stage, map_number: int) -> None:
    """The weights behind the map: a kernel for each map or colour that it reads."""
    if stage.kind not in ("convolution", "dense"):
        return
    trace: ValueTrace = answer(whom, "take_apart", picture, stage.key, (map_number, 0, 0))
    weights = np.stack([part.weights for part in trace.parts], axis=-1)
    height, width, count = weights.shape
    sheet = map_sheet(weights, FILTER_WIDE, FILTER_HIGH)
    caption = (
        f"Its filter: {count} kernel{'s' if count > 1 else ''} of {height} × {width}, one for each "
        f"channel it reads. Blue is positive, orange negative, full colour at "
        f"{number(sheet.largest, 3)}."
    )
    st.html(sheet_figure(sheet, caption, FILTER_WIDE, FILTER_HIGH))


def _show_choice(whom: Whom, count: int, map_number: int) -> None:
    """A field for the map; it is not the setting itself, which may stand for "the strongest"."""
    st.number_input(
        f"Map, 1 to {count}",
        min_value=1,
        max_value=count,
        value=map_number + 1,
        key=f"seeing.map.{whom.identity}.{value_of(settings.LAYER)}.{map_number}",
        on_change=_choose,
        args=(f"seeing.map.{whom.identity}.{value_of(settings.LAYER)}.{map_number}",),
    )


def _choose(key: str) -> None:
    st.session_state[settings.MAP.name] = st.session_state[key]
    for setting in (settings.ROW, settings.COLUMN):
        st.session_state[setting.name] = 1
