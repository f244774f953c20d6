"""The one room of this server: its store, opened when first needed, and who is in it."""

import os
import secrets
import threading
import time
from collections.abc import Callable
from pathlib import Path

import streamlit as st
from sqlalchemy.exc import SQLAlchemyError
from streamlit.errors import StreamlitAPIException

from components.classroom.store import RoomState, Store, StoreError

STORE_VARIABLE = "WORKSHOP_STORE"
CONNECTION = "classroom"  # its name in Streamlit's secrets: [connections.classroom]
SHARED_SECONDS = 1.0  # a state is read once for everyone in the room
RETRY_SECONDS = 5.0  # a database that gave no answer is left alone for so long
_VISIT = "classroom.visit"


class Room:
    """The store, and its state read at most once a second for however many look at it."""

    def __init__(
        self, open_store: Callable[[], Store], clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._open_store, self._clock = open_store, clock
        self._lock = threading.Lock()
        self._store: Store | None = None
        self._state: RoomState | None = None
        self._read_at = 0.0
        self._failure: tuple[float, StoreError] | None = None

    @property
    def last_known(self) -> RoomState | None:
        """The state as it was last read."""
        return self._state

    def store(self) -> Store:
        """The store. Raises StoreError where it can't be opened."""
        with self._lock:
            return self._opened()

    def state(self) -> RoomState:
        """The survey's state, at most a second old. Raises StoreError."""
        with self._lock:
            now = self._clock()
            if self._state is not None and self._failure is None:
                if now - self._read_at < SHARED_SECONDS:
                    return self._state
            elif self._failure is not None and now - self._failure[0] < RETRY_SECONDS:
                raise self._failure[1]
            try:
                self._state = self._opened().read()
            except StoreError as error:
                self._failure = (now, error)
                raise
            self._failure, self._read_at = None, now
            return self._state

    def changed(self) -> None:
        """Something was stored: whoever looks next reads anew."""
        with self._lock:
            self._read_at = float("-inf")

    def _opened(self) -> Store:
        if self._store is None:
            self._store = self._open_store()
        return self._store


def get_room() -> Room:
    """This server's room. The database is not touched yet."""
    return _room(_store_file())


@st.cache_resource(show_spinner=False)
def _room(file: Path) -> Room:
    return Room(lambda: _open(file))


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
