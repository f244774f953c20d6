"""The checked door for pictures: what comes in, what does not, and what it costs."""

import io
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from components.pictures.bundled import BUNDLED, DIGITS, bundled_picture
from components.pictures.door import LONGEST_SIDE, PictureError, open_picture, shown_name
from tests.picture_files import (
    ACCEPTED,
    HEAVY,
    PNG,
    REFUSED,
    floating_point,
    grey_16_bit,
    rotated_by_camera,
    saved,
    scene,
)

MOST_MEMORY = 300  # MB for the whole process, Python included
PROJECT = Path(__file__).resolve().parents[2]
OPEN_IT = """
import sys
from components.pictures.door import PictureError, open_picture
try:
    open_picture(open(sys.argv[1], "rb").read(), "heavy")
except PictureError:
    pass
lines = open("/proc/self/status").read().splitlines()
print(next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM")))
"""


def test_the_table_is_long_enough() -> None:
    assert len(REFUSED) >= 25


@pytest.mark.parametrize("name", ACCEPTED)
def test_it_lets_pictures_in(name: str) -> None:
    make, sentence = ACCEPTED[name]
    picture = open_picture(make(), name)
    height, width, channels = picture.pixels.shape
    assert picture.pixels.dtype == np.uint8 and channels == 3
    assert max(height, width) <= LONGEST_SIDE
    assert sentence in " ".join(picture.notes)
    assert bool(sentence) == bool(picture.notes)


@pytest.mark.parametrize("name", REFUSED)
def test_it_refuses_with_a_sentence(name: str) -> None:
    make, sentence = REFUSED[name]
    with pytest.raises(PictureError, match=sentence) as refused:
        open_picture(make(), f"{name}.jpg")
    words = str(refused.value)
    assert words.startswith(f"`{name}.jpg` ") and words.endswith(".")


def test_colours_and_places_stay() -> None:
    pixels = open_picture(PNG, "scene.png").pixels
    np.testing.assert_array_equal(pixels, np.asarray(scene()))


def test_a_picture_is_turned_as_its_camera_noted() -> None:
    pixels = open_picture(rotated_by_camera(), "turned.jpg").pixels
    assert pixels.shape == (60, 90, 3)
    assert abs(pixels[5, 5].astype(int) - 255).max() < 20  # white, top left
    assert pixels[50, 5, 0] > 200 > 50 > pixels[50, 5, 2]  # red, bottom left


def test_what_is_see_through_becomes_white() -> None:
    make, _ = ACCEPTED["see-through"]
    assert (open_picture(make(), "nothing.png").pixels == 255).all()


@pytest.mark.parametrize("kind", ["animated gif", "animated png", "animated webp", "two pages"])
def test_the_first_frame_is_taken(kind: str) -> None:
    pixels = open_picture(ACCEPTED[kind][0](), kind).pixels
    assert pixels[20, 20, 0] > 240 and pixels[20, 20, 2] < 15


def test_deep_pictures_keep_their_range() -> None:
    ramp = open_picture(grey_16_bit(), "ramp.png").pixels[0, :, 0]
    assert ramp[0] == 0 and ramp[-1] == 255 and (np.diff(ramp.astype(int)) >= 0).all()
    values = open_picture(floating_point(), "values.tif").pixels
    assert values[0, 1, 0] == 0 and values[-1, -1, 0] == 255


def test_large_pictures_are_scaled_in_proportion() -> None:
    picture = open_picture(saved(scene(3000, 1500), "JPEG"), "large.jpg")
    assert picture.pixels.shape == (512, 1024, 3)


@pytest.mark.skipif(not Path("/proc/self/status").exists(), reason="the peak is read from /proc")
@pytest.mark.parametrize("name", HEAVY)
def test_memory_stays_small(name: str, tmp_path: Path) -> None:
    (tmp_path / "heavy").write_bytes(HEAVY[name]())
    command = [sys.executable, "-c", OPEN_IT, str(tmp_path / "heavy")]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=True)
    assert int(done.stdout) < MOST_MEMORY, f"{name}: {done.stdout} MB"


@given(st.binary(max_size=400), st.sampled_from(["", "PNG", "JPEG", "GIF", "WEBP", "BMP", "TIFF"]))
def test_any_bytes_get_a_picture_or_a_sentence(tail: bytes, kind: str) -> None:
    head = saved(scene(20, 20), kind)[: 40 + len(tail) % 60] if kind else b""
    try:
        picture = open_picture(head + tail, "any")
    except PictureError as error:
        assert str(error).endswith(".")
    else:
        assert picture.pixels.ndim == 3


@pytest.mark.parametrize(
    "name",
    ["[free](http://evil.example)", "<img src=x onerror=alert(1)>", "a`b`c.png", "x" * 500, "\n\r"],
)
def test_a_file_name_can_only_be_read(name: str) -> None:
    shown = shown_name(name)
    assert shown.startswith("`") and shown.endswith("`") and shown.count("`") == 2
    assert len(shown) < 80 and "\n" not in shown


@pytest.mark.parametrize("key", BUNDLED)
def test_bundled_pictures_can_be_had(key: str) -> None:
    picture = bundled_picture(key)
    assert picture.pixels.shape == ((28, 28, 3) if key in DIGITS else (512, 512, 3))
    assert picture.is_grey == (key in DIGITS or key == "head")
    with pytest.raises(ValueError, match="read-only"):
        picture.pixels[0, 0] = 0


def test_the_head_is_an_ellipse_with_a_bright_rim_and_two_holes() -> None:
    head = bundled_picture("head").pixels[..., 0]
    assert head[0, 0] == 0 and head[256, 256] == round(0.2 * 255)
    assert head[np.flatnonzero(head[:, 256])[0], 256] == 255
    two_holes = 0.11 * 0.31 + 0.16 * 0.41
    assert (head > 0).mean() == pytest.approx(np.pi / 4 * (0.69 * 0.92 - two_holes), abs=0.002)


def test_a_picture_of_the_camera_keeps_its_size() -> None:
    file = io.BytesIO()
    Image.new("RGB", (640, 480), "green").save(file, "JPEG")
    assert open_picture(file.getvalue(), "camera.jpg").pixels.shape == (480, 640, 3)
