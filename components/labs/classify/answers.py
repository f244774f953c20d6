"""A network's answers to the pictures of the visit: each picture is asked about once."""

from collections import OrderedDict
from collections.abc import Sequence

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.engine import photos as ask
from components.engine.visit import get_engine
from components.labs.classify.whom import Whom
from components.pictures.photo import Photo

AT_ONCE = 8  # pictures in one question: an answer in well under a second, then a look at Cancel
KEPT_NETWORKS = 6
KEPT_MAPS = 24
_ANSWERS, _MAPS, _RAW = "classify.answers", "classify.maps", "classify.raw"

Answers = dict[int, NDArray[np.float32]]


def answers_of(whom: Whom) -> Answers:
    """What the network has said so far, by the numbers of the pictures."""
    kept: OrderedDict[object, Answers] = st.session_state.setdefault(_ANSWERS, OrderedDict())
    answers = kept.setdefault(whom.identity, {})
    kept.move_to_end(whom.identity)
    while len(kept) > KEPT_NETWORKS:
        kept.popitem(last=False)
    return answers


def open_questions(whom: Whom, photos: Sequence[Photo]) -> list[Photo]:
    """The pictures without an answer of this network."""
    known = answers_of(whom)
    return [photo for photo in photos if photo.number not in known]


def answer_some(whom: Whom, photos: Sequence[Photo]) -> None:
    """Ask about the first few pictures that have no answer yet. Raises EngineError."""
    few = open_questions(whom, photos)[:AT_ONCE]
    if few:
        found = whom.probabilities(few)
        answers_of(whom).update({photo.number: row for photo, row in zip(few, found, strict=True)})


def map_of(whom: Whom, photo: Photo, target: int) -> NDArray[np.float32]:
    """Grad-CAM of a class on a picture, kept for the visit. Raises EngineError."""
    kept: OrderedDict[object, NDArray[np.float32]] = st.session_state.setdefault(
        _MAPS, OrderedDict()
    )
    key = (whom.identity, photo.number, target)
    if key not in kept:
        kept[key] = whom.grad_cam(photo, target)
        while len(kept) > KEPT_MAPS:
            kept.popitem(last=False)
    return kept[key]


def raw_classes(backbone: str, photo: Photo, n: int) -> list[tuple[str, float]]:
    """What the network said before it was fine-tuned: its n likeliest classes.

    Raises EngineError, also where its own last layer is not at hand.
    """
    kept: OrderedDict[object, list[tuple[str, float]]] = st.session_state.setdefault(
        _RAW, OrderedDict()
    )
    key = (backbone, photo.number, n)
    if key not in kept:
        kept[key] = ask.top_classes(get_engine(), backbone, [photo.pixels], n)[0]
        while len(kept) > KEPT_MAPS:
            kept.popitem(last=False)
    return kept[key]
