"""The app's own cluster: on this machine alone, and for the app alone."""

import gc
import socket
import ssl
import stat
import urllib.error
import urllib.request
import weakref
from pathlib import Path

import numpy as np
import psutil
import pytest
from distributed import Client
from distributed.security import Security

from components.engine import certificate
from components.engine.certificate import make_certificate
from components.engine.cluster import security_with
from components.engine.engine import Engine
from tests.engine import pretend
from tests.engine.driving import wait_for

REFUSAL_SECONDS = 3.0  # a connection that is refused is tried again for so long


def addresses(engine: Engine) -> list[str]:
    """The scheduler, its nannies and its workers, each a way to run code."""
    assert engine._cluster is not None
    client = engine._cluster.client
    # Not by `scheduler_info`: every two seconds Dask puts one without workers in its place.
    workers = client.sync(client.scheduler.identity, n_workers=-1)["workers"]
    found = [client.scheduler.address, *workers, *(each["nanny"] for each in workers.values())]
    assert len(found) == 3
    return found


def listeners() -> list[tuple[str, int]]:
    """Where this process and those it started listen."""
    me = psutil.Process()
    return [
        (connection.laddr.ip, connection.laddr.port)
        for process in (me, *me.children(recursive=True))
        for connection in process.net_connections()
        if connection.status == psutil.CONN_LISTEN
    ]


def test_all_its_processes_listen_on_this_machine_alone(engine: Engine) -> None:
    assert engine.state.status == "ready"
    found = listeners()
    assert len(found) >= 3
    assert {host for host, _ in found} == {"127.0.0.1"}


def test_no_part_keeps_what_was_sent(engine: Engine) -> None:
    """Dask's logs for debugging would keep pictures of visitors who have left."""
    assert engine._cluster is not None
    client = engine._cluster.client
    value, size = 173, 5003
    pictures = [np.full(size, value, np.uint8) for _ in range(3)]
    sent = [weakref.ref(picture) for picture in pictures]
    while pictures:
        assert engine.call("builtins:len", pictures.pop()) == size

    def is_gone() -> bool:
        gc.collect()
        elsewhere = client.run(pretend.count_held, value, size).values()
        at_the_scheduler = client.run_on_scheduler(pretend.count_held, value, size)
        return not any((*(each() is not None for each in sent), *elsewhere, at_the_scheduler))

    wait_for(is_gone, "all parts to forget what was sent")


@pytest.mark.parametrize(
    ("scheme", "stranger"),
    [
        pytest.param("tcp:", Security(), id="without encryption"),
        pytest.param("tls:", security_with(make_certificate()), id="another certificate"),
    ],
)
def test_a_stranger_on_the_machine_gets_no_client(
    engine: Engine, scheme: str, stranger: Security
) -> None:
    address = addresses(engine)[0].replace("tls:", scheme)
    with pytest.raises(OSError, match=r"Timed out|does not match|closed"):
        Client(address, security=stranger, timeout=REFUSAL_SECONDS, set_as_default=False)


def test_no_process_talks_to_who_shows_no_certificate(engine: Engine) -> None:
    for address in addresses(engine):
        host, _, port = address.removeprefix("tls://").partition(":")
        assert _answer(host, int(port), encrypted=True) == b""
        assert _answer(host, int(port), encrypted=False) == b""


def _answer(host: str, port: int, encrypted: bool) -> bytes:
    """What a process says to who has no certificate; nothing where it hangs up."""
    anyone = ssl.create_default_context()
    anyone.check_hostname, anyone.verify_mode = False, ssl.CERT_NONE
    with socket.create_connection((host, port), timeout=10) as plain:
        try:
            if not encrypted:
                plain.sendall(bytes(64))
                return plain.recv(64)
            with anyone.wrap_socket(plain) as hidden:
                return hidden.recv(64)
        except (ssl.SSLError, ConnectionError):
            return b""


def test_it_shows_its_work_on_no_web_page(engine: Engine) -> None:
    closed = 0
    for host, port in listeners():
        for path in ("/", "/info/main/workers.html", "/json/counts.json", "/metrics", "/sitemap"):
            try:
                urllib.request.urlopen(f"http://{host}:{port}{path}", timeout=5)
            except urllib.error.HTTPError as error:
                assert error.code == 404
                closed += 1
            except OSError:
                continue  # speaks Dask, encrypted
            else:
                pytest.fail(f"port {port} shows {path}")
    assert closed


def test_the_app_itself_gets_on_with_it(engine: Engine) -> None:
    assert isinstance(engine.call("tests.engine.pretend:pid"), int)


def test_a_certificate_for_a_cluster_is_for_its_owner_alone(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr("sys.argv", ["certificate", str(tmp_path)])
    assert certificate.main() == 0
    file = tmp_path / certificate.FILE_NAME
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert capsys.readouterr().out.count(str(file)) == 4
    before = file.read_bytes()
    assert certificate.main() == 1
    assert "can't be written" in capsys.readouterr().err
    assert file.read_bytes() == before
    monkeypatch.setattr("sys.argv", ["certificate", str(tmp_path / "missing")])
    assert certificate.main() == 1
    assert "Name a folder that exists" in capsys.readouterr().err
