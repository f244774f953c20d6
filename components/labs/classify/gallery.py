"""The pictures of the visit: the bundled samples, those brought, and the one that is looked at."""

import streamlit as st

from components.labs.classify import settings
from components.pictures.bundled import PHOTOS, bundled_picture
from components.pictures.photo import Photo, keep
from components.widgets import picture_files
from components.widgets.setting_values import value_of

PLACE = "classify"  # of the files that arrive
MOST_PICTURES = 250
_OWN, _SHOWN = "classify.pictures", "classify.shown"


@st.cache_resource(show_spinner=False)
def samples() -> dict[str, Photo]:
    """The bundled pictures by key: the same for everybody, so kept once."""
    return {key: keep(bundled_picture(key)) for key in PHOTOS}


def own_photos() -> list[Photo]:
    """The pictures brought in this visit, in the order they came."""
    photos: list[Photo] = st.session_state.setdefault(_OWN, [])
    return photos


def take_some_in() -> None:
    """Take in some of the pictures that have arrived; the first of them is looked at."""
    photos = own_photos()
    n_before = len(photos)
    picture_files.open_some(
        PLACE,
        room=lambda: MOST_PICTURES - len(photos),
        take=lambda picture: photos.append(keep(picture)),
    )
    if len(photos) > n_before:
        show(photos[n_before].number)


def clear() -> None:
    """Forget all pictures brought; back to the sample."""
    own_photos().clear()
    st.session_state.pop(_SHOWN, None)


def show(number: int) -> None:
    """Look at this one of the pictures brought."""
    st.session_state[_SHOWN] = number


def show_sample(key: str) -> None:
    """Look at a bundled picture."""
    st.session_state.pop(_SHOWN, None)
    st.session_state[settings.SAMPLE.name] = key


def shown_number() -> int | None:
    """The number of the own picture that is looked at; None for a sample."""
    number = st.session_state.get(_SHOWN)
    return number if any(photo.number == number for photo in own_photos()) else None


def shown() -> Photo:
    """The picture that is looked at."""
    number = shown_number()
    for photo in own_photos():
        if photo.number == number:
            return photo
    return samples()[value_of(settings.SAMPLE)]
