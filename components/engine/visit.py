"""What belongs to one browser visit, and what ends with it."""

import atexit
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st
from streamlit.runtime import Runtime
from streamlit.runtime.scriptrunner import get_script_run_ctx

from components.engine.engine import Engine
from components.engine.jobs import EngineError, Job

GRACE_SECONDS = 30.0  # a phone that changes its network comes back; a closed tab does not
SWEEP_SECONDS = 5.0
MAX_WAITING = 3  # jobs of one visit that wait or run, so that nobody fills the queue


@st.cache_resource(show_spinner=False)
def get_engine() -> Engine:
    """The server's engine; the first call starts it, in the background."""
    engine = Engine(breathe=_let_go)
    atexit.register(engine.close)
    return engine


def _let_go() -> None:
    """Let Streamlit end the run that waits here, where its visitor has gone on meanwhile: it
    does so whenever a run looks at the session state.
    """
    if get_script_run_ctx() is not None:
        st.session_state.get("engine.breath")


@dataclass
class Visit:
    """The jobs of one browser visit, and when its browser was last seen."""

    engine: Engine
    jobs: list[Job] = field(default_factory=list)
    last_seen: float = field(default_factory=time.monotonic)

    def submit(self, start: Callable[[Engine], Job]) -> Job:
        """Start a job of this visit. Raises EngineError where it has too many already."""
        if sum(job.active for job in self.jobs) >= MAX_WAITING:
            raise EngineError(
                f"You have {MAX_WAITING} runs waiting or training already. Stop one first, so "
                "that others get their turn too."
            )
        job = start(self.engine)
        self.jobs.append(job)
        return job

    def release(self, job: Job) -> None:
        """Forget one job."""
        self.jobs.remove(job)
        job.release()

    def end(self) -> None:
        """The visit is over: end its jobs and free its networks."""
        jobs, self.jobs = self.jobs, []
        for job in jobs:
            job.release()


class Visits:
    """All visits of the server. Ends those whose browser stays away longer than `grace`."""

    def __init__(
        self,
        is_present: Callable[[str], bool],
        grace: float = GRACE_SECONDS,
        sweep: float = SWEEP_SECONDS,
    ) -> None:
        self._is_present, self._grace, self._sweep = is_present, grace, sweep
        self._visits: dict[str, Visit] = {}
        self._lock = threading.Lock()
        threading.Thread(target=self._watch, daemon=True, name="visits").start()

    def of(self, session_id: str, engine: Engine) -> Visit:
        """The visit of this session, new or known."""
        with self._lock:
            visit = self._visits.get(session_id)
            if visit is None or visit.engine is not engine:
                visit = self._visits[session_id] = Visit(engine)
            visit.last_seen = time.monotonic()
            return visit

    def end_absent(self) -> None:
        """End the visits that are over."""
        now = time.monotonic()
        with self._lock:
            for session_id, visit in self._visits.items():
                if self._is_present(session_id):
                    visit.last_seen = now
            over = [s for s, v in self._visits.items() if now - v.last_seen > self._grace]
            ended = [self._visits.pop(session_id) for session_id in over]
        for visit in ended:
            visit.end()

    def _watch(self) -> None:
        while True:
            time.sleep(self._sweep)
            self.end_absent()


def _is_connected(session_id: str) -> bool:
    # Asked rather than told: Streamlit's own release of a session's resources also comes with
    # every short break of the connection, and need not be followed by a run when it is back.
    return Runtime.exists() and Runtime.instance().is_active_session(session_id)


@st.cache_resource(show_spinner=False)
def _visits() -> Visits:
    return Visits(_is_connected)


def current_visit() -> Visit:
    """The visit of the browser that this script run is for."""
    context = get_script_run_ctx()
    session_id = context.session_id if context else "no session"
    return _visits().of(session_id, get_engine())
