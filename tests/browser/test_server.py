"""What the server refuses to who is not one of its own pages."""

import re
import urllib.error
import urllib.request
from pathlib import Path

import pytest
from websockets.exceptions import InvalidHandshake
from websockets.sync.client import connect
from websockets.typing import Origin

from components.engine.cluster import PROJECT
from tests.browser.servers import Server

STRANGER = "http://evil.example"


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
