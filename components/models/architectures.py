"""Digit networks built in Keras, layer by layer as `concepts.digit_network` describes them."""

from typing import Any

import keras

from components.concepts.digit_network import (
    DIGIT_SHAPE,
    OUTPUT_LAYER,
    BatchNormalization,
    Conv2D,
    Dense,
    DigitNetwork,
    Dropout,
    Flatten,
    Layer,
    MaxPooling2D,
    summarize,
)

LARGEST_PIXEL = 255
PREPARING_LAYERS = 2  # rescale and reshape: they come before the layers of the network


def build(network: DigitNetwork, seed: int) -> keras.Model:
    """Build `network`, from uint8 images (n, 28, 28) to float32 probabilities (n, 10).

    The same `seed` gives the same start weights. Raises NetworkError, in a sentence, where the
    layers don't fit.
    """
    summarize(network)
    inputs = keras.Input(DIGIT_SHAPE[:2], dtype="uint8", name="digit")
    values = keras.layers.Rescaling(1 / LARGEST_PIXEL, name="rescale")(inputs)
    values = keras.layers.Reshape(DIGIT_SHAPE, name="reshape")(values)
    for number, layer in enumerate(network.all_layers, start=1):
        values = _keras_layer(layer, number, seed)(values)
    return keras.Model(inputs, values, name="digit_network")


def network_layers(model: keras.Model) -> list[Any]:
    """The Keras layers that stand for the layers of the network, in order."""
    return model.layers[1 + PREPARING_LAYERS :]


def _keras_layer(layer: Layer, number: int, seed: int) -> Any:
    """One layer; `number` is its place in the network and makes its seed its own."""
    layers = keras.layers
    layer_seed = 1000 * seed + number
    match layer:
        case Conv2D(filters, kernel_size, activation, padding):
            return layers.Conv2D(
                filters,
                kernel_size,
                activation=activation,
                padding=padding,
                kernel_initializer=keras.initializers.GlorotUniform(layer_seed),
                name=f"conv_{number}",
            )
        case MaxPooling2D(pool_size):
            return layers.MaxPooling2D(pool_size, name=f"pool_{number}")
        case BatchNormalization():
            return layers.BatchNormalization(name=f"norm_{number}")
        case Dropout(rate):
            return layers.Dropout(rate, seed=layer_seed, name=f"dropout_{number}")
        case Flatten():
            return layers.Flatten(name=f"flatten_{number}")
        case Dense(units, activation):
            return layers.Dense(
                units,
                activation=activation,
                kernel_initializer=keras.initializers.GlorotUniform(layer_seed),
                name=f"dense_{number}" if layer is not OUTPUT_LAYER else "probabilities",
            )
    raise TypeError(f"{layer!r} is no layer of a digit network")
