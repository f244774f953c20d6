"""A classifier of one's own as one file: written here, and read as if a stranger had written it.

The file is a ZIP archive of three plain members: `classifier.json` says what it is, `kernel.npy`
and `bias.npy` are its numbers. Nothing in it is ever run: no pickle, no layers, no code. Sizes
are checked before anything is unpacked, and shapes before any number is read.
"""

import io
import json
import math
import zipfile
from typing import Any

import numpy as np
from numpy.typing import NDArray

from components.concepts.photo_backbones import BACKBONES
from components.concepts.photo_head import Head
from components.concepts.teaching import (
    FEWEST_CLASSES,
    LONGEST_NAME,
    MOST_CLASSES,
    clean_name,
)
from components.concepts.zip_faults import BROKEN_ZIP

FORMAT, VERSION = "deep-learning-workshop classifier", 1
CARD, KERNEL, BIAS = "classifier.json", "kernel.npy", "bias.npy"
MOST_BYTES = 512 * 1024  # of the whole file; ten classes on 1,280 features take 50 KB
MOST_MEMBER_BYTES = 256 * 1024
LARGEST_NUMBER = 1e6  # of a weight; a learnt one is near 1
WARMEST = 100.0  # a temperature above it would make all classes equal
NUMPY_MAGIC = b"\x93NUMPY\x01\x00"
LONGEST_HEADER = 256  # characters

AGAIN = "Take a file that this page has saved."


class ClassifierFileError(ValueError):
    """The file is no classifier that can be used; the message says why and what to do."""


def write_classifier(head: Head) -> bytes:
    """The bytes of a file with this head; `read_classifier` gives the same head back."""
    card = {
        "format": FORMAT,
        "version": VERSION,
        "backbone": head.backbone,
        "classes": list(head.classes),
        "temperature": float(head.temperature),
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(CARD, json.dumps(card, indent=1, ensure_ascii=False))
        for name, numbers in ((KERNEL, head.kernel), (BIAS, head.bias)):
            member = io.BytesIO()
            little = np.ascontiguousarray(numbers, "<f4")
            np.lib.format.write_array(member, little, (1, 0), allow_pickle=False)
            archive.writestr(name, member.getvalue())
    return buffer.getvalue()


def read_classifier(data: bytes) -> Head:
    """The head in a file. Raises ClassifierFileError, in a sentence, for anything else."""
    members = _unpack(data)
    card = _card(members[CARD])
    classes, backbone = _classes(card), _backbone(card)
    kernel = _numbers(members[KERNEL], KERNEL, (BACKBONES[backbone].n_features, len(classes)))
    bias = _numbers(members[BIAS], BIAS, (len(classes),))
    return Head(
        kernel=kernel,
        bias=bias,
        temperature=_temperature(card),
        classes=classes,
        backbone=backbone,
    )


def _unpack(data: bytes) -> dict[str, bytes]:
    """The three members of the archive; their sizes are believed to nobody."""
    if not data:
        raise ClassifierFileError(f"The file is empty. {AGAIN}")
    if len(data) > MOST_BYTES:
        raise ClassifierFileError(
            f"The file has {len(data) / 1024:,.0f} KB; a saved classifier has at most "
            f"{MOST_BYTES // 1024}. {AGAIN}"
        )
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            found = [entry.filename for entry in archive.infolist()]
            if sorted(found) != sorted((CARD, KERNEL, BIAS)):
                raise ClassifierFileError(f"This archive is no saved classifier. {AGAIN}")
            return {name: _member(archive, name) for name in found}
    except ClassifierFileError:
        raise
    except BROKEN_ZIP as error:
        raise ClassifierFileError(
            f"The file is damaged, cut off, or of another kind. {AGAIN}"
        ) from error


def _member(archive: zipfile.ZipFile, name: str) -> bytes:
    """One member; no more than its limit is ever unpacked, whatever it claims."""
    with archive.open(name) as packed:
        content = packed.read(MOST_MEMBER_BYTES + 1)
    if len(content) > MOST_MEMBER_BYTES:
        raise ClassifierFileError(
            f"The part {name} unpacks to far more than a classifier needs. {AGAIN}"
        )
    return content


def _card(content: bytes) -> dict[str, Any]:
    try:
        card = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise ClassifierFileError(f"What the file says of itself can't be read. {AGAIN}") from error
    if not isinstance(card, dict) or card.get("format") != FORMAT:
        raise ClassifierFileError(f"This archive is no saved classifier. {AGAIN}")
    if card.get("version") != VERSION:
        raise ClassifierFileError(
            "The file was saved by another version of this page, which this one can't read. "
            "Teach the classes again."
        )
    return card


def _backbone(card: dict[str, Any]) -> str:
    backbone = card.get("backbone")
    if not isinstance(backbone, str) or backbone not in BACKBONES:
        raise ClassifierFileError(
            f"The classifier was taught on a network that this page does not have. {AGAIN}"
        )
    return backbone


def _classes(card: dict[str, Any]) -> tuple[str, ...]:
    names = card.get("classes")
    if not isinstance(names, list) or not FEWEST_CLASSES <= len(names) <= MOST_CLASSES:
        raise ClassifierFileError(
            f"A classifier has {FEWEST_CLASSES} to {MOST_CLASSES} classes; this file has not. "
            f"{AGAIN}"
        )
    for name in names:
        if not isinstance(name, str) or not name or len(name) > LONGEST_NAME:
            raise ClassifierFileError(
                f"A class's name has 1 to {LONGEST_NAME} characters; this file has another. {AGAIN}"
            )
        if clean_name(name) != name or not _is_text(name):
            raise ClassifierFileError(f"A class's name holds signs that can't be shown. {AGAIN}")
    if len({name.casefold() for name in names}) < len(names):
        raise ClassifierFileError(f"Two classes of the file have the same name. {AGAIN}")
    return tuple(names)


def _is_text(name: str) -> bool:
    """Whether a name can be written in UTF-8: JSON can hold half a letter."""
    try:
        name.encode("utf-8")
    except UnicodeEncodeError:
        return False
    return True


def _temperature(card: dict[str, Any]) -> float:
    value = card.get("temperature")
    number = math.nan
    if isinstance(value, int | float) and not isinstance(value, bool) and abs(value) <= WARMEST:
        number = float(value)
    if not 1 / WARMEST <= number <= WARMEST:  # NaN fails this too
        raise ClassifierFileError(f"The file's temperature is no usable number. {AGAIN}")
    return number


def _numbers(content: bytes, name: str, shape: tuple[int, ...]) -> NDArray[np.float32]:
    """The float32 array in a .npy member. Its header may say just one thing."""
    header_end = len(NUMPY_MAGIC) + 2
    if not content.startswith(NUMPY_MAGIC) or len(content) < header_end:
        raise ClassifierFileError(f"The part {name} holds no numbers. {AGAIN}")
    length = int.from_bytes(content[len(NUMPY_MAGIC) : header_end], "little")
    header = content[header_end : header_end + length].decode("latin-1").strip()
    wanted = f"{{'descr': '<f4', 'fortran_order': False, 'shape': {shape}, }}"
    if length > LONGEST_HEADER or header != wanted:
        raise ClassifierFileError(
            f"The numbers in {name} are of another kind or number than the classes and the "
            f"network ask for. {AGAIN}"
        )
    body = content[header_end + length :]
    if len(body) != 4 * math.prod(shape):
        raise ClassifierFileError(f"The part {name} is cut off, or too long. {AGAIN}")
    numbers = np.frombuffer(body, "<f4").reshape(shape).astype(np.float32)
    if not (np.abs(numbers) <= LARGEST_NUMBER).all():  # NaN fails this too
        raise ClassifierFileError(f"Some numbers in {name} are none, or beyond all bounds. {AGAIN}")
    return numbers
