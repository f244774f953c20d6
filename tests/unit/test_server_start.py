"""What a server is given before its first page."""

import asyncio
import socket
import threading
from collections.abc import Callable
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import pytest
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.media_file_manager import MediaFileManager, MediaFileMetadata
from streamlit.runtime.media_file_storage import MediaFileStorageError
from streamlit.runtime.memory_media_file_storage import MemoryMediaFileStorage
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import ScriptRequests
from streamlit.runtime.state.session_state import SessionState
from streamlit.testing.v1 import AppTest

from components.server import (
    answer_at_once,
    finish_callbacks,
    hear_runs_out,
    keep_downloads,
    keep_what_is_wanted,
    run_in_turns,
)
from components.turns import Turns
from tests.unit.in_line import NEVER, PATIENCE, ask, end, start


def test_connections_send_at_once_those_open_and_those_to_come() -> None:
    # As Streamlit binds it: its kind is left to the system, and asyncio doesn't know it for TCP.
    with closing(socket.socket()) as listening:
        listening.bind(("127.0.0.1", 0))
        listening.listen()
        with closing(socket.create_connection(listening.getsockname())):
            open_already, _ = listening.accept()
            assert not _sends_at_once(open_already)
            answer_at_once()
            assert _sends_at_once(open_already)
            open_already.close()
        with closing(socket.create_connection(listening.getsockname())):
            later, _ = listening.accept()
            assert _sends_at_once(later)
            later.close()


@pytest.mark.parametrize("is_page", [True, False], ids=["a whole page", "a run cut short"])
def test_a_fragments_run_takes_nothing_from_a_page_that_has_been_drawn(
    monkeypatch: pytest.MonkeyPatch, is_page: bool
) -> None:
    """Otherwise the browser hears that the page is complete, and takes away what did not come."""
    monkeypatch.setattr(ForwardMsgQueue, "clear", ForwardMsgQueue.clear)  # as before after the test
    keep_what_is_wanted()
    queue = ForwardMsgQueue()
    drawn = [_delta(0), _delta(1, "lab"), _delta(2)]
    finished = ForwardMsg()
    finished.script_finished = (
        ForwardMsg.FINISHED_SUCCESSFULLY if is_page else ForwardMsg.FINISHED_EARLY_FOR_RERUN
    )
    for message in (*drawn, finished):
        queue.enqueue(message)
    queue.clear(retain_lifecycle_msgs=True, fragment_ids_this_run=["lab"])
    again = _delta(1, "lab", "drawn again")
    queue.enqueue(again)
    of_lab = drawn[1:2] if is_page else []
    assert queue.flush() == [drawn[0], *of_lab, drawn[2], finished, again]
    assert queue.is_empty()


def _delta(place: int, fragment: str = "", text: str = "drawn") -> ForwardMsg:
    message = ForwardMsg()
    message.metadata.delta_path[:] = [0, place]
    message.delta.fragment_id = fragment
    message.delta.new_element.text.body = text
    return message


@pytest.mark.parametrize("has_ended", [True, False])
def test_a_request_comes_behind_what_a_run_that_has_ended_left_to_be_sent(
    monkeypatch: pytest.MonkeyPatch, has_ended: bool
) -> None:
    done: list[str] = []
    monkeypatch.setattr(AppSession, "request_rerun", lambda self, state: done.append("request"))
    hear_runs_out()
    requests = ScriptRequests()
    if has_ended:
        requests.request_stop()

    async def serve() -> None:
        server = asyncio.get_running_loop()
        runner = SimpleNamespace(_requests=requests)
        session: Any = SimpleNamespace(_event_loop=server, _scriptrunner=runner)
        server.call_soon(done.append, "what was drawn")
        AppSession.request_rerun(session, None)
        await asyncio.sleep(0)

    asyncio.run(serve())
    assert done == (["what was drawn", "request"] if has_ended else ["request", "what was drawn"])


MADE_BY = "_remove_orphaned_deferred_callables"


@pytest.fixture
def media(monkeypatch: pytest.MonkeyPatch) -> MediaFileManager:
    for owner, name in (
        (MediaFileMetadata, "mark_for_delete"),
        (MediaFileMetadata, "is_marked_for_delete"),
        (MediaFileManager, MADE_BY),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))  # as before after the test
    return MediaFileManager(MemoryMediaFileStorage("/media"))


def _runs_end(media: MediaFileManager) -> None:
    for _ in range(3):
        media.remove_orphaned_files()


def test_a_download_is_there_when_the_browser_comes_for_it(media: MediaFileManager) -> None:
    keep_downloads(30)
    button = media.add_deferred(lambda: b"a table", "text/csv", "1.0", "table.csv")
    media.clear_session_refs()  # its page begins to be drawn anew
    _runs_end(media)
    url = media.execute_deferred(button)
    _runs_end(media)
    file = media.read_file(url.rpartition("/")[2])
    assert file is not None
    assert file.content == b"a table"


def test_a_download_is_not_kept_for_ever(media: MediaFileManager) -> None:
    keep_downloads(0)
    button = media.add_deferred(lambda: b"a table", "text/csv", "1.0", "table.csv")
    url = media.execute_deferred(button)
    media.clear_session_refs()
    _runs_end(media)
    assert media.read_file(url.rpartition("/")[2]) is None
    with pytest.raises(MediaFileStorageError):
        media.execute_deferred(button)


def counter() -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx

    def count() -> None:
        context = get_script_run_ctx()
        assert context is not None
        assert context.script_requests is not None
        context.script_requests.request_rerun(RerunData())  # something else is done just now
        st.session_state["count"] = st.session_state.get("count", 0) + 1

    st.session_state["runs"] = st.session_state.get("runs", 0) + 1
    st.button("Count", on_click=count)


def test_a_callback_that_has_begun_is_finished_and_then_what_came_meanwhile(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    for owner, name in (
        (SessionState, "_call_callbacks"),
        (ScriptRequests, "on_scriptrunner_yield"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))  # as it is again after the test
    finish_callbacks()
    app = AppTest.from_function(counter).run()
    app.button[0].click().run()
    assert not app.exception
    assert app.session_state["count"] == 1
    assert app.session_state["runs"] == 2


def two_elements() -> None:
    import streamlit as st

    st.session_state["between"]()
    st.text("the second")


@pytest.fixture
def one_at_a_time(monkeypatch: pytest.MonkeyPatch) -> Turns:
    for name in ("_run_script", "_enqueue_forward_msg"):
        monkeypatch.setattr(ScriptRunner, name, getattr(ScriptRunner, name))  # as before afterwards
    turns = Turns(1, NEVER)
    run_in_turns(turns)
    return turns


def _app(between: Callable[[], None]) -> AppTest:
    app = AppTest.from_function(two_elements)
    app.session_state["between"] = between
    return app


def test_a_run_waits_for_its_turn(one_at_a_time: Turns) -> None:
    has_begun = threading.Event()
    app = _app(has_begun.set)
    with one_at_a_time.turn():
        running = start(lambda: app.run(timeout=PATIENCE))
        assert not has_begun.wait(0.5)
    end(running)
    assert has_begun.is_set()
    assert app.text[0].value == "the second"


def test_a_page_that_is_drawn_lets_others_go_first(one_at_a_time: Turns) -> None:
    done: list[str] = []
    threads: list[threading.Thread] = []
    app = _app(lambda: threads.append(ask(one_at_a_time, done, "a slider")))
    app.run(timeout=PATIENCE)
    assert done == ["a slider"]
    end(*threads)


def _sends_at_once(connection: socket.socket) -> bool:
    return bool(connection.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))
