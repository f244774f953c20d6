"""What the instructor changed, for those who follow: a short line, and frames."""

from collections.abc import Iterable
from pathlib import Path

import streamlit as st

_HERE = Path(__file__).parent

_mount = st.components.v2.component(
    "change_marks",
    html=(_HERE / "change_marks.html").read_text("utf-8"),
    css=(_HERE / "change_marks.css").read_text("utf-8"),
    js=(_HERE / "change_marks.js").read_text("utf-8"),
)


def change_marks(notice: str, number: int, marked: Iterable[str]) -> None:
    """Say `notice` for some seconds, once for each `number`, and frame the settings `marked`.

    The frames are around widgets whose key is the setting's name; live sliders draw their own.
    """
    with st.container(key="change-marks"):
        data = {"notice": notice, "number": number, "marked": sorted(marked)}
        _mount(key="change-marks-listener", data=data)
