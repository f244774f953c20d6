"""An example without pictures of one's own: pieces of two bundled photos."""

import numpy as np

from components.labs.teach import state
from components.pictures.bundled import PHOTOS, bundled_picture
from components.pictures.door import Picture

SOURCES = ("cat", "bricks")
N_PIECES = 12
SIDES = (140, 300)  # px of a piece, out of 512
SEED = 7


def fill_in() -> None:
    """Two classes, each with pieces of one photo, cut at random places."""
    now = state.teaching()
    for each, key in zip(now.classes, SOURCES, strict=False):
        state.rename(each.number, PHOTOS[key].lower())
        for piece in pieces(key):
            state.add_picture(now, each, piece)


def pieces(key: str) -> list[Picture]:
    """Square pieces of a bundled photo; always the same ones."""
    pixels = bundled_picture(key).pixels
    rng = np.random.default_rng(SEED)
    found = []
    for number in range(1, N_PIECES + 1):
        side = int(rng.integers(*SIDES))
        top, left = rng.integers(0, np.array(pixels.shape[:2]) - side)
        found.append(Picture(f"`{key} {number}`", pixels[top : top + side, left : left + side]))
    return found
