"""The digits: bundled, cached, downloaded, and what happens where they can't be had."""

import functools
import hashlib
import io
import threading
from collections.abc import Iterator
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import numpy as np
import pytest

from components.models import digits, download

NOWHERE = "http://127.0.0.1:9/mnist.npz"  # the discard port: refused

FULL = "All 70,000 MNIST digits"


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty Keras cache, and no connection."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path / "keras"))
    monkeypatch.setattr(digits, "FULL_ORIGIN", NOWHERE)
    monkeypatch.setattr(digits, "_full_cache", {})
    return tmp_path / "keras"


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves a folder without writing a log."""

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """An HTTP server: its address, and the folder it serves."""
    folder = tmp_path / "served"
    folder.mkdir()
    handler = functools.partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        thread = threading.Thread(target=http.serve_forever)
        thread.start()
        yield f"http://127.0.0.1:{http.server_address[1]}", folder
        http.shutdown()
        thread.join()


@pytest.fixture
def small_mnist(home: Path, server: tuple[str, Path], monkeypatch: pytest.MonkeyPatch) -> bytes:
    """A file with MNIST's four arrays, small, served in the place of the real one."""
    rng = np.random.default_rng(0)
    images, labels = rng.integers(0, 256, (300, 28, 28), np.uint8), np.arange(300) % 10
    buffer = io.BytesIO()
    np.savez(buffer, x_train=images, y_train=labels, x_test=images[:50], y_test=labels[:50])
    content = buffer.getvalue()
    address, folder = server
    (folder / "mnist.npz").write_bytes(content)
    monkeypatch.setattr(digits, "FULL_ORIGIN", f"{address}/mnist.npz")
    monkeypatch.setattr(digits, "FULL_SHA256", hashlib.sha256(content).hexdigest())
    monkeypatch.setattr(digits, "FULL_BYTES", len(content))
    return content


def test_the_sample_is_there_at_once() -> None:
    sample = digits.load_digits("sample")
    assert (sample.data, sample.note) == ("sample", "")
    assert sample.train_images.shape == (4000, 28, 28)
    assert sample.validation_labels.shape == (1000,)
    assert sample.train_images.dtype == np.uint8
    assert digits.load_digits("sample") is sample
    with pytest.raises(ValueError, match="read-only"):
        sample.train_images[0, 0, 0] = 1


def test_the_full_set_comes_from_keras_cache(
    home: Path, test_data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("KERAS_HOME", str(test_data / "keras-home"))
    full = digits.load_digits("full")
    assert (full.data, full.note) == ("full", "")
    assert full.train_images.shape == (60_000, 28, 28)
    assert full.validation_images.shape == (10_000, 28, 28)
    assert not full.train_images.flags.writeable
    assert digits.load_digits("full") is full
    assert digits.data_report() == {FULL: True}


def test_without_a_connection_the_sample_goes_on(home: Path) -> None:
    answer = digits.load_digits("full")
    assert answer.data == "sample"
    assert answer.note.startswith("The full MNIST is not here. There is no connection to 127.0.0.1")
    assert digits.GOES_ON in answer.note
    assert str(home / "datasets") in answer.note
    assert not digits.data_report()[FULL]


def test_a_download_is_followed_and_kept(home: Path, small_mnist: bytes) -> None:
    seen: list[tuple[int, int]] = []

    def follow(received: int, total: int) -> bool:
        seen.append((received, total))
        return True

    full = digits.load_digits("full", follow)
    assert (full.data, full.note, len(full.train_images)) == ("full", "", 300)
    assert [received for received, _ in seen] == sorted(received for received, _ in seen)
    assert seen[-1] == (len(small_mnist), len(small_mnist))
    assert (home / "datasets" / "mnist.npz").read_bytes() == small_mnist
    assert list((home / "datasets").iterdir()) == [home / "datasets" / "mnist.npz"]
    assert digits.data_report()[FULL]


def test_a_download_can_be_stopped(home: Path, small_mnist: bytes) -> None:
    answer = digits.load_digits("full", lambda received, total: False)
    assert answer.data == "sample"
    assert "The download was stopped." in answer.note
    assert not (home / "datasets").exists()


def test_a_cache_that_cannot_be_written_does_not_matter(home: Path, small_mnist: bytes) -> None:
    home.write_text("a file where the folder should be")
    full = digits.load_digits("full")
    assert full.data == "full"
    assert full.note.startswith("The digits could not be kept")


def test_a_half_download_in_the_cache_is_fetched_again(home: Path, small_mnist: bytes) -> None:
    path = home / "datasets" / "mnist.npz"
    path.parent.mkdir(parents=True)
    path.write_bytes(small_mnist[:1000])
    assert digits.load_digits("full").data == "full"
    assert path.read_bytes() == small_mnist


def test_a_half_download_and_no_connection_is_said(home: Path) -> None:
    path = home / "datasets" / "mnist.npz"
    path.parent.mkdir(parents=True)
    path.write_bytes(b"PK half of a file")
    answer = digits.load_digits("full")
    assert answer.data == "sample"
    assert f"The file {path} is damaged; delete it." in answer.note


def test_what_arrives_damaged_is_not_kept(
    home: Path, small_mnist: bytes, server: tuple[str, Path]
) -> None:
    (server[1] / "mnist.npz").write_bytes(small_mnist[:-100])
    answer = digits.load_digits("full")
    assert answer.data == "sample"
    assert "incomplete or damaged" in answer.note
    assert not (home / "datasets").exists()


def test_a_page_that_is_not_there_is_no_connection(home: Path, server: tuple[str, Path]) -> None:
    with pytest.raises(download.DownloadError, match="no connection to 127"):
        download.download(f"{server[0]}/gone.npz", "", 100, lambda received, total: True)


def test_a_file_that_is_too_large_is_not_read_on(home: Path, server: tuple[str, Path]) -> None:
    (server[1] / "large.npz").write_bytes(bytes(1_000_000))
    with pytest.raises(download.DownloadError, match="not the one expected"):
        download.download(f"{server[0]}/large.npz", "", 1000, lambda received, total: True)


def test_a_silent_server_is_given_up() -> None:
    import socket

    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"http://127.0.0.1:{silent.getsockname()[1]}/mnist.npz"
        with pytest.raises(download.DownloadError, match="did not answer in time"):
            download.download(url, "", 100, lambda received, total: True, timeout=0.2)


def test_the_validation_set_is_what_is_held_out() -> None:
    images, labels = digits.validation_set("sample")
    sample = digits.load_digits("sample")
    assert images is sample.validation_images
    assert labels is sample.validation_labels


def test_an_unknown_set_is_an_error() -> None:
    with pytest.raises(ValueError, match="no data set “digits”"):
        digits.load_digits("digits")
