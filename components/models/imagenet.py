"""The ImageNet networks of keras.applications: in Keras's cache, or downloaded into it."""

import functools
import hashlib
import json
import os
import threading
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import keras

from components.concepts.photo_backbones import BACKBONES, Backbone
from components.concepts.training import Event
from components.models.control import Control
from components.models.digits import keras_home
from components.models.download import DownloadError, Progress, download

# As in keras.applications.mobilenet_v2 and imagenet_utils. Keras knows no checksum of the
# weights: what arrives is checked by building the network from it.
ORIGIN = "https://storage.googleapis.com/tensorflow/keras-applications/mobilenet_v2/"
INDEX_ORIGIN = (
    "https://storage.googleapis.com/download.tensorflow.org/data/imagenet_class_index.json"
)
INDEX_FILE = "imagenet_class_index.json"
INDEX_MD5 = "c2c37ea517e94d9795004a39431a14cb"
LARGEST_WEIGHTS = 32_000_000  # bytes; the largest of the files has 14.5 million
LARGEST_INDEX = 200_000
HDF5 = b"\x89HDF\r\n\x1a\n"
LOCK_POLL_SECONDS = 0.2

_one_download = threading.Lock()


def models_folder() -> Path:
    """Where Keras keeps the weights of keras.applications on this machine."""
    return keras_home() / "models"


def cached_weights(name: str) -> Path | None:
    """The file of weights of this name in Keras's cache, None where there is none."""
    path = models_folder() / name
    try:
        with path.open("rb") as file:
            return path if file.read(len(HDF5)) == HDF5 else None
    except OSError:
        return None  # not here, which is the usual case on a new machine


def build(backbone: Backbone, *, top: bool, weights: Path | None) -> keras.Model:
    """MobileNetV2 as keras.applications has it, for pictures from -1 to 1. Up to its last maps,
    or, with `top`, to the probabilities of ImageNet's 1,000 classes.

    Raises DownloadError where the file has other weights than this network's.
    """
    try:
        model = keras.applications.MobileNetV2(
            input_shape=(backbone.side, backbone.side, 3),
            alpha=backbone.width,
            include_top=top,
            weights=None if weights is None else str(weights),
        )
    except (OSError, ValueError, KeyError) as error:
        raise DownloadError(
            f"The file {weights} is damaged. Delete it and download the network again."
        ) from error
    model.trainable = False
    return model


def class_names() -> tuple[str, ...] | None:
    """The names of ImageNet's 1,000 classes, None where Keras's cache does not have them."""
    path = models_folder() / INDEX_FILE
    try:
        return _names_in(path.read_bytes())
    except (OSError, DownloadError):
        return None


def raw_here(backbone: Backbone) -> bool:
    """Whether the answers of the network as it was pretrained can be had on this machine."""
    if backbone.is_bundled:
        return True
    return cached_weights(backbone.top_file) is not None and class_names() is not None


def download_network(
    key: str,
    report: Callable[[Event], None],
    control: Control,
    publish: Callable[[object], None],
) -> bool:
    """A job: bring all files of the network `key` into Keras's cache.

    Its events are {"kind": "download", "file", "number", "files", "received", "total"}; those
    that are here already are not fetched. Raises DownloadError, in a sentence.
    """
    while not _one_download.acquire(timeout=LOCK_POLL_SECONDS):
        if control.stop_wanted:
            raise DownloadError("The download was stopped.")
    try:
        missing = [each for each in _files(BACKBONES[key]) if not each.is_here()]
        for number, file in enumerate(missing, start=1):

            def follow(
                received: int, total: int, name: str = file.name, number: int = number
            ) -> bool:
                place: Event = {"kind": "download", "file": name, "number": number}
                report({**place, "files": len(missing), "received": received, "total": total})
                return not control.stop_wanted

            file.fetch(follow)
    finally:
        _one_download.release()
    return True


@dataclass(frozen=True)
class _File:
    """A file for Keras's cache: where from, and how it is known to be right."""

    name: str
    origin: str
    largest: int
    is_here: Callable[[], bool]
    check: Callable[[Path], None]

    def fetch(self, progress: Progress) -> None:
        """Download it, check it, and only then give it its name. Raises DownloadError."""
        content = download(self.origin, None, self.largest, progress)
        folder = models_folder()
        part = folder / f"part-{os.getpid()}-{self.name}"
        try:
            folder.mkdir(parents=True, exist_ok=True)
            part.write_bytes(content)
            self.check(part)
            part.replace(folder / self.name)
        except OSError as error:
            raise DownloadError(
                f"The network could not be kept in {folder} ({error.strerror})."
            ) from error
        finally:
            part.unlink(missing_ok=True)


def _files(backbone: Backbone) -> list[_File]:
    """What the network needs, the most useful first."""
    weights = [
        _File(
            name,
            ORIGIN + name,
            LARGEST_WEIGHTS,
            functools.partial(_has_weights, name),
            functools.partial(_check_weights, backbone, top),
        )
        for name, top in ((backbone.weights_file, False), (backbone.top_file, True))
    ]
    index = _File(
        INDEX_FILE, INDEX_ORIGIN, LARGEST_INDEX, lambda: class_names() is not None, _check_index
    )
    return [*weights, index]


def _has_weights(name: str) -> bool:
    return cached_weights(name) is not None


def _check_weights(backbone: Backbone, top: bool, path: Path) -> None:
    try:
        build(backbone, top=top, weights=path)
    except DownloadError as error:
        raise DownloadError("What arrived is not the network expected.") from error


def _check_index(path: Path) -> None:
    content = path.read_bytes()
    if hashlib.md5(content, usedforsecurity=False).hexdigest() != INDEX_MD5:
        raise DownloadError("What arrived is incomplete or damaged.")
    _names_in(content)


def _names_in(content: bytes) -> tuple[str, ...]:
    """The names in an index: {"0": ["n01440764", "tench"], …}. Raises DownloadError."""
    try:
        index = json.loads(content)
        names = tuple(str(index[str(i)][1]).replace("_", " ") for i in range(1000))
    except (ValueError, KeyError, IndexError, TypeError) as error:
        raise DownloadError("The names of ImageNet's classes are damaged.") from error
    return names
