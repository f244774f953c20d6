"""The picture of the lab, and how the network gets it."""

from dataclasses import replace

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.concepts.filtering import to_grey
from components.pictures.bundled import DIGITS, PHOTOS
from components.pictures.fit import fit_square
from components.widgets import picture_source
from components.widgets.setting_values import value_of

Pixels = NDArray[np.uint8]

DIGIT, PHOTO = "7", "cup"  # what suits a network that reads digits, and one that knows photos
PICTURE = replace(picture_source.PICTURE, default=DIGIT)


def choose() -> Pixels:
    """Draw the choice of a picture; its pixels, uint8 of shape (height, width, 3)."""
    return picture_source.choose_picture(bare=True).pixels


def chosen() -> Pixels:
    """The picture that is chosen, where the choice is not drawn."""
    return picture_source.picture_on_page().pixels


def suit(is_photo: bool) -> None:
    """Show a bundled picture of the kind that the network was trained on, in the place of one of
    the other kind; for a callback.
    """
    here = value_of(PICTURE)
    if here in (DIGITS if is_photo else PHOTOS):
        st.session_state[PICTURE.name] = PHOTO if is_photo else DIGIT


def fit(pixels: Pixels, shape: tuple[int, ...]) -> Pixels:
    """A picture (height, width, 3) as a network gets it: the largest square in its middle, scaled
    to `shape`, which is (28, 28) in grey or (64, 64, 3).
    """
    scaled = fit_square(pixels, shape[0])
    return scaled if len(shape) == 3 else to_grey(scaled)
