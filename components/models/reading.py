"""A trained network that reads digits, as it ended and as it was on the way there."""

import io
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from components.concepts.pixels import shuffle_pixels


@dataclass(frozen=True)
class Checkpoint:
    """The weights at one moment of a run: a half-precision npz of `model.get_weights()`."""

    step: int
    epoch: float
    weights: bytes


@dataclass(frozen=True)
class TrainedDigits:
    """What a run leaves behind: the network as a .keras file, and moments on the way.

    `pixel_seed` is the seed of the shuffled pixels, None where they stayed in place.
    """

    keras_file: bytes
    checkpoints: tuple[Checkpoint, ...]
    pixel_seed: int | None


class DigitReader:
    """Says how probable each class is for a digit, with the network of any recorded moment."""

    def __init__(
        self,
        model: keras.Model,
        checkpoints: Sequence[Checkpoint],
        pixel_seed: int | None,
    ) -> None:
        self.model = model
        self._checkpoints = checkpoints
        self._pixel_seed = pixel_seed
        self._past: dict[int, keras.Model] = {}

    def probabilities(
        self, images: NDArray[np.uint8], step: int | None = None
    ) -> NDArray[np.float32]:
        """Class probabilities, (n, 10), of uint8 digits (n, 28, 28) with pixels in their places.

        With `step`, the network as it was at the last checkpoint up to that step; without, as
        it is now.
        """
        if self._pixel_seed is not None:
            images = shuffle_pixels(images, self._pixel_seed)
        model = self.model if step is None else self._model_at(step)
        return keras.ops.convert_to_numpy(model(images, training=False))

    def _model_at(self, step: int) -> keras.Model:
        """A copy with the weights of that moment; the last one asked for is kept."""
        moments = [c for c in self._checkpoints if c.step <= step]
        if not moments:
            return self.model
        moment = moments[-1]
        if moment.step not in self._past:
            copy = keras.models.clone_model(self.model)
            copy.set_weights(unpack_weights(moment.weights))
            self._past = {moment.step: copy}
        return self._past[moment.step]


def load_reader(trained: TrainedDigits) -> DigitReader:
    """The reader over a finished run, wherever it is asked for."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "network.keras"
        file.write_bytes(trained.keras_file)
        model = keras.models.load_model(file, compile=False, safe_mode=True)
    return DigitReader(model, trained.checkpoints, trained.pixel_seed)


def classify(
    reader: DigitReader, images: NDArray[np.uint8], step: int | None = None
) -> NDArray[np.float32]:
    """`reader.probabilities` as a function that the engine can call on a worker."""
    return reader.probabilities(images, step)


def save_keras(model: keras.Model) -> bytes:
    """The model as the bytes of a .keras file, without the optimizer's state."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "network.keras"
        model.save(file, include_optimizer=False)
        return file.read_bytes()


def pack_weights(model: keras.Model) -> bytes:
    """All weights of the model in half precision, a third of a .keras file's size."""
    buffer = io.BytesIO()
    weights = {f"w{n}": w.astype(np.float16) for n, w in enumerate(model.get_weights())}
    np.savez(buffer, **weights)
    return buffer.getvalue()


def unpack_weights(packed: bytes) -> list[NDArray[np.float32]]:
    """The weights that `pack_weights` packed, in the order of `model.set_weights`."""
    with np.load(io.BytesIO(packed)) as arrays:
        return [arrays[f"w{n}"].astype(np.float32) for n in range(len(arrays.files))]
