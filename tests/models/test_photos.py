"""The photo networks: features, classes, Grad-CAM, and the figures on their cards."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import keras
import numpy as np
import pytest

from components.concepts.model_cards import load_card, networks_for
from components.concepts.photo_backbones import BACKBONES, TASKS
from components.concepts.photo_head import Head
from components.engine.photos import side_for
from components.models import backbones, photos
from components.models.backbones import BackboneError
from components.pictures.bundled import bundled_picture
from components.pictures.fit import fit_square
from tools.picture_sets import read_set

RNG = np.random.default_rng(8)
SUBSET = 12  # every so manieth picture to measure on


def noise(n: int, side: int) -> np.ndarray:
    return RNG.integers(0, 256, (n, side, side, 3)).astype(np.uint8)


def own_head(backbone: str = "bundled", n_classes: int = 3) -> Head:
    """A head with weights at random."""
    kernel = RNG.normal(size=(BACKBONES[backbone].n_features, n_classes)).astype(np.float32)
    names = tuple(f"class {i}" for i in range(n_classes))
    return Head(kernel, np.zeros(n_classes, np.float32), names, backbone)


@pytest.fixture
def empty_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A machine that has never had a connection."""
    monkeypatch.setenv("KERAS_HOME", str(tmp_path))
    monkeypatch.setattr(backbones, "_shelf", backbones._Shelf())
    return tmp_path


@pytest.fixture
def cache(keras_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A machine with ImageNet's weights."""
    monkeypatch.setenv("KERAS_HOME", str(keras_home))
    yield keras_home


@pytest.mark.parametrize("task", TASKS)
def test_the_bundled_network_classifies_on_a_bare_machine(task: str, empty_cache: Path) -> None:
    pictures = noise(3, side_for("bundled", task))
    found = photos.classify(task, "bundled", pictures)
    assert found.shape == (3, len(TASKS[task].classes))
    np.testing.assert_allclose(found.sum(axis=1), 1, rtol=1e-5)
    heat = photos.grad_cam(task, "bundled", pictures[0], 1)
    assert heat.ndim == 2
    assert (heat >= 0).all()


def test_what_is_here_is_said(empty_cache: Path) -> None:
    assert backbones.networks_here() == {
        "bundled": True,
        "mobilenet_035": False,
        "mobilenet_100": False,
    }
    assert photos.raw_networks_here() == backbones.networks_here()
    with pytest.raises(BackboneError, match="not on this server"):
        backbones.features("mobilenet_035", noise(1, 224))
    with pytest.raises(BackboneError, match="not on this server"):
        photos.top_classes("mobilenet_100", noise(1, 224), 5)


@pytest.mark.parametrize("question", ["task", "backbone", "target", "shape"])
def test_nonsense_gets_a_sentence(question: str) -> None:
    picture = noise(1, side_for("bundled", "cats_dogs"))
    with pytest.raises(BackboneError):
        if question == "task":
            photos.classify("cars", "bundled", picture)
        elif question == "backbone":
            photos.classify("cats_dogs", "resnet", picture)
        elif question == "target":
            photos.grad_cam("cats_dogs", "bundled", picture[0], 2)
        else:
            photos.classify("cats_dogs", "bundled", noise(1, 50))


def test_features_are_the_same_in_pieces() -> None:
    pictures = noise(backbones.PIECE + 3, 64)
    whole = backbones.features("bundled", pictures)
    assert whole.shape == (len(pictures), 256)
    np.testing.assert_allclose(backbones.features("bundled", pictures[-2:]), whole[-2:], atol=1e-4)
    assert backbones.features("bundled", pictures[:0]).shape == (0, 256)


def direct_grad_cam(model: keras.Model, maps: str, picture: np.ndarray, target: int) -> np.ndarray:
    """Grad-CAM as it is written with TensorFlow's tape around a whole Keras model."""
    tf = pytest.importorskip("tensorflow")
    two = keras.Model(model.input, [model.get_layer(maps).output, model.output])
    with tf.GradientTape() as tape:
        values, sums = two(picture[None].astype("float32"))
        score = sums[0, target]
    weights = tape.gradient(score, values).numpy()[0].mean(axis=(0, 1))
    return np.maximum((values.numpy()[0] * weights).sum(axis=-1), 0)


def with_sums(network: backbones.FeatureNetwork, head: Head) -> keras.Model:
    """The whole network up to the sums before the softmax."""
    layer = keras.layers.Dense(len(head.classes))
    model = keras.Model(network.features_model.input, layer(network.features_model.output))
    layer.set_weights([head.kernel, head.bias])
    return model


@pytest.mark.parametrize("target", [0, 2])
def test_grad_cam_is_what_keras_gives_directly(target: int) -> None:
    head, picture = own_head(), noise(1, 64)[0]
    # Of a head at random and its opposite one at least sees something.
    both = (head, replace(head, kernel=-head.kernel))
    network = backbones.feature_network("bundled")
    for head in both:
        expected = direct_grad_cam(with_sums(network, head), backbones.PHOTO_MAPS, picture, target)
        if expected.max() > 0:
            break
    found = photos.grad_cam_with_head(head, picture, target)
    assert expected.max() > 0
    np.testing.assert_allclose(found / expected.max(), expected / expected.max(), atol=1e-4)


def test_grad_cam_of_a_fine_tuned_network_is_what_keras_gives_directly() -> None:
    picture = fit_square(bundled_picture("cat").pixels, side_for("bundled", "cats_dogs"))
    network, head = photos.fine_tuned("cats_dogs", "bundled")
    expected = direct_grad_cam(with_sums(network, head), backbones.PHOTO_MAPS, picture, 0)
    found = photos.grad_cam("cats_dogs", "bundled", picture, 0)
    assert expected.max() > 0
    np.testing.assert_allclose(found / expected.max(), expected / expected.max(), atol=1e-4)


def test_a_head_and_its_backbone_are_one_keras_model() -> None:
    head, pictures = own_head(), noise(2, 64)
    model = photos.keras_model(head)
    np.testing.assert_allclose(
        np.asarray(model(pictures)), photos.classify_with_head(head, pictures), atol=1e-4
    )


def test_the_raw_network_names_its_classes() -> None:
    cup = fit_square(bundled_picture("cup").pixels, 64)[None]
    (found,) = photos.top_classes("bundled", cup, 3)
    assert len(found) == 3
    chances = [chance for _, chance in found]
    assert chances == sorted(chances, reverse=True)


def test_imagenet_knows_the_cat(cache: Path) -> None:
    cat = fit_square(bundled_picture("cat").pixels, 224)[None]
    (found,) = photos.top_classes("mobilenet_100", cat, 5)
    assert {name for name, _ in found} & {"tabby", "tiger cat", "Egyptian cat"}
    assert photos.raw_networks_here()["mobilenet_100"]


@pytest.mark.parametrize(
    ("task", "backbone"), [(task, key) for task in TASKS for key in networks_for(task)]
)
def test_a_card_is_kept_on_pictures_in_no_training_set(
    task: str, backbone: str, test_data: Path, cache: Path
) -> None:
    test = read_set(task, test_data, ("test",))["test"]
    pictures = np.stack(
        [fit_square(each, side_for(backbone, task)) for each in test.pictures[::SUBSET]]
    )
    labels = test.labels[::SUBSET]
    found = photos.classify(task, backbone, pictures)
    card = load_card(task, backbone)
    share = (found.argmax(axis=1) == labels).mean()
    spread = (card.accuracy * (1 - card.accuracy) / len(labels)) ** 0.5
    assert abs(share - card.accuracy) < 3 * spread + 1 / len(labels)
