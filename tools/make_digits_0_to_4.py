"""Makes assets/digits_0_to_4.npz: a network that has learnt the digits 0 to 4, and no others.

    python -m tools.make_digits_0_to_4

It trains on the 30,596 digits from 0 to 4 in MNIST's training set, from Keras's cache or by
download, and keeps the weights up to its features in half precision. Its accuracy is measured on
the digits from 0 to 4 in MNIST's test set. What the lesson on small data sets learns and is
measured on are digits from 5 to 9: none of them is used here.
"""

import hashlib
from typing import Any

import keras
import numpy as np

from components.concepts.small_data import FIRST_DIGIT
from components.models.digits import load_digits
from components.models.small_networks import (
    DIGIT_WEIGHTS_PATH,
    build_digit_base,
    load_digit_base,
    weights_by_path,
)

EPOCHS, BATCH_SIZE, RATE, SEED = 4, 128, 0.002, 0
DROPOUT = 0.3  # between the features and the answer, so that many features carry it


def main() -> None:
    """Train, write, measure, and print what was made."""
    digits = load_digits("full")
    if digits.data != "full":
        raise SystemExit(digits.note)
    train, test = digits.train_labels < FIRST_DIGIT, digits.validation_labels < FIRST_DIGIT
    keras.utils.set_random_seed(SEED)
    base = build_digit_base()
    answer = keras.layers.Dense(FIRST_DIGIT, activation="softmax")
    model = _compiled(base, answer, int(train.sum()))
    model.fit(
        digits.train_images[train],
        digits.train_labels[train],
        batch_size=BATCH_SIZE,
        epochs=EPOCHS,
        verbose=2,
    )
    arrays: dict[str, Any] = weights_by_path(base)
    np.savez_compressed(DIGIT_WEIGHTS_PATH, **arrays)
    halved = _compiled(load_digit_base(), answer, 1)
    images, labels = digits.validation_images[test], digits.validation_labels[test]
    accuracy = float((halved.predict(images, verbose=0).argmax(axis=1) == labels).mean())
    np.savez_compressed(
        DIGIT_WEIGHTS_PATH, **arrays, accuracy=accuracy, n_train=train.sum(), n_test=test.sum()
    )
    written = DIGIT_WEIGHTS_PATH.read_bytes()
    print(f"{accuracy:.4f} of {test.sum():,} digits from 0 to 4 read rightly")
    print(f"{len(written):,} bytes, sha256 {hashlib.sha256(written).hexdigest()}")


def _compiled(base: keras.Model, answer: keras.layers.Layer, n_train: int) -> keras.Model:
    """The network with its answer behind it, as it learns: Adam, along half a cosine to 0."""
    values = keras.layers.Dropout(DROPOUT)(base.output)
    model = keras.Model(base.input, answer(values))
    steps = EPOCHS * -(-n_train // BATCH_SIZE)
    rate = keras.optimizers.schedules.CosineDecay(RATE, decay_steps=steps)
    loss = "sparse_categorical_crossentropy"
    model.compile(keras.optimizers.Adam(rate), loss, metrics=["accuracy"])
    return model


if __name__ == "__main__":
    main()
