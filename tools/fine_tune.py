"""Fine-tunes the bundled photo network end to end for a task.

    python -m tools.fine_tune cats_dogs FOLDER --work WORK

FOLDER has the archives of tools/picture_sets.py. The network so far stays in WORK after every
epoch, and the same command goes on from there. The result, in half precision, goes to assets/;
`python -m tools.make_heads` then calibrates and measures it.
"""

import argparse
import hashlib
from dataclasses import asdict, dataclass
from pathlib import Path

import keras
import numpy as np
from numpy.typing import NDArray
from PIL import Image

from components.concepts.photo_backbones import TASKS
from components.models.heads import compiles_ahead, fit_head
from components.models.photo_network import (
    build_photo_network,
    fine_tuned_path,
    load_photo_network,
    weights_by_name,
)
from components.pictures.fit import Pixels, fit_square
from tools.augmentation import AugmentedBatches, cosine
from tools.kept_run import epochs_done, run
from tools.picture_sets import Part, other_pictures, pictures_of_other_task, read_set


@dataclass(frozen=True)
class Recipe:
    """How a network is fine-tuned; crops of `side` are cut from copies of the sides `scales`.

    One more copy is as coarse as 64 pixels, so that coarse pictures are nothing special. Foreign
    pictures, `n_other` of the small ImageNet set and as many of the other task, are to get the
    same probability for every class, so that the network has a way to be unsure.
    """

    side: int
    scales: tuple[int, ...]
    n_other: int
    epochs: int = 30
    batch_size: int = 32
    learning_rate: float = 3e-4
    weight_decay: float = 0.02
    label_smoothing: float = 0.1
    seed: int = 0


RECIPES = {
    "cats_dogs": Recipe(side=112, scales=(118, 132, 150), n_other=300),
    "clothing": Recipe(side=80, scales=(84, 92, 108), n_other=300),
}
COARSE = 64


def fine_tune(
    task: str, train: Part, others: tuple[Pixels, ...], validation: Part, recipe: Recipe, work: Path
) -> keras.Model:
    """The network after all epochs, from where `work` was left; `others` are foreign pictures."""
    n_classes = len(TASKS[task].classes)
    keras.utils.set_random_seed(recipe.seed)
    even = np.full((len(others), n_classes), 1 / n_classes, np.float32)
    targets = np.concatenate([np.eye(n_classes, dtype=np.float32)[train.labels], even])
    scales = copies((*train.pictures, *others), recipe)
    model = start_network(scales[0][: len(train.labels)], train.labels, n_classes, recipe)
    held_out = validation.at(recipe.side), np.eye(n_classes, dtype=np.float32)[validation.labels]
    model.compile(
        keras.optimizers.AdamW(recipe.learning_rate, weight_decay=recipe.weight_decay),
        keras.losses.CategoricalCrossentropy(label_smoothing=recipe.label_smoothing),
        metrics=["accuracy"],
        jit_compile=compiles_ahead(),
    )
    batches = AugmentedBatches(
        scales,
        targets,
        recipe.side,
        recipe.batch_size,
        recipe.seed,
        first_epoch=epochs_done(work),
    )
    total = recipe.epochs * len(batches)

    def rate(step: int) -> float:
        return cosine(recipe.learning_rate, step, total, warm_up=len(batches))

    return run(model, batches, held_out, rate, recipe.epochs, work)


def copies(pictures: tuple[Pixels, ...], recipe: Recipe) -> list[Pixels]:
    """The pictures at every scale: uint8 (n, scale, scale, 3) each; the last is coarse."""
    squares = [np.stack([fit_square(each, side) for each in pictures]) for side in recipe.scales]
    middle = recipe.scales[len(recipe.scales) // 2]
    shrunk = (Image.fromarray(fit_square(each, COARSE)) for each in pictures)
    coarse = [
        np.asarray(each.resize((middle, middle), Image.Resampling.BILINEAR)) for each in shrunk
    ]
    return [*squares, np.stack(coarse)]


def start_network(
    pictures: Pixels, labels: NDArray[np.int64], n_classes: int, recipe: Recipe
) -> keras.Model:
    """The bundled network with an answer that was learnt on its features as they are."""
    model, pretrained = build_photo_network(recipe.side, n_classes), load_photo_network()
    for layer in model.layers:
        if layer.weights and layer.name != "probabilities":
            layer.set_weights(pretrained.get_layer(layer.name).get_weights())
    margin = (pictures.shape[1] - recipe.side) // 2
    middle = slice(margin, margin + recipe.side)
    network = keras.Model(model.input, model.get_layer("features").output)
    features = network.predict(pictures[:, middle, middle], batch_size=64, verbose=0)
    head = fit_head(features, labels, n_classes, seed=recipe.seed)
    model.get_layer("probabilities").set_weights([head.kernel, head.bias])
    return model


def write(task: str, model: keras.Model, recipe: Recipe) -> None:
    """Put the network into assets/, and print the file's size and checksum."""
    path = fine_tuned_path(task)
    np.savez_compressed(path, **weights_by_name(model))  # type: ignore[arg-type]
    written = path.read_bytes()
    print(f"{path.name}: {len(written):,} bytes, sha256 {hashlib.sha256(written).hexdigest()}")
    print(f"made with {asdict(recipe)}")


def main() -> None:
    """Read the command line, fine-tune, write."""
    parser = argparse.ArgumentParser(description="Fine-tunes the bundled photo network.")
    parser.add_argument("task", choices=TASKS)
    parser.add_argument("folder", type=Path, help="where the archives of pictures are")
    parser.add_argument("--work", type=Path, required=True, help="a folder for the run so far")
    asked = parser.parse_args()
    recipe = RECIPES[asked.task]
    parts = read_set(asked.task, asked.folder, ("train", "validation"))
    others = (
        *other_pictures(asked.task, asked.folder, recipe.n_other, measure=False),
        *pictures_of_other_task(asked.task, asked.folder, "train", recipe.n_other),
    )
    work = asked.work / asked.task
    model = fine_tune(asked.task, parts["train"], others, parts["validation"], recipe, work)
    write(asked.task, model, recipe)


if __name__ == "__main__":
    main()
