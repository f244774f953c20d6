"""The bundled set that filters are shown: digits, or pieces of the bundled pictures."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import streamlit as st
from numpy.typing import NDArray

from components.concepts.digit_sample import SAMPLE_FILE
from components.concepts.patches import pieces
from components.concepts.photo_network import SIDE
from components.labs.seeing.source import Pixels, fit
from components.pictures.bundled import PHOTOS, bundled_picture

ASSETS = Path(__file__).resolve().parents[3] / "assets"
N_DIGITS = 300
SCALES = (64, 128, 256)  # a picture whole, and as pieces of itself enlarged twice and four times
STRIDE = 48


@dataclass(frozen=True, eq=False)
class Examples:
    """Pictures as a network gets them, and of each which of the `names` it belongs to."""

    pictures: Pixels
    classes: NDArray[np.intp]
    names: tuple[str, ...]
    what: str


@st.cache_resource(show_spinner=False)
def digits() -> Examples:
    """Digits that the bundled network was not trained on, as many of each class."""
    with np.load(ASSETS / SAMPLE_FILE) as sample:
        images, labels = sample["x_test"], sample["y_test"].astype(np.intp)
    each = N_DIGITS // 10
    places = np.concatenate([np.flatnonzero(labels == digit)[:each] for digit in range(10)])
    names = tuple(str(digit) for digit in range(10))
    what = f"{len(places)} bundled digits"
    return Examples(images[places], labels[places], names, what)


@st.cache_resource(show_spinner=False)
def photos() -> Examples:
    """The bundled pictures, whole and in pieces; the class of a piece is its picture."""
    cut, classes = [], []
    named = sources()
    for number, picture in enumerate(named.values()):
        for scale in SCALES:
            found = pieces(fit(picture, (scale, scale, 3)), SIDE, STRIDE)
            cut.append(found)
            classes += [number] * len(found)
    what = f"{len(classes)} pieces of {len(named)} bundled pictures"
    return Examples(np.concatenate(cut), np.array(classes, np.intp), tuple(named), what)


def sources() -> dict[str, Pixels]:
    """The bundled pictures by name, (height, width, 3)."""
    return {name: bundled_picture(key).pixels for key, name in PHOTOS.items()}
