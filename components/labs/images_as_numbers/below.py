"""What stands below the lab: the Keras program for the picture on show, and the picture."""

import io

import streamlit as st
from PIL import Image

from components.keras_code.images_as_numbers import picture_program
from components.labs.images_as_numbers import settings
from components.labs.images_as_numbers.view import View
from components.widgets.setting_values import value_of

FILE = "picture.png"


def keras_program(view: View) -> str:
    """The program that reads the picture as the lab shows it, edits and all."""
    patch, show = view.patch, value_of(settings.SHOW)
    return picture_program(
        FILE,
        view.is_grey,
        (patch.top, patch.top + patch.n_rows),
        (patch.left, patch.left + patch.n_columns),
        view.chosen,
        settings.CHANNELS.index(show) if show in settings.CHANNELS else None,
    )


def offer_picture(view: View) -> None:
    """The picture that the program reads, for download."""
    st.download_button(
        f"Download {FILE}",
        lambda: as_png(view),
        FILE,
        "image/png",
        icon=":material/download:",
        on_click="ignore",
    )


def as_png(view: View) -> bytes:
    """The picture on show as the bytes of a PNG file: without loss, every number as it is."""
    buffer = io.BytesIO()
    Image.fromarray(view.pixels).save(buffer, "PNG")
    return buffer.getvalue()
