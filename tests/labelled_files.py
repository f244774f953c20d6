"""Zips of labelled pictures that somebody might bring, made here: good, odd and hostile."""

import io
import zipfile

import numpy as np
from PIL import Image

from tests.picture_files import saved

COLORS = {"red": (220, 30, 30), "blue": (30, 30, 220), "green": (30, 180, 30)}


def picture(color: tuple[int, int, int], number: int, kind: str = "PNG") -> bytes:
    """A noisy picture of one colour; another one for each number."""
    noise = np.random.default_rng(number).integers(-25, 26, (24, 30, 3))
    pixels = np.clip(np.array(color) + noise, 0, 255).astype(np.uint8)
    return saved(Image.fromarray(pixels), kind)


def zipped(files: dict[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    """A zip with these files."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", method) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return buffer.getvalue()


def colored(n: int = 9, prefix: str = "pets/") -> dict[str, bytes]:
    """`n` pictures of each colour, in a folder named after it."""
    return {
        f"{prefix}{name}/{number}.png": picture(color, 100 * place + number)
        for place, (name, color) in enumerate(COLORS.items())
        for number in range(n)
    }
