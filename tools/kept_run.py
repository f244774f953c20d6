"""A training run that can be broken off after any epoch, and taken up again."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import keras
import numpy as np
from numpy.typing import NDArray

from components.pictures.fit import Pixels
from tools.augmentation import AugmentedBatches

NETWORK, DONE = "network.keras", "epoch.txt"
Rate = Callable[[int], float]  # the learning rate at a step


def epochs_done(work: Path) -> int:
    """How many epochs of the run in `work` are done."""
    done = work / DONE
    return int(done.read_text()) if done.is_file() else 0


def run(
    model: keras.Model,
    batches: AugmentedBatches,
    held_out: tuple[Pixels, NDArray[np.float32]],
    rate: Rate,
    epochs: int,
    work: Path,
) -> keras.Model:
    """Train a compiled model to the last of `epochs`, from where the run in `work` was left.

    The model and its optimiser's state are kept after every epoch; `batches` has to begin with
    the epoch that is next. Returns the trained model.
    """
    work.mkdir(parents=True, exist_ok=True)
    done = epochs_done(work)
    if done:
        model = keras.saving.load_model(work / NETWORK)
    if done < epochs:
        follow = _Follow(work, rate, len(batches), done)
        model.fit(
            batches,
            validation_data=held_out,
            initial_epoch=done,
            epochs=epochs,
            callbacks=[follow],
            shuffle=False,
            verbose=0,
        )
    return model


class _Follow(keras.callbacks.Callback):
    """Sets the learning rate of every step, and keeps the model after every epoch."""

    def __init__(self, work: Path, rate: Rate, steps: int, done: int) -> None:
        super().__init__()
        self._work, self._rate, self._steps, self._done = work, rate, steps, done

    def on_train_batch_begin(self, batch: int, logs: Any = None) -> None:
        step = self._done * self._steps + batch
        self.model.optimizer.learning_rate.assign(self._rate(step))

    def on_epoch_end(self, epoch: int, logs: dict[str, float] | None = None) -> None:
        self._done = epoch + 1
        part = self._work / f"part-{NETWORK}"
        self.model.save(part)
        part.replace(self._work / NETWORK)
        (self._work / DONE).write_text(str(self._done))
        figures = ", ".join(f"{name} {value:.4f}" for name, value in (logs or {}).items())
        print(f"epoch {self._done}: {figures}", flush=True)
