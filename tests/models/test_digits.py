"""The digits: bundled, cached, downloaded, and not to be had."""

import hashlib
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import keras
import numpy as np
import pytest

from components.concepts.digit_network import PRESETS
from components.concepts.training import TrainingPlan, TrainingRecord
from components.models import digits
from components.models.control import Control
from components.models.training import train_digits

README = Path(__file__).resolve().parent.parent.parent / "assets" / "README.md"


@pytest.fixture(autouse=True)
def nothing_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every test loads the full set anew."""
    monkeypatch.setattr(digits, "_full_set", [])


def use_cache(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Let Keras use this folder as its cache."""
    monkeypatch.setenv("KERAS_HOME", str(home))
    monkeypatch.setattr(keras.src.utils.file_utils.config, "keras_home", lambda: str(home))


def use_server(monkeypatch: pytest.MonkeyPatch, url: str) -> None:
    """Let Keras download from here."""
    original = keras.src.datasets.mnist.get_file

    def get_file(fname: str, origin: str, **options: object) -> str:
        path: str = original(fname=fname, origin=f"{url}/mnist.npz", **options)
        return path

    monkeypatch.setattr(keras.src.datasets.mnist, "get_file", get_file)


def test_the_sample_is_what_its_readme_says() -> None:
    checksum = hashlib.sha256(digits.SAMPLE_FILE.read_bytes()).hexdigest()
    assert checksum in README.read_text("utf-8")


def test_the_sample_is_stratified_and_split() -> None:
    sample = digits.load_digits("sample")
    assert np.bincount(sample.train_labels).tolist() == [400] * 10
    assert np.bincount(sample.validation_labels).tolist() == [100] * 10
    seen = {image.tobytes() for image in sample.train_images}
    assert not any(image.tobytes() in seen for image in sample.validation_images)


def test_nobody_can_change_the_shared_arrays() -> None:
    with pytest.raises(ValueError, match="read-only"):
        digits.load_digits("sample").train_images[0, 0, 0] = 1


def test_the_full_set_comes_from_the_cache(
    keras_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_cache(monkeypatch, keras_home)
    assert digits.data_report()["All 70,000 MNIST digits"]
    full = digits.load_digits("full")
    assert (full.data, full.note) == ("full", "")
    assert len(full.train_images) == 60_000
    assert len(full.validation_images) == 10_000


def test_without_cache_and_connection_the_sample_goes_on(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    use_cache(monkeypatch, tmp_path)
    use_server(monkeypatch, "http://127.0.0.1:9")  # nobody listens there: refused at once
    record = TrainingRecord()
    plan = TrainingPlan(PRESETS["dense"], data="full", epochs=1)
    train_digits(plan, record.add, Control(), lambda reader: None)
    assert record.data == "sample"
    assert "could not be downloaded" in record.note
    assert "bundled 5,000" in record.note
    assert record.ended == "finished"


@pytest.fixture
def server(tmp_path: Path) -> Iterator[tuple[str, Path]]:
    """A web server on this machine, and the folder that it serves."""
    folder = tmp_path / "served"
    folder.mkdir()
    handler = partial(SimpleHTTPRequestHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as http:
        threading.Thread(target=http.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{http.server_port}", folder
        http.shutdown()


def test_a_download_is_checked_and_cached(
    keras_home: Path,
    tmp_path: Path,
    server: tuple[str, Path],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    url, folder = server
    (folder / "mnist.npz").write_bytes((keras_home / "datasets" / "mnist.npz").read_bytes())
    use_cache(monkeypatch, tmp_path)
    use_server(monkeypatch, url)
    monkeypatch.setattr(digits, "PROGRESS_SECONDS", 0.001)
    seen: list[tuple[int, int]] = []
    full = digits.load_digits("full", lambda received, total: seen.append((received, total)))
    assert full.data == "full"
    assert digits.full_set_cached()
    assert seen
    assert all(received <= total for received, total in seen)


def test_a_broken_download_is_refused_and_the_sample_goes_on(
    tmp_path: Path, server: tuple[str, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    url, folder = server
    (folder / "mnist.npz").write_bytes(b"half of it")
    use_cache(monkeypatch, tmp_path)
    use_server(monkeypatch, url)
    full = digits.load_digits("full")
    assert full.data == "sample"
    assert re.search("can't be used", full.note)


def test_only_the_device_module_names_a_backend() -> None:
    for module in Path(digits.__file__).parent.glob("*.py"):
        if module.name != "device.py":
            text = module.read_text("utf-8")
            assert not re.search(r"^\s*(import|from) (tensorflow|jax|torch)", text, re.MULTILINE)
