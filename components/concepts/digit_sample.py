"""Which 5,000 of MNIST's digits the bundled sample holds, and which of them are held out.

The sample is the first 500 digits of each class in MNIST's training set, class by class. 400
of each class train; 100, picked by a fixed seed, are held out. Stated here so that the script
that makes the sample, and the Keras program a learner exports, pick the very same digits.
"""

import numpy as np
from numpy.typing import ArrayLike, NDArray

SAMPLE_FILE = "mnist_sample.npz"  # in assets/, and offered for download beside the program
DIGITS_PER_CLASS = 500
HELD_OUT_PER_CLASS = 100
SPLIT_SEED = 0


def pick_sample(labels: ArrayLike) -> NDArray[np.intp]:
    """Where the sample's 5,000 digits stand in MNIST's training set, class by class.

    `labels` are the 60,000 training labels. Raises ValueError with fewer than 500 of a class.
    """
    labels = np.asarray(labels)
    places = [np.flatnonzero(labels == digit)[:DIGITS_PER_CLASS] for digit in range(10)]
    if min(len(place) for place in places) < DIGITS_PER_CLASS:
        raise ValueError(f"The sample needs {DIGITS_PER_CLASS} digits of each class.")
    return np.concatenate(places)


def split_sample(labels: ArrayLike) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    """Split the sample into indices (train, held out), with the same share of every class.

    Both are in random order, so that the first digits of either are a fair picture of all.
    """
    labels = np.asarray(labels)
    rng = np.random.default_rng(SPLIT_SEED)
    order = rng.permutation(len(labels))
    by_class = [order[labels[order] == digit] for digit in range(10)]
    held_out = np.concatenate([places[:HELD_OUT_PER_CLASS] for places in by_class])
    train = np.concatenate([places[HELD_OUT_PER_CLASS:] for places in by_class])
    return rng.permutation(train), rng.permutation(held_out)
