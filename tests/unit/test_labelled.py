"""The door for zips of labelled pictures: what comes in, what is left out, and with what words."""

import struct
import zipfile
from io import BytesIO

import numpy as np
import pytest

from components.pictures import labelled
from components.pictures.labelled import LabelledError, class_name, open_labelled, pack
from tests.labelled_files import COLORS, colored, picture, zipped


def test_folders_are_classes_and_a_third_is_held_out() -> None:
    found = open_labelled(zipped(colored(9)), "pets.zip")
    pictures = found.pictures
    assert pictures.classes == ("blue", "green", "red")
    assert found.notes == ()
    assert pictures.pool.shape == (18, 64, 64, 3)
    assert pictures.validation.shape == (9, 64, 64, 3)
    assert pictures.most_per_class == 6
    for pixels, label in zip(pictures.pool, pictures.pool_labels, strict=True):
        wanted = COLORS[pictures.classes[label]]
        assert np.abs(pixels.mean(axis=(0, 1)) - wanted).max() < 12


def test_no_picture_is_in_both_parts_and_the_split_is_always_the_same() -> None:
    data = zipped(colored(12))
    one, other = open_labelled(data, "a.zip").pictures, open_labelled(data, "b.zip").pictures
    assert np.array_equal(one.pool, other.pool)
    pool = {pixels.tobytes() for pixels in one.pool}
    assert not pool & {pixels.tobytes() for pixels in one.validation}


def test_the_inner_folder_is_the_class_wherever_it_lies() -> None:
    files = colored(4, "set/train/") | {
        f"set/test/{name}/{number}.png": picture(color, 900 + 10 * place + number)
        for place, (name, color) in enumerate(COLORS.items())
        for number in range(4)
    }
    pictures = open_labelled(zipped(files), "set.zip").pictures
    assert pictures.classes == ("blue", "green", "red")
    assert len(pictures.pool) + len(pictures.validation) == 24


def test_paths_that_lead_out_are_left_out() -> None:
    files = colored(6) | {
        "../../etc/red/out.png": picture(COLORS["red"], 76),
        "/red/absolute.png": picture(COLORS["red"], 77),
        "C:\\red\\windows.png": picture(COLORS["red"], 78),
    }
    found = open_labelled(zipped(files), "evil.zip")
    assert len(found.pictures.pool) + len(found.pictures.validation) == 18
    assert any("3 with a path that leads out" in note for note in found.notes)


def test_what_is_no_picture_is_left_out_with_its_sentence() -> None:
    files = colored(6) | {
        "pets/red/notes.txt": b"hello",
        "pets/red/empty.png": b"",
        "pets/.DS_Store": b"x",
        "__MACOSX/red/._1.png": b"x",
        "readme.md": b"in no folder",
    }
    found = open_labelled(zipped(files), "pets.zip")
    assert len(found.notes) == 2
    assert any("`notes.txt` is not a picture" in note for note in found.notes)
    assert any("`empty.png` is empty" in note for note in found.notes)


def test_a_double_is_used_once_and_named_a_leak() -> None:
    files = colored(7)
    files["pets/blue/copy.png"] = files["pets/red/0.png"]
    found = open_labelled(zipped(files), "pets.zip")
    assert any("would be a leak" in note for note in found.notes)
    assert len(found.pictures.pool) + len(found.pictures.validation) == 21


def test_a_class_with_too_few_is_left_out() -> None:
    found = open_labelled(zipped(colored(6) | {"pets/one/1.png": picture((9, 9, 9), 5)}), "p.zip")
    assert found.pictures.classes == ("blue", "green", "red")
    assert any("“one” has 1 picture; it takes at least 6" in note for note in found.notes)


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "is not a zip file"),
        (b"no zip at all", "is not a zip file"),
        (zipped(colored(9))[:-300], "is not a zip file"),
        (zipped({}), "no folders with files"),
        (zipped({"1.png": picture((1, 2, 3), 1)}), "no folders with files"),
        (zipped(colored(3)), "0 folders with at least 6"),
        (zipped({f"red/{n}.png": picture((200, 0, 0), n) for n in range(8)}), "it takes 2"),
    ],
)
def test_a_zip_that_can_not_be_used_gets_a_sentence(data: bytes, words: str) -> None:
    with pytest.raises(LabelledError, match=words):
        open_labelled(data, "pets.zip")


def test_too_large_a_zip_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelled, "zipfile", None)
    with pytest.raises(LabelledError, match="MB are the most"):
        open_labelled(bytes(2**20 + 1), "big.zip", most_bytes=2**20)


def test_a_bomb_is_not_unpacked() -> None:
    files = colored(6) | {"pets/red/bomb.png": bytes(30 * 2**20)}
    found = open_labelled(zipped(files), "bomb.zip")
    assert any("`bomb.png` unpacks to more" in note for note in found.notes)


def test_a_bomb_that_lies_about_its_size_is_cut_off() -> None:
    data = bytearray(zipped(colored(6) | {"pets/red/bomb.png": bytes(30 * 2**20)}))
    with zipfile.ZipFile(BytesIO(data)) as archive:
        info = archive.getinfo("pets/red/bomb.png")
    entry = data.rfind(b"pets/red/bomb.png") - 46  # its record in the central directory
    struct.pack_into("<I", data, entry + 24, 1000)
    assert info.file_size == 30 * 2**20
    found = open_labelled(bytes(data), "bomb.zip")
    assert any("`bomb.png`" in note for note in found.notes)
    assert len(found.pictures.pool) + len(found.pictures.validation) == 18


def test_many_unpacked_bytes_are_too_many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelled, "MOST_UNPACKED_BYTES", 1000)
    with pytest.raises(LabelledError, match="unpacks to more than"):
        open_labelled(zipped(colored(6)), "pets.zip")


def test_too_many_files_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(labelled, "MOST_ENTRIES", 10)
    with pytest.raises(LabelledError, match="10 are the most"):
        open_labelled(zipped(colored(6)), "pets.zip")


def test_a_folder_goes_through_the_same_door(monkeypatch: pytest.MonkeyPatch) -> None:
    files = colored(9)
    packed = open_labelled(pack(files, "pets"), "pets")
    by_zip = open_labelled(zipped(files), "pets.zip")
    assert packed.pictures.classes == by_zip.pictures.classes
    np.testing.assert_array_equal(packed.pictures.pool, by_zip.pictures.pool)
    monkeypatch.setattr(labelled, "MOST_ZIP_BYTES", 1000)
    with pytest.raises(LabelledError, match="`pets` has 27 files"):
        pack(files, "pets")


def test_reading_can_be_given_up() -> None:
    with pytest.raises(LabelledError, match="was stopped"):
        open_labelled(zipped(colored(6)), "pets.zip", lambda share: False)


def test_names_of_classes_are_plain() -> None:
    assert class_name("t_shirt") == "t shirt"
    assert class_name("<b>`x`</b>\n") == "bxb"
    assert class_name("..") == ""
    assert len(class_name("x" * 400)) == labelled.LONGEST_CLASS
