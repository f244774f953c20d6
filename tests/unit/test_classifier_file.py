"""A classifier as a file: what goes in comes out, and a stranger's file gets a sentence."""

import io
import json
import pickle
import zipfile
from collections.abc import Callable

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.classifier_file import (
    BIAS,
    CARD,
    KERNEL,
    MOST_BYTES,
    ClassifierFileError,
    read_classifier,
    write_classifier,
)
from components.concepts.photo_backbones import BACKBONES
from components.concepts.photo_head import Head
from components.concepts.teaching import clean_name

N = BACKBONES["bundled"].n_features
GOOD_CARD = {
    "format": "deep-learning-workshop classifier",
    "version": 1,
    "backbone": "bundled",
    "classes": ["mug", "phone"],
    "temperature": 1.5,
}


def head(classes: tuple[str, ...] = ("mug", "phone"), backbone: str = "bundled") -> Head:
    rng = np.random.default_rng(1)
    n = BACKBONES[backbone].n_features
    return Head(
        kernel=rng.normal(size=(n, len(classes))).astype(np.float32),
        bias=rng.normal(size=len(classes)).astype(np.float32),
        classes=classes,
        backbone=backbone,
        temperature=1.5,
    )


def npy(numbers: np.ndarray, allow_pickle: bool = False) -> bytes:
    buffer = io.BytesIO()
    np.save(buffer, numbers, allow_pickle=allow_pickle)
    return buffer.getvalue()


def archive(
    card: object = GOOD_CARD,
    kernel: bytes = npy(np.zeros((N, 2), np.float32)),
    bias: bytes = npy(np.zeros(2, np.float32)),
    extra: dict[str, bytes] | None = None,
) -> bytes:
    """A file made by hand; good with the defaults."""
    buffer = io.BytesIO()
    text = card if isinstance(card, bytes) else json.dumps(card).encode()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as file:
        for name, content in {CARD: text, KERNEL: kernel, BIAS: bias, **(extra or {})}.items():
            file.writestr(name, content)
    return buffer.getvalue()


@pytest.mark.parametrize("backbone", BACKBONES)
def test_what_is_written_is_read_again(backbone: str) -> None:
    names = tuple(f"class *{k}* <b>" for k in range(10))
    written = head(names, backbone)
    data = write_classifier(written)
    assert len(data) < MOST_BYTES
    read = read_classifier(data)
    assert read.classes == names
    assert read.backbone == backbone
    assert read.temperature == 1.5
    np.testing.assert_array_equal(read.kernel, written.kernel)
    np.testing.assert_array_equal(read.bias, written.bias)


def test_a_file_made_by_hand_is_read() -> None:
    assert read_classifier(archive()).classes == ("mug", "phone")


class Trap:
    """Runs code where it is unpickled."""

    def __reduce__(self) -> tuple[Callable[..., object], tuple[str]]:
        return (pytest.fail, ("a pickle was opened",))


def card(**changes: object) -> dict[str, object]:
    return {**GOOD_CARD, **changes}


def endless_zeros() -> bytes:
    """Small, and 40 MB when unpacked."""
    return archive(kernel=b"\0" * 40_000_000)


HOSTILE: dict[str, Callable[[], bytes]] = {
    "empty": lambda: b"",
    "text": lambda: b"hello",
    "a picture": lambda: b"\x89PNG\r\n\x1a\n" + b"\0" * 100,
    "a pickle": lambda: pickle.dumps(Trap()),
    "too large": lambda: b"PK\x03\x04" + b"\0" * MOST_BYTES,
    "cut off": lambda: write_classifier(head())[:-200],
    "cut off early": lambda: write_classifier(head())[:300],
    "a bomb": endless_zeros,
    "another archive": lambda: archive(extra={"more.txt": b"x"}),
    "pickled numbers": lambda: archive(kernel=npy(np.array([Trap()], object), True)),
    "float64": lambda: archive(kernel=npy(np.zeros((N, 2)))),
    "wrong shape": lambda: archive(kernel=npy(np.zeros((2, N), np.float32))),
    "Fortran order": lambda: archive(kernel=npy(np.asfortranarray(np.zeros((N, 2), np.float32)))),
    "too many biases": lambda: archive(bias=npy(np.zeros(3, np.float32))),
    "too few bytes": lambda: archive(kernel=npy(np.zeros((N, 2), np.float32))[:-4]),
    "too many bytes": lambda: archive(bias=npy(np.zeros(2, np.float32)) + b"\0\0\0\0"),
    "NaN": lambda: archive(bias=npy(np.array([np.nan, 0], np.float32))),
    "infinite": lambda: archive(bias=npy(np.array([np.inf, 0], np.float32))),
    "huge numbers": lambda: archive(bias=npy(np.array([1e30, 0], np.float32))),
    "no JSON": lambda: archive(card=b"{"),
    "no UTF-8": lambda: archive(card=b"\xff\xfe{}"),
    "deep JSON": lambda: archive(card=b"[" * 100_000),
    "a list": lambda: archive(card=[]),
    "another format": lambda: archive(card=card(format="other")),
    "another version": lambda: archive(card=card(version=2)),
    "another backbone": lambda: archive(card=card(backbone="../secret")),
    "a backbone of another kind": lambda: archive(card=card(backbone=["bundled"])),
    "one class": lambda: archive(card=card(classes=["mug"])),
    "eleven classes": lambda: archive(card=card(classes=[str(k) for k in range(11)])),
    "a huge name": lambda: archive(card=card(classes=["mug", "x" * 100_000])),
    "a name of another kind": lambda: archive(card=card(classes=["mug", 3])),
    "no name": lambda: archive(card=card(classes=["mug", ""])),
    "an unseen sign": lambda: archive(card=card(classes=["mug", "a\u202eb"])),
    "a line break": lambda: archive(card=card(classes=["mug", "a\nb"])),
    "half a letter": lambda: archive(card=b'{"format": "deep-learning-workshop classifier", '
                             b'"version": 1, "backbone": "bundled", "temperature": 1, '
                             b'"classes": ["mug", "\\ud800"]}'),
    "the same name": lambda: archive(card=card(classes=["mug", "Mug"])),
    "no temperature": lambda: archive(card=card(temperature=None)),
    "a cold temperature": lambda: archive(card=card(temperature=0)),
    "a temperature that is none": lambda: archive(card=card(temperature=float("nan"))),
    "an endless temperature": lambda: archive(card=card(temperature=10**400)),
    "a true temperature": lambda: archive(card=card(temperature=True)),
}  # fmt: skip


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_file_gets_a_sentence(name: str) -> None:
    with pytest.raises(ClassifierFileError) as caught:
        read_classifier(HOSTILE[name]())
    sentence = str(caught.value)
    assert sentence.endswith(".")
    assert len(sentence) < 250


@given(st.binary(max_size=200), st.integers(0, 700))
def test_a_damaged_file_never_breaks_the_reader(noise: bytes, place: int) -> None:
    data = write_classifier(head())
    damaged = data[:place] + noise + data[place + len(noise) :]
    try:
        found = read_classifier(damaged)
    except ClassifierFileError:
        return
    assert np.isfinite(found.kernel).all()


@given(st.text(max_size=80))
def test_a_name_that_is_cleaned_can_be_saved(text: str) -> None:
    name = clean_name(text)
    if not name or name.casefold() == "mug":
        return
    assert read_classifier(write_classifier(head(("mug", name)))).classes == ("mug", name)
