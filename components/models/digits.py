"""MNIST: 5,000 digits that come with the app, and all 70,000 where they can be had."""

import os
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

SAMPLE_FILE = Path(__file__).resolve().parent.parent.parent / "assets" / "mnist_sample.npz"
FULL_FILE_BYTES = 11_490_434  # size of Keras's mnist.npz, for the progress of its download
CONNECTION_SECONDS = 10.0
PROGRESS_SECONDS = 0.25

SIZES = {"sample": (4_000, 1_000), "full": (60_000, 10_000)}

Progress = Callable[[int, int], None]


class DigitsError(RuntimeError):
    """The full set can't be had; the message says why and what to do."""


@dataclass(frozen=True)
class Digits:
    """Digits to train on and digits held out.

    Images are uint8 of shape (n, 28, 28), labels uint8 of shape (n,). `data` is the set these
    really come from ("sample" or "full"), and `note` says in a sentence why, where it is not
    the set that was asked for.
    """

    data: str
    train_images: NDArray[np.uint8]
    train_labels: NDArray[np.uint8]
    validation_images: NDArray[np.uint8]
    validation_labels: NDArray[np.uint8]
    note: str = ""


def load_digits(data: str, progress: Progress | None = None) -> Digits:
    """The digits of the set `data`; where the full set can't be had, the sample and a note.

    `progress` is called with the bytes received and their total while the full set is
    downloaded.
    """
    if data == "sample":
        return _sample()
    try:
        return _full(progress)
    except DigitsError as error:
        sample = _sample()
        return Digits(
            "sample",
            sample.train_images,
            sample.train_labels,
            sample.validation_images,
            sample.validation_labels,
            f"{error} Training goes on with the bundled 5,000 digits.",
        )


def validation_set(data: str) -> tuple[NDArray[np.uint8], NDArray[np.uint8]]:
    """The held-out images and labels of `data`, as `load_digits` finds them."""
    digits = load_digits(data)
    return digits.validation_images, digits.validation_labels


def full_set_cached() -> bool:
    """Whether Keras's cache on this machine holds the full set."""
    return _cache_file().is_file()


def data_report() -> dict[str, bool]:
    """What this machine has beyond what is bundled, by name."""
    models = _keras_home() / "models"
    return {
        "All 70,000 MNIST digits": full_set_cached(),
        "MobileNetV2, ImageNet weights": any(models.glob("mobilenet_v2_weights_*.h5")),
    }


def _cache_file() -> Path:
    return _keras_home() / "datasets" / "mnist.npz"


def _keras_home() -> Path:
    return Path(os.environ.get("KERAS_HOME") or Path.home() / ".keras")


@cache
def _sample() -> Digits:
    with np.load(SAMPLE_FILE) as arrays:
        return _frozen("sample", *(arrays[name] for name in _NAMES))


_NAMES = ("train_images", "train_labels", "validation_images", "validation_labels")
_full_set: list[Digits] = []  # at most one: loaded once, kept for every later run
_full_set_lock = threading.Lock()


def _full(progress: Progress | None) -> Digits:
    with _full_set_lock:
        if not _full_set:
            _full_set.append(_read_full(progress))
        return _full_set[0]


def _read_full(progress: Progress | None) -> Digits:
    """Through Keras: from its cache, or by download. Raises DigitsError, in a sentence."""
    was_cached = full_set_cached()
    try:
        with _bounded_connection(), _reporting(None if was_cached else progress):
            (train_x, train_y), (test_x, test_y) = keras.datasets.mnist.load_data()
    except Exception as error:  # Keras raises a failed download as a bare Exception
        raise DigitsError(_why_not(error)) from error
    shapes = (train_x.shape, test_x.shape)
    if shapes != ((60_000, 28, 28), (10_000, 28, 28)):
        raise DigitsError(_why_not(ValueError(f"it holds {train_x.shape} and {test_x.shape}")))
    return _frozen("full", train_x, train_y, test_x, test_y)


def _why_not(error: Exception) -> str:
    if isinstance(error, PermissionError | ValueError | EOFError | KeyError):
        return (
            f"The file of the 70,000 digits can't be used ({error}). Delete mnist.npz in the "
            "datasets folder of Keras's cache and train again: it is downloaded anew."
        )
    return (
        "The 70,000 digits are not on this machine and could not be downloaded. Connect it to "
        "the internet and train again, or put mnist.npz into the datasets folder of Keras's cache."
    )


def _frozen(
    data: str,
    train_images: NDArray[np.uint8],
    train_labels: NDArray[np.uint8],
    validation_images: NDArray[np.uint8],
    validation_labels: NDArray[np.uint8],
) -> Digits:
    """The arrays, read-only: every run in this process shares them."""
    for array in (train_images, train_labels, validation_images, validation_labels):
        array.setflags(write=False)
    return Digits(data, train_images, train_labels, validation_images, validation_labels)


@contextmanager
def _bounded_connection() -> Iterator[None]:
    """A server that does not answer may hold a run up for seconds, not for ever."""
    before = socket.getdefaulttimeout()
    socket.setdefaulttimeout(CONNECTION_SECONDS)
    try:
        yield
    finally:
        socket.setdefaulttimeout(before)


@contextmanager
def _reporting(progress: Progress | None) -> Iterator[None]:
    """Report the size of the file in Keras's cache while it grows."""
    if progress is None:
        yield
        return
    done = threading.Event()

    def watch() -> None:
        while not done.wait(PROGRESS_SECONDS):
            file = _cache_file()
            received = file.stat().st_size if file.is_file() else 0
            progress(min(received, FULL_FILE_BYTES), FULL_FILE_BYTES)

    watcher = threading.Thread(target=watch, name="download-progress", daemon=True)
    watcher.start()
    try:
        yield
    finally:
        done.set()
        watcher.join()
