"""Makes assets/squares/: five pictures of 512 × 512 that the `scikit-image` package carries.

    pip install scikit-image
    python -m tools.make_squares

Each is cut to a square and scaled; assets/README.md says who made them, and its checksums are
those of the files that this script writes.
"""

import hashlib
from importlib.resources import files
from pathlib import Path

from PIL import Image

TARGET = Path(__file__).parents[1] / "assets" / "squares"
SIDE = 512
# Name here and there, and the square that is kept: left, top, side.
PICTURES = {
    "cat": ("chelsea.png", (70, 0, 300)),
    "cup": ("coffee.png", (140, 0, 400)),
    "bricks": ("brick.png", (0, 0, 512)),
    "photographer": ("camera.png", (0, 0, 512)),
    "rocket": ("rocket.jpg", (107, 0, 427)),
}


def main() -> None:
    """Cut, scale, write, and print what was made."""
    TARGET.mkdir(exist_ok=True)
    data = files("skimage") / "data"
    for name, (source, (left, top, side)) in PICTURES.items():
        with (data / source).open("rb") as file:
            picture = Image.open(file).convert("RGB")
        square = picture.crop((left, top, left + side, top + side))
        path = TARGET / f"{name}.webp"
        square.resize((SIDE, SIDE), Image.Resampling.LANCZOS).save(
            path, "WEBP", quality=90, method=6
        )
        written = path.read_bytes()
        checksum = hashlib.sha256(written).hexdigest()
        print(f"{path.name}: {len(written):,} bytes, sha256 {checksum}")


if __name__ == "__main__":
    main()
