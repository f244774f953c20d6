"""ImageNet's networks: in Keras's cache, downloaded, cancelled, damaged, or not to be had."""

import functools
import hashlib
import json
import shutil
import socket
import threading
from collections.abc import Callable, Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import keras
import pytest

from components.concepts.photo_backbones import BACKBONES
from components.concepts.training import Event
from components.models import imagenet
from components.models.control import Control
from components.models.download import DownloadError

SMALL = BACKBONES["mobilenet_035"]
INDEX = json.dumps({str(i): [f"n{i:08}", f"thing_{i}"] for i in range(1000)}).encode()


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder without writing a log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty Keras cache, and no connection."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(imagenet, "ORIGIN", "http://127.0.0.1:9/")
    monkeypatch.setattr(imagenet, "INDEX_ORIGIN", "http://127.0.0.1:9/index.json")
    return tmp_path / "keras" / "models"


@pytest.fixture
def served(home: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The folder that a server gives away in the place of Keras's own."""
    folder = tmp_path / "served"
    folder.mkdir()
    (folder / "index.json").write_bytes(INDEX)
    monkeypatch.setattr(
        imagenet, "INDEX_MD5", hashlib.md5(INDEX, usedforsecurity=False).hexdigest()
    )
    handler = functools.partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        address = f"http://127.0.0.1:{http.server_address[1]}/"
        monkeypatch.setattr(imagenet, "ORIGIN", address)
        monkeypatch.setattr(imagenet, "INDEX_ORIGIN", f"{address}index.json")
        yield folder
        http.shutdown()
        thread.join()


@pytest.fixture(scope="module")
def weights(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Files such as Keras serves, with weights at random: without the top, and with it."""
    folder = tmp_path_factory.mktemp("weights")
    paths = {}
    for top, name in ((False, SMALL.weights_file), (True, SMALL.top_file)):
        paths[name] = folder / name
        imagenet.build(SMALL, top=top, weights=None).save(paths[name])  # HDF5, as Keras serves it
    return paths


def serve(served: Path, weights: dict[str, Path]) -> None:
    for name, path in weights.items():
        shutil.copy(path, served / name)


def fetch(
    report: Callable[[Event], None] = lambda event: None, control: Control | None = None
) -> bool:
    return imagenet.download_network(SMALL.key, report, control or Control(), lambda network: None)


def test_a_download_is_followed_checked_and_kept(
    home: Path, served: Path, weights: dict[str, Path]
) -> None:
    serve(served, weights)
    assert imagenet.cached_weights(SMALL.weights_file) is None
    events: list[Event] = []
    assert fetch(events.append)
    names = [SMALL.weights_file, SMALL.top_file, imagenet.INDEX_FILE]
    assert [event["number"] for event in events] == sorted(event["number"] for event in events)
    assert {event["file"] for event in events} == set(names)
    for name in names:
        mine = [event for event in events if event["file"] == name]
        assert mine[-1]["received"] == mine[-1]["total"] == (home / name).stat().st_size
        assert mine[-1]["files"] == 3
    assert sorted(path.name for path in home.iterdir()) == sorted(names)
    assert imagenet.raw_here(SMALL)
    names_of_classes = imagenet.class_names()
    assert names_of_classes is not None
    assert names_of_classes[7] == "thing 7"


def test_what_is_here_is_not_fetched_again(
    home: Path, served: Path, weights: dict[str, Path]
) -> None:
    home.mkdir(parents=True)
    shutil.copy(weights[SMALL.weights_file], home / SMALL.weights_file)
    serve(served, {SMALL.top_file: weights[SMALL.top_file]})
    events: list[Event] = []
    fetch(events.append)
    assert {event["file"] for event in events} == {SMALL.top_file, imagenet.INDEX_FILE}


def test_without_a_connection_there_is_a_sentence(home: Path) -> None:
    with pytest.raises(DownloadError, match="There is no connection to 127"):
        fetch()
    assert not home.exists()


def test_a_download_can_be_cancelled(home: Path, served: Path, weights: dict[str, Path]) -> None:
    serve(served, weights)
    control = Control()
    with pytest.raises(DownloadError, match="The download was stopped"):
        fetch(lambda event: control.stop(), control)
    assert not home.exists()


def test_one_that_waits_for_another_can_be_cancelled(home: Path) -> None:
    control = Control()
    control.stop()
    with imagenet._one_download, pytest.raises(DownloadError, match="was stopped"):
        fetch(control=control)


@pytest.mark.parametrize("damage", ["cut", "another network", "no weights"])
def test_what_is_not_the_network_is_not_kept(
    damage: str, home: Path, served: Path, weights: dict[str, Path]
) -> None:
    content = weights[SMALL.weights_file].read_bytes()
    if damage == "another network":
        content = weights[SMALL.top_file].read_bytes()[:5000]
    wrong = {"cut": content[:-4000], "no weights": b"<html>Sign in</html>"}.get(damage, content)
    (served / SMALL.weights_file).write_bytes(wrong)
    with pytest.raises(DownloadError, match="not the network expected"):
        fetch()
    assert list(home.iterdir()) == []


def test_names_that_are_not_the_right_ones_are_not_kept(
    home: Path, served: Path, weights: dict[str, Path]
) -> None:
    serve(served, weights)
    (served / "index.json").write_bytes(INDEX.replace(b"thing", b"other"))
    with pytest.raises(DownloadError, match="incomplete or damaged"):
        fetch()
    assert imagenet.cached_weights(SMALL.weights_file)  # the rest of it is of use
    assert not imagenet.raw_here(SMALL)


def test_a_connection_that_breaks_off_is_said(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        monkeypatch.setattr(imagenet, "ORIGIN", f"http://127.0.0.1:{server.getsockname()[1]}/")

        def answer() -> None:
            connection, _ = server.accept()
            with connection:
                connection.recv(4096)
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 5000\r\n\r\nshort")

        thread = threading.Thread(target=answer)
        thread.start()
        with pytest.raises(DownloadError, match=r"incomplete|broke off"):
            fetch()
        thread.join()


def test_a_damaged_file_in_the_cache_is_said(home: Path) -> None:
    home.mkdir(parents=True)
    path = home / SMALL.weights_file
    path.write_bytes(b"half a file")
    assert imagenet.cached_weights(SMALL.weights_file) is None
    path.write_bytes(imagenet.HDF5 + b"half a file")
    with pytest.raises(DownloadError, match=r"is damaged\. Delete it"):
        imagenet.build(SMALL, top=False, weights=imagenet.cached_weights(SMALL.weights_file))


def test_the_cache_of_keras_is_read(keras_home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KERAS_HOME", str(keras_home))
    path = imagenet.cached_weights(SMALL.weights_file)
    model = imagenet.build(SMALL, top=False, weights=path)
    assert isinstance(model, keras.Model)
    assert model.count_params() == SMALL.n_parameters
    assert not model.trainable
    names = imagenet.class_names()
    assert names is not None
    assert names[281] == "tabby"
