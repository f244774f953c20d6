"""Many pictures at once, from files or the camera: through the checked door, a few at a time.

What arrives waits in the memory of the visit until the lab takes it, some pictures in each of
its runs, so that a hundred files leave room for a progress bar and a Cancel button. Streamlit's
own copy of a file is given back as soon as the file is taken.
"""

import time
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st
from streamlit.runtime.memory_uploaded_file_manager import MemoryUploadedFileManager
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile

from components.pictures.door import Picture, PictureError, open_picture

TYPES = ["jpg", "jpeg", "png", "webp", "gif", "bmp", "tif", "tiff"]
MOST_SENTENCES = 20  # about files that were refused
OPEN_SECONDS = 0.4  # of one run of a lab: then a look at Cancel
# An upload ends with the popover that the field stands in.
STAYS = (
    "Keep this open until they have come. They stay in the memory of your visit until you leave."
)

_FILES, _CAMERA = "Files", "Camera"


@dataclass
class Arrivals:
    """The files of one place that wait to be opened, and what was said of those refused.

    `version` is the number of the file field: another one makes it empty.
    """

    waiting: deque[UploadedFile] = field(default_factory=deque)
    total: int = 0
    refused: list[str] = field(default_factory=list)
    n_refused: int = 0
    version: int = 0

    @property
    def share(self) -> float:
        """How much of what has arrived is opened, 0 to 1."""
        return 1 - len(self.waiting) / self.total if self.total else 1.0

    def refuse(self, sentence: str, n_files: int = 1) -> None:
        """Keep a sentence about what was not taken."""
        self.n_refused += n_files
        if len(self.refused) < MOST_SENTENCES:
            self.refused.append(sentence)


def arrivals(place: str) -> Arrivals:
    """What has arrived at a place, such as "classify"."""
    found: Arrivals = st.session_state.setdefault(f"{place}.arrivals", Arrivals())
    return found


def draw_field(place: str, on_arrival: Callable[[], None] | None = None) -> None:
    """Draw the choice of files or camera, the field for it, and what was refused.

    `on_arrival` is called, as part of a callback, when something has arrived.
    """
    here = arrivals(place)
    source = st.segmented_control(
        "Take them from",
        [_FILES, _CAMERA],
        default=_FILES,
        required=True,
        key=f"{place}.from",
        label_visibility="collapsed",
    )
    key = f"{place}.{source}.{here.version}"
    if source == _CAMERA:
        st.camera_input("Camera", key=key, on_change=_arrive, args=(place, key, on_arrival))
    else:
        st.file_uploader(
            "Pictures of at most 20 MB each",
            type=TYPES,
            accept_multiple_files=True,
            key=key,
            on_change=_arrive,
            args=(place, key, on_arrival),
            max_upload_size=20,
        )
    show_refused(place)
    st.caption(STAYS)


def show_refused(place: str) -> None:
    """A sentence for each file that was refused, the first twenty of them."""
    here = arrivals(place)
    if not here.refused:
        return
    more = here.n_refused - len(here.refused)
    lines = [*here.refused, *([f"{more} more were refused."] if more else [])]
    st.error("\n\n".join(lines), icon=":material/broken_image:")


def open_some(place: str, room: Callable[[], int], take: Callable[[Picture], str | None]) -> None:
    """Open files that wait, for about OPEN_SECONDS, and hand each picture to `take`.

    `take` says in a sentence why it does not want a picture. Files beyond the `room` are refused
    as well. While a picture is under way, nothing here may look at the session state: there
    Streamlit ends a run for the next one, and the picture would be lost.
    """
    here = arrivals(place)
    until = time.monotonic() + OPEN_SECONDS
    while here.waiting and time.monotonic() < until:
        if room() <= 0:
            no_room = "There is no room for more pictures. Remove some first."
            here.refuse(no_room, len(here.waiting))
            here.waiting.clear()
            break
        upload = here.waiting.popleft()
        try:
            refusal = take(open_picture(upload.getvalue(), upload.name))
        except PictureError as error:
            refusal = str(error)
        upload.close()
        if refusal:
            here.refuse(refusal)
    if not here.waiting:
        here.total = 0


def give_up(place: str) -> None:
    """Forget the files that still wait; for the callback of Cancel."""
    here = arrivals(place)
    for upload in here.waiting:
        upload.close()
    here.waiting.clear()
    here.total = 0


def _arrive(place: str, key: str, on_arrival: Callable[[], None] | None) -> None:
    """Files were chosen, or the camera was pressed."""
    here = arrivals(place)
    found = st.session_state.get(key)
    files = found if isinstance(found, list) else [found]
    # A file that was given back comes again as a note that it is gone.
    uploads = [file for file in files if isinstance(file, UploadedFile)]
    if not uploads:
        return
    here.refused, here.n_refused = [], 0
    here.waiting.extend(uploads)
    here.total += len(uploads)
    here.version += 1
    _give_back(uploads)
    if on_arrival is not None:
        on_arrival()


def _give_back(uploads: list[UploadedFile]) -> None:
    """Let Streamlit forget its copies: ours are on the way to be opened."""
    context = get_script_run_ctx()
    if context is None:
        return
    manager = context.uploaded_file_mgr
    if isinstance(manager, MemoryUploadedFileManager):
        for upload in uploads:
            manager.remove_file(context.session_id, upload.file_id)
