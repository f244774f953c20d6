"""The pictures at hand: photos, a drawn head scan, and one held-out MNIST digit of each class."""

from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from components.concepts.digit_sample import SAMPLE_FILE
from components.pictures.door import Picture
from components.pictures.phantom import head_phantom

ASSETS = Path(__file__).resolve().parents[2] / "assets"
PHOTOS = {  # by the names of their files
    "cat": "Cat",
    "cup": "Cup",
    "bricks": "Bricks",
    "photographer": "Photographer",
    "rocket": "Rocket",
}
HEAD = {"head": "Head scan"}
DIGITS = {str(digit): f"Digit {digit}" for digit in range(10)}


BUNDLED = {**PHOTOS, **HEAD, **DIGITS}
SIDE = 512  # px of a photo, and of the head scan


@cache
def bundled_picture(key: str) -> Picture:
    """A photo or the head scan (512 × 512), or a digit (28 × 28). Its pixels can't be changed.

    Raises KeyError for a key that is not in BUNDLED.
    """
    if key in DIGITS:
        pixels = _grey(_digit(int(key)))
    elif key in HEAD:
        pixels = _grey(head_phantom(SIDE))
    else:
        with Image.open(ASSETS / "squares" / f"{key}.webp") as image:
            pixels = np.array(image.convert("RGB"))
    pixels.flags.writeable = False
    return Picture(BUNDLED[key], pixels)


def _digit(label: int) -> NDArray[np.uint8]:
    with np.load(ASSETS / SAMPLE_FILE) as sample:
        first = np.flatnonzero(sample["y_test"] == label)[0]
        return np.asarray(sample["x_test"][first], np.uint8)


def _grey(values: NDArray[np.uint8]) -> NDArray[np.uint8]:
    return np.repeat(values[..., None], 3, axis=2)
