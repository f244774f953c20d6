"""A trained network reads digits: probabilities now, or as they were earlier in its run."""

import tempfile
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from components.concepts.digit_network import DIGIT_SHAPE, N_CLASSES
from components.concepts.training import pixel_permutation
from components.models.checkpoints import Checkpoint, Weights, unpack
from components.models.trained import TrainedDigits

LARGEST_PIECE = 1000  # digits in one go: bounds the memory of the feature maps


class DigitReader:
    """Reads digits with a network of its own, so it may be asked from any thread.

    While a run goes on, the run shows it newer weights from time to time.
    """

    def __init__(
        self,
        model: keras.Model,
        permutation: NDArray[np.intp] | None = None,
        checkpoints: Sequence[Checkpoint] = (),
    ) -> None:
        self._model = model
        self._permutation = permutation
        self._checkpoints = checkpoints
        self._lock = threading.Lock()
        self._latest: Weights = model.get_weights()
        self._shown: int | None = None  # the step whose weights the model has, None: the latest

    @property
    def steps(self) -> tuple[int, ...]:
        """The steps whose checkpoints can be asked for, rising."""
        return tuple(checkpoint.step for checkpoint in self._checkpoints)

    def show(self, weights: Weights) -> None:
        """Read with these weights from now on."""
        with self._lock:
            self._latest = weights
            self._model.set_weights(weights)
            self._shown = None

    @contextmanager
    def model_at(self, step: int | None = None) -> Iterator[keras.Model]:
        """The network with its latest weights, or those of the last checkpoint up to `step`.

        It is the reader's own and lent for the while: nobody else reads with it meanwhile.
        """
        with self._lock:
            self._turn_to(step)
            yield self._model

    def to_keras_file(self) -> bytes:
        """The bytes of a .keras file with the latest weights, which plain Keras loads."""
        with self._lock:
            self._turn_to(None)
            return save_keras(self._model)

    def probabilities(
        self, images: NDArray[np.uint8], step: int | None = None
    ) -> NDArray[np.float32]:
        """Class probabilities, float32 of shape (n, 10), of uint8 `images` of (n, 28, 28).

        Where the run shuffled its pixels, these are shuffled in the same way. `step` asks the
        network as it was at the last checkpoint up to that step. Raises ValueError for images
        of another shape or type.
        """
        images = np.asarray(images)
        if images.ndim != 3 or images.shape[1:] != DIGIT_SHAPE[:2] or images.dtype != np.uint8:
            raise ValueError(
                f"Digits are uint8 pictures of shape (n, 28, 28), not {images.dtype} of "
                f"{images.shape}."
            )
        return self.read_prepared(permute(images, self._permutation), step)

    def read_prepared(
        self, images: NDArray[np.uint8], step: int | None = None
    ) -> NDArray[np.float32]:
        """As `probabilities`, for images whose pixels are in the run's order already."""
        if len(images) == 0:
            return np.zeros((0, N_CLASSES), np.float32)
        with self._lock:
            self._turn_to(step)
            pieces = [
                np.asarray(self._model.predict_on_batch(images[start : start + LARGEST_PIECE]))
                for start in range(0, len(images), LARGEST_PIECE)
            ]
        return np.concatenate(pieces).astype(np.float32, copy=False)

    def _turn_to(self, step: int | None) -> None:
        """Give the model the weights of the last checkpoint up to `step`, or the latest."""
        if step is None:
            if self._shown is not None:
                self._model.set_weights(self._latest)
                self._shown = None
            return
        earlier = [checkpoint for checkpoint in self._checkpoints if checkpoint.step <= step]
        if not earlier:
            raise ValueError(f"This run kept no checkpoint up to step {step}.")
        checkpoint = max(earlier, key=lambda checkpoint: checkpoint.step)
        if checkpoint.step != self._shown:
            self._model.set_weights(unpack(checkpoint.weights, self._latest))
            self._shown = checkpoint.step


def permute(images: NDArray[np.uint8], permutation: NDArray[np.intp] | None) -> NDArray[np.uint8]:
    """The images (n, 28, 28) with their pixels in the order `permutation` (784,), if any."""
    if permutation is None:
        return images
    return images.reshape(len(images), -1)[:, permutation].reshape(images.shape)


def load_reader(trained: TrainedDigits) -> DigitReader:
    """A reader with the weights that the run ended with."""
    model = load_keras(trained.keras_file)
    return DigitReader(model, pixel_permutation(trained.plan), trained.checkpoints)


def load_keras(keras_file: bytes) -> keras.Model:
    """The model in the bytes of a .keras file."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        path.write_bytes(keras_file)
        return keras.saving.load_model(path)


def save_keras(model: keras.Model) -> bytes:
    """The bytes of a .keras file of `model`, which plain Keras loads."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "model.keras"
        model.save(path)
        return path.read_bytes()
