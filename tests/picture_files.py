"""Files that somebody might bring to the door for pictures, made here: good, odd and hostile."""

import io
import struct
import zlib
from collections.abc import Callable

import numpy as np
from PIL import Image

File = Callable[[], bytes]


def saved(image: Image.Image, kind: str, **options: object) -> bytes:
    """The image as a file of this kind."""
    file = io.BytesIO()
    image.save(file, kind, **options)
    return file.getvalue()


def scene(width: int = 90, height: int = 60, mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right; the top left quarter is white."""
    pixels = np.zeros((height, width, 3), np.uint8)
    pixels[:, : width // 2, 0] = pixels[:, width // 2 :, 2] = 255
    pixels[: height // 2, : width // 2] = 255
    return Image.fromarray(pixels).convert(mode)


def rotated_by_camera() -> bytes:
    """Upright when turned by a quarter, as orientation 6 says."""
    exif = Image.Exif()
    exif[0x0112] = 6
    return saved(scene().transpose(Image.Transpose.ROTATE_90), "JPEG", exif=exif, quality=95)


def see_through() -> bytes:
    """Nothing but a see-through black."""
    return saved(Image.new("RGBA", (40, 40), (0, 0, 0, 0)), "PNG")


def grey_16_bit() -> bytes:
    """From black on the left to white on the right, in 65,536 steps."""
    ramp = np.linspace(0, 65535, 64, dtype=np.uint16)
    return saved(Image.fromarray(np.tile(ramp, (64, 1))), "PNG")


def floating_point() -> bytes:
    """Values from -1 to 1, and one that is no number."""
    values = np.linspace(-1, 1, 64 * 64, dtype=np.float32).reshape(64, 64)
    values[0, 0] = np.nan
    return saved(Image.fromarray(values), "TIFF")


def animated(kind: str) -> bytes:
    """Red, then blue."""
    first, second = (Image.new("RGB", (40, 40), color) for color in ("red", "blue"))
    return saved(first, kind, save_all=True, append_images=[second], duration=100)


def two_pages() -> bytes:
    """A TIFF of two pages."""
    first, second = (Image.new("RGB", (40, 40), color) for color in ("red", "blue"))
    return saved(first, "TIFF", save_all=True, append_images=[second])


def png_that_claims(width: int, height: int) -> bytes:
    """A PNG of a few bytes whose header claims this size."""
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", head) + _chunk(b"IDAT", zlib.compress(b"\0"))


def bomb() -> bytes:
    """A small file of 20,000 × 20,000 black pixels."""
    row = zlib.compressobj(9)
    line = b"\0" * (1 + 20_000 // 8)
    body = b"".join(row.compress(line) for _ in range(20_000)) + row.flush()
    head = struct.pack(">IIBBBBB", 20_000, 20_000, 1, 0, 0, 0, 0)
    chunks = _chunk(b"IHDR", head) + _chunk(b"IDAT", body) + _chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + chunks


def png_with_a_broken_checksum() -> bytes:
    """A byte of the header differs from what its checksum says."""
    data = bytearray(saved(scene(), "PNG"))
    data[18] ^= 0xFF
    return bytes(data)


def _chunk(kind: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))


def noise(width: int, height: int, mode: str = "RGB") -> Image.Image:
    """As hard to compress as a picture can be."""
    channels = len(Image.new(mode, (1, 1)).getbands())
    shape = (height, width, channels) if channels > 1 else (height, width)
    return Image.fromarray(np.random.default_rng(0).integers(0, 256, shape, np.uint8), mode)


JPEG = saved(scene(), "JPEG", quality=95)
PNG = saved(scene(), "PNG")
SVG = b'<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"><script>1</script></svg>'

# What comes in, by a name for the report, and a part of the sentence that says what was done.
ACCEPTED: dict[str, tuple[File, str]] = {
    "jpeg": (lambda: JPEG, ""),
    "png": (lambda: PNG, ""),
    "webp": (lambda: saved(scene(), "WEBP"), ""),
    "gif": (lambda: saved(scene(), "GIF"), ""),
    "bmp": (lambda: saved(scene(), "BMP"), ""),
    "tiff": (lambda: saved(scene(), "TIFF"), ""),
    "progressive jpeg": (lambda: saved(scene(), "JPEG", progressive=True), ""),
    "grey jpeg": (lambda: saved(scene(mode="L"), "JPEG"), ""),
    "one bit": (lambda: saved(scene(mode="1"), "PNG"), ""),
    "palette": (lambda: saved(scene(mode="P"), "PNG"), ""),
    "grey with alpha": (lambda: saved(scene(mode="LA"), "PNG"), "see-through"),
    "palette with a see-through colour": (
        lambda: saved(scene(mode="P"), "PNG", transparency=0),
        "see-through",
    ),
    "see-through": (see_through, "see-through"),
    "cmyk": (lambda: saved(scene(mode="CMYK"), "JPEG"), "CMYK"),
    "16 bit": (grey_16_bit, "0 to 255"),
    "floating point": (floating_point, "0 to 255"),
    "animated gif": (lambda: animated("GIF"), "first frame"),
    "animated png": (lambda: animated("PNG"), "first frame"),
    "animated webp": (lambda: animated("WEBP"), "first frame"),
    "two pages": (two_pages, "first"),
    "rotated by its camera": (rotated_by_camera, ""),
    "12 megapixels": (lambda: saved(scene(4000, 3000), "JPEG"), "4,000 × 3,000"),
    "png named jpg": (lambda: PNG, ""),
    "bytes after the end": (lambda: JPEG + b"MZ" + bytes(1000), ""),
    "broken exif": (lambda: saved(scene(), "JPEG", exif=b"Exif\0\0MM\0*\0\0\0\x08\xff\xff"), ""),
}

# What does not, and a part of its sentence.
REFUSED: dict[str, tuple[File, str]] = {
    "nothing": (lambda: b"", "is empty"),
    "one byte": (lambda: b"\xff", "not a picture"),
    "text": (lambda: b"This is a picture of a cat.", "not a picture"),
    "html": (lambda: b"<html><body>cat</body></html>", "not a picture"),
    "renamed executable": (lambda: b"MZ\x90\0" + bytes(2000), "not a picture"),
    "renamed program": (lambda: b"\x7fELF\x02\x01\x01" + bytes(2000), "not a picture"),
    "pickle": (lambda: b"\x80\x04\x95" + bytes(100), "not a picture"),
    "svg": (lambda: SVG, "SVG"),
    "svg after blanks": (lambda: b"\xef\xbb\xbf \n" + SVG, "SVG"),
    "pdf": (lambda: b"%PDF-1.7\n" + bytes(200), "PDF"),
    "heic": (lambda: b"\0\0\0\x18ftypheic" + bytes(200), "HEIC"),
    "avif": (lambda: b"\0\0\0\x18ftypavif" + bytes(200), "AVIF"),
    "video": (lambda: b"\0\0\0\x18ftypisom" + bytes(200), "video"),
    "archive": (lambda: b"PK\x03\x04" + bytes(200), "archive"),
    "icon": (lambda: saved(scene(), "ICO"), "not a picture"),
    "postscript": (lambda: saved(scene(), "EPS"), "not a picture"),
    "truncated jpeg": (lambda: saved(noise(300, 300), "JPEG")[:9000], "damaged or cut off"),
    "truncated png": (lambda: saved(noise(90, 60), "PNG")[:-4000], "damaged or cut off"),
    "truncated webp": (lambda: saved(noise(90, 60), "WEBP")[:-900], "damaged or cut off"),
    "truncated gif": (lambda: saved(noise(90, 60), "GIF")[:400], "damaged or cut off"),
    "truncated bmp": (lambda: saved(scene(), "BMP")[:400], "damaged or cut off"),
    "truncated tiff": (lambda: saved(scene(), "TIFF")[:200], "damaged or cut off"),
    "header alone": (lambda: JPEG[:20], "damaged or cut off"),
    "broken checksum": (png_with_a_broken_checksum, "damaged or cut off"),
    "decompression bomb": (bomb, "far more pixels"),
    "claims 20,000 × 20,000": (lambda: png_that_claims(20_000, 20_000), "far more pixels"),
    "claims 8,000 × 8,000": (lambda: png_that_claims(8_000, 8_000), "8,000 × 8,000"),
    "claims four thousand million a side": (
        lambda: png_that_claims(2**31 - 1, 2**31 - 1),
        "far more pixels",
    ),
    "no pixels": (lambda: png_that_claims(0, 0), "damaged"),
    "one pixel": (lambda: saved(Image.new("RGB", (1, 1)), "PNG"), "too narrow"),
    "a line": (lambda: saved(Image.new("RGB", (4000, 8)), "PNG"), "too narrow"),
    "progressive and large": (
        lambda: saved(Image.new("L", (6000, 5000)), "JPEG", progressive=True),
        "24 million",
    ),
    "too many bytes": (lambda: JPEG + bytes(20 * 2**20), "20 MB"),
}

# What comes nearest to the limits of memory and time.
HEAVY: dict[str, File] = {
    "png of 24 megapixels": lambda: saved(scene(6000, 4000, "RGBA"), "PNG", compress_level=1),
    "webp of 16 megapixels": lambda: saved(scene(4000, 4000), "WEBP", quality=50),
    "jpeg of 63 megapixels": lambda: saved(scene(9000, 7000), "JPEG"),
    "progressive jpeg of 24 megapixels": lambda: saved(
        scene(6000, 4000), "JPEG", progressive=True, subsampling=0
    ),
    "cmyk tiff of 24 megapixels": lambda: saved(
        scene(6000, 4000, "CMYK"), "TIFF", compression="tiff_lzw"
    ),
    "floating point of 8 megapixels": lambda: saved(
        Image.new("F", (4000, 2000)), "TIFF", compression="tiff_lzw"
    ),
    "gif of 24 megapixels": lambda: saved(scene(6000, 4000), "GIF"),
    "decompression bomb": bomb,
}
