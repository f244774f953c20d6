"""What the photo networks say of pictures, as the pages ask it: by name, on plain arrays.

Pictures are uint8 (n, side, side, 3), of the side that `side_for` gives.
"""

import functools
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from components.concepts.model_cards import load_card, networks_for
from components.concepts.photo_backbones import BACKBONES, BUNDLED, TASKS
from components.concepts.photo_head import Head
from components.models.backbones import (
    BackboneError,
    FeatureNetwork,
    Pixels,
    feature_network,
    find,
    fine_tuned_network,
    rescaled,
)
from components.models.gradients import grad_cam as grad_cam_of
from components.models.imagenet import build, cached_weights, class_names, raw_here
from components.models.photo_network import load_photo_network, photo_classes

HEADS_PATH = Path(__file__).parents[2] / "assets" / "photo_heads.npz"
Probabilities = NDArray[np.float32]
PIECE = 32


def classify(task: str, backbone: str, pictures: Pixels) -> Probabilities:
    """Calibrated probabilities (n, classes) of the classes of a task, by a fine-tuned network.

    Raises BackboneError where the network is not here.
    """
    network, head = fine_tuned(task, backbone)
    return head.probabilities(network.features_of(pictures))


def classify_with_head(head: Head, pictures: Pixels) -> Probabilities:
    """Probabilities (n, classes) by a head of the visitor's own. Raises BackboneError."""
    return head.probabilities(feature_network(head.backbone).features_of(pictures))


def grad_cam(task: str, backbone: str, picture: Pixels, target: int) -> NDArray[np.float32]:
    """Where in a picture (side, side, 3) the fine-tuned network saw class `target`.

    Grad-CAM at its last maps, (height, width), 0 and above. Raises BackboneError.
    """
    network, head = fine_tuned(task, backbone)
    return _grad_cam(network, head, picture, target)


def grad_cam_with_head(head: Head, picture: Pixels, target: int) -> NDArray[np.float32]:
    """The same with a head of the visitor's own. Raises BackboneError."""
    return _grad_cam(feature_network(head.backbone), head, picture, target)


def top_classes(backbone: str, pictures: Pixels, k: int) -> list[list[tuple[str, float]]]:
    """What the network says as it was pretrained: for each picture its k likeliest classes.

    By name, with their probabilities, the likeliest first. Raises BackboneError where the
    weights for this are not here.
    """
    names, model = _raw(backbone)
    found: list[list[tuple[str, float]]] = []
    for start in range(0, len(pictures), PIECE):
        rows = np.asarray(model(pictures[start : start + PIECE]), np.float32)
        for row in rows:
            best = np.argsort(-row, kind="stable")[:k]
            found.append([(names[i], float(row[i])) for i in best])
    return found


def raw_networks_here() -> dict[str, bool]:
    """Of which networks this worker has the answer that they were pretrained to give."""
    return {key: raw_here(backbone) for key, backbone in BACKBONES.items()}


def fine_tuned(task: str, backbone: str) -> tuple[FeatureNetwork, Head]:
    """The network of a task and its head, calibrated. Raises BackboneError."""
    find(backbone)
    if task not in TASKS:
        raise BackboneError(f"There is no task “{task}”; there are {', '.join(TASKS)}.")
    if backbone not in networks_for(task):
        raise BackboneError(f"{BACKBONES[backbone].title} has not been fine-tuned for this task.")
    card = load_card(task, backbone)
    if card.end_to_end:
        network, (kernel, bias) = fine_tuned_network(task)
    else:
        network = feature_network(backbone)
        kernel, bias = _head_weights(task, backbone)
    return network, Head(kernel, bias, card.classes, backbone, card.temperature)


def keras_model(head: Head) -> keras.Model:
    """A head and its backbone as one Keras model: from pictures, 0 to 255, to probabilities."""
    network = feature_network(head.backbone)
    logits = keras.layers.Dense(len(head.classes), activation="softmax", name="probabilities")
    outputs = logits(network.features_model.output)
    # A softmax of sums that are divided by the temperature is one of weights that are.
    logits.set_weights([head.kernel / head.temperature, head.bias / head.temperature])
    return keras.Model(network.features_model.input, outputs, name="classifier")


def _grad_cam(
    network: FeatureNetwork, head: Head, picture: Pixels, target: int
) -> NDArray[np.float32]:
    if not 0 <= target < len(head.classes):
        raise BackboneError(f"This network has {len(head.classes)} classes; {target} is none.")
    kernel = head.kernel[:, target]

    def score(maps: Any) -> Any:
        return keras.ops.sum(keras.ops.mean(maps, axis=(1, 2))[0] * kernel)

    return grad_cam_of(score, network.maps_of(picture))


@functools.cache
def _all_heads() -> dict[str, NDArray[np.float32]]:
    with np.load(HEADS_PATH, allow_pickle=False) as file:
        return {name: file[name].astype(np.float32) for name in file.files}


def _head_weights(task: str, backbone: str) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    heads = _all_heads()
    return heads[f"{task}.{backbone}.kernel"], heads[f"{task}.{backbone}.bias"]


def _raw(key: str) -> tuple[tuple[str, ...], keras.Model]:
    if key == BUNDLED:
        return photo_classes(), _raw_photo_network()
    backbone = find(key)
    names, path = class_names(), cached_weights(backbone.top_file)
    if names is None or path is None:
        raise BackboneError(
            f"The 1,000 ImageNet classes of {backbone.title} are not on this server. Download "
            "the network to see them."
        )
    return names, _raw_mobilenet(key, path)


@functools.cache
def _raw_photo_network() -> keras.Model:
    return load_photo_network()


@functools.cache
def _raw_mobilenet(key: str, path: Path) -> keras.Model:
    backbone = find(key)
    inputs = keras.Input((backbone.side, backbone.side, 3), name="photo")
    return keras.Model(inputs, build(backbone, top=True, weights=path)(rescaled(inputs)))
