"""The last layer of a photo network, which turns features into classes, as plain arrays."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from components.concepts.photo_backbones import BACKBONES

Features = NDArray[np.float32]


class HeadError(Exception):
    """A head that can't be used; the message is a sentence."""


@dataclass(frozen=True, eq=False)
class Head:
    """A linear layer on the features of a backbone, and a softmax over its classes.

    `kernel` is (n_features, n_classes), `bias` (n_classes,), both float32. The logits are divided
    by `temperature` before the softmax: above 1 it makes the network less sure. `backbone` is a
    key of BACKBONES. Raises HeadError where these do not fit each other.
    """

    kernel: NDArray[np.float32]
    bias: NDArray[np.float32]
    classes: tuple[str, ...]
    backbone: str
    temperature: float = 1.0

    def __post_init__(self) -> None:
        backbone = BACKBONES.get(self.backbone)
        if backbone is None:
            raise HeadError(f"This classifier needs a network “{self.backbone}” that is not known.")
        if self.kernel.shape != (backbone.n_features, len(self.classes)):
            raise HeadError(
                f"The weights of this classifier do not fit: {len(self.classes)} classes on "
                f"{backbone.title} need {backbone.n_features} × {len(self.classes)} numbers."
            )
        if self.bias.shape != (len(self.classes),) or len(self.classes) < 2:
            raise HeadError("A classifier needs two or more classes, and one bias for each.")
        numbers_ok = np.isfinite(self.kernel).all() and np.isfinite(self.bias).all()
        if not (numbers_ok and np.isfinite(self.temperature) and self.temperature > 0):
            raise HeadError("This classifier has weights that are no numbers.")

    def logits(self, features: Features) -> NDArray[np.float32]:
        """The sums before the softmax, not divided by the temperature: (n, n_classes)."""
        sums: NDArray[np.float32] = features @ self.kernel + self.bias
        return sums

    def probabilities(self, features: Features) -> NDArray[np.float32]:
        """Calibrated probabilities of features (n, n_features): (n, n_classes)."""
        return softmax(self.logits(features) / self.temperature)


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Each row (n, n_classes) as probabilities."""
    powers = np.exp(logits - logits.max(axis=1, keepdims=True))
    rows: NDArray[np.float32] = powers / powers.sum(axis=1, keepdims=True)
    return rows.astype(np.float32)
