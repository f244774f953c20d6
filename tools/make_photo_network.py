"""Makes assets/photo_network.npz from the project's own trained network, in half precision.

    python -m tools.make_photo_network backbone.keras pictures.zip

`backbone.keras` has the architecture of components/models/photo_network.py under other names of
layers. `pictures.zip` holds `classes.json`, which names the classes by their WordNet numbers, and
pictures that the network was not trained on, `val/<number>/<name>.webp`: on these the half
precision network is measured.
"""

import hashlib
import io
import json
import sys
import zipfile
from pathlib import Path

import keras
import numpy as np
from PIL import Image

from components.concepts.photo_network import BLOCK_FILTERS
from components.models.photo_network import (
    CLASSES,
    WEIGHTS_PATH,
    build_photo_network,
    load_photo_network,
    weights_by_name,
)


def names_in_order() -> list[str]:
    """The names of our convolutions in the order in which the source numbers its own."""
    names = ["stem"]
    for block in range(1, len(BLOCK_FILTERS) + 1):
        names += [f"block{block}_half", f"block{block}"]
        names += [f"block{block}_shortcut"] if block > 1 else []
    return names


def take_weights(source: keras.Model) -> keras.Model:
    """The network of this project with the weights of `source`."""
    model = build_photo_network()
    for kind, suffix in (("conv2d", "_conv"), ("batch_normalization", "_norm")):
        for number, name in enumerate(names_in_order()):
            theirs = source.get_layer(kind if number == 0 else f"{kind}_{number}")
            model.get_layer(name + suffix).set_weights(theirs.get_weights())
    model.get_layer("probabilities").set_weights(source.layers[-1].get_weights())
    return model


def measure(model: keras.Model, pictures: zipfile.ZipFile, numbers: list[str]) -> tuple[float, int]:
    """The share of the pictures in val/ that `model` names right, and how many there are."""
    right, total = 0, 0
    for label, number in enumerate(numbers):
        names = [name for name in pictures.namelist() if name.startswith(f"val/{number}/")]
        pixels = np.stack(
            [
                np.asarray(Image.open(io.BytesIO(pictures.read(name))).convert("RGB"))
                for name in names
                if not name.endswith("/")
            ]
        )
        right += int((np.asarray(model(pixels)).argmax(axis=1) == label).sum())
        total += len(pixels)
    return right / total, total


def write(arrays: dict[str, np.ndarray]) -> None:
    """Write the file, and print its size and checksum."""
    np.savez_compressed(WEIGHTS_PATH, **arrays)  # type: ignore[arg-type]
    written = WEIGHTS_PATH.read_bytes()
    print(f"{len(written):,} bytes, sha256 {hashlib.sha256(written).hexdigest()}")


def main(network: Path, pictures: Path) -> None:
    """Read, write, measure what was written, and add that."""
    model = take_weights(keras.saving.load_model(network))
    with zipfile.ZipFile(pictures) as archive:
        # classes.json lists the classes as the network counts them.
        names = json.loads(archive.read("classes.json"))
        short = np.array([name.split(",")[0] for name in names.values()])
        arrays = {**weights_by_name(model), CLASSES: short}
        write(arrays)
        accuracy, measured_on = measure(load_photo_network(), archive, list(names))
    print(f"{len(short)} classes, {accuracy:.4f} of {measured_on:,} pictures named right")
    write({**arrays, "accuracy": np.array(accuracy), "measured_on": np.array(measured_on)})


if __name__ == "__main__":
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    main(Path(sys.argv[1]), Path(sys.argv[2]))
