"""The one room of this server: its store, opened when first needed, and who is in it."""

import os
import secrets
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError
from streamlit.errors import StreamlitAPIException

from components.classroom.entries import Entries, Entry
from components.classroom.shared import Shared
from components.classroom.stage import Stage, StageState
from components.classroom.store import RoomState, Store, StoreError

STORE_VARIABLE = "WORKSHOP_STORE"
CONNECTION = "classroom"  # its name in Streamlit's secrets: [connections.classroom]
_VISIT = "classroom.visit"


class Room:
    """The store, and what is read from it at most once a second for however many look at it."""

    def __init__(
        self,
        open_store: Callable[[], Store],
        clock: Callable[[], float] = time.monotonic,
        is_a_file: bool = False,
    ) -> None:
        """`is_a_file` says that opening the store takes no time worth mentioning."""
        self._open_store, self._is_a_file = open_store, is_a_file
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._stage: Stage | None = None
        self._entries: Entries | None = None
        self._clock = clock
        self._sent_now: dict[str, Shared[tuple[Entry, ...]]] = {}  # by topic
        self._survey_now = Shared(self._read_survey, clock)
        self._stage_now = Shared(lambda: self.stage().read(), clock)

    @property
    def last_known(self) -> RoomState | None:
        """The survey's state as it was last read."""
        return self._survey_now.last_known

    def store(self) -> Store:
        """The survey's store. Raises StoreError where it can't be opened."""
        with self._lock:
            return self._opened()

    def state(self) -> RoomState:
        """The survey's state, at most a second old. Raises StoreError."""
        return self._survey_now.get()

    def stage(self) -> Stage:
        """What the instructor shows everyone, to change it. Raises StoreError."""
        with self._lock:
            if self._stage is None:
                self._stage = Stage(self._opened().database)
            return self._stage

    def on_stage(self) -> StageState:
        """What the instructor shows everyone, at most a second old. Raises StoreError."""
        return self._stage_now.get()

    def on_stage_soon(self) -> StageState:
        """The same for every page: it does not wait for a slow database, and never raises."""
        if self._is_a_file and self._stage is None:
            # Opened in the page's own thread, where Streamlit likes its connections to be made.
            with suppress(StoreError):
                self._stage_now.get()
        return self._stage_now.soon() or StageState()

    def entries(self) -> Entries:
        """What people sent to the room, to change it. Raises StoreError."""
        with self._lock:
            if self._entries is None:
                self._entries = Entries(self._opened().database)
            return self._entries

    def sent(self, topic: str) -> tuple[Entry, ...]:
        """What people sent on a topic, at most a second old. Raises StoreError."""
        with self._lock:
            if topic not in self._sent_now:
                self._sent_now[topic] = Shared(lambda: self.entries().of(topic), self._clock)
        return self._sent_now[topic].get()

    def changed(self) -> None:
        """Something was stored: whoever looks next reads anew."""
        self._survey_now.changed()
        self._stage_now.changed()
        for topic in list(self._sent_now.values()):
            topic.changed()

    def _read_survey(self) -> RoomState:
        with self._lock:
            store = self._opened()
        return store.read()

    def _opened(self) -> Store:
        if self._store is None:
            self._store = self._open_store()
        return self._store


def get_room() -> Room:
    """This server's room. The database is not touched yet."""
    return _room(_store_file())


@st.cache_resource(show_spinner=False)
def _room(file: Path) -> Room:
    return Room(lambda: _open(file), is_a_file=not _is_in_secrets())


def visit_id() -> str:
    """A random number for this visit, made once and kept on the server. It says nothing about
    the visitor."""
    if _VISIT not in st.session_state:
        st.session_state[_VISIT] = secrets.token_hex(16)
    return str(st.session_state[_VISIT])


def _store_file() -> Path:
    """Where the answers are kept if the secrets name no database: outside the project."""
    named = os.environ.get(STORE_VARIABLE)
    if named:
        return Path(named).expanduser().absolute()
    data = os.environ.get("XDG_DATA_HOME") or "~/.local/share"
    return Path(data).expanduser() / "deep-learning-workshop" / "classroom.sqlite"


def _open(file: Path) -> Store:
    try:
        if _is_in_secrets():
            return Store(st.connection(CONNECTION, type="sql", pool_pre_ping=True).engine)
        file.parent.mkdir(parents=True, exist_ok=True)
        url = f"sqlite:///{file}"
        return Store(st.connection(CONNECTION, type="sql", url=url).engine)
    except OSError as error:
        raise StoreError(
            f"The room's answers can't be kept: the folder for {file.name} can't be made "
            f"({error.strerror}). Name another file in {STORE_VARIABLE}."
        ) from error
    except (SQLAlchemyError, StreamlitAPIException, ImportError, ValueError) as error:
        raise StoreError(
            f"The room's database can't be opened ({type(error).__name__}). Look at "
            f"[connections.{CONNECTION}] in Streamlit's secrets; its driver must be installed."
        ) from error


def _is_in_secrets() -> bool:
    return st.secrets.load_if_toml_exists() and CONNECTION in st.secrets.get("connections", {})
