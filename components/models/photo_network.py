"""The bundled photo network in Keras: built here, its weights read from a plain file."""

import functools
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from components.concepts.photo_network import (
    BLOCK_FILTERS,
    KERNEL,
    N_CLASSES,
    PHOTO_WEIGHTS,
    SIDE,
    STEM_FILTERS,
    block_stride,
)

WEIGHTS_PATH = Path(__file__).parents[2] / "assets" / PHOTO_WEIGHTS
CLASSES = "classes"  # the array of class names in the file


def build_photo_network(side: int | None = SIDE, n_classes: int = N_CLASSES) -> keras.Model:
    """From pictures (n, side, side, 3), 0 to 255, to probabilities (n, classes); random weights.

    Layers are named after their stage: `<stage>_conv`, `<stage>_norm`, and the stage itself.
    Up to the features all is convolution, so any side works; None leaves it open.
    """
    layers = keras.layers
    inputs = keras.Input((side, side, 3), name="photo")
    values = layers.Rescaling(2 / 255, offset=-1, name="rescale")(inputs)
    values = layers.ReLU(name="stem")(_convolve(values, "stem", STEM_FILTERS, 2))
    for block, filters in enumerate(BLOCK_FILTERS, start=1):
        name, stride = f"block{block}", block_stride(block)
        shortcut = values
        values = _convolve(values, f"{name}_half", filters, stride)
        values = layers.ReLU(name=f"{name}_half")(values)
        values = _convolve(values, name, filters, 1)
        if stride > 1:
            shortcut = layers.AveragePooling2D(stride, name=f"{name}_pool")(shortcut)
            shortcut = _convolve(shortcut, f"{name}_shortcut", filters, 1, kernel=1)
        values = layers.Add(name=f"{name}_sum")([values, shortcut])
        values = layers.ReLU(name=name)(values)
    values = layers.GlobalAveragePooling2D(name="features")(values)
    outputs = layers.Dense(n_classes, activation="softmax", dtype="float32", name="probabilities")(
        values
    )
    return keras.Model(inputs, outputs, name="photo_network")


def load_photo_network(path: Path = WEIGHTS_PATH, side: int | None = SIDE) -> keras.Model:
    """The network with the weights of the file, which are kept in half precision."""
    with np.load(path, allow_pickle=False) as file:
        model = build_photo_network(side, file["probabilities.bias"].size)
        for layer in model.layers:
            if layer.weights:
                names = [f"{layer.name}.{weight.name}" for weight in layer.weights]
                layer.set_weights([file[name].astype(np.float32) for name in names])
    return model


def fine_tuned_path(task: str) -> Path:
    """The weights of the network that is fine-tuned end to end for a task."""
    return WEIGHTS_PATH.with_name(f"photo_network_{task}.npz")


@functools.cache
def photo_classes() -> tuple[str, ...]:
    """The names of the 202 classes, in the order of the probabilities."""
    with np.load(WEIGHTS_PATH, allow_pickle=False) as file:
        return tuple(str(name) for name in file[CLASSES])


def weights_by_name(model: keras.Model) -> dict[str, NDArray[np.float16]]:
    """All weights of a photo network in half precision, under the names of the file."""
    return {
        f"{layer.name}.{weight.name}": np.asarray(value, np.float16)
        for layer in model.layers
        for weight, value in zip(layer.weights, layer.get_weights(), strict=True)
    }


def _convolve(values: Any, name: str, filters: int, stride: int, kernel: int = KERNEL) -> Any:
    """A convolution without bias, and the batch-norm behind it."""
    values = keras.layers.Conv2D(
        filters, kernel, strides=stride, padding="same", use_bias=False, name=f"{name}_conv"
    )(values)
    return keras.layers.BatchNormalization(name=f"{name}_norm")(values)
