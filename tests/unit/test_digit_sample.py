"""The bundled sample is the file that assets/README.md describes."""

import hashlib
import re
from pathlib import Path

import numpy as np
import pytest

from components.concepts.digit_sample import pick_sample, split_sample

ASSETS = Path(__file__).parents[2] / "assets"


def test_every_asset_has_its_checksum_in_the_readme() -> None:
    readme = (ASSETS / "README.md").read_text()
    files = [path for path in ASSETS.iterdir() if path.suffix == ".npz"]
    assert files
    for path in files:
        row = next(line for line in readme.splitlines() if f"`{path.name}`" in line)
        sums = re.findall(r"\b[0-9a-f]{64}\b", row)
        assert sums == [hashlib.sha256(path.read_bytes()).hexdigest()]


def test_the_sample_is_stratified() -> None:
    with np.load(ASSETS / "mnist_sample.npz") as sample:
        assert sample["x_train"].shape == (4000, 28, 28)
        assert sample["x_test"].shape == (1000, 28, 28)
        assert sample["x_train"].dtype == np.uint8
        assert np.bincount(sample["y_train"]).tolist() == [400] * 10
        assert np.bincount(sample["y_test"]).tolist() == [100] * 10
        rows = np.concatenate([sample["x_train"], sample["x_test"]]).reshape(5000, -1)
        assert len(np.unique(rows, axis=0)) == 5000


def test_the_split_uses_every_digit_once() -> None:
    labels = np.repeat(np.arange(10), 500)
    train, held_out = split_sample(labels)
    assert sorted([*train, *held_out]) == list(range(5000))
    assert np.bincount(labels[held_out[:200]], minlength=10).min() > 5  # in random order


def test_too_few_digits_are_refused() -> None:
    with pytest.raises(ValueError, match="500 digits of each class"):
        pick_sample(np.arange(10))


def test_the_sample_comes_from_the_training_digits_of_mnist(test_data: Path) -> None:
    with np.load(test_data / "keras-home" / "datasets" / "mnist.npz") as full:
        images, labels = full["x_train"], full["y_train"]
    places = pick_sample(labels)
    train, held_out = split_sample(labels[places])
    with np.load(ASSETS / "mnist_sample.npz") as sample:
        np.testing.assert_array_equal(images[places][train], sample["x_train"])
        np.testing.assert_array_equal(labels[places][held_out], sample["y_test"])
