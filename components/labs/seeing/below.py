"""What stands below the lab: the Keras program of the layer at hand, and its two files."""

import io

import streamlit as st
from PIL import Image

from components.engine.looking import ask
from components.keras_code.seeing import NETWORK_FILE, PICTURE_FILE, look_inside
from components.labs.seeing.answers import answer
from components.labs.seeing.maps_view import Maps, place_on_page
from components.labs.seeing.source import Pixels
from components.labs.seeing.whom import Whom, stage_on_page, whom_on_page


def program_on_page(pixels: Pixels) -> str:
    """The program for the network, layer and value of the lab. Raises EngineError."""
    whom = whom_on_page()
    stage = stage_on_page(whom)
    maps: Maps = answer(whom, "all_maps", whom.takes(pixels))
    keys = [each.key for each in whom.stages]
    place = place_on_page(maps[stage.key])
    return look_inside(keys, stage.key, place, not stage.has_maps, whom.reads_digits)


def offer_files(pixels: Pixels) -> None:
    """The network and the picture that the program reads, for download."""
    whom = whom_on_page()
    with st.container(horizontal=True):
        st.download_button(
            f"Download {NETWORK_FILE}",
            lambda: _network(whom),
            NETWORK_FILE,
            "application/zip",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            f"Download {PICTURE_FILE}",
            lambda: _png(whom.takes(pixels)),
            PICTURE_FILE,
            "image/png",
            icon=":material/download:",
            on_click="ignore",
        )


def _network(whom: Whom) -> bytes:
    """The network as a .keras file, made when it is downloaded."""
    data: bytes = ask(whom.address, "keras_file")
    return data


def _png(picture: Pixels) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "PNG")
    return buffer.getvalue()
