"""Readers refuse what is no digit, and the files they come from load in plain Keras."""

from pathlib import Path

import keras
import numpy as np
import pytest

from components.concepts.digit_network import PRESETS
from components.models import export
from components.models.architectures import build
from components.models.checkpoints import MOST_BYTES, pack, plan_checkpoints, unpack
from components.models.digits import load_digits
from components.models.export import ExportError, to_litert
from components.models.reading import load_reader
from components.models.trained import TrainedDigits
from tests.litert import answers_of_litert, needs_tensorflow
from tests.models.conftest import Run


@pytest.mark.parametrize(
    "nonsense",
    [
        np.zeros((28, 28), np.uint8),
        np.zeros((1, 28, 27), np.uint8),
        np.zeros((1, 28, 28), np.float32),
        np.zeros((1, 28, 28, 1), np.uint8),
        np.zeros(0, np.uint8),
    ],
)
def test_what_is_no_digit_is_refused(
    nonsense: np.ndarray, finished: tuple[Run, TrainedDigits]
) -> None:
    with pytest.raises(ValueError, match="uint8 pictures of shape"):
        load_reader(finished[1]).probabilities(nonsense)


def test_any_number_of_digits(finished: tuple[Run, TrainedDigits]) -> None:
    reader, images = load_reader(finished[1]), load_digits("sample").train_images
    assert reader.probabilities(images[:0]).shape == (0, 10)
    many = reader.probabilities(images[:1500])
    assert many.dtype == np.float32
    np.testing.assert_allclose(many.sum(axis=1), 1, atol=1e-5)
    np.testing.assert_allclose(many[1400:1403], reader.probabilities(images[1400:1403]), atol=1e-5)


def test_the_keras_file_loads_in_plain_keras(
    finished: tuple[Run, TrainedDigits], tmp_path: Path
) -> None:
    path = tmp_path / "digits.keras"
    path.write_bytes(finished[1].keras_file)
    model = keras.saving.load_model(path)
    images = load_digits("sample").validation_images[:20]
    np.testing.assert_allclose(
        model.predict(images, verbose=0), load_reader(finished[1]).probabilities(images), atol=1e-6
    )
    assert getattr(model, "optimizer", None) is None


def test_weights_survive_packing() -> None:
    weights = build(PRESETS["strong"], seed=0).get_weights()
    back = unpack(pack(weights), weights)
    for before, after in zip(weights, back, strict=True):
        assert after.dtype == np.float32
        np.testing.assert_allclose(after, before, rtol=1e-3, atol=1e-6)
    huge = unpack(pack([np.array([1e9, -np.inf], np.float32)]), [np.zeros(2, np.float32)])
    assert np.isfinite(huge[0]).all()


@pytest.mark.parametrize(("epochs", "batches"), [(1, 1), (1, 469), (5, 469), (15, 125), (100, 40)])
@pytest.mark.parametrize("n_weights", [10, 136_614, 2_000_000])
def test_checkpoints_are_few_and_well_placed(epochs: int, batches: int, n_weights: int) -> None:
    steps = plan_checkpoints(epochs, batches, n_weights)
    assert steps[0] == 0
    assert steps[-1] == epochs * batches
    assert list(steps) == sorted(set(steps))
    assert len(steps) <= max(3, MOST_BYTES // (2 * n_weights))
    assert all(step % batches == 0 for step in steps if step > batches)


def test_litert_gives_the_same_probabilities(finished: tuple[Run, TrainedDigits]) -> None:
    needs_tensorflow()
    images = load_digits("sample").validation_images[:20]
    expected = load_reader(finished[1]).probabilities(images)
    got = answers_of_litert(to_litert(finished[1].keras_file), images)
    np.testing.assert_allclose(got, expected, atol=1e-4)


def test_an_export_leaves_readers_alone(finished: tuple[Run, TrainedDigits]) -> None:
    needs_tensorflow()
    reader, images = load_reader(finished[1]), load_digits("sample").validation_images[:50]
    before = reader.probabilities(images)
    to_litert(finished[1].keras_file)
    np.testing.assert_array_equal(reader.probabilities(images), before)


def test_another_backend_says_that_litert_needs_tensorflow(
    finished: tuple[Run, TrainedDigits], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(export.keras.backend, "backend", lambda: "jax")
    with pytest.raises(ExportError, match="runs it on jax"):
        to_litert(finished[1].keras_file)
