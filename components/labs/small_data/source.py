"""Which pictures the lab learns from: the digits at hand, the clothing set, or the visitor's own.

The visitor's own pictures stay in the memory of the visit. The clothing set is public, so it is
kept for the whole server once somebody has fetched it.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import PurePosixPath

import streamlit as st

from components.concepts.small_data import LabelledPictures
from components.concepts.training import Event
from components.engine.jobs import EngineError, Job
from components.engine.small_data import fetched, start_fetching
from components.engine.visit import current_visit
from components.labs.small_data import settings
from components.pictures.labelled import (
    LEAST_PER_CLASS,
    MOST_PICTURES,
    MOST_ZIP_BYTES,
    Labelled,
    LabelledError,
    open_labelled,
    pack,
)
from components.pictures.small_digits import new_digits
from components.widgets.setting_values import value_of

TICK_SECONDS = 0.4
_OWN, _REFUSED, _VERSION = "sd.own", "sd.refused", "sd.upload_version"
_FETCH, _BRING = "sd.fetch", "sd.bring"
CLOTHING_KEY = "clothing"

OWN_TEXT = f"""
Bring a folder that has one folder for each class, named as the class, with at least
{LEAST_PER_CLASS} pictures in each: `pets/cats/…`, `pets/dogs/…`. Twenty or more in each say more.
A third of each class is held out. Take the folder itself, or a zip of it.
"""
CLOTHING_TEXT = f"""
3,781 photos of clothing in ten classes, made for teaching by Alexey Grigorev and others, free for
any use (CC0). They come from their home on GitHub, which takes an internet connection and a
minute or so. {MOST_PICTURES // 10} of each class are kept.
"""


@dataclass
class Fetch:
    """A download of the clothing pictures: its job, and how far it is."""

    job: Job = field(init=False)
    received: int = 0
    total: int = 0
    read: float = 0.0

    @property
    def share(self) -> float:
        """How far it is, 0 to 1: the larger part is the download."""
        return 0.8 * (self.received / self.total if self.total else 0.0) + 0.2 * self.read

    @property
    def words(self) -> str:
        """How far it is, in a sentence."""
        if waits_for := self.job.waits_for:
            return waits_for
        if self.read:
            return f"Opening the pictures: {self.read:.0%}."
        of = f" of {self.total / 2**20:.0f}" if self.total else ""
        return f"Downloading: {self.received / 2**20:.1f}{of} MB."

    def add(self, event: Event) -> None:
        """Take in one event of the job."""
        if event["kind"] == "download":
            self.received, self.total = event["received"], event["total"]
        elif event["kind"] == "reading":
            self.read = event["share"]


@st.cache_resource(show_spinner=False)
def _shelf() -> dict[str, Labelled]:
    """Public picture sets that somebody has fetched, for the whole server."""
    return {}


def labelled_on_page() -> Labelled | None:
    """The chosen pictures with what was said of them; None while they are not here."""
    chosen = value_of(settings.PICTURES)
    if chosen == settings.DIGITS:
        return Labelled(new_digits(), ())
    if chosen == settings.CLOTHING:
        _take_over()
        return _shelf().get(CLOTHING_KEY)
    own: Labelled | None = st.session_state.get(_OWN)
    return own


def pictures_on_page() -> LabelledPictures | None:
    """The chosen pictures; None while they are not here."""
    labelled = labelled_on_page()
    return labelled.pictures if labelled is not None else None


def is_bringing() -> bool:
    """Whether the lab shows the way to pictures: there are none, or others are wanted."""
    wants_others = value_of(settings.PICTURES) == settings.OWN and bool(
        st.session_state.get(_BRING)
    )
    return pictures_on_page() is None or wants_others


def bring_others() -> None:
    """Show the way to other pictures; for a callback."""
    st.session_state[_BRING] = True


def keep_these() -> None:
    """Back from there with the pictures as they are; for a callback."""
    st.session_state[_BRING] = False
    st.session_state[_REFUSED] = ""


def fetching() -> Fetch | None:
    """The download of this visit while it goes on."""
    fetch: Fetch | None = st.session_state.get(_FETCH)
    return fetch if fetch is not None and fetch.job.active else None


def show_way() -> None:
    """Draw how the chosen pictures come here, in the place of the chart."""
    if value_of(settings.PICTURES) == settings.OWN:
        st.fragment(_show_upload)()
    else:
        st.fragment(_show_fetch, run_every=TICK_SECONDS if fetching() else None)(bool(fetching()))


def _show_upload() -> None:
    # A fragment: what the browser says of one file does not cut short the opening of another.
    if not is_bringing():
        st.rerun()
    st.markdown("**Pictures of your own**")
    st.markdown(OWN_TEXT)
    version = st.session_state.setdefault(_VERSION, 0)
    most = MOST_ZIP_BYTES // 2**20
    folder, archive = st.columns(2)
    with folder:
        st.file_uploader(
            f"A folder of at most {most} MB",
            accept_multiple_files="directory",
            key=f"sd.folder_{version}",
            on_change=_open_folder,
            args=(f"sd.folder_{version}",),
            max_upload_size=most,
        )
    with archive:
        st.file_uploader(
            "Or a zip of it",
            type=["zip"],
            key=f"sd.zip_{version}",
            on_change=_open_zip,
            args=(f"sd.zip_{version}",),
            max_upload_size=most,
        )
    if refused := st.session_state.get(_REFUSED):
        st.error(refused, icon=":material/folder_off:")
    if st.session_state.get(_OWN) is not None:
        st.button("Keep the pictures as they are", on_click=keep_these)
    st.caption("They stay in the memory of your visit and are gone when you leave.")


def _open_zip(key: str) -> None:
    upload = st.session_state.get(key)
    if upload is not None:
        _open(upload.getvalue, upload.name)


def _open_folder(key: str) -> None:
    """The files of a folder may come in two messages; the second still names the old field."""
    files = st.session_state.get(key)
    if files:
        name = PurePosixPath(files[0].name).parts[0]
        _open(lambda: pack({file.name: file.getbuffer() for file in files}, name), name)


def _open(read: Callable[[], bytes], name: str) -> None:
    """Through the checked door; refused, the pictures before stay."""
    try:
        st.session_state[_OWN] = open_labelled(read(), name)
    except LabelledError as error:
        st.session_state[_REFUSED] = str(error)
    else:
        keep_these()
    st.session_state[_VERSION] += 1  # empty fields: no file is kept beside its picture


def _show_fetch(was_active: bool) -> None:
    fetch: Fetch | None = st.session_state.get(_FETCH)
    active = fetching()
    if bool(active) != was_active:
        st.rerun()
    st.markdown("**Clothing**")
    st.markdown(CLOTHING_TEXT)
    with st.container(horizontal=True):
        st.button(
            "Download",
            icon=":material/cloud_download:",
            on_click=_start_fetch,
            disabled=active is not None,
        )
        st.button("Cancel", on_click=_cancel_fetch, disabled=active is None)
    if active is not None:
        st.progress(min(active.share, 1.0), text=active.words)
    elif refused := st.session_state.get(_REFUSED):
        st.error(refused, icon=":material/cloud_off:")
    elif fetch is not None and fetch.job.state == "failed":
        st.error(
            f"{fetch.job.sentence} The digits are here without a connection, and so are pictures "
            "of your own.",
            icon=":material/cloud_off:",
        )


def _start_fetch() -> None:
    visit = current_visit()
    st.session_state[_REFUSED] = ""
    before: Fetch | None = st.session_state.pop(_FETCH, None)
    if before is not None and before.job in visit.jobs:
        visit.release(before.job)
    fetch = Fetch()
    try:
        fetch.job = visit.submit(lambda engine: start_fetching(engine, fetch.add))
    except EngineError as error:
        st.session_state[_REFUSED] = str(error)
        return
    st.session_state[_FETCH] = fetch


def _cancel_fetch() -> None:
    fetch = fetching()
    if fetch is not None:
        try:
            fetch.job.stop()
        except EngineError as error:
            st.toast(str(error))


def _take_over() -> None:
    """Pictures that this visit has fetched go onto the shelf."""
    fetch: Fetch | None = st.session_state.get(_FETCH)
    if fetch is None or fetch.job.state != "done":
        return
    try:
        _shelf()[CLOTHING_KEY] = fetched(fetch.job)
    except EngineError as error:
        st.session_state[_REFUSED] = str(error)
    visit = current_visit()
    if fetch.job in visit.jobs:
        visit.release(fetch.job)
    del st.session_state[_FETCH]
