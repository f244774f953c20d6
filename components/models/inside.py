"""Looking inside a network: all its maps, one value taken apart, and what mattered to it."""

import functools
from dataclasses import dataclass, field
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from components.concepts.convolution import Array
from components.concepts.occlusion import corners, covered, drop_map, fill_color, stride_for
from components.concepts.stages import Stage, find_stage
from components.concepts.value_behind import Place, StageWeights, ValueTrace, take_apart
from components.models.gradients import grad_cam

Pixels = NDArray[np.uint8]
PIECE = 250  # pictures in one go: bounds the memory of the maps


@dataclass
class Inside:
    """A network opened at its stages. Pictures are uint8: (28, 28), or (64, 64, 3)."""

    model: keras.Model
    stages: tuple[Stage, ...]
    _parts: dict[str, keras.Model] = field(default_factory=dict, repr=False)

    def all_maps(self, pixels: Pixels) -> dict[str, NDArray[np.float32]]:
        """The values of every stage for one picture, each of the shape (height, width, maps)."""
        self._check(pixels)
        return {key: values[0] for key, values in self.all_maps_of(pixels[None]).items()}

    def all_maps_of(self, pictures: Pixels) -> dict[str, NDArray[np.float32]]:
        """The values of every stage for a few hundred pictures: (n, height, width, maps) each."""
        outputs = {stage.key: self._output(stage.key) for stage in self.stages}
        values = self._part("all", lambda: keras.Model(self.model.input, outputs))(pictures)
        return {
            stage.key: np.asarray(values[stage.key], np.float32).reshape(-1, *stage.shape)
            for stage in self.stages
        }

    def maps_of(self, pictures: Pixels, key: str) -> NDArray[np.float32]:
        """The maps of one stage for many pictures: (n, height, width, maps)."""
        stage = find_stage(self.stages, key)
        part = self._part(key, lambda: keras.Model(self.model.input, self._output(key)))
        pieces = [
            np.asarray(part(pictures[start : start + PIECE]), np.float32)
            for start in range(0, len(pictures), PIECE)
        ]
        return np.concatenate(pieces).reshape(len(pictures), *stage.shape)

    def take_apart(self, pixels: Pixels, key: str, place: Place) -> ValueTrace:
        """The value at a place of a stage, with all it comes from.

        Raises KeyError or IndexError where there is no such place.
        """
        self._check(pixels)
        stage = find_stage(self.stages, key)
        layer = self._working_layer(key)
        wanted = {"inputs": layer.input}
        if self._has(f"{key}_sum"):
            wanted["shortcut"] = self.model.get_layer(f"{key}_sum").input[1]
        part = self._part(f"{key} apart", lambda: keras.Model(self.model.input, wanted))
        found = part(pixels[None])
        inputs = np.asarray(found["inputs"], np.float64)[0].reshape(stage.reads)
        shortcut = None
        if "shortcut" in wanted:
            number, row, column = place
            shortcut = float(np.asarray(found["shortcut"])[0, row, column, number])
        return take_apart(stage, inputs, self._weights(stage, layer), place, shortcut)

    def probabilities(self, pictures: Pixels) -> NDArray[np.float32]:
        """Class probabilities of many pictures: (n, classes)."""
        return self.maps_of(pictures, self.stages[-1].key)[:, 0, 0]

    def occlusion(self, pixels: Pixels, target: int, patch: int) -> NDArray[np.float32]:
        """How much the probability of class `target` falls where a patch covers the picture.

        (side, side); for each pixel the mean over the patches that covered it.
        """
        self._check(pixels)
        side = pixels.shape[0]
        places = corners(side, patch, stride_for(side, patch))
        many = covered(pixels, places, patch, fill_color(pixels))
        whole = self.probabilities(pixels[None])[0, target]
        drops = whole - self.probabilities(many)[:, target]
        return drop_map(drops.astype(np.float64), places, patch, side).astype(np.float32)

    def grad_cam(self, pixels: Pixels, target: int, key: str) -> NDArray[np.float32]:
        """Grad-CAM of class `target` at a stage: (height, width), 0 and above.

        The score is the class's sum before the softmax. Raises ValueError at a stage with a
        shortcut around it, or without maps.
        """
        self._check(pixels)
        stage = find_stage(self.stages, key)
        if not (stage.splits and stage.has_maps):
            raise ValueError("Grad-CAM needs maps that all of the network's answer goes through.")
        last = self.model.layers[-1]
        kernel, bias = (np.asarray(each, np.float32) for each in last.get_weights())
        head = self._part(f"{key} head", lambda: keras.Model(self._output(key), last.input))
        maps = self.maps_of(pixels[None], key)

        def score(values: Any) -> Any:
            row = keras.ops.reshape(head(values), (-1,))
            return keras.ops.sum(row * kernel[:, target]) + float(bias[target])

        return grad_cam(score, maps)

    def strongest(
        self, pictures: Pixels, key: str, n_best: int
    ) -> tuple[Array, NDArray[np.intp], NDArray[np.intp]]:
        """For each map of a stage the pictures with the largest values: (maps, n_best) each.

        The values, the numbers of the pictures, and the place in the map (row · width + column).
        One picture counts once, at its strongest place.
        """
        maps = self.maps_of(pictures, key)
        flat = maps.reshape(len(maps), -1, maps.shape[-1])
        where, largest = flat.argmax(axis=1), flat.max(axis=1)
        best = np.argsort(-largest, axis=0, kind="stable")[:n_best]
        return (
            np.take_along_axis(largest, best, 0).T,
            best.T,
            np.take_along_axis(where, best, 0).T,
        )

    def _check(self, pixels: Pixels) -> None:
        wanted = tuple(self.model.input_shape[1:])
        if pixels.shape != wanted or pixels.dtype != np.uint8:
            raise ValueError(f"This network sees bytes of shape {wanted}, not {pixels.shape}.")

    def _part(self, name: str, make: Any) -> keras.Model:
        if name not in self._parts:
            self._parts[name] = make()
        return self._parts[name]

    def _output(self, key: str) -> Any:
        return self.model.get_layer(key).output

    @functools.cached_property
    def _names(self) -> frozenset[str]:
        return frozenset(layer.name for layer in self.model.layers)

    def _has(self, name: str) -> bool:
        return name in self._names

    def _working_layer(self, key: str) -> Any:
        """The layer that makes the stage's numbers: its convolution where that has its own name."""
        return self.model.get_layer(f"{key}_conv" if self._has(f"{key}_conv") else key)

    def _weights(self, stage: Stage, layer: Any) -> StageWeights:
        if stage.kind in ("max-pool", "mean"):
            return StageWeights()
        if stage.kind == "norm":
            return StageWeights(None, None, *_scale_and_shift(layer))
        values = layer.get_weights()
        is_row = stage.kind == "dense"
        kernel = values[0].reshape(*stage.reads, -1) if is_row else values[0]
        bias = values[1] if len(values) > 1 else None
        if self._has(f"{stage.key}_norm"):
            norm = self.model.get_layer(f"{stage.key}_norm")
            return StageWeights(kernel, bias, *_scale_and_shift(norm))
        return StageWeights(kernel, bias)


def _scale_and_shift(norm: Any) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """What a batch-norm does to each map when it reads: value · scale + shift."""
    gamma, beta, mean, variance = (np.asarray(each, np.float64) for each in norm.get_weights())
    scale = gamma / np.sqrt(variance + norm.epsilon)
    return scale, beta - mean * scale
