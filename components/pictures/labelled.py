"""The checked door for labelled pictures: a zip whose folders are classes.

The class of a picture is the folder that it lies in, so `cats/1.jpg` and `train/cats/1.jpg` are
both cats. Nothing is ever unpacked to a disk, so a path in the archive can't lead anywhere.
Sizes are checked before a file is unpacked, and again while it is, since an archive may lie about
them. Every picture then passes through the door for single pictures.
"""

import hashlib
import io
import re
import zipfile
from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

import numpy as np
from numpy.typing import NDArray

from components.concepts.plain_words import as_markdown
from components.concepts.small_data import LabelledPictures
from components.concepts.zip_faults import BROKEN_ZIP
from components.pictures.door import MAX_BYTES, PictureError, open_picture, shown_name
from components.pictures.fit import fit_square

SIDE = 64  # px of a picture as the bundled photo network takes it
MOST_ZIP_BYTES = 60 * 2**20
MOST_UNPACKED_BYTES = 400 * 2**20
MOST_RATIO = 200  # of a file to its packed size; pictures hardly get smaller by packing
MOST_ENTRIES = 20_000
MOST_LOOKED_AT = 1_500  # files that are opened
LEAST_CLASSES, MOST_CLASSES = 2, 12
LEAST_PER_CLASS = 6
MOST_PICTURES = 720  # all classes together, so that a set travels to a worker at once
MOST_HELD_OUT = 30  # pictures of a class
LONGEST_CLASS = 24
MOST_NAMED = 5  # files that a sentence names
SPLIT_SEED = 0

Progress = Callable[[float], bool]


class LabelledError(ValueError):
    """The archive can't be used; the message says why and what to do."""


@dataclass(frozen=True, eq=False)
class Labelled:
    """What came through the door: the pictures, and sentences about what was left out."""

    pictures: LabelledPictures
    notes: tuple[str, ...]


@dataclass(frozen=True)
class _Found:
    """A picture of a class, as the network gets it."""

    name: str
    pixels: NDArray[np.uint8]


def open_labelled(
    data: bytes,
    name: str,
    progress: Progress = lambda share: True,
    most_bytes: int = MOST_ZIP_BYTES,
) -> Labelled:
    """The labelled pictures in the zip file `data`, 64 × 64 in RGB, split by a fixed seed.

    A third of each class is held out, at most MOST_HELD_OUT. `progress` gets the share that is
    read and returns False to give up; `most_bytes` is how large the archive may be. Raises
    LabelledError, in a sentence.
    """
    shown = shown_name(name)
    if len(data) > most_bytes:
        raise LabelledError(
            f"{shown} has {len(data) / 2**20:.0f} MB; {most_bytes // 2**20} MB are the most. "
            "Scale the pictures down, or take fewer of them: 64 × 64 pixels are all that is used."
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            entries, odd = _entries(archive, shown)
            found, notes = _open_all(archive, entries, progress)
    except LabelledError:
        raise
    except BROKEN_ZIP as error:
        raise LabelledError(
            f"{shown} is not a zip file that can be read to its end. Zip the folder again: one "
            "folder for each class, with its pictures in it."
        ) from error
    if odd:
        notes.append(f"{odd:,} with a path that leads out of the archive: left out.")
    return _assemble(found, notes, shown)


def pack(files: Mapping[str, bytes | memoryview], name: str) -> bytes:
    """The files of a folder, by their paths in it, as a zip for `open_labelled`.

    Raises LabelledError for a folder that is too large.
    """
    total = sum(memoryview(content).nbytes for content in files.values())
    if total > MOST_ZIP_BYTES or len(files) > MOST_ENTRIES:
        raise LabelledError(
            f"{shown_name(name)} has {len(files):,} files with {total / 2**20:.0f} MB; "
            f"{MOST_ENTRIES:,} files and {MOST_ZIP_BYTES // 2**20} MB are the most. Take fewer "
            "pictures, or scale them down."
        )
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_STORED) as archive:
        for path, content in files.items():
            archive.writestr(path, bytes(content))
    return buffer.getvalue()


def _entries(archive: zipfile.ZipFile, shown: str) -> tuple[dict[str, list[zipfile.ZipInfo]], int]:
    """The files of each folder that may be pictures, and how many had a path that tricks.

    Raises LabelledError.
    """
    infos = archive.infolist()
    if len(infos) > MOST_ENTRIES:
        raise LabelledError(
            f"{shown} holds {len(infos):,} files; {MOST_ENTRIES:,} are the most. Take fewer."
        )
    classes: dict[str, list[zipfile.ZipInfo]] = {}
    odd = 0
    for info in infos:
        path = PurePosixPath(info.filename.replace("\\", "/"))
        if path.is_absolute() or ".." in path.parts or ":" in info.filename:
            odd += 1
            continue
        hidden = any(part.startswith((".", "__MACOSX")) for part in path.parts)
        if not info.is_dir() and not hidden and (label := class_name(path.parent.name)):
            classes.setdefault(label, []).append(info)
    if not classes:
        raise LabelledError(
            f"{shown} has no folders with files in them. Put the pictures of each class into a "
            "folder with the name of the class, and zip these folders."
        )
    return classes, odd


def class_name(folder: str) -> str:
    """A folder's name as the name of a class: printable, on one line, not too long."""
    plain = re.sub(r"[^\w .,'()+&-]", "", folder.replace("_", " "))
    return " ".join(plain.split())[:LONGEST_CLASS].strip(" .")


def _open_all(
    archive: zipfile.ZipFile, entries: dict[str, list[zipfile.ZipInfo]], progress: Progress
) -> tuple[dict[str, list[_Found]], list[str]]:
    """Every picture of every class once, as many of each class as will be used, and notes."""
    refused: list[str] = []
    seen: dict[str, str] = {}
    twice = 0
    unpacked = 0
    found: dict[str, list[_Found]] = {label: [] for label in entries}
    most = max(LEAST_PER_CLASS, MOST_PICTURES // max(1, len(entries)))
    looked = 0
    for label, info in _in_turn(entries):
        if len(found[label]) >= most:
            continue
        looked += 1
        if looked > MOST_LOOKED_AT:
            refused.append(f"Only the first {MOST_LOOKED_AT:,} files were looked at.")
            break
        if not progress(looked / min(MOST_LOOKED_AT, sum(map(len, entries.values())))):
            raise LabelledError("Reading the pictures was stopped.")
        try:
            content = _unpack(archive, info)
            unpacked += len(content)
            if unpacked > MOST_UNPACKED_BYTES:
                raise LabelledError(
                    f"The archive unpacks to more than {MOST_UNPACKED_BYTES // 2**20} MB. Scale "
                    "the pictures down, or take fewer of them."
                )
            picture = open_picture(content, info.filename.replace("\\", "/"))
        except PictureError as error:
            refused.append(str(error))
            continue
        digest = hashlib.sha256(picture.pixels.tobytes()).hexdigest()
        if digest in seen:
            twice += 1
            continue
        seen[digest] = label
        found[label].append(_Found(info.filename, fit_square(picture.pixels, SIDE)))
    return found, _notes(refused, twice)


def _in_turn(
    entries: dict[str, list[zipfile.ZipInfo]],
) -> Iterator[tuple[str, zipfile.ZipInfo]]:
    """One file of each class after the other, so that no class eats up the limits."""
    for place in range(max(map(len, entries.values()))):
        for label, infos in entries.items():
            if place < len(infos):
                yield label, infos[place]


def _unpack(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    """The content of one file. Raises PictureError where it asks for more than it should."""
    shown = shown_name(info.filename.replace("\\", "/"))
    if info.flag_bits & 1:
        raise PictureError(f"{shown} is locked with a password. Zip the pictures without one.")
    too_large = PictureError(
        f"{shown} unpacks to more than a picture of this size can need, or than "
        f"{MAX_BYTES // 2**20} MB. It was left out."
    )
    if info.file_size > min(MAX_BYTES, MOST_RATIO * max(info.compress_size, 1024)):
        raise too_large
    try:
        with archive.open(info) as file:
            content = file.read(MAX_BYTES + 1)
    except BROKEN_ZIP as error:
        raise PictureError(f"{shown} is damaged inside the archive. It was left out.") from error
    if len(content) > MAX_BYTES:
        raise too_large
    return content


def _notes(refused: list[str], twice: int) -> list[str]:
    notes = refused[:MOST_NAMED]
    if len(refused) > MOST_NAMED:
        notes.append(f"{len(refused) - MOST_NAMED:,} more files were left out for such reasons.")
    if twice:
        files = "1 file shows" if twice == 1 else f"{twice:,} files show"
        notes.append(
            f"{files} a picture that is there already. Each picture is used once: in training and "
            "validation both, it would be a leak."
        )
    return notes


def _assemble(found: dict[str, list[_Found]], notes: list[str], shown: str) -> Labelled:
    """Pool and held-out pictures of the classes that have enough. Raises LabelledError."""
    small = {label: len(each) for label, each in found.items() if len(each) < LEAST_PER_CLASS}
    notes = notes + [
        f"The class “{as_markdown(label)}” has {count} picture{'' if count == 1 else 's'}; "
        f"it takes at least {LEAST_PER_CLASS}. It was left out."
        for label, count in list(small.items())[:MOST_NAMED]
    ]
    counts = Counter({label: len(each) for label, each in found.items() if label not in small})
    classes = tuple(sorted(label for label, _ in counts.most_common(MOST_CLASSES)))
    if len(counts) > MOST_CLASSES:
        notes.append(f"Of {len(counts)} classes the {MOST_CLASSES} largest are used.")
    if len(classes) < LEAST_CLASSES:
        raise LabelledError(
            f"{shown} has {len(classes)} folder{'' if len(classes) == 1 else 's'} with at least "
            f"{LEAST_PER_CLASS} pictures; it takes {LEAST_CLASSES}, one for each class. "
            + " ".join(notes[:MOST_NAMED])
        )
    return Labelled(_split(classes, found), tuple(notes))


def _split(classes: tuple[str, ...], found: dict[str, list[_Found]]) -> LabelledPictures:
    """A third of each class is held out, at most MOST_HELD_OUT, drawn by a fixed seed."""
    rng = np.random.default_rng(SPLIT_SEED)
    most = MOST_PICTURES // len(classes)
    pool: list[NDArray[np.uint8]] = []
    held_out: list[NDArray[np.uint8]] = []
    pool_labels: list[int] = []
    held_out_labels: list[int] = []
    for number, label in enumerate(classes):
        pixels = [each.pixels for each in found[label][:most]]
        n_held_out = min(MOST_HELD_OUT, len(pixels) // 3)
        for place, index in enumerate(rng.permutation(len(pixels))):
            is_held_out = place < n_held_out
            (held_out if is_held_out else pool).append(pixels[index])
            (held_out_labels if is_held_out else pool_labels).append(number)
    return LabelledPictures(
        classes,
        np.stack(pool),
        np.array(pool_labels, np.int64),
        np.stack(held_out),
        np.array(held_out_labels, np.int64),
    )
