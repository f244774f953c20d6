"""The MNIST digits: the bundled sample, and the full set from Keras's cache or by download.

The arrays stay uint8, 0 to 255, and are read-only; networks rescale them inside. Each data
set is read once in a worker process.
"""

import functools
import hashlib
import io
import os
import threading
import zipfile
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from components.models.download import DownloadError, Progress, download

SAMPLE_PATH = Path(__file__).parents[2] / "assets" / "mnist_sample.npz"

# The file of keras.datasets.mnist: same place, same name, same checksum.
FULL_ORIGIN = "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz"
FULL_SHA256 = "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1"
FULL_BYTES = 11_490_434

GOES_ON = "The bundled 5,000 digits are used instead."

_full_lock = threading.Lock()
_full_cache: dict[Path, "Digits"] = {}


@dataclass(frozen=True, eq=False)
class Digits:
    """Digits to train on and digits to validate on.

    Images are uint8 of shape (n, 28, 28), 0 black to 255 white; labels are uint8, 0 to 9.
    `data` names the set these really are, `note` is a sentence where that is not the one
    asked for, else "".
    """

    train_images: NDArray[np.uint8]
    train_labels: NDArray[np.uint8]
    validation_images: NDArray[np.uint8]
    validation_labels: NDArray[np.uint8]
    data: str
    note: str = ""


def keras_home() -> Path:
    """Keras's cache folder: KERAS_HOME, else .keras in the home folder."""
    return Path(os.environ.get("KERAS_HOME") or "~/.keras").expanduser()


def full_path() -> Path:
    """Where Keras keeps the full MNIST on this machine."""
    return keras_home() / "datasets" / "mnist.npz"


def data_report() -> dict[str, bool]:
    """Which digits are in Keras's cache on this machine, by name. Reads no data."""
    path = full_path()
    return {"All 70,000 MNIST digits": path.is_file() and path.stat().st_size == FULL_BYTES}


def load_digits(data: str, progress: Progress | None = None) -> Digits:
    """Load the "sample" or the "full" set.

    Where the full set is neither cached nor to be had, the sample comes back, and its `note`
    says so. `progress(received, total)` follows a download and returns False to stop it.
    """
    if data == "sample":
        return _sample()
    if data != "full":
        raise ValueError(f"There is no data set “{data}”; choose “sample” or “full”.")
    with _full_lock:  # one download, however many ask
        path = full_path()
        if path not in _full_cache:
            try:
                _full_cache[path] = _load_full(path, progress or (lambda received, total: True))
            except DownloadError as error:
                return _sample_with_note(str(error))
        return _full_cache[path]


def validation_set(data: str) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The held-out images, uint8 of shape (n, 28, 28), and labels (n,) of the set `data`.

    `data` is what a run says it really trained on.
    """
    digits = load_digits(data)
    return digits.validation_images, digits.validation_labels


@functools.cache
def _sample() -> Digits:
    return _from_npz(SAMPLE_PATH.read_bytes(), "sample")


def _load_full(path: Path, progress: Progress) -> Digits:
    """The full set from the cache or by download. Raises DownloadError, in sentences."""
    trouble = ""
    try:
        content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() == FULL_SHA256:
            return _from_npz(content, "full")
        trouble = f"The file {path} is damaged; delete it. "
    except FileNotFoundError:
        pass  # the usual case on a new machine: download it
    except OSError as error:
        trouble = f"The file {path} can't be read ({error.strerror}). "
    try:
        content = download(FULL_ORIGIN, FULL_SHA256, FULL_BYTES, progress)
    except DownloadError as error:
        raise DownloadError(f"{trouble}{error}") from error
    return _from_npz(content, "full", _keep(content, path))


def _keep(content: bytes, path: Path) -> str:
    """Put a download into Keras's cache; a sentence where that is not possible, else ""."""
    part = path.with_name(f"{path.name}.{os.getpid()}.part")
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_bytes(content)
        part.replace(path)
    except OSError as error:
        return f"The digits could not be kept in {path.parent} ({error.strerror})."
    return ""


def _sample_with_note(reason: str) -> Digits:
    sample = _sample()
    cure = "Connect this machine once, or copy mnist.npz to"
    note = f"The full MNIST is not here. {reason} {GOES_ON} {cure} {full_path().parent}."
    return Digits(
        sample.train_images,
        sample.train_labels,
        sample.validation_images,
        sample.validation_labels,
        sample.data,
        note,
    )


def _from_npz(content: bytes, data: str, note: str = "") -> Digits:
    """Read the four arrays of a file made like Keras's mnist.npz, as read-only arrays."""
    try:
        with np.load(io.BytesIO(content), allow_pickle=False) as file:
            arrays = [file[name] for name in ("x_train", "y_train", "x_test", "y_test")]
    except (zipfile.BadZipFile, KeyError, ValueError) as error:
        raise DownloadError(f"The {data} digits are damaged.") from error
    for array in arrays:
        array.flags.writeable = False
    train_images, train_labels, validation_images, validation_labels = arrays
    return Digits(
        train_images, train_labels, validation_images, validation_labels, data=data, note=note
    )
