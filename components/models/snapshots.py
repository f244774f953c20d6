"""What a network says about the validation digits at one moment, packed for the page."""

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

SMALLEST_PROBABILITY = 1e-7  # as Keras clips before it takes the logarithm


def look(probabilities: NDArray[np.float32]) -> dict[str, bytes]:
    """The answers and how sure they are, as the "snapshot" event holds them.

    `probabilities` is (n, 10); both answers are n bytes, confidence 255 meaning sure.
    """
    predicted = probabilities.argmax(axis=1).astype(np.uint8)
    confidence = np.rint(255 * probabilities.max(axis=1)).clip(0, 255).astype(np.uint8)
    return {"predicted": predicted.tobytes(), "confidence": confidence.tobytes()}


def score(probabilities: NDArray[np.float32], labels: NDArray[np.uint8]) -> tuple[float, float]:
    """Cross-entropy loss and accuracy of probabilities (n, 10) for labels (n,)."""
    of_label = probabilities[np.arange(len(labels)), labels]
    loss = -np.log(np.clip(of_label, SMALLEST_PROBABILITY, 1)).mean(dtype=np.float64)
    accuracy = (probabilities.argmax(axis=1) == labels).mean()
    return float(loss), float(accuracy)


def first_filters(weights: Sequence[NDArray[np.float32]]) -> dict[str, Any]:
    """The kernels of the first convolution, as the "snapshot" event holds them.

    `weights` are a network's, in order. The first with four axes is a convolution's, (height,
    width, channels, n); its first channel is shown, and a first layer has only one.
    """
    for array in weights:
        if array.ndim == 4:
            filters = np.ascontiguousarray(array[:, :, 0, :], dtype=np.float32)
            return {"filters": filters.tobytes(), "filter_shape": filters.shape}
    return {"filters": b"", "filter_shape": ()}
