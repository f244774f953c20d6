"""The pretrained networks without their answers: from pictures to maps and features."""

import threading
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from components.concepts.photo_backbones import BACKBONES, TASKS, Backbone
from components.models.imagenet import build, cached_weights
from components.models.photo_network import WEIGHTS_PATH, fine_tuned_path, load_photo_network

Pixels = NDArray[np.uint8]
PIECE = 32  # pictures in one go: bounds the memory of the maps
PHOTO_MAPS = "block4"


class BackboneError(Exception):
    """A network that is not here, or pictures that it does not read; a sentence."""


@dataclass(frozen=True, eq=False)
class FeatureNetwork:
    """A network from pictures (n, side, side, 3), 0 to 255, to its last maps.

    A feature is the mean of a map, in all networks here.
    """

    side: int
    maps: keras.Model
    features_model: keras.Model

    def maps_of(self, picture: Pixels) -> NDArray[np.float32]:
        """The last maps of one picture (side, side, 3): (1, height, width, n_features)."""
        self._check(picture[None])
        return np.asarray(self.maps(picture[None]), np.float32)

    def features_of(self, pictures: Pixels) -> NDArray[np.float32]:
        """The features of pictures (n, side, side, 3): (n, n_features)."""
        self._check(pictures)
        pieces = [
            np.asarray(self.features_model(pictures[start : start + PIECE]), np.float32)
            for start in range(0, len(pictures), PIECE)
        ]
        n_features = self.features_model.output_shape[-1]
        return np.concatenate(pieces) if pieces else np.zeros((0, n_features), np.float32)

    def _check(self, pictures: Pixels) -> None:
        wanted = (self.side, self.side, 3)
        if pictures.dtype != np.uint8 or pictures.shape[1:] != wanted:
            raise BackboneError(
                f"This network reads pictures of {self.side} × {self.side} pixels in red, green "
                f"and blue, not of the shape {pictures.shape[1:]}."
            )


@dataclass
class _Shelf:
    """Networks that are loaded already, in one worker; one is loaded at a time."""

    loaded: dict[tuple[str, ...], FeatureNetwork] = field(default_factory=dict)
    lock: Any = field(default_factory=threading.Lock)


_shelf = _Shelf()


def find(key: str) -> Backbone:
    """The description of a network. Raises BackboneError where there is none of this name."""
    if key not in BACKBONES:
        raise BackboneError(f"There is no network “{key}”; there are {', '.join(BACKBONES)}.")
    return BACKBONES[key]


def feature_network(key: str) -> FeatureNetwork:
    """The pretrained network `key`, loaded once. Raises BackboneError where it is not here."""
    backbone = find(key)
    with _shelf.lock:
        if (key,) not in _shelf.loaded:
            _shelf.loaded[(key,)] = (
                _photo(load_photo_network(WEIGHTS_PATH, backbone.side), backbone.side)
                if backbone.is_bundled
                else _mobilenet(backbone)
            )
        return _shelf.loaded[(key,)]


def fine_tuned_network(task: str) -> tuple[FeatureNetwork, list[NDArray[np.float32]]]:
    """The bundled network that was fine-tuned end to end for a task, and its last layer's
    kernel and bias; loaded once."""
    side = TASKS[task].side
    with _shelf.lock:
        place = ("bundled", task)
        if place not in _shelf.loaded:
            model = load_photo_network(fine_tuned_path(task), side)
            _shelf.loaded[place] = _photo(model, side)
            _answers[task] = model.get_layer("probabilities").get_weights()
        return _shelf.loaded[place], _answers[task]


_answers: dict[str, list[NDArray[np.float32]]] = {}


def backbone(key: str) -> keras.Model:
    """The pretrained network `key` as a Keras model, from pictures, 0 to 255, to features."""
    return feature_network(key).features_model


def features(key: str, pictures: Pixels) -> NDArray[np.float32]:
    """The features (n, n_features) of pictures (n, side, side, 3), uint8, by a network."""
    return feature_network(key).features_of(pictures)


def networks_here() -> dict[str, bool]:
    """Which networks this worker has: the bundled one, and those in Keras's cache."""
    return {
        key: backbone.is_bundled or cached_weights(backbone.weights_file) is not None
        for key, backbone in BACKBONES.items()
    }


def _photo(model: keras.Model, side: int) -> FeatureNetwork:
    maps = keras.Model(model.input, model.get_layer(PHOTO_MAPS).output)
    return FeatureNetwork(side, maps, keras.Model(model.input, model.get_layer("features").output))


def _mobilenet(backbone: Backbone) -> FeatureNetwork:
    path = cached_weights(backbone.weights_file)
    if path is None:
        raise BackboneError(
            f"{backbone.title} is not on this server. Download it first, or use the bundled "
            "network."
        )
    inputs = keras.Input((backbone.side, backbone.side, 3), name="photo")
    maps = build(backbone, top=False, weights=path)(rescaled(inputs))
    pooled = keras.layers.GlobalAveragePooling2D(name="features")(maps)
    return FeatureNetwork(backbone.side, keras.Model(inputs, maps), keras.Model(inputs, pooled))


def rescaled(pictures: Any) -> Any:
    """Pictures from 0 to 255 as keras.applications.mobilenet_v2 wants them, from -1 to 1."""
    return keras.layers.Rescaling(1 / 127.5, offset=-1, name="rescale")(pictures)
