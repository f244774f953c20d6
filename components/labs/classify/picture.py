"""One picture and what a network says of it: the class, the probabilities, and why."""

from html import escape

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.concepts.answer_table import Answer, answer_of
from components.concepts.photo_backbones import BACKBONES
from components.engine.jobs import EngineError
from components.figures.class_bars import class_bars
from components.figures.overlay import overlay_figure
from components.figures.probability_bars import write_share
from components.labs.classify import answers, settings
from components.labs.classify.whom import Whom
from components.pictures.photo import Photo
from components.widgets.setting_values import value_of

RAW_SHOWN = 5


def choose_target(whom: Whom, probabilities: NDArray[np.float32]) -> int:
    """Draw the number of classes shown, and the class that Grad-CAM explains; that class."""
    order = [0, *(int(place) + 1 for place in np.argsort(-probabilities, kind="stable"))]
    with st.container(horizontal=True, gap="xsmall"):
        wanted = settings.WHY.draw_as_list(
            order,
            lambda place: (
                f"{whom.classes[place - 1]} ({write_share(float(probabilities[place - 1]))})"
                if place
                else "its answer"
            ),
        )
        settings.TOP.draw()
    return (wanted or order[1]) - 1


def show(
    whom: Whom,
    photo: Photo,
    probabilities: NDArray[np.float32],
    target: int,
    threshold: float,
    strength: float,
) -> None:
    """The picture with Grad-CAM over it, and the answer beside it."""
    answer = answer_of(probabilities, whom.classes, threshold)
    left, right = st.columns([0.52, 0.48], gap="medium")
    with left:
        _show_overlay(whom, photo, target, strength)
    with right, st.container(gap="xsmall", key="classify-answer"):
        _show_words(photo, answer, threshold)
        n_shown = min(value_of(settings.TOP), len(whom.classes))
        title = f"The {n_shown} likeliest classes"
        st.html(class_bars(answer.ranked[:n_shown], title, answer.sure, threshold))
        _show_raw(whom, photo)


def show_alone(photo: Photo) -> None:
    """The picture while no network can be asked: the place stays filled, and nothing jumps."""
    left, _ = st.columns([0.52, 0.48], gap="medium")
    with left:
        nothing = np.zeros((1, 1))
        st.html(overlay_figure(photo.pixels, nothing, 0.0, photo.name, "No answer yet."))


def _show_words(photo: Photo, answer: Answer, threshold: float) -> None:
    """The answer, large; who is not sure says so. In HTML, so that no name is Markdown."""
    likeliest, chance = answer.ranked[0]
    head = likeliest.capitalize() if answer.sure else "Not sure"
    reason = (
        f"{write_share(chance)} for {likeliest}"
        if answer.sure
        else f"{likeliest}: {write_share(chance)}, below {100 * threshold:.0f} %"
    )
    st.html(
        f'<div class="answer" data-sure="{str(answer.sure).lower()}">'
        f'<div style="font-size:0.85rem;opacity:0.8;overflow:hidden;text-overflow:ellipsis;'
        f'white-space:nowrap">{escape(photo.name)}</div>'
        f'<div class="word" style="font-size:1.7rem;font-weight:700;line-height:1.2;'
        f'overflow-wrap:anywhere">{escape(head)}</div>'
        f'<div style="overflow-wrap:anywhere">{escape(reason)}</div></div>'
    )


def _show_overlay(whom: Whom, photo: Photo, target: int, strength: float) -> None:
    name = whom.classes[target]
    cam = answers.map_of(whom, photo, target)
    st.html(
        overlay_figure(
            photo.pixels,
            cam.astype(np.float64),
            strength,
            f"{photo.name}, with Grad-CAM for {name} over it",
            f"Blue is what speaks for “{name}” (Grad-CAM, {cam.shape[0]} × {cam.shape[1]}).",
        )
    )


def _show_raw(whom: Whom, photo: Photo) -> None:
    """What the network said before it was fine-tuned, beside what it says now."""
    backbone = BACKBONES[whom.backbone]
    try:
        raw = answers.raw_classes(whom.backbone, photo, RAW_SHOWN)
    except EngineError as error:
        st.caption(f"Its own {backbone.n_raw_classes:,} classes: {error}")
        return
    st.markdown(f"Before fine-tuning, of its **{backbone.n_raw_classes:,}** classes:")
    st.html(class_bars(raw, "Before fine-tuning, the likeliest classes", highlight=False))
