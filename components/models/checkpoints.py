"""The network as it was at a dozen moments of a run, kept small: weights in half precision."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Weights = list[NDArray[np.float32]]

MOST_CHECKPOINTS = 13
MOST_BYTES = 16 * 2**20  # for one run; thirty learners share a server
EARLY_SHARES = (1 / 32, 1 / 8, 1 / 4, 1 / 2)  # of the first epoch, where most is learnt
_LARGEST_HALF = float(np.finfo(np.float16).max)


@dataclass(frozen=True)
class Checkpoint:
    """All weights after `step` steps, as float16 bytes one after the other.

    `epoch` is fractional.
    """

    step: int
    epoch: float
    weights: bytes


def pack(weights: Sequence[NDArray[np.float32]]) -> bytes:
    """The weights as float16 bytes; values too large for float16 become its largest."""
    flat = np.concatenate([array.ravel() for array in weights])
    return np.clip(flat, -_LARGEST_HALF, _LARGEST_HALF).astype(np.float16).tobytes()


def unpack(packed: bytes, like: Sequence[NDArray[np.float32]]) -> Weights:
    """The weights in `packed`, in float32 and with the shapes of the arrays in `like`."""
    flat = np.frombuffer(packed, np.float16).astype(np.float32)
    ends = np.cumsum([array.size for array in like])
    parts = np.split(flat, ends[:-1])
    return [part.reshape(array.shape) for part, array in zip(parts, like, strict=True)]


def plan_checkpoints(epochs: int, batches_per_epoch: int, n_weights: int) -> tuple[int, ...]:
    """The steps at or after which to keep the network, rising: start, early ones, ends of epochs.

    At most one an epoch after the first, evenly spread, the last step always among them; fewer
    for a large network, so that a run keeps no more than MOST_BYTES.
    """
    affordable = MOST_BYTES // (2 * max(1, n_weights))
    most = int(np.clip(affordable, 3, MOST_CHECKPOINTS))
    early = [round(share * batches_per_epoch) for share in EARLY_SHARES[: most - 2]]
    n_ends = min(epochs, most - 1 - len(early))
    ends = np.linspace(1 if n_ends > 1 else epochs, epochs, n_ends).round().astype(int)
    steps = {0, *early, *(int(end) * batches_per_epoch for end in ends)}
    return tuple(sorted(steps))
