"""What stands below the lab: the Keras program of the view at hand, and its picture."""

import io
from collections.abc import Mapping

import streamlit as st
from PIL import Image

from components.concepts.convolution import geometry
from components.keras_code.convolution import filter_file, filter_numbers
from components.labs.convolution import challenge, patch, settings, slide, whole
from components.labs.convolution.source import large_picture, small_picture
from components.widgets.setting_values import value_of

FILE = "picture.png"


def keras_program(values: Mapping[str, float]) -> str:
    """The program that does what the lab shows. Raises ValueError where the settings don't go
    together.
    """
    view = value_of(settings.VIEW)
    if view == settings.WHOLE:
        done = whole.filtering_on_page(values)
        return filter_file(FILE, done.channels, done.names, done.kernels, done.relu, done.pool)
    if view == settings.SLIDE:
        kernel, how = slide.geometry_on_page()
        number = min(value_of(settings.WINDOW), how.n_windows)
        return filter_numbers(
            small_picture().astype(float), kernel, how, how.place(number - 1) if number else None
        )
    if view == settings.CHALLENGE:
        pixels, kernel = challenge.picture_tried(), challenge.answer_of(values)
        how = geometry((pixels.shape[0], pixels.shape[1]), (3, 3))
        return filter_numbers(pixels, kernel, how, challenge.place_told(kernel))
    window = patch.window_of(values)
    return filter_numbers(window.pixels, window.weights, geometry((2, 2), (2, 2)), (0, 0))


def offer_picture() -> None:
    """The picture that the program reads from a file, for download."""
    if value_of(settings.VIEW) != settings.WHOLE:
        return
    st.download_button(
        f"Download {FILE}",
        _png,
        FILE,
        "image/png",
        icon=":material/download:",
        on_click="ignore",
    )


def _png() -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(large_picture()).save(buffer, "PNG")
    return buffer.getvalue()
