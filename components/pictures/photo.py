"""A picture of the visit, kept as small as the networks need it."""

import base64
import io
from dataclasses import dataclass, field
from functools import cached_property
from hashlib import sha256
from itertools import count

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from components.pictures.door import Picture
from components.pictures.fit import fit_square

KEPT_SIDE = 224  # px; no network here sees more
THUMBNAIL_SIDE = 64  # px
QUALITY = 95  # of WebP: some 20 KB a picture, so that a hundred cost a visit 2 MB

_numbers = count(1)


@dataclass(frozen=True, eq=False)
class Photo:
    """A square picture of 224 × 224, packed as WebP. `number` tells it from all others.

    `name` may hold anything: it is for a cell of a table, not for Markdown.
    """

    name: str
    packed: bytes = field(repr=False)
    number: int = field(default_factory=lambda: next(_numbers))

    @property
    def pixels(self) -> NDArray[np.uint8]:
        """The picture, uint8 of shape (224, 224, 3)."""
        with Image.open(io.BytesIO(self.packed), formats=("WEBP",)) as image:
            return np.asarray(image.convert("RGB"))

    @cached_property
    def fingerprint(self) -> str:
        """What two pictures with the same pixels have in common."""
        return sha256(self.packed).hexdigest()

    @cached_property
    def thumbnail(self) -> str:
        """The picture at 64 × 64 as a data address."""
        small = _pack(fit_square(self.pixels, THUMBNAIL_SIDE), 80)
        return "data:image/webp;base64," + base64.b64encode(small).decode("ascii")


def keep(picture: Picture) -> Photo:
    """The largest square in the middle of a picture, at the size that is kept."""
    return Photo(picture.name.strip("`"), _pack(fit_square(picture.pixels, KEPT_SIDE), QUALITY))


def _pack(pixels: NDArray[np.uint8], quality: int) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(pixels).save(buffer, "WEBP", quality=quality, method=2)
    return buffer.getvalue()
