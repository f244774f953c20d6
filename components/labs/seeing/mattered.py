"""What mattered: cover the picture piece by piece, or follow the slopes back (Grad-CAM)."""

import numpy as np
import streamlit as st
from streamlit.delta_generator import DeltaGenerator

from components.concepts.stages import Stage
from components.concepts.written_sums import number
from components.figures.overlay import overlay_figure, side_by_side
from components.labs.seeing import settings
from components.labs.seeing.answers import answer
from components.labs.seeing.maps_view import Maps, says
from components.labs.seeing.source import Pixels
from components.labs.seeing.whom import Whom
from components.widgets.live_slider import live_sliders
from components.widgets.setting_values import value_of

OVERLAY = "seeing.overlay"


def target_on_page(whom: Whom, maps: Maps) -> int:
    """The class that is asked about; the network's answer, where none is set."""
    wanted = value_of(settings.TARGET)
    if 1 <= wanted <= len(whom.classes):
        return wanted - 1
    return int(maps["probabilities"].argmax())


def cam_stage_number(whom: Whom) -> int:
    """The layer that Grad-CAM looks at, counted from 1; the last one it can, where none is set.

    0 where the network has no maps.
    """
    able = able_stages(whom.stages)
    wanted = value_of(settings.CAM_LAYER)
    if wanted in able:
        return wanted
    return able[-1] if able else 0


def able_stages(stages: tuple[Stage, ...]) -> list[int]:
    """The layers that Grad-CAM can look at, counted from 1."""
    numbered = enumerate(stages, start=1)
    return [place for place, stage in numbered if stage.has_maps and stage.splits]


def patch_on_page(picture: Pixels) -> int:
    """The side of the patch that covers, in pixels."""
    return max(1, picture.shape[0] // int(value_of(settings.COVER)))


def show(
    whom: Whom, picture: Pixels, maps: Maps, left: DeltaGenerator, below: DeltaGenerator
) -> None:
    """The two maps over the picture on the left, and their controls."""
    with below:
        strength = _show_controls(whom, picture, maps)
    with left:
        _show_overlays(whom, picture, maps, strength)


def _show_overlays(whom: Whom, picture: Pixels, maps: Maps, strength: float) -> None:
    """The picture with the two maps over it; `strength` is from 0 to 1."""
    target, patch = target_on_page(whom, maps), patch_on_page(picture)
    name = whom.classes[target]
    drop = answer(whom, "occlusion", picture, target, patch)
    most = float(np.max(drop))
    figures = [
        overlay_figure(
            picture,
            drop.astype(np.float64),
            strength,
            f"The picture with the occlusion map for {name} over it",
            f"Occlusion: covering costs “{name}” up to {100 * most:.0f} points of probability.",
        )
    ]
    place = cam_stage_number(whom)
    if place:
        stage = whom.stages[place - 1]
        cam = answer(whom, "grad_cam", picture, target, stage.key)
        figures.append(
            overlay_figure(
                picture,
                cam.astype(np.float64),
                strength,
                f"The picture with Grad-CAM for {name} over it",
                f"Grad-CAM at {stage.title}, {stage.shape[0]} × {stage.shape[1]}: largest value "
                f"{number(float(cam.max()), 3)}.",
            )
        )
    st.html(side_by_side(figures))
    if not place:
        st.markdown("This network has no maps: Grad-CAM has nothing to weigh.")


def _show_controls(whom: Whom, picture: Pixels, maps: Maps) -> float:
    """The class, the patch, Grad-CAM's layer; the strength of the overlay, from 0 to 1."""
    chances = maps["probabilities"].ravel()
    order = [0, *(int(place) + 1 for place in np.argsort(-chances, kind="stable"))]
    with st.container(horizontal=True, gap="xsmall"):
        settings.TARGET.draw_as_list(
            order,
            lambda place: (
                f"{whom.classes[place - 1]} ({100 * float(chances[place - 1]):.1f} %)"
                if place
                else "its answer"
            ),
        )
        settings.COVER.draw_as_list()
        _choose_layer(whom.stages)
    values = live_sliders((settings.OVERLAY,), OVERLAY, reset=False)
    patch = patch_on_page(picture)
    st.markdown(
        f"{says(whom, maps)} **Occlusion**: a patch of {patch} × {patch} pixels covers the picture "
        "place by place; blue is where the probability falls, orange where it rises. "
        "**Grad-CAM**: each map counts with the mean slope of the class's score over it."
    )
    return values[settings.OVERLAY.name] / 100


def _choose_layer(stages: tuple[Stage, ...]) -> None:
    """Draw the choice of Grad-CAM's layer; nothing where no layer has maps."""
    able = able_stages(stages)
    if able:
        settings.CAM_LAYER.draw_as_list(
            [0, *able[:-1]], lambda place: stages[(place or able[-1]) - 1].title
        )
