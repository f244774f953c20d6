"""The pretrained networks that small data sets are learnt with, without their last layer.

Each can be opened between two blocks: what lies below stays as it is, and what it makes of the
pictures is computed once; what lies above learns.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from components.concepts.small_data import DIGITS, PHOTOS, SCRATCH_RATE
from components.models.photo_network import load_photo_network
from components.models.reading import save_keras

DIGIT_WEIGHTS_PATH = Path(__file__).parents[2] / "assets" / "digits_0_to_4.npz"
FEATURES = "features"  # the layer that a head is put on
PIECE = 128  # pictures in one go: bounds the memory of the maps
NORM_MOMENTUM = 0.9  # a small set has few batches: statistics at Keras's 0.99 would lag behind


def build_digit_base() -> keras.Model:
    """From digits (n, 28, 28), 0 to 255, to 64 features; weights at random."""
    layers = keras.layers
    inputs = keras.Input((28, 28), dtype="uint8", name="digit")
    values = layers.Rescaling(1 / 255, name="rescale")(inputs)
    values = layers.Reshape((28, 28, 1), name="channel")(values)
    for block, filters in enumerate((16, 32, 64), start=1):
        values = layers.Conv2D(
            filters, 3, padding="same", activation="relu", name=f"block{block}_conv"
        )(values)
        values = layers.MaxPooling2D(2, name=f"block{block}")(values)
    values = layers.Flatten(name="flatten")(values)
    outputs = layers.Dense(64, activation="relu", name=FEATURES)(values)
    return keras.Model(inputs, outputs, name="digits_0_to_4")


def load_digit_base(path: Path = DIGIT_WEIGHTS_PATH) -> keras.Model:
    """The network that was trained on the digits 0 to 4; its file is in half precision."""
    base = build_digit_base()
    with np.load(path, allow_pickle=False) as file:
        base.set_weights([file[weight.path].astype(np.float32) for weight in base.weights])
    return base


def weights_by_path(base: keras.Model) -> dict[str, NDArray[np.float16]]:
    """All weights in half precision, under the names that `load_digit_base` reads."""
    return {
        weight.path: np.asarray(value, np.float16)
        for weight, value in zip(base.weights, base.get_weights(), strict=True)
    }


def load_photo_base() -> keras.Model:
    """The bundled photo network up to its features, from photos (n, 64, 64, 3), 0 to 255."""
    network = load_photo_network()
    return keras.Model(network.input, network.get_layer(FEATURES).output, name="photo_features")


LOADERS: dict[str, Callable[[], keras.Model]] = {
    DIGITS: load_digit_base,
    PHOTOS: load_photo_base,
}


def below(base: keras.Model, cut: str, pictures: NDArray[np.uint8]) -> NDArray[np.generic]:
    """What the layer `cut` makes of pictures; the pictures themselves without a cut."""
    if not cut:
        return pictures
    part = keras.Model(base.input, base.get_layer(cut).output)
    pieces = range(0, len(pictures), PIECE)
    return np.concatenate([np.asarray(part(pictures[at : at + PIECE])) for at in pieces])


@dataclass(frozen=True)
class Learner:
    """A network that learns: `model` gives probabilities, `features` what lies before its head.

    Both share their weights.
    """

    model: keras.Model
    features: keras.Model


def above(base: keras.Model, cut: str, n_classes: int) -> Learner:
    """The part of a network above `cut`, with a new head of `n_classes` behind it.

    Batch-norms stay as they are: their statistics come from far more pictures than these.
    """
    features = keras.Model(base.get_layer(cut).output, base.output) if cut else base
    for layer in features.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.trainable = False
    return _with_head(features, n_classes)


def from_scratch(base: keras.Model, n_classes: int) -> Learner:
    """A network built like `base`, with a head, and all weights at random."""
    network = keras.models.clone_model(base)
    for layer in network.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.momentum = NORM_MOMENTUM
    return _with_head(network, n_classes)


def _with_head(features: keras.Model, n_classes: int) -> Learner:
    head = keras.layers.Dense(n_classes, activation="softmax", name="head")
    return Learner(keras.Model(features.input, head(features.output)), features)


def new_head(n_features: int, n_classes: int) -> Learner:
    """A head alone, from features to probabilities."""
    features = keras.Input((n_features,), name=FEATURES)
    return _with_head(keras.Model(features, features), n_classes)


def compiled(model: keras.Model, rate: float = SCRATCH_RATE) -> keras.Model:
    """The model, ready to learn with Adam at this rate; returns the same model.

    Without XLA: it would take longer to compile such small trainings than they last.
    """
    model.compile(
        optimizer=keras.optimizers.Adam(rate),
        loss="sparse_categorical_crossentropy",
        metrics=["accuracy"],
        jit_compile=False,
    )
    return model


def n_trainable(model: keras.Model) -> int:
    """How many weights and biases learn."""
    return sum(int(np.prod(weight.shape)) for weight in model.trainable_weights)


def base_file(network: str) -> bytes:
    """The pretrained network without its last layer, as a .keras file."""
    return save_keras(LOADERS[network]())
