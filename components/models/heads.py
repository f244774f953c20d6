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
    sized = features / scale
    held_out = None
    if validation is not None:
        held_out = validation[0] / scale, np.eye(n_classes, dtype=np.float32)[validation[1]]
    history: list[HeadEpoch] = []
    for epoch in range(epochs):
        learnt = _learn(model, sized, wanted, (seed, epoch))
        tested = {} if held_out is None else _test(model, *held_out)
        history.append(_as_epoch(epoch + 1, learnt, tested))
        if on_epoch is not None and not on_epoch(history[-1]):
            break
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


# Not Keras's `fit`: what that does around an epoch costs fifty times as much as one step of a
# single layer on a few rows.


def _learn(
    model: keras.Model, features: Features, targets: NDArray[np.float32], seed: tuple[int, int]
) -> dict[str, float]:
    """One epoch, in an order that depends on the seed only: its mean loss and accuracy."""
    order = np.random.default_rng(seed).permutation(len(features))
    model.reset_metrics()
    said: dict[str, float] = {}
    for start in range(0, len(order), BATCH):
        rows = order[start : start + BATCH]
        said = model.train_on_batch(features[rows], targets[rows], return_dict=True)
    return said


def _test(model: keras.Model, features: Features, targets: NDArray[np.float32]) -> dict[str, float]:
    """The mean loss and the accuracy on rows that it does not learn from."""
    model.reset_metrics()
    said: dict[str, float] = model.test_on_batch(features, targets, return_dict=True)
    return said


def _linear(n_features: int, n_classes: int) -> keras.Model:
    inputs = keras.Input((n_features,), name="features")
    layer = keras.layers.Dense(n_classes, kernel_initializer="zeros", name="logits")
    return keras.Model(inputs, layer(inputs))


def _as_epoch(epoch: int, learnt: dict[str, float], tested: dict[str, float]) -> HeadEpoch:
    return HeadEpoch(
        epoch,
        float(learnt["loss"]),
        float(learnt["accuracy"]),
        *(float(tested[name]) if tested else None for name in ("loss", "accuracy")),
    )
