"""The labelled pictures that the fine-tuned networks are made from, split once and for all.

Three parts of each set: to train on, to calibrate on, and to measure on. No picture is in two.
"""

import io
import json
import tarfile
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from components.concepts.photo_backbones import TASKS
from components.pictures.fit import Pixels, fit_square

SEED = 0
HELD_OUT = 200  # cats, and dogs, to measure on
CALIBRATION = 80  # cats, and dogs, to calibrate on
PARTS = ("train", "validation", "test")
ARCHIVES = {"cats_dogs": "cats-dogs-train.tar", "clothing": "clothing-small.tar"}
# Classes of the small ImageNet set that a task's own pictures could have been in.
NEAR = {
    "cats_dogs": {
        "Egyptian cat", "tabby", "Persian cat", "German shepherd", "Labrador retriever",
        "golden retriever", "Yorkshire terrier", "Chihuahua", "standard poodle",
    },
    "clothing": {
        "cardigan", "sock", "fur coat", "academic gown", "miniskirt", "sombrero", "sandal",
        "vestment", "apron", "swimming trunks", "bikini", "bow tie", "military uniform", "kimono",
        "poncho", "groom", "Christmas stocking",
    },
}  # fmt: skip
IMAGENET = "tiny-imagenet-webp.zip"


@dataclass(frozen=True, eq=False)
class Part:
    """Pictures (height, width, 3) of any size, the number of the class of each, their names."""

    pictures: tuple[Pixels, ...]
    labels: NDArray[np.int64]
    names: tuple[str, ...]

    def at(self, side: int) -> Pixels:
        """All pictures as squares: uint8 (n, side, side, 3)."""
        return np.stack([fit_square(each, side) for each in self.pictures])


def read_set(task: str, folder: Path, parts: Iterable[str] = PARTS) -> dict[str, Part]:
    """The parts of the set of a task, from its archive in `folder`.

    Of cats and dogs, whose archive has no split, 200 of each are held out to measure on and 80
    of each to calibrate on, drawn with a fixed seed; clothing comes split.
    """
    with tarfile.open(folder / ARCHIVES[task]) as archive:
        members = sorted(each.name for each in archive if each.isfile())
        names = _split_clothing(members) if task == "clothing" else _split_cats_dogs(members)
        return {part: _read(archive, names[part]) for part in parts}


def _split_clothing(members: list[str]) -> dict[str, list[tuple[str, int]]]:
    folders = TASKS["clothing"].folders
    split: dict[str, list[tuple[str, int]]] = {part: [] for part in PARTS}
    for name in members:
        part, folder = PurePosixPath(name).parts[-3:-1]
        split[part].append((name, folders.index(folder)))
    return split


def _split_cats_dogs(members: list[str]) -> dict[str, list[tuple[str, int]]]:
    split: dict[str, list[tuple[str, int]]] = {part: [] for part in PARTS}
    for label, folder in enumerate(TASKS["cats_dogs"].folders):
        ours = [name for name in members if PurePosixPath(name).parts[-2] == folder]
        mixed = [(ours[i], label) for i in np.random.default_rng(SEED).permutation(len(ours))]
        split["test"] += mixed[:HELD_OUT]
        split["validation"] += mixed[HELD_OUT : HELD_OUT + CALIBRATION]
        split["train"] += mixed[HELD_OUT + CALIBRATION :]
    return split


def _read(archive: tarfile.TarFile, wanted: list[tuple[str, int]]) -> Part:
    pictures = []
    for name, _ in wanted:
        file = archive.extractfile(name)
        assert file is not None
        pictures.append(open_rgb(file.read()))
    labels = np.array([label for _, label in wanted], np.int64)
    return Part(tuple(pictures), labels, tuple(name for name, _ in wanted))


def other_pictures(task: str, folder: Path, count: int, *, measure: bool) -> tuple[Pixels, ...]:
    """Pictures of other things: `count` from the small ImageNet set, none near the task.

    Those to measure on come from every second class, and from its validation part; those to
    train with from the classes between.
    """
    with zipfile.ZipFile(folder / IMAGENET) as archive:
        titles = json.loads(archive.read("classes.json"))
        far = [key for key, title in titles.items() if title.split(",")[0] not in NEAR[task]]
        part, numbers = ("val", far[::2]) if measure else ("train", far[1::2])
        starts = tuple(f"{part}/{number}/" for number in numbers)
        names = sorted(name for name in archive.namelist() if name.startswith(starts))
        names = [name for name in names if not name.endswith("/")]
        drawn = np.random.default_rng(SEED).permutation(len(names))[:count]
        return tuple(open_rgb(archive.read(names[i])) for i in sorted(drawn))


def pictures_of_other_task(
    task: str, folder: Path, part: str, count: int | None = None
) -> tuple[Pixels, ...]:
    """Pictures of the other task's set, which are foreign to this one: `count`, else all."""
    other = next(key for key in ARCHIVES if key != task)
    pictures = read_set(other, folder, (part,))[part].pictures
    drawn = np.random.default_rng(SEED).permutation(len(pictures))[:count]
    return tuple(pictures[i] for i in sorted(drawn))


def open_rgb(data: bytes) -> Pixels:
    """The pixels of a picture file of one of the sets."""
    return np.asarray(Image.open(io.BytesIO(data)).convert("RGB"))
