"""The network that answers on the page: a fine-tuned one, or the visitor's own classifier."""

from dataclasses import dataclass
from functools import cache

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.concepts.model_cards import ModelCard, load_card
from components.concepts.photo_backbones import BACKBONES, TASKS
from components.concepts.photo_head import Head
from components.engine import photos as ask
from components.engine.jobs import EngineError
from components.engine.visit import get_engine
from components.labs.classify import settings
from components.pictures.photo import Photo
from components.widgets.setting_values import value_of

_OWN, _COUNT, _HERE = "classify.own", "classify.own_count", "classify.networks"
OWN_THRESHOLD = 0.7  # nothing is measured for a visitor's own classes
FEW = 24.0  # seconds that a page waits for an answer to a handful of pictures


@dataclass(frozen=True)
class Whom:
    """A network that answers. `identity` tells it from all others in this visit.

    `threshold` is the probability below which it is not sure, unless the slider says otherwise.
    """

    identity: tuple[object, ...]
    task: str
    backbone: str
    classes: tuple[str, ...]
    threshold: float
    head: Head | None = None
    card: ModelCard | None = None

    def probabilities(self, photos: list[Photo]) -> NDArray[np.float32]:
        """Calibrated class probabilities (n, n_classes) of pictures. Raises EngineError."""
        pictures = [photo.pixels for photo in photos]
        if self.head is not None:
            return ask.classify_with_head(get_engine(), self.head, pictures)
        return ask.classify(get_engine(), self.task, self.backbone, pictures)

    def grad_cam(self, photo: Photo, target: int) -> NDArray[np.float32]:
        """What in the picture speaks for class `target`: (height, width). Raises EngineError."""
        if self.head is not None:
            return ask.grad_cam_with_head(get_engine(), self.head, photo.pixels, target)
        return ask.grad_cam(get_engine(), self.task, self.backbone, photo.pixels, target)


def own_head() -> Head | None:
    """The visitor's own classifier, taught or loaded in this visit."""
    head: Head | None = st.session_state.get(_OWN)
    return head


def set_own_head(head: Head | None) -> None:
    """The visitor has taught or loaded a classifier; None forgets it."""
    st.session_state[_OWN] = head
    st.session_state[_COUNT] = st.session_state.get(_COUNT, 0) + 1


def whom_on_page() -> Whom:
    """The network that the settings name. Raises EngineError for own classes not taught yet."""
    task, backbone = value_of(settings.TASK), value_of(settings.NETWORK)
    if task != settings.OWN:
        card = card_of(task, backbone)
        return Whom(
            (task, backbone), task, backbone, TASKS[task].classes, card.threshold, None, card
        )
    head = own_head()
    if head is None:
        raise EngineError(
            "You have no classes of your own yet. Choose “Teach it yourself” and teach some, or "
            "load a classifier there."
        )
    identity = (settings.OWN, st.session_state.get(_COUNT, 0))
    return Whom(identity, task, head.backbone, head.classes, OWN_THRESHOLD, head)


@cache
def card_of(task: str, backbone: str) -> ModelCard:
    """The model card of a fine-tuned network, read once. Raises EngineError where it is none."""
    try:
        return load_card(task, backbone)
    except (KeyError, OSError) as error:
        raise EngineError(
            f"{title_of(backbone)} was not fine-tuned for {TASKS[task].title.lower()}. Choose "
            "another network."
        ) from error


def networks_here() -> dict[str, bool]:
    """Which networks have their weights at hand; the bundled one always has.

    Asked once a visit and again after a download, since others may download too.
    """
    known: dict[str, bool] | None = st.session_state.get(_HERE)
    if known is None:
        known = ask.networks_here(get_engine())
        st.session_state[_HERE] = known
    return known


def look_again() -> None:
    """A download has ended: ask again what is here."""
    st.session_state.pop(_HERE, None)


def title_of(backbone: str) -> str:
    """A network's name on the page."""
    return BACKBONES[backbone].title
