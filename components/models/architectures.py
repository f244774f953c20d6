"""A `DigitNetwork` as a Keras model."""

import keras
from keras import layers

from components.concepts import digit_network as concept
from components.concepts.digit_network import DIGIT_SHAPE, OUTPUT_LAYER, DigitNetwork

INPUT_SHAPE = DIGIT_SHAPE[:2]


def build(network: DigitNetwork, seed: int, precision: str = "float32") -> keras.Model:
    """The network with random start weights drawn from `seed`.

    It takes uint8 digits of shape (n, 28, 28) and rescales them to 0–1 itself, so that data
    stay small; it returns probabilities, float32 of shape (n, 10).
    """
    keras.utils.set_random_seed(seed)
    inputs = keras.Input(INPUT_SHAPE, dtype="uint8", name="digit")
    signal = layers.Rescaling(1 / 255, dtype=precision, name="rescale")(inputs)
    signal = layers.Reshape(DIGIT_SHAPE, dtype=precision, name="channel")(signal)
    for number, layer in enumerate(network.layers, start=1):
        signal = _keras_layer(layer, number, precision)(signal)
    outputs = layers.Dense(
        OUTPUT_LAYER.units, activation=OUTPUT_LAYER.activation, dtype="float32", name="classes"
    )(signal)
    return keras.Model(inputs, outputs, name="digits")


def first_kernels(model: keras.Model) -> keras.Variable | None:
    """The kernels of the first convolution, (height, width, 1, filters); None without one."""
    for layer in model.layers:
        if isinstance(layer, layers.Conv2D):
            return layer.kernel
    return None


def _keras_layer(layer: concept.Layer, number: int, precision: str) -> keras.layers.Layer:
    match layer:
        case concept.Conv2D(filters, kernel_size, activation, padding):
            return layers.Conv2D(
                filters,
                kernel_size,
                activation=activation,
                padding=padding,
                dtype=precision,
                name=f"convolution_{number}",
            )
        case concept.MaxPooling2D(pool_size):
            return layers.MaxPooling2D(pool_size, dtype=precision, name=f"max_pool_{number}")
        case concept.BatchNormalization():
            return layers.BatchNormalization(dtype=precision, name=f"normalization_{number}")
        case concept.Dropout(rate):
            return layers.Dropout(rate, dtype=precision, name=f"dropout_{number}")
        case concept.Flatten():
            return layers.Flatten(dtype=precision, name=f"flatten_{number}")
        case concept.Dense(units, activation):
            return layers.Dense(
                units, activation=activation, dtype=precision, name=f"dense_{number}"
            )
    raise TypeError(f"{layer!r} is no layer of a digit network")
