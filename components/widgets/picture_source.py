"""Where the picture of a vision page comes from: bundled, a file, the camera, or a drawing.

A lab puts PICTURE into its table of settings, so that a bundled picture is in the address. The
visitor's own picture is not: it stays in the memory of the visit and goes with it.
"""

import numpy as np
import streamlit as st

from components.concepts.digit_drawing import DrawingError, center_digit
from components.pictures.bundled import BUNDLED, bundled_picture
from components.pictures.door import Picture, PictureError, open_picture
from components.widgets.drawing_pad import drawing_pad
from components.widgets.setting_values import value_of
from components.widgets.settings import Choice

OWN = "own"
PICTURE = Choice("picture", "Picture", "cat", {**BUNDLED, OWN: "Your own"})

OWN_HELP = "A picture of your own: a file, the camera, or a drawing."
_FILE, _CAMERA, _DRAWING = "File", "Camera", "Drawing"
_TYPES = ["jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff"]
_OWN, _REFUSED, _FROM = "picture_source.own", "picture_source.refused", "picture_source.from"
_PAD = "picture_source.pad"


def picture_on_page() -> Picture:
    """The picture that is chosen; the bundled one that comes first while there is no own one."""
    chosen = value_of(PICTURE)
    own = st.session_state.get(_OWN)
    if chosen == OWN:
        return own if isinstance(own, Picture) else bundled_picture(PICTURE.default)
    return bundled_picture(chosen)


def choose_picture(bare: bool = False) -> Picture:
    """Draw the list of pictures, and a button that opens the ways to one's own; the picture.

    It is 184 pixels wide. `bare` leaves the label above the list out. A file that is refused
    gets its sentence beside the field where it was chosen, and the picture before stays.
    """
    with st.container(horizontal=True, vertical_alignment="bottom", gap="xsmall", width=184):
        with st.container(width=112):
            PICTURE.draw_as_list(bare=bare)
        with st.popover(":material/add_a_photo:", help=OWN_HELP):
            _take_own()
    if value_of(PICTURE) == OWN and _OWN not in st.session_state:
        st.info("An own picture is not part of the address: take one with the camera button.")
    return picture_on_page()


def _take_own() -> None:
    source = st.segmented_control(
        "Take it from", [_FILE, _CAMERA, _DRAWING], default=_FILE, key=_FROM, required=True
    )
    if source == _CAMERA:
        st.camera_input("Camera", key="picture_source.camera", on_change=_open, args=("camera",))
    elif source == _DRAWING:
        _take_drawing()
    else:
        st.file_uploader(
            "A picture of at most 20 MB",
            type=_TYPES,
            key="picture_source.file",
            on_change=_open,
            args=("file",),
            max_upload_size=20,
        )
    if st.session_state.get(_REFUSED):
        st.error(st.session_state[_REFUSED], icon=":material/broken_image:")
    elif _OWN in st.session_state:
        own: Picture = st.session_state[_OWN]
        st.success(" ".join((f"{own.name} is on the page.", *own.notes)))
    st.caption(  # an upload ends with the popover that the field stands in
        "Keep this open until it has come. It stays in the memory of your visit and is gone when "
        "you leave."
    )


def _open(kind: str) -> None:
    """Through the checked door; refused, the picture before stays."""
    upload = st.session_state[f"picture_source.{kind}"]
    if upload is None:
        return
    try:
        picture = open_picture(upload.getvalue(), upload.name)
    except PictureError as error:
        st.session_state[_REFUSED] = str(error)
        return
    _show(picture)


def _take_drawing() -> None:
    try:
        ink = drawing_pad(_PAD, "Draw a digit")
    except DrawingError as error:
        st.warning(str(error))
        return
    if ink is None:
        st.caption("Draw a digit: it becomes 28 × 28 pixels, as in MNIST.")
        return
    st.button("Take this drawing", on_click=_show, args=(_as_picture(center_digit(ink).image),))


def _as_picture(digit: np.ndarray) -> Picture:
    return Picture("Your drawing", np.repeat(digit.astype(np.uint8)[..., None], 3, axis=2))


def _show(picture: Picture) -> None:
    st.session_state[_OWN] = picture
    st.session_state[_REFUSED] = ""
    st.session_state[PICTURE.name] = OWN
