"""Whatever comes to a door: it is let in and sound, or a sentence says why not."""

from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.classifier_file import (
    ClassifierFileError,
    read_classifier,
    write_classifier,
)
from components.concepts.digit_drawing import (
    PAD_SIDE,
    DrawingError,
    EmptyDrawingError,
    center_digit,
    read_drawing,
    write_drawing,
)
from components.concepts.photo_backbones import BACKBONES
from components.concepts.photo_head import Head
from components.concepts.table import NumberColumn, TableError, WordColumn
from components.pictures.door import (
    LONGEST_NAME,
    LONGEST_SIDE,
    PictureError,
    open_picture,
    shown_name,
)
from components.pictures.labelled import LabelledError, open_labelled
from components.tables.door import open_table
from tests.labelled_files import colored, zipped
from tests.mutations import files, fuzz
from tests.picture_files import ACCEPTED, saved, scene
from tests.table_files import lines, text

PICTURES = [make() for make, _ in ACCEPTED.values()]
SMALL_PICTURES = [each for each in PICTURES if len(each) < 100_000]
TABLES = [
    text(lines()),
    text(lines(delimiter=";"), "cp1252", "\r\n"),
    text(lines(delimiter="\t"), "utf-16"),
    b"sep=|\r\n" + text(lines(delimiter="|")),
]
ZIPS = [zipped(colored(6)), zipped(colored(6), 0)]
HEAD = Head(
    kernel=np.zeros((BACKBONES["bundled"].n_features, 2), np.float32),
    bias=np.zeros(2, np.float32),
    classes=("mug", "phone"),
    backbone="bundled",
    temperature=1.0,
)
NAMES = st.text(max_size=200)


def assert_sentence(error: Exception) -> None:
    """Short enough to read, and finished."""
    words = str(error)
    assert words.strip().endswith((".", ")", "”")), words
    assert len(words) < 2000
    assert "Traceback" not in words


@fuzz
@given(data=files(SMALL_PICTURES), name=NAMES)
def test_the_door_for_pictures(data: bytes, name: str) -> None:
    try:
        picture = open_picture(data, name)
    except PictureError as error:
        assert_sentence(error)
        return
    height, width, channels = picture.pixels.shape
    assert picture.pixels.dtype == np.uint8 and channels == 3
    assert max(height, width) <= LONGEST_SIDE


@fuzz
@given(data=files(TABLES), name=NAMES)
def test_the_door_for_tables(data: bytes, name: str) -> None:
    try:
        table = open_table(data, name)
    except TableError as error:
        assert_sentence(error)
        return
    assert len(table.columns) >= 2
    for column in table.columns:
        assert isinstance(column, NumberColumn | WordColumn)
        if isinstance(column, NumberColumn):
            assert np.isfinite(column.values).all()
    assert len(set(table.names)) == len(table.names)


@fuzz
@given(
    cells=st.lists(st.lists(st.text(max_size=12), min_size=2, max_size=4), min_size=5, max_size=25)
)
def test_any_text_in_the_cells_of_a_table(cells: list[list[str]]) -> None:
    rows = [",".join(f'"{cell.replace(chr(34), "")}"' for cell in row) for row in cells]
    data = ("\n".join(["a,b,c", *rows])).encode("utf-8", "replace")
    try:
        open_table(data, "cells.csv")
    except TableError as error:
        assert_sentence(error)


@fuzz
@given(data=files([write_classifier(HEAD)]))
def test_the_door_for_classifiers(data: bytes) -> None:
    try:
        head = read_classifier(data)
    except ClassifierFileError as error:
        assert_sentence(error)
        return
    assert np.isfinite(head.kernel).all() and np.isfinite(head.bias).all()


@fuzz
@given(data=files(ZIPS), name=NAMES)
def test_the_door_for_labelled_pictures(data: bytes, name: str) -> None:
    try:
        found = open_labelled(data, name).pictures
    except LabelledError as error:
        assert_sentence(error)
        return
    assert 2 <= len(found.classes) <= 12
    assert found.pool.dtype == np.uint8


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=30),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner),
    max_leaves=8,
)
INK = write_drawing(np.full((PAD_SIDE, PAD_SIDE), 7, np.uint8))["ink"]
DRAWINGS = JSON | st.fixed_dictionaries(
    {"ink": JSON | files([INK.encode()]).map(lambda data: data.decode("latin-1"))}
)


@fuzz
@given(sent=DRAWINGS)
def test_the_drawing_pad(sent: Any) -> None:
    try:
        ink = read_drawing(sent)
        assert ink.shape == (PAD_SIDE, PAD_SIDE) and ink.dtype == np.uint8
        assert center_digit(ink).image.shape == (28, 28)
    except EmptyDrawingError:
        return
    except DrawingError as error:
        assert_sentence(error)


@given(name=NAMES)
def test_the_name_of_a_file_is_shown_as_code(name: str) -> None:
    shown = shown_name(name)
    assert shown.startswith("`") and shown.endswith("`")
    assert "`" not in shown[1:-1] and "\n" not in shown and shown != "``"
    assert len(shown) <= LONGEST_NAME + 4


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF"])
def test_a_file_that_is_cut_off_anywhere_gets_a_sentence_or_a_picture(kind: str) -> None:
    data = saved(scene(), kind)
    for end in range(0, len(data), max(1, len(data) // 40)):
        try:
            open_picture(data[:end], "cut")
        except PictureError as error:
            assert_sentence(error)
