"""What the server refuses to who is not one of its own pages, and how it answers these."""

import ctypes
import errno
import os
import re
import socket
import urllib.error
import urllib.request
from pathlib import Path

import psutil
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.exceptions import InvalidHandshake
from websockets.sync.client import ClientConnection, connect
from websockets.typing import Origin, Subprotocol

from components.engine.cluster import PROJECT
from tests.browser.servers import PATIENCE, Server

STRANGER = "http://evil.example"
PIDFD_GETFD = 438  # Linux's number of this call, on every processor


def status_of(url: str, method: str = "GET", **headers: str) -> tuple[int, dict[str, str]]:
    """The status and the headers of an answer."""
    request = urllib.request.Request(
        url, b"x" if method in ("PUT", "POST") else None, headers, method=method
    )
    try:
        with urllib.request.urlopen(request, timeout=20) as answer:
            return answer.status, {name.lower(): text for name, text in answer.headers.items()}
    except urllib.error.HTTPError as error:
        return error.code, {name.lower(): text for name, text in error.headers.items()}


def test_an_upload_needs_the_token_of_a_page(server: Server) -> None:
    for token in ({}, {"X-Xsrftoken": "2|00|00|0"}):
        status, _ = status_of(f"{server.url}/_stcore/upload_file/a/b", "PUT", **token)
        assert status == 403


def test_no_other_sites_page_may_connect(server: Server) -> None:
    stream = f"{server.url.replace('http', 'ws')}/_stcore/stream"
    with pytest.raises(InvalidHandshake):
        connect(stream, origin=Origin(STRANGER))
    with connect(stream, origin=Origin(server.url)):
        pass
    _, headers = status_of(f"{server.url}/_stcore/health", Origin=STRANGER)
    assert headers.get("access-control-allow-origin") not in ("*", STRANGER)


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="looks into the server by Linux's pidfd")
def test_no_answer_waits_for_an_acknowledgement(server: Server) -> None:
    with _connection(server) as first:
        _run_script(first)
        with _connection(server):
            at_once = [
                _sends_at_once(server.process.pid, each.fd)
                for each in server.process.net_connections("tcp")
                if each.laddr.port == int(server.url.rpartition(":")[2])
                and each.status == psutil.CONN_ESTABLISHED
            ]
    assert len(at_once) >= 2
    assert all(at_once)


def test_a_run_that_begins_throws_no_answer_away(server: Server) -> None:
    """Without `keep_what_is_wanted` most of them: who asks where to send files waits for ever."""
    with _connection(server) as connection:
        _run_script(connection)
        for number in range(20):
            question = BackMsg()
            question.file_urls_request.request_id = f"question {number}"
            question.file_urls_request.file_names.append("photo.jpg")
            connection.send(question.SerializeToString())
            _ask_for_a_run(connection)
            while _next(connection).file_urls_response.response_id != f"question {number}":
                pass


def _connection(server: Server) -> ClientConnection:
    stream = f"{server.url.replace('http', 'ws')}/_stcore/stream"
    return connect(stream, origin=Origin(server.url), subprotocols=[Subprotocol("streamlit")])


def _run_script(connection: ClientConnection) -> None:
    """Have the first page drawn."""
    _ask_for_a_run(connection)
    while _next(connection).WhichOneof("type") != "script_finished":
        pass


def _ask_for_a_run(connection: ClientConnection) -> None:
    message = BackMsg()
    message.rerun_script.query_string = ""
    connection.send(message.SerializeToString())


def _next(connection: ClientConnection) -> ForwardMsg:
    """What the server says next. Raises TimeoutError."""
    return ForwardMsg.FromString(connection.recv(timeout=PATIENCE, decode=False))


def _sends_at_once(process: int, descriptor: int) -> bool:
    """Whether a socket of another process, by its descriptor there, has TCP_NODELAY."""
    there = os.pidfd_open(process)
    try:
        copy = ctypes.CDLL(None, use_errno=True).syscall(PIDFD_GETFD, there, descriptor, 0)
        if copy < 0 and ctypes.get_errno() == errno.EPERM:
            pytest.skip("no process may look into another's sockets here, as in many containers")
        if copy < 0:
            raise OSError(ctypes.get_errno(), "no look into the server's sockets")
    finally:
        os.close(there)
    with socket.socket(fileno=copy) as found:
        return bool(found.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))


def test_no_file_of_the_project_is_served(server: Server) -> None:
    own = (PROJECT / "README.md").read_text("utf-8")[:40]
    for path in (
        "README.md",
        "app/static/x",
        "../README.md",
        "%2e%2e/README.md",
        "assets/mark.svg",
    ):
        with urllib.request.urlopen(f"{server.url}/", timeout=20) as answer:
            page = answer.read()
        try:
            with urllib.request.urlopen(f"{server.url}/{path}", timeout=20) as answer:
                assert answer.read() == page, path  # any unknown address is the app itself
        except urllib.error.HTTPError as error:
            assert error.code in (400, 403, 404)
            assert own not in error.read().decode("utf-8", "replace")


def test_security_md_names_what_is_tested() -> None:
    named = re.findall(r"`(tests/[\w/]+\.py)`", (PROJECT / "SECURITY.md").read_text("utf-8"))
    assert len(named) > 5
    assert [path for path in named if not (Path(PROJECT) / path).is_file()] == []
