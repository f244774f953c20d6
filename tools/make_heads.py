"""Makes the heads of the photo networks, and the card of each fine-tuned network.

    KERAS_HOME=CACHE python -m tools.make_heads FOLDER --work WORK [network …]

FOLDER has the archives of tools/picture_sets.py, CACHE Keras's weights of MobileNetV2. The heads
of MobileNetV2 are learnt on features that stay as they are; the bundled network has been
fine-tuned end to end before, by tools/fine_tune.py. All are calibrated on held-out pictures and
measured on others. Writes assets/photo_heads.npz and assets/model_cards.json; features stay in
WORK, so that another head is a matter of seconds.
"""

import argparse
import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from components.concepts.model_cards import CARDS_PATH, END_TO_END, FROZEN, card_key
from components.concepts.photo_backbones import BACKBONES, BUNDLED, TASKS
from components.concepts.photo_head import Features, Head
from components.models.backbones import FeatureNetwork, feature_network, fine_tuned_network
from components.models.heads import fit_head, temperature_for
from components.models.photo_network import fine_tuned_path
from components.models.photos import HEADS_PATH
from components.pictures.fit import Pixels, fit_square
from tools.measure import calibration, choose_threshold, confusion, foreign_share, not_sure
from tools.picture_sets import PARTS, other_pictures, read_set

# Chosen on the pictures to calibrate on. There are as many features as hundreds of pictures: the
# strong decay and the views keep the head from learning the pictures by heart.
EPOCHS, LEARNING_RATE, SEED = 40, 1e-4, 0
WEIGHT_DECAY = {"cats_dogs": 4.0, "clothing": 2.0}
MIDDLE = 0.8  # of a picture's height and width: what a closer view shows
N_OTHER = 300  # foreign pictures of each kind to train with, and of the small ImageNet to measure

Labels = NDArray[np.int64]


@dataclass(frozen=True)
class Seen:
    """The features of every part of a task's pictures by one network, and of foreign ones."""

    features: dict[str, Features]
    labels: dict[str, Labels]
    views: tuple[Features, ...]  # of the part to train on: mirrored, closer, closer and mirrored
    other_task: dict[str, Features]
    imagenet: dict[str, Features]  # "train" and "test", of different classes


class Gallery:
    """Features of pictures, computed once and kept in a folder."""

    def __init__(self, work: Path, folder: Path) -> None:
        self._work, self._folder = work, folder
        self._parts = {task: read_set(task, folder) for task in TASKS}
        work.mkdir(parents=True, exist_ok=True)

    def of_task(self, task: str, name: str, network: FeatureNetwork) -> Seen:
        """All that is needed for a head of this task on this network, called `name`."""
        other = next(key for key in TASKS if key != task)
        own = self._parts[task]
        train = own["train"].pictures
        views: dict[str, Callable[[], list[Pixels]]] = {
            "mirrored": lambda: [each[:, ::-1] for each in train],
            "closer": lambda: [closer(each) for each in train],
            "closer-mirrored": lambda: [closer(each)[:, ::-1] for each in train],
        }
        return Seen(
            {part: self._of_part(task, part, name, network) for part in PARTS},
            {part: own[part].labels for part in PARTS},
            tuple(
                self._kept(f"{name}-{task}-{view}", network, read) for view, read in views.items()
            ),
            {part: self._of_part(other, part, name, network) for part in PARTS},
            {part: self._of_imagenet(task, part, name, network) for part in ("train", "test")},
        )

    def _of_part(self, task: str, part: str, name: str, network: FeatureNetwork) -> Features:
        pictures = self._parts[task][part].pictures
        return self._kept(f"{name}-{task}-{part}", network, lambda: pictures)

    def _of_imagenet(self, task: str, part: str, name: str, network: FeatureNetwork) -> Features:
        def read() -> tuple[Pixels, ...]:
            return other_pictures(task, self._folder, N_OTHER, measure=part == "test")

        return self._kept(f"{name}-imagenet-{task}-{part}", network, read)

    def _kept(self, name: str, network: FeatureNetwork, read: Callable[[], Any]) -> Features:
        path = self._work / f"{name}.npy"
        if not path.is_file():
            squares = np.stack([fit_square(each, network.side) for each in read()])
            np.save(path, network.features_of(squares))
            print(f"  {path.stem}: {len(squares)} pictures", flush=True)
        features: Features = np.load(path)
        return features


def closer(picture: Pixels) -> Pixels:
    """The middle of a picture (height, width, 3)."""
    margins = [round(side * (1 - MIDDLE) / 2) for side in picture.shape[:2]]
    rows, columns = (
        slice(margin, side - margin)
        for margin, side in zip(margins, picture.shape[:2], strict=True)
    )
    return picture[rows, columns]


def learn(
    seen: Seen, n_classes: int, weight_decay: float
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Kernel and bias on features as they are.

    Pictures are shown mirrored and from closer too, and foreign ones with the same target for
    every class, so that the network has a way to be unsure.
    """
    labels = seen.labels["train"]
    drawn = np.random.default_rng(SEED).permutation(len(seen.other_task["train"]))[:N_OTHER]
    foreign = np.concatenate([seen.other_task["train"][drawn], seen.imagenet["train"]])
    one = np.eye(n_classes, dtype=np.float32)[labels]
    even = np.full((len(foreign), n_classes), 1 / n_classes, np.float32)
    own = (seen.features["train"], *seen.views)
    head = fit_head(
        np.concatenate([*own, foreign]),
        np.concatenate([*(labels for _ in own), np.zeros(len(foreign), np.int64)]),
        n_classes,
        epochs=EPOCHS,
        learning_rate=LEARNING_RATE,
        seed=SEED,
        targets=np.concatenate([*(one for _ in own), even]),
        weight_decay=weight_decay,
    )
    return head.kernel.astype(np.float16), head.bias.astype(np.float16)


def card(task: str, backbone: str, seen: Seen, weights: Any, method: str) -> dict[str, Any]:
    """All that is measured, as plain values."""
    kernel, bias = (np.asarray(each, np.float32) for each in weights)
    network, the_task = BACKBONES[backbone], TASKS[task]
    plain = Head(kernel, bias, the_task.classes, backbone)
    temperature = round(
        temperature_for(plain.logits(seen.features["validation"]), seen.labels["validation"]), 4
    )
    head = Head(kernel, bias, the_task.classes, backbone, temperature)
    validation = head.probabilities(seen.features["validation"])
    threshold = choose_threshold(validation, head.probabilities(seen.other_task["validation"]))
    test, labels = head.probabilities(seen.features["test"]), seen.labels["test"]
    right, sure = test.argmax(axis=1) == labels, test.max(axis=1) >= threshold
    bins, error = calibration(test, labels)
    other = next(each for each in TASKS.values() if each.key != task)
    foreign = [
        foreign_share(other.data, head.probabilities(seen.other_task["test"]), threshold),
        foreign_share(
            "small pictures of other things from ImageNet, of classes that it was never shown",
            head.probabilities(seen.imagenet["test"]),
            threshold,
        ),
    ]
    return {
        "task": task,
        "backbone": backbone,
        "classes": list(the_task.classes),
        "pretrained_on": network.pretrained_on,
        "fine_tuned_on": the_task.data,
        "method": method,
        "side": the_task.side if method == END_TO_END else network.side,
        "licence": f"{network.licence}. Fine-tuned on {the_task.data}: {the_task.data_licence}",
        "n_parameters": network.n_parameters + kernel.size + bias.size,
        "n_train": len(seen.labels["train"]),
        "n_validation": len(seen.labels["validation"]),
        "n_test": len(labels),
        "accuracy": float(right.mean()),
        "confusion": confusion(test, labels),
        "calibration": bins,
        "calibration_error": error,
        "temperature": temperature,
        "threshold": threshold,
        "own_not_sure": not_sure(test, threshold),
        "accuracy_when_sure": float(right[sure].mean()),
        "foreign": foreign,
    }


def make(task: str, backbone: str, kept: Gallery) -> tuple[dict[str, Any], dict[str, Any]]:
    """The weights of the head of a frozen network, none for a fine-tuned one; and its card."""
    if backbone == BUNDLED and fine_tuned_path(task).is_file():
        network, answer = fine_tuned_network(task)
        seen = kept.of_task(task, f"{backbone}-{task}", network)
        return {}, card(task, backbone, seen, answer, END_TO_END)
    seen = kept.of_task(task, backbone, feature_network(backbone))
    weights = learn(seen, len(TASKS[task].classes), WEIGHT_DECAY[task])
    name = card_key(task, backbone)
    heads = {f"{name}.kernel": weights[0], f"{name}.bias": weights[1]}
    return heads, card(task, backbone, seen, weights, FROZEN)


def write(heads: dict[str, Any], cards: dict[str, Any]) -> None:
    """Put heads and cards beside those that are there, and print sizes and checksums.

    A network that has been fine-tuned end to end has its answer in its own file: an older head on
    its frozen features goes.
    """
    if HEADS_PATH.is_file():
        with np.load(HEADS_PATH, allow_pickle=False) as file:
            heads = {name: file[name] for name in file.files} | heads
    old = json.loads(CARDS_PATH.read_text(encoding="utf-8")) if CARDS_PATH.is_file() else {}
    cards = old | cards
    kept = {
        name: weights
        for name, weights in heads.items()
        if cards[name.rpartition(".")[0]]["method"] == FROZEN
    }
    np.savez_compressed(HEADS_PATH, **dict(sorted(kept.items())))
    text = json.dumps(dict(sorted(cards.items())), indent=1, ensure_ascii=False)
    CARDS_PATH.write_text(text + "\n", encoding="utf-8")
    for path in (HEADS_PATH, CARDS_PATH):
        data = path.read_bytes()
        print(f"{path.name}: {len(data):,} bytes, sha256 {hashlib.sha256(data).hexdigest()}")


def main() -> None:
    """Make and measure the heads of the networks that are asked for, and print the figures."""
    parser = argparse.ArgumentParser(description="Makes heads and model cards.")
    parser.add_argument("folder", type=Path, help="where the archives of pictures are")
    parser.add_argument("--work", type=Path, required=True, help="a folder for the features")
    parser.add_argument("--task", choices=TASKS, help="one task; without it, all")
    parser.add_argument("networks", nargs="*", help=f"of {', '.join(BACKBONES)}; or all")
    asked = parser.parse_intermixed_args()
    kept = Gallery(asked.work, asked.folder)
    for backbone in asked.networks or BACKBONES:
        for task in [asked.task] if asked.task else TASKS:
            heads, measured = make(task, backbone, kept)
            write(heads, {card_key(task, backbone): measured})
            print(
                f"{task} on {backbone}: accuracy {measured['accuracy']:.4f}, calibration error "
                f"{measured['calibration_error']:.3f}, temperature {measured['temperature']}, "
                f"threshold {measured['threshold']}, own not sure {measured['own_not_sure']:.3f}, "
                f"foreign not sure {[round(f['not_sure'], 3) for f in measured['foreign']]}",
                flush=True,
            )


if __name__ == "__main__":
    main()
