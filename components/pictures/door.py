"""The checked door: bytes that somebody brings become a picture, or a sentence says why not.

A name or a type that came with the bytes is never believed. Sizes are read from the header and
checked before anything is decoded, so that a small file can't ask for a large memory.
"""

import io
import re
import warnings
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps

FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "BMP", "TIFF")
MAX_BYTES = 20 * 2**20
# Millions of pixels. A JPEG is decoded at a fraction of its size, unless it is progressive.
MOST_MEGAPIXELS = {"JPEG": 120, "MPO": 120, "WEBP": 16}
MOST_MEGAPIXELS_ELSE = 24
MOST_MEGAPIXELS_DEEP = 8
LONGEST_SIDE = 1024  # px; larger pictures are scaled down
SHORTEST_SIDE = 8  # px, after that
LONGEST_NAME = 60
SIGNATURES = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF", b"BM", b"II*\0", b"MM\0*")
PAPER = (255, 255, 255)  # under what is see-through
DAMAGED = "is damaged or cut off: it can't be read to its end. Save it again, or take another one."
READABLE = "Use a JPEG, PNG, WebP, GIF, BMP or TIFF."


class PictureError(ValueError):
    """The file can't be used; the message says why and what to do."""


@dataclass(frozen=True)
class Picture:
    """A picture: `pixels` are uint8 of shape (height, width, 3), red, green and blue.

    `notes` are sentences about what was done to it on the way in.
    """

    name: str
    pixels: NDArray[np.uint8]
    notes: tuple[str, ...] = ()

    @property
    def is_grey(self) -> bool:
        """Whether all three channels are the same."""
        first = self.pixels[..., :1]
        return bool((self.pixels == first).all())


def open_picture(data: bytes, name: str) -> Picture:
    """The picture in the file `data`, upright, in RGB, at most 1,024 pixels a side.

    Raises PictureError, in a sentence that names the file.
    """
    shown = shown_name(name)
    _check_bytes(data, shown)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Pillow warns of what is checked here
            image = Image.open(io.BytesIO(data), formats=FORMATS)
            _check_size(image, shown)
            notes = _notes(image)
            pixels = _pixels(image)
    except PictureError:
        raise
    except Image.DecompressionBombError as error:
        raise PictureError(
            f"{shown} has far more pixels than a picture needs. Scale it down first."
        ) from error
    except Image.UnidentifiedImageError as error:
        raise PictureError(f"{shown} {_what_it_is(data)}") from error
    except Exception as error:  # a broken file can break a decoder in any way
        raise PictureError(f"{shown} {DAMAGED}") from error
    return Picture(shown, pixels, tuple(notes))


def shown_name(name: str) -> str:
    """A file's name as it may be shown on a page: as code, so that nothing in it is a link."""
    plain = re.sub(r"[`\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069]", "", name.rsplit("/", 1)[-1])
    plain = plain.strip() or "The file"
    if len(plain) > LONGEST_NAME:
        plain = f"{plain[: LONGEST_NAME // 2]}…{plain[-LONGEST_NAME // 3 :]}"
    return f"`{plain}`"


def _check_bytes(data: bytes, shown: str) -> None:
    if not data:
        raise PictureError(f"{shown} is empty: it has 0 bytes. Choose the picture again.")
    if len(data) > MAX_BYTES:
        raise PictureError(
            f"{shown} has {len(data) / 2**20:.0f} MB; {MAX_BYTES // 2**20} MB are the most. "
            "Save it smaller, as a JPEG for instance."
        )


def _check_size(image: Image.Image, shown: str) -> None:
    """Refuse by what the header says, before anything is decoded."""
    width, height = image.size
    most = MOST_MEGAPIXELS.get(image.format or "", MOST_MEGAPIXELS_ELSE)
    if "progression" in image.info:
        most = MOST_MEGAPIXELS_ELSE  # all its coefficients have to be in memory at once
    if _is_deep(image):
        most = MOST_MEGAPIXELS_DEEP  # it passes through floating-point numbers
    if width * height > most * 1e6:
        raise PictureError(
            f"{shown} has {width:,} × {height:,} pixels; {most} million are the most. "
            "Scale it down first."
        )
    scale = min(1.0, LONGEST_SIDE / max(width, height))
    if min(width, height) * scale < SHORTEST_SIDE:
        raise PictureError(
            f"{shown} has {width:,} × {height:,} pixels, too narrow a strip to see anything. "
            f"It needs at least {SHORTEST_SIDE} in each direction, and not too long a side."
        )


def _notes(image: Image.Image) -> list[str]:
    notes = []
    if image.format != "MPO" and getattr(image, "is_animated", False):
        notes.append(
            "It has several pages: this is the first."
            if image.format == "TIFF"
            else "It is animated: this is its first frame."
        )
    if max(image.size) > LONGEST_SIDE:
        width, height = image.size
        notes.append(f"It was scaled down from {width:,} × {height:,} pixels.")
    if image.mode == "CMYK":
        notes.append("Its printing colours (CMYK) were turned into red, green and blue.")
    if _is_deep(image):
        notes.append("Its values were scaled to 0 to 255.")
    if _has_alpha(image):
        notes.append("What was see-through is white now.")
    return notes


def _pixels(image: Image.Image) -> NDArray[np.uint8]:
    """Decode: small first, then upright, then RGB."""
    if _is_deep(image):
        image = _shallow(image)
    elif _has_alpha(image) and image.mode != "RGBA":
        image = image.convert("RGBA")  # a palette has to go before the picture is scaled
    elif image.mode in ("P", "1"):
        image = image.convert("RGB")
    image.thumbnail((LONGEST_SIDE, LONGEST_SIDE), reducing_gap=2.0)
    image = _upright(image)
    if image.mode == "RGBA":
        paper = Image.new("RGBA", image.size, (*PAPER, 255))
        image = Image.alpha_composite(paper, image)
    return np.array(image.convert("RGB"), np.uint8)


def _is_deep(image: Image.Image) -> bool:
    return image.mode in ("I", "F") or image.mode.startswith("I;16")


def _shallow(image: Image.Image) -> Image.Image:
    """A grey picture of 16 or 32 bits in 8: by its range, as what is white is not known."""
    values = np.nan_to_num(np.asarray(image).astype(np.float32))
    if image.mode.startswith("I;16"):
        low, high = 0.0, 65535.0
    else:
        low, high = float(values.min()), float(values.max())
    spread = high - low or 1.0
    grey = Image.fromarray(((values - low) * (255 / spread)).astype(np.uint8))
    grey.info["exif"] = image.info.get("exif", b"")
    return grey


def _has_alpha(image: Image.Image) -> bool:
    return image.mode in ("RGBA", "LA", "PA", "La", "RGBa") or "transparency" in image.info


def _upright(image: Image.Image) -> Image.Image:
    """Turned as its camera noted; a note that can't be read is as good as none."""
    try:
        return ImageOps.exif_transpose(image)
    except Exception:  # noqa: BLE001 - notes come from anywhere, and the pixels are fine
        return image


def _what_it_is(data: bytes) -> str:
    """What a file is that is no picture, and what to do."""
    if data.startswith(SIGNATURES):
        return DAMAGED
    head = data[:1024].lstrip(b"\xef\xbb\xbf \t\r\n")
    if data[4:8] == b"ftyp" and data[8:12] in (b"heic", b"heix", b"mif1", b"msf1", b"avif"):
        return (
            "is a photo in HEIC or AVIF, which this page does not read. Save it as JPEG: on an "
            "iPhone choose Settings, Camera, Formats, Most Compatible."
        )
    if data[4:8] == b"ftyp":
        return f"is a video. Take a picture of it. {READABLE}"
    if head.startswith(b"%PDF"):
        return f"is a PDF document. Save the picture in it by itself. {READABLE}"
    if head.startswith(b"<svg") or (head.startswith(b"<") and b"<svg" in data[:4096]):
        return (
            "is a drawing made of shapes (SVG), and not of pixels. Save it as a PNG and take that."
        )
    if head.startswith(b"PK\x03\x04"):
        return f"is an archive. Unpack it and take one picture. {READABLE}"
    return f"is not a picture that this page can read, whatever its name says. {READABLE}"
