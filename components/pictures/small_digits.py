"""The small data sets at hand: the digits 5 to 9 of the bundled sample."""

from functools import cache

import numpy as np

from components.concepts.digit_sample import SAMPLE_FILE
from components.concepts.small_data import DIGIT_CLASSES, FIRST_DIGIT, LabelledPictures
from components.pictures.bundled import ASSETS


@cache
def new_digits() -> LabelledPictures:
    """400 digits of each class from 5 to 9 to draw from, and 100 of each held out.

    The bundled network was trained on digits from 0 to 4 alone, so these are new to it. The
    arrays can't be changed.
    """
    parts = []
    with np.load(ASSETS / SAMPLE_FILE, allow_pickle=False) as sample:
        for part in ("train", "test"):
            labels = sample[f"y_{part}"]
            new = labels >= FIRST_DIGIT
            parts += [sample[f"x_{part}"][new], labels[new].astype(np.int64) - FIRST_DIGIT]
    for array in parts:
        array.flags.writeable = False
    return LabelledPictures(DIGIT_CLASSES, parts[0], parts[1], parts[2], parts[3])
