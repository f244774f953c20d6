"""The bundled networks are what assets/README.md says of them."""

import io
import zipfile
from pathlib import Path

import keras
import numpy as np
from PIL import Image

from components.concepts.moments import MOMENTS
from components.concepts.photo_network import PARAMETERS, PHOTO_SHAPE, photo_stages
from components.models.bundled_digits import WEIGHTS_PATH, load_digit_network
from components.models.digits import load_digits
from components.models.photo_network import load_photo_network, photo_classes


def test_the_digit_network_reads_as_well_as_its_file_says() -> None:
    digits = load_digits("sample")
    with np.load(WEIGHTS_PATH, allow_pickle=False) as file:
        said = file["accuracies"]
    for moment, accuracy in zip(MOMENTS, said, strict=True):
        model = load_digit_network(moment)
        assert model.count_params() == 136_614
        read = np.asarray(model(digits.validation_images)).argmax(axis=1)
        assert abs((read == digits.validation_labels).mean() - accuracy) <= 0.002
    assert said[0] < 0.3 < said[1] < said[2]
    assert said[2] > 0.95


def test_the_photo_network_is_as_described() -> None:
    model = load_photo_network()
    assert model.count_params() == PARAMETERS
    assert model.input_shape == (None, *PHOTO_SHAPE)
    assert len(photo_classes()) == model.output_shape[-1]
    for stage in photo_stages():
        shape = model.get_layer(stage.key).output.shape[1:]
        assert (shape if len(shape) == 3 else (1, 1, *shape)) == stage.shape


def test_half_precision_gives_the_same_predictions(test_data: Path) -> None:
    whole = keras.saving.load_model(test_data / "backbone" / "backbone.keras")
    half = load_photo_network()
    with zipfile.ZipFile(test_data / "tiny-imagenet-webp.zip") as archive:
        names = [name for name in archive.namelist() if name.startswith("val/")][::40]
        pictures = np.stack(
            [np.asarray(Image.open(io.BytesIO(archive.read(n))).convert("RGB")) for n in names]
        )
    expected, found = np.asarray(whole(pictures)), np.asarray(half(pictures))
    assert len(pictures) > 100
    np.testing.assert_allclose(found, expected, atol=0.02)
    assert (found.argmax(axis=1) == expected.argmax(axis=1)).mean() > 0.97
