"""What a server is given once, before its first page.

Most of it mends what Streamlit 1.67 leaves undone, and reaches into it for that: `unit/
test_server_start.py`, `browser/test_server.py` and `browser/test_faults.py` say whether it still
has to.
"""

import gc
import socket
import time
from contextlib import suppress
from contextvars import ContextVar
from functools import cache
from typing import Any

from streamlit.proto.ClientState_pb2 import ClientState
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.runtime.app_session import AppSession
from streamlit.runtime.forward_msg_queue import ForwardMsgQueue
from streamlit.runtime.media_file_manager import MediaFileManager, MediaFileMetadata
from streamlit.runtime.scriptrunner import get_script_run_ctx
from streamlit.runtime.scriptrunner.script_runner import ScriptRunner
from streamlit.runtime.scriptrunner_utils.script_requests import (
    RerunData,
    ScriptRequest,
    ScriptRequests,
    ScriptRequestType,
)
from streamlit.runtime.state.session_state import SessionState

from components.turns import Turn, Turns

CLICKS = {"trigger_value", "string_trigger_value", "json_trigger_value", "chat_input_value"}
ANSWERS = {"file_urls_response", "backend_operation_response"}

RUNS_AT_A_TIME = 2  # Python itself gets on with one; the other one goes on where that one waits
TURN_SECONDS = 0.25
PAGE_HANDICAP = 0.5  # seconds by which a run of a page stands back behind those of fragments
KEEP_SECONDS = 30.0  # a file that was made for a download, until the browser has come for it

_turn = ContextVar[Turn | None]("turn", default=None)
_in_callbacks = ContextVar("in_callbacks", default=False)


@cache
def prepare() -> None:
    """Give this server all of it. Does nothing the second time."""
    answer_at_once()
    keep_what_is_wanted()
    hear_runs_out()
    keep_downloads(KEEP_SECONDS)
    drop_carried_clicks()
    finish_callbacks()
    run_in_turns(Turns(RUNS_AT_A_TIME, TURN_SECONDS))
    settle_memory()  # last: what is frozen is not found any more


def settle_memory() -> None:
    """Take what is loaded now out of the garbage collector's rounds.

    Frozen objects are not looked at again whenever Python collects garbage. The chart library is
    loaded first so that it is among them.
    """
    import altair  # noqa: F401

    gc.collect()
    gc.freeze()


def answer_at_once() -> None:
    """Have each connection, those to come too, send what is written without waiting (TCP_NODELAY).

    An answer to a slider is several small messages. Without this the second one waits until the
    browser has acknowledged the first, which it puts off for 40 ms and more. asyncio sets it for
    sockets that say that they are TCP; the one that Streamlit binds does not say so
    (`starlette_server._bind_socket`; the same in uvicorn's issue 3149), and nobody is told of
    it. Connections have it from the socket that listens; the first visitor's is open already.
    """
    for found in gc.get_objects():
        # By its type: what only says that it is a socket may load a library to say so.
        if issubclass(type(found), socket.socket) and _is_tcp(found):
            with suppress(OSError):  # closed by its owner just now
                found.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)


def _is_tcp(found: socket.socket) -> bool:
    internet = found.family in (socket.AF_INET, socket.AF_INET6)
    return internet and found.type == socket.SOCK_STREAM and found.fileno() >= 0


def keep_what_is_wanted() -> None:
    """Leave in the queue to the browser what is still wanted when a run begins.

    A run that begins empties it: what the run before has drawn is out of date. Two things that
    Streamlit throws away with it are not:

    - The answer to what the browser has asked meanwhile: where to send the files that were chosen,
      or where the file lies that was made for a download. Nothing says that it is gone, and the
      browser waits for ever: the files are lost.
    - Where a fragment's run begins as soon as its page is drawn, what was drawn of the fragment.
      The word that the page has ended is kept, and a browser that hears it takes away what has not
      come. The fragment is back a moment later as a new one: a slider has slipped out of the hand,
      an open popover is closed. The fuller the room, the more waits.
    """
    clear = ForwardMsgQueue.clear

    def clear_but_for_what_is_wanted(
        self: ForwardMsgQueue,
        retain_lifecycle_msgs: bool = False,
        fragment_ids_this_run: list[str] | None = None,
    ) -> None:
        begins_a_run = retain_lifecycle_msgs  # otherwise all of it is on its way to the browser
        pages: list[ForwardMsg] = []
        answers: list[ForwardMsg] = []
        if begins_a_run:
            answers = [each for each in self._queue if each.WhichOneof("type") in ANSWERS]
            if fragment_ids_this_run is not None:
                ends = [end for end, each in enumerate(self._queue, 1) if _ends_a_page(each)]
                pages = self._queue[: max(ends, default=0)]
        self._queue = self._queue[len(pages) :]
        clear(self, retain_lifecycle_msgs, fragment_ids_this_run)
        self._queue = pages + self._queue
        self._queue += [answer for answer in answers if answer not in self._queue]

    ForwardMsgQueue.clear = clear_but_for_what_is_wanted  # type: ignore[method-assign]


def _ends_a_page(message: ForwardMsg) -> bool:
    is_end = message.WhichOneof("type") == "script_finished"
    return is_end and message.script_finished == ForwardMsg.FINISHED_SUCCESSFULLY


def hear_runs_out() -> None:
    """Have all that a run has drawn arrive, also where the next request comes just as it ends.

    A run leaves what it draws for the server's own thread, and ends before that has come to it all.
    A request that is served in between gets a new thread, and Streamlit throws away what still
    comes from another one: the end of a page, or the word that a lab is to look again at what it
    waits for. Here such a request goes to the end of the line, behind what the run has left there.
    """
    take = AppSession.request_rerun

    def request_rerun(self: AppSession, client_state: ClientState | None) -> None:
        runner = self._scriptrunner
        if runner is not None and runner._requests._state is ScriptRequestType.STOP:
            self._event_loop.call_soon_threadsafe(take, self, client_state)
        else:
            take(self, client_state)

    AppSession.request_rerun = request_rerun  # type: ignore[method-assign]


def keep_downloads(seconds: float) -> None:
    """Have the file that was asked for be there when the browser comes for it.

    What a download button makes at a click is thrown away when two runs have ended, whoever's they
    are; and what makes it, as soon as one has ended while its page is drawn anew. Among thirty
    visits that takes a tenth of a second, and the browser of a phone gets nothing. Here both stay
    for some seconds after they are of no more use.
    """

    def mark_for_delete(self: MediaFileMetadata) -> None:
        self.__dict__.setdefault("unused_since", time.monotonic())

    def is_marked_for_delete(self: MediaFileMetadata) -> bool:
        since: float | None = self.__dict__.get("unused_since")
        return since is not None and time.monotonic() - since >= seconds

    def remove_what_makes_them(self: MediaFileManager) -> None:
        used = {
            each for files in self._files_by_session_and_coord.values() for each in files.values()
        }
        now = time.monotonic()
        for file_id in self._deferred_callables.keys() - used:
            entry: dict[str, Any] = self._deferred_callables[file_id]  # type: ignore[assignment]
            if now - entry.setdefault("unused_since", now) >= seconds:
                self._drop_deferred_id(file_id)

    MediaFileMetadata.mark_for_delete = mark_for_delete  # type: ignore[method-assign]
    MediaFileMetadata.is_marked_for_delete = property(is_marked_for_delete)  # type: ignore
    MediaFileManager._remove_orphaned_deferred_callables = (  # type: ignore[method-assign]
        remove_what_makes_them
    )


def drop_carried_clicks() -> None:
    """Have a click come to the server once.

    Between a click and the message that says so, Streamlit's browser code waits for a moment. A
    tick of a fragment (`run_every`) that goes out within it carries the click as well, and the
    server takes both for clicks: "Step" steps twice, and what switches something on has it off
    again. The busier the browser, the longer the moment. The click's own message always follows,
    so what a tick says of clicks is dropped as it comes in.
    """
    take = AppSession.request_rerun

    def request_rerun(self: AppSession, client_state: ClientState | None) -> None:
        if client_state is not None and client_state.is_auto_rerun:
            widgets = client_state.widget_states.widgets
            kept = [each for each in widgets if each.WhichOneof("value") not in CLICKS]
            del widgets[:]
            widgets.extend(kept)
        take(self, client_state)

    AppSession.request_rerun = request_rerun  # type: ignore[method-assign]


def finish_callbacks() -> None:
    """Have what a learner does take effect, also where they do something else at once.

    Streamlit ends a run for the next one wherever it draws or looks at the session state, in the
    middle of a callback as well. The rest of that callback is never made up for: a click on Train,
    a vote or a file is lost because a box was ticked in the moment that it took. Here a run can
    end before its callbacks and after them.
    """
    call, look = SessionState._call_callbacks, ScriptRequests.on_scriptrunner_yield

    def call_to_the_end(self: SessionState, **replayed: Any) -> None:
        before = _in_callbacks.set(True)
        try:
            call(self, **replayed)
        finally:
            _in_callbacks.reset(before)

    def look_but_in_callbacks(self: ScriptRequests) -> ScriptRequest | None:
        return None if _in_callbacks.get() else look(self)

    SessionState._call_callbacks = call_to_the_end  # type: ignore[method-assign]
    ScriptRequests.on_scriptrunner_yield = look_but_in_callbacks  # type: ignore[method-assign]


def run_in_turns(turns: Turns) -> None:
    """Have a few runs at a time, for whatever visits, and let a slider go before a page.

    Streamlit begins each run at once, in a thread of its own. Thirty of them, side by side, get in
    each other's way: all are done late. So they take turns, and a page that is drawn lets those
    who have moved a slider meanwhile go first, element by element.
    """
    run, enqueue = ScriptRunner._run_script, ScriptRunner._enqueue_forward_msg

    def run_in_turn(self: ScriptRunner, rerun_data: RerunData) -> None:
        with turns.turn(0.0 if rerun_data.fragment_id_queue else PAGE_HANDICAP) as turn:
            before = _turn.set(turn)
            try:
                run(self, rerun_data)
            finally:
                _turn.reset(before)

    def give_way_and_enqueue(self: ScriptRunner, msg: ForwardMsg) -> None:
        turn, context = _turn.get(), get_script_run_ctx()
        if turn is not None and context is not None and not context.fragment_ids_this_run:
            turns.give_way(turn, PAGE_HANDICAP)
        enqueue(self, msg)

    ScriptRunner._run_script = run_in_turn  # type: ignore[method-assign]
    ScriptRunner._enqueue_forward_msg = give_way_and_enqueue  # type: ignore[method-assign]
