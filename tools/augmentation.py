"""Batches of pictures to train on, each one cropped, mirrored and lit a little differently."""

import math
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

Pixels = NDArray[np.uint8]
BRIGHTNESS = 0.25  # largest change, as a share


class AugmentedBatches(keras.utils.PyDataset):
    """Pictures in a new order every epoch, each a random crop of `side`, half of them mirrored.

    `scales` are copies of the same pictures, uint8 (n, larger, larger, 3): from a larger copy a
    crop shows less of the picture. `targets` is (n, classes). The same seed, epoch and picture
    give the same crop, so a run that is taken up again goes on as if it had never stopped.
    """

    def __init__(
        self,
        scales: list[Pixels],
        targets: NDArray[np.float32],
        side: int,
        batch_size: int,
        seed: int,
        *,
        first_epoch: int = 0,
        brightness: float = BRIGHTNESS,
        **how: Any,
    ) -> None:
        super().__init__(**how)
        self._scales, self._targets, self._side = scales, targets, side
        self._batch_size, self._seed, self._brightness = batch_size, seed, brightness
        self._epoch = first_epoch
        self._shuffle()

    def __len__(self) -> int:
        """Batches in an epoch; the pictures left over wait for the next order."""
        return max(1, len(self._targets) // self._batch_size)

    def __getitem__(self, index: int) -> tuple[Pixels, NDArray[np.float32]]:
        """Batch number `index` of this epoch."""
        at = index * self._batch_size
        chosen = self._order[at : at + self._batch_size]
        rng = np.random.default_rng((self._seed, self._epoch, index))
        return self._crop(chosen, rng), self._targets[chosen]

    def on_epoch_end(self) -> None:
        """Go on to the next epoch."""
        self._epoch += 1
        self._shuffle()

    def _shuffle(self) -> None:
        rng = np.random.default_rng((self._seed, self._epoch))
        self._order = rng.permutation(len(self._targets))

    def _crop(self, chosen: NDArray[np.intp], rng: np.random.Generator) -> Pixels:
        side = self._side
        batch = np.empty((len(chosen), side, side, 3), np.uint8)
        for row, number in enumerate(chosen):
            picture = self._scales[rng.integers(len(self._scales))][number]
            top, left = rng.integers(picture.shape[0] - side + 1, size=2)
            crop = picture[top : top + side, left : left + side]
            batch[row] = crop[:, ::-1] if rng.random() < 0.5 else crop
        if self._brightness:
            light = 1 + self._brightness * rng.uniform(-1, 1, (len(chosen), 1, 1, 1))
            batch = np.clip(batch * light, 0, 255).astype(np.uint8)
        return batch


def padded(pictures: Pixels, margin: int) -> Pixels:
    """Pictures (n, side, side, 3) with their edges reflected outwards by `margin` pixels."""
    around = ((0, 0), (margin, margin), (margin, margin), (0, 0))
    return np.pad(pictures, around, mode="reflect")


def cosine(peak: float, step: int, total: int, warm_up: int = 0) -> float:
    """The learning rate at a step: up in a line to `peak`, then down along a cosine to 0."""
    if step < warm_up:
        return peak * (step + 1) / warm_up
    share = (step - warm_up) / max(1, total - warm_up)
    return peak * 0.5 * (1 + math.cos(math.pi * min(1.0, share)))
