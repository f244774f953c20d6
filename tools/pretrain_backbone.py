"""Pretrains the photo network from a zip of pictures, and measures it.

    KERAS_BACKEND=jax python -m tools.pretrain_backbone pictures.zip WORK photo_network.npz

The zip holds `classes.json`, which names the classes by their WordNet numbers, and pictures of
64 × 64 pixels: `train/<number>/<name>` to train on, `val/<number>/<name>` to measure on. Any
backend of Keras's will do. The run so far stays in WORK after every epoch, and the same command
goes on from there. `--bfloat16` computes in half precision, where the machine is faster at that.
The network that is written is in half precision, and so is the one that is measured.
"""

import argparse
import hashlib
import json
import zipfile
from dataclasses import dataclass
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray

from components.concepts.photo_network import SIDE
from components.models.heads import compiles_ahead
from components.models.photo_network import (
    CLASSES,
    build_photo_network,
    load_photo_network,
    weights_by_name,
)
from components.pictures.fit import Pixels, fit_square
from tools.augmentation import AugmentedBatches, cosine, padded
from tools.kept_run import epochs_done, run
from tools.picture_sets import open_rgb

PIECE = 250  # pictures in one go, to measure


@dataclass(frozen=True)
class Recipe:
    """How the network is pretrained."""

    epochs: int = 40
    batch_size: int = 256
    learning_rate: float = 0.25
    momentum: float = 0.9
    weight_decay: float = 2e-4
    label_smoothing: float = 0.1
    margin: int = 6  # pixels that a crop moves either way
    seed: int = 0
    bfloat16: bool = False


@dataclass(frozen=True, eq=False)
class Pictures:
    """What the zip has: names of the classes, and pictures (n, 64, 64, 3) with labels (n,)."""

    classes: tuple[str, ...]
    train: Pixels
    train_labels: NDArray[np.int64]
    validation: Pixels
    validation_labels: NDArray[np.int64]


def read_pictures(path: Path) -> Pictures:
    """All pictures of the zip. Raises SystemExit where it has none of a part."""
    with zipfile.ZipFile(path) as archive:
        titles: dict[str, str] = json.loads(archive.read("classes.json"))
        train, validation = (_read_part(archive, part, list(titles)) for part in ("train", "val"))
    names = tuple(title.split(",")[0] for title in titles.values())
    return Pictures(names, *train, *validation)


def pretrain(pictures: Pictures, recipe: Recipe, work: Path) -> keras.Model:
    """The network after all epochs, from where the run in `work` was left."""
    n_classes = len(pictures.classes)
    keras.utils.set_random_seed(recipe.seed)
    keras.config.set_dtype_policy("mixed_bfloat16" if recipe.bfloat16 else "float32")
    try:
        model = build_photo_network(SIDE, n_classes)
        model.compile(
            keras.optimizers.SGD(
                recipe.learning_rate,
                momentum=recipe.momentum,
                nesterov=True,
                weight_decay=recipe.weight_decay,
            ),
            keras.losses.CategoricalCrossentropy(label_smoothing=recipe.label_smoothing),
            metrics=["accuracy"],
            jit_compile=compiles_ahead(),
        )
        one = np.eye(n_classes, dtype=np.float32)
        batches = AugmentedBatches(
            [padded(pictures.train, recipe.margin)],
            one[pictures.train_labels],
            SIDE,
            recipe.batch_size,
            recipe.seed,
            first_epoch=epochs_done(work),
        )
        total = recipe.epochs * len(batches)

        def rate(step: int) -> float:
            return cosine(recipe.learning_rate, step, total, warm_up=len(batches))

        held_out = pictures.validation, one[pictures.validation_labels]
        return run(model, batches, held_out, rate, recipe.epochs, work)
    finally:
        keras.config.set_dtype_policy("float32")


def accuracy_of(path: Path, pictures: Pictures) -> float:
    """The share of the validation pictures that the network in a file names right."""
    model = load_photo_network(path)
    right = 0
    for start in range(0, len(pictures.validation), PIECE):
        said = np.asarray(model(pictures.validation[start : start + PIECE])).argmax(axis=1)
        right += int((said == pictures.validation_labels[start : start + PIECE]).sum())
    return right / len(pictures.validation)


def write(path: Path, model: keras.Model, pictures: Pictures) -> float:
    """Write the network in half precision, measure what was written, add that; the accuracy."""
    arrays = {**weights_by_name(model), CLASSES: np.array(pictures.classes)}
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
    accuracy = accuracy_of(path, pictures)
    arrays |= {
        "accuracy": np.array(accuracy),
        "measured_on": np.array(len(pictures.validation)),
    }
    np.savez_compressed(path, **arrays)  # type: ignore[arg-type]
    return accuracy


def main(arguments: list[str] | None = None) -> None:
    """Read the command line, pretrain, write and measure."""
    parser = argparse.ArgumentParser(description="Pretrains the photo network.")
    parser.add_argument("pictures", type=Path, help="the zip of pictures")
    parser.add_argument("work", type=Path, help="a folder for the run so far")
    parser.add_argument("network", type=Path, help="the .npz to write")
    parser.add_argument("--epochs", type=int, default=Recipe.epochs)
    parser.add_argument("--batch-size", type=int, default=Recipe.batch_size)
    parser.add_argument("--learning-rate", type=float, default=Recipe.learning_rate)
    parser.add_argument("--seed", type=int, default=Recipe.seed)
    parser.add_argument("--bfloat16", action="store_true")
    asked = parser.parse_args(arguments)
    recipe = Recipe(
        epochs=asked.epochs,
        batch_size=asked.batch_size,
        learning_rate=asked.learning_rate,
        seed=asked.seed,
        bfloat16=asked.bfloat16,
    )
    pictures = read_pictures(asked.pictures)
    print(f"{len(pictures.train):,} pictures in {len(pictures.classes)} classes", flush=True)
    accuracy = write(asked.network, pretrain(pictures, recipe, asked.work), pictures)
    data = asked.network.read_bytes()
    print(f"{accuracy:.4f} of {len(pictures.validation):,} validation pictures named right")
    print(f"{len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}")


def _read_part(
    archive: zipfile.ZipFile, part: str, numbers: list[str]
) -> tuple[Pixels, NDArray[np.int64]]:
    labels = {number: label for label, number in enumerate(numbers)}
    pictures, found = [], []
    for name in sorted(archive.namelist()):
        place = name.split("/")
        if len(place) == 3 and place[0] == part and place[1] in labels and place[2]:
            pictures.append(fit_square(open_rgb(archive.read(name)), SIDE))
            found.append(labels[place[1]])
    if not pictures:
        raise SystemExit(f"There are no pictures in {part}/ of this zip.")
    return np.stack(pictures), np.array(found, np.int64)


if __name__ == "__main__":
    main()
