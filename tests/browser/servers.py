"""Streamlit servers of the app for the browser tests, and patience with them."""

import os
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TextIO
from urllib.error import URLError

import psutil
import pytest

PROJECT = Path(__file__).resolve().parent.parent.parent
PATIENCE = 180.0  # seconds after which a test gives up; not a claim about speed


@dataclass
class Server:
    """A Streamlit server of this app."""

    url: str
    process: psutil.Process

    def family(self) -> list[psutil.Process]:
        """The server and all processes it has started."""
        return [self.process, *self.process.children(recursive=True)]


@contextmanager
def serve(**environment: str) -> Iterator[Server]:
    """A fresh server; it and all it started are ended at the end."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.1", 0))
        port = listener.getsockname()[1]
    command = [sys.executable, "-m", "streamlit", "run", "streamlit_app.py"]
    command += ["--server.port", str(port), "--server.address", "127.0.0.1"]
    command += ["--server.headless", "true", "--server.fileWatcherType", "none"]
    said = tempfile.TemporaryFile("w+")  # noqa: SIM115 - closed below
    started = subprocess.Popen(
        command, cwd=PROJECT, env={**os.environ, **environment}, stdout=said, stderr=said
    )
    server = Server(f"http://127.0.0.1:{port}", psutil.Process(started.pid))
    try:
        wait_for(lambda: _answers(server.url), "the server")
        yield server
    finally:
        if started.poll() is None:
            family = server.family()
            started.terminate()
            _, left = psutil.wait_procs(family, timeout=20)
            for process in left:
                process.kill()
        started.wait(20)
        with said:
            _show_traceback(said)


def _show_traceback(said: TextIO) -> None:
    """Write the last of what a server said, for the report of a failed test."""
    said.seek(0)
    text = said.read()
    if "Traceback" in text or "The engine" in text:
        sys.stderr.write(f"A server said: {text[-4000:]}\n")


def wait_for(condition: Callable[[], object], what: str) -> None:
    """Wait until `condition` holds, or fail the test."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"gave up waiting for {what}")
        time.sleep(0.1)


def _answers(url: str) -> bool:
    try:
        with urllib.request.urlopen(f"{url}/_stcore/health", timeout=2) as answer:
            return bool(answer.status == 200)
    except (URLError, OSError):
        return False
