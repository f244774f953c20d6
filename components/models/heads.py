"""Heads: the last layer of a photo network, learnt on features that stay as they are."""

from collections.abc import Callable
from dataclasses import dataclass

import keras
import numpy as np
from numpy.typing import NDArray

from components.concepts.photo_head import Features, softmax

Labels = NDArray[np.integer]
BATCH = 32
WEIGHT_DECAY = 1e-3
TEMPERATURES = np.geomspace(0.2, 8, 160)

OnEpoch = Callable[["HeadEpoch"], bool]


@dataclass(frozen=True)
class HeadEpoch:
    """How a head does after an epoch, from 1; None for validation where there is none."""

    epoch: int
    loss: float
    accuracy: float
    validation_loss: float | None
    validation_accuracy: float | None


@dataclass(frozen=True, eq=False)
class FittedHead:
    """A learnt kernel (n_features, n_classes) and bias (n_classes,), float32, and how it went."""

    kernel: NDArray[np.float32]
    bias: NDArray[np.float32]
    epochs: tuple[HeadEpoch, ...]


def fit_head(
    features: Features,
    labels: Labels,
    n_classes: int,
    *,
    validation: tuple[Features, Labels] | None = None,
    epochs: int = 30,
    learning_rate: float = 1e-3,
    seed: int = 0,
    on_epoch: OnEpoch | None = None,
    initial: tuple[NDArray[np.float32], NDArray[np.float32]] | None = None,
    targets: NDArray[np.float32] | None = None,
    weight_decay: float = WEIGHT_DECAY,
) -> FittedHead:
    """A linear layer with a softmax, trained on features (n, n_features) and labels (n,).

    `on_epoch` hears of each epoch and returns False to end there; what was learnt is kept.
    `initial` is a kernel and bias to go on from, else it starts at 0, where every class is as
    likely as the others. `targets` (n, n_classes) take the place of the labels where a picture
    is to get more than one class. `weight_decay` is the share, times the learning rate, that
    every weight loses at a step. The features are divided by their mean size while it learns,
    so that one learning rate suits all networks.
    """
    scale = max(float(np.abs(features).mean()), 1e-6)
    wanted = np.eye(n_classes, dtype=np.float32)[labels] if targets is None else targets
    model = _linear(features.shape[1], n_classes)
    if initial is not None:
        model.set_weights([initial[0] * scale, initial[1]])
    model.compile(
        keras.optimizers.AdamW(learning_rate, weight_decay=weight_decay),
        keras.losses.CategoricalCrossentropy(from_logits=True),
        metrics=["accuracy"],
        jit_compile=compiles_ahead(),
    )
    held_out = None
    if validation is not None:
        held_out = validation[0] / scale, np.eye(n_classes, dtype=np.float32)[validation[1]]
    history: list[HeadEpoch] = []

    class Follow(keras.callbacks.Callback):
        """Writes down each epoch and tells `on_epoch`."""

        def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
            history.append(_as_epoch(epoch + 1, logs or {}))
            if on_epoch is not None and not on_epoch(history[-1]):
                model.stop_training = True

    batches = _Batches(features / scale, wanted, seed)
    model.fit(
        batches,
        epochs=epochs,
        validation_data=held_out,
        callbacks=[Follow()],
        shuffle=False,  # the batches are mixed already, by the seed
        verbose=0,
    )
    kernel, bias = model.get_weights()
    return FittedHead((kernel / scale).astype(np.float32), bias, tuple(history))


def compiles_ahead() -> bool:
    """Whether XLA should compile a fit. JAX needs it to be quick; with TensorFlow, on processor
    cores, it takes longer than a short fit itself."""
    return bool(keras.backend.backend() != "tensorflow")


def temperature_for(logits: NDArray[np.float32], labels: Labels) -> float:
    """The temperature that makes held-out logits (n, n_classes) most likely (Guo et al. 2017)."""
    rows = np.arange(len(labels))

    def surprise(temperature: float) -> float:
        right = softmax((logits / temperature).astype(np.float32))[rows, labels]
        return float(-np.log(np.maximum(right, 1e-12)).mean())

    return float(min(TEMPERATURES, key=surprise))


class _Batches(keras.utils.PyDataset):
    """Rows in an order that depends on the seed and the epoch only."""

    def __init__(self, features: Features, targets: NDArray[np.float32], seed: int) -> None:
        super().__init__()
        self._features, self._targets, self._seed, self._epoch = features, targets, seed, 0
        self._mix()

    def __len__(self) -> int:
        return -(-len(self._features) // BATCH)

    def __getitem__(self, index: int) -> tuple[Features, NDArray[np.float32]]:
        rows = self._order[index * BATCH : (index + 1) * BATCH]
        return self._features[rows], self._targets[rows]

    def on_epoch_end(self) -> None:
        """Mix the rows anew."""
        self._epoch += 1
        self._mix()

    def _mix(self) -> None:
        rng = np.random.default_rng((self._seed, self._epoch))
        self._order = rng.permutation(len(self._features))


def _linear(n_features: int, n_classes: int) -> keras.Model:
    inputs = keras.Input((n_features,), name="features")
    layer = keras.layers.Dense(n_classes, kernel_initializer="zeros", name="logits")
    return keras.Model(inputs, layer(inputs))


def _as_epoch(epoch: int, logs: dict[str, float]) -> HeadEpoch:
    return HeadEpoch(
        epoch, logs["loss"], logs["accuracy"], logs.get("val_loss"), logs.get("val_accuracy")
    )
