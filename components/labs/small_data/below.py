"""What stands below the lab: what was said of the pictures, and the files for the program."""

import streamlit as st

from components.concepts.small_data import LabelledPictures
from components.engine.jobs import EngineError
from components.engine.small_data import base_file
from components.engine.visit import get_engine
from components.keras_code.small_data import BASE_FILE, PICTURES_FILE, pictures_file
from components.labs.small_data import source


def show_notes() -> None:
    """What was left out when the pictures came through the door."""
    labelled = source.labelled_on_page()
    if labelled is None or not labelled.notes:
        return
    with st.expander(f"What was said of the pictures ({len(labelled.notes)})"):
        for note in labelled.notes:
            st.markdown(f"- {note}")


def offer_files(pictures: LabelledPictures) -> None:
    """The two files that the program reads."""
    with st.container(horizontal=True):
        st.download_button(
            f"Download {PICTURES_FILE}",
            lambda: pictures_file(pictures),
            PICTURES_FILE,
            "application/octet-stream",
            icon=":material/download:",
            on_click="ignore",
        )
        st.download_button(
            f"Download {BASE_FILE}",
            lambda: _base(pictures.network),
            BASE_FILE,
            "application/octet-stream",
            icon=":material/download:",
            on_click="ignore",
        )


def _base(network: str) -> bytes:
    try:
        return base_file(get_engine(), network)
    except EngineError as error:
        # Streamlit shows a failed download with its own message; the sentence is in the file.
        return str(error).encode()
