"""Fetch the weights of a network that is not here: with progress, Cancel, and a sentence."""

from dataclasses import dataclass

import streamlit as st

from components.concepts.photo_backbones import BUNDLED
from components.concepts.training import Event
from components.engine.jobs import EngineError, Job
from components.engine.photos import start_download
from components.engine.visit import current_visit
from components.labs.classify import settings
from components.labs.classify.whom import look_again, networks_here, title_of

_DOWNLOAD, _REFUSED = "classify.download", "classify.download_refused"


@dataclass
class Download:
    """A download of this visit: what is fetched, and how much of it has arrived."""

    backbone: str
    job: Job | None = None
    received: int = 0
    total: int = 0

    def add(self, event: Event) -> None:
        """Take in one event of the job."""
        if event["kind"] == "download":
            self.received, self.total = int(event["received"]), int(event["total"])

    @property
    def active(self) -> bool:
        """Whether it waits or goes on."""
        return self.job is not None and self.job.active


def current() -> Download | None:
    """The download of this visit, while it goes on."""
    download: Download | None = st.session_state.get(_DOWNLOAD)
    return download


def follow() -> None:
    """Take over the end of a download: the network is here, or a sentence says why not."""
    download = current()
    if download is None or download.active or download.job is None:
        return
    job = download.job
    st.session_state.pop(_DOWNLOAD)
    st.session_state[_REFUSED] = job.sentence if job.state == "failed" else ""
    current_visit().release(job)
    look_again()


def is_here(backbone: str) -> bool:
    """Whether the network can be asked. Raises EngineError while that is not known."""
    return backbone == BUNDLED or networks_here().get(backbone, False)


def offer(backbone: str) -> None:
    """Say that a network is not here, and draw the button that fetches it, or its progress."""
    download = current()
    if download is not None:
        share = download.received / download.total if download.total else 0.0
        st.progress(
            min(share, 1.0), text=f"Downloading {title_of(download.backbone)}: {share:.0%}."
        )
        st.button("Cancel the download", on_click=_cancel)
        return
    if st.session_state.get(_REFUSED):
        st.warning(st.session_state[_REFUSED], icon=":material/cloud_off:")
    st.info(
        f"**{title_of(backbone)}** is not on this server yet. The bundled network goes on without "
        "a connection."
    )
    with st.container(horizontal=True, gap="xsmall"):
        st.button("Download it", icon=":material/download:", on_click=_start, args=(backbone,))
        st.button("Use the bundled network", on_click=_use_bundled)


def _start(backbone: str) -> None:
    download = Download(backbone)
    st.session_state[_REFUSED] = ""
    try:
        download.job = current_visit().submit(
            lambda engine: start_download(engine, backbone, download.add)
        )
    except EngineError as error:
        st.session_state[_REFUSED] = str(error)
        return
    st.session_state[_DOWNLOAD] = download


def _cancel() -> None:
    download = current()
    if download is None or download.job is None:
        return
    try:
        download.job.stop()
    except EngineError as error:
        st.toast(str(error))


def _use_bundled() -> None:
    st.session_state[_REFUSED] = ""
    st.session_state[settings.NETWORK.name] = BUNDLED
