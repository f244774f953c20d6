"""Whole networks as files: a backbone with its last layer, for Keras and for LiteRT."""

import keras
import numpy as np

from components.concepts.photo_head import Head
from components.models.backbones import FeatureNetwork, backbone, feature_network
from components.models.export import to_litert as convert
from components.models.photos import fine_tuned
from components.models.reading import save_keras


def whole_network(network: FeatureNetwork, head: Head) -> keras.Model:
    """From pictures (n, side, side, 3), 0 to 255, to calibrated probabilities (n, n_classes).

    The temperature is in the weights of the last layer, so that nothing has to be remembered.
    """
    body = network.features_model
    layer = keras.layers.Dense(len(head.classes), activation="softmax", name="probabilities")
    model = keras.Model(body.input, layer(body.output), name="classifier")
    layer.set_weights(
        [np.float32(head.kernel / head.temperature), np.float32(head.bias / head.temperature)]
    )
    return model


def to_keras_file(head: Head) -> bytes:
    """A visitor's classifier as the bytes of a .keras file, which plain Keras loads."""
    return save_keras(whole_network(feature_network(head.backbone), head))


def to_litert(head: Head) -> bytes:
    """A visitor's classifier as a LiteRT file: one picture in, probabilities out.

    Raises ExportError where Keras runs on another backend than TensorFlow.
    """
    return convert(to_keras_file(head))


def fine_tuned_file(task: str, key: str) -> bytes:
    """A fine-tuned network as the bytes of a .keras file. Raises BackboneError."""
    return save_keras(whole_network(*fine_tuned(task, key)))


def backbone_file(key: str) -> bytes:
    """A backbone, from pictures to features, as the bytes of a .keras file."""
    return save_keras(backbone(key))
