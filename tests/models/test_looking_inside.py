"""What is seen inside a network is what Keras computes: maps, sums, Grad-CAM, occlusion."""

import keras
import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from components.concepts.digit_network import DigitNetwork
from components.concepts.photo_network import photo_stages
from components.concepts.receptive_field import fields
from components.concepts.stages import digit_stages
from components.models.architectures import build
from components.models.evidence import measure
from components.models.gradients import gradient
from components.models.inside import Inside
from components.models.looking import ask_bundled, ask_run, run_steps
from components.models.photo_network import build_photo_network
from components.models.reading import load_reader
from components.models.trained import TrainedDigits
from tests.digit_networks import networks
from tests.models.conftest import Run

RNG = np.random.default_rng(5)
DIGIT = RNG.integers(0, 256, (28, 28)).astype(np.uint8)
PHOTO = RNG.integers(0, 256, (64, 64, 3)).astype(np.uint8)


def places(shape: tuple[int, int, int]) -> list[tuple[int, int, int]]:
    """Corners and the middle of the first and last map: (map, row, column)."""
    height, width, maps = shape
    middle = (maps // 2, height // 2, width // 2)
    return [(0, 0, 0), (maps - 1, height - 1, width - 1), middle, (0, height - 1, 0)]


def assert_values_add_up(inside: Inside, picture: np.ndarray) -> None:
    """At these places of each stage the sum written out is the value of the map."""
    maps = inside.all_maps(picture)
    for stage in inside.stages:
        values = maps[stage.key]
        assert values.shape == stage.shape
        for number, row, column in places(stage.shape):
            trace = inside.take_apart(picture, stage.key, (number, row, column))
            shown = float(values[row, column, number])
            assert trace.value == pytest.approx(shown, rel=1e-4, abs=1e-4)


@settings(max_examples=12, suppress_health_check=list(HealthCheck), deadline=None)
@given(network=networks(), seed=st.integers(0, 99))
def test_every_value_of_any_digit_network_adds_up(network: DigitNetwork, seed: int) -> None:
    model = build(network, seed)
    rng = np.random.default_rng(seed)
    for layer in model.layers:  # batch-norm that does something
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.set_weights([rng.uniform(0.5, 1.5, each.shape) for each in layer.get_weights()])
    assert_values_add_up(Inside(model, digit_stages(network)), DIGIT)


@pytest.mark.parametrize("moment", ["before", "after"])
def test_the_bundled_digit_network_adds_up(moment: str) -> None:
    maps = ask_bundled(moment, "all_maps", DIGIT)
    trace = ask_bundled(moment, "take_apart", DIGIT, "conv_2", (3, 10, 12))
    assert len(trace.parts) == 8
    assert trace.value == pytest.approx(float(maps["conv_2"][10, 12, 3]), rel=1e-5, abs=1e-6)


@pytest.fixture(scope="module")
def photo() -> Inside:
    """The photo network with weights at random, its batch-norm far from the identity."""
    keras.utils.set_random_seed(2)
    model, rng = build_photo_network(), np.random.default_rng(2)
    for layer in model.layers:
        if isinstance(layer, keras.layers.BatchNormalization):
            layer.set_weights([rng.uniform(0.5, 1.5, each.shape) for each in layer.get_weights()])
    return Inside(model, photo_stages())


def test_every_value_of_the_photo_network_adds_up(photo: Inside) -> None:
    assert_values_add_up(photo, PHOTO)


def test_fields_of_the_photo_network_are_those_of_its_slopes(photo: Inside) -> None:
    """With positive weights alone, the slope is positive at the pixels seen, and 0 elsewhere."""
    model = build_photo_network()
    for layer in model.layers:
        layer.set_weights([np.abs(each) + 0.01 for each in layer.get_weights()])
    for stage in photo.stages[2:8:2]:
        part = keras.Model(model.get_layer("rescale").output, model.get_layer(stage.key).output)
        row, column = stage.shape[0] // 2, 1

        def value(
            pixels: object, part: keras.Model = part, at: tuple[int, int] = (row, column)
        ) -> object:
            return keras.ops.sum(part(pixels)[0, at[0], at[1]])

        slopes = gradient(value, np.full((1, 64, 64, 3), 0.5, np.float32))[0].sum(axis=-1)
        seen = fields(64, stage.steps)
        expected = np.zeros((64, 64), bool)
        (top, bottom), (left, right) = seen[row], seen[column]
        expected[top : bottom + 1, left : right + 1] = True
        np.testing.assert_array_equal(slopes > 0, expected)


@pytest.mark.parametrize("key", ["stem", "block2", "block4"])
def test_grad_cam_is_what_keras_gives_directly(photo: Inside, key: str) -> None:
    tf = pytest.importorskip("tensorflow")
    target = 17
    model = keras.Model(
        photo.model.input,
        [photo.model.get_layer(key).output, photo.model.get_layer("features").output],
    )
    kernel, bias = photo.model.get_layer("probabilities").get_weights()
    with tf.GradientTape() as tape:
        maps, features = model(PHOTO[None].astype("float32"))
        score = (features @ kernel + bias)[0, target]
    slopes = tape.gradient(score, maps).numpy()[0].mean(axis=(0, 1))
    expected = np.maximum((maps.numpy()[0] * slopes).sum(axis=-1), 0)
    found = photo.grad_cam(PHOTO, target, key)
    scale = max(float(expected.max()), 1e-6)
    np.testing.assert_allclose(found / scale, expected / scale, atol=1e-4)


def test_grad_cam_needs_maps_that_all_goes_through(photo: Inside) -> None:
    for key in ("block2_half", "features"):
        with pytest.raises(ValueError, match="Grad-CAM needs maps"):
            photo.grad_cam(PHOTO, 0, key)


def test_occlusion_is_the_loss_of_covering() -> None:
    maps = ask_bundled("after", "all_maps", DIGIT)
    target = int(maps["probabilities"].argmax())
    found = ask_bundled("after", "occlusion", DIGIT, target, 14)
    assert found.shape == (28, 28)
    covered = DIGIT.copy()
    covered[:14, :14] = 0
    chance = ask_bundled("after", "all_maps", covered)["probabilities"][0, 0, target]
    drop = maps["probabilities"][0, 0, target] - chance
    assert found[0, 0] == pytest.approx(drop, abs=1e-5)  # the corner is covered once, by this


def test_the_strongest_pictures_come_first() -> None:
    pictures = RNG.integers(0, 256, (20, 28, 28)).astype(np.uint8)
    values, numbers, where = ask_bundled("after", "strongest", pictures, "conv_1", 5)
    maps = ask_bundled("after", "maps_of", pictures, "conv_1")
    assert values.shape == numbers.shape == where.shape == (8, 5)
    assert values[1, 0] == maps[..., 1].max()
    assert values[1, 0] == maps[numbers[1, 0]].reshape(-1, 8)[where[1, 0], 1]
    assert (np.diff(values, axis=1) <= 0).all()


def test_pictures_of_another_shape_are_refused() -> None:
    with pytest.raises(ValueError, match="sees bytes of shape"):
        ask_bundled("after", "all_maps", PHOTO)


def test_a_run_is_looked_into_at_its_moments(finished: tuple[Run, TrainedDigits]) -> None:
    reader, network = load_reader(finished[1]), finished[1].plan.network
    steps = run_steps(reader)
    before = ask_run(reader, network, steps[0], "all_maps", DIGIT)
    after = ask_run(reader, network, None, "all_maps", DIGIT)
    assert set(before) == {stage.key for stage in digit_stages(network)}
    assert not np.allclose(before["conv_1"], after["conv_1"])
    again = ask_run(reader, network, steps[-1], "all_maps", DIGIT)
    np.testing.assert_allclose(again["conv_1"], after["conv_1"], atol=2e-2)


def test_training_makes_a_layer_know_its_classes(finished: tuple[Run, TrainedDigits]) -> None:
    with np.load("assets/mnist_sample.npz") as sample:
        images, labels = sample["x_test"][:200], sample["y_test"][:200]
    before, after = (
        {each.key: each for each in ask_bundled(moment, "evidence", images, labels)}
        for moment in ("before", "after")
    )
    assert after["conv_1"].edges > after["dense_5"].edges + 0.3
    assert after["dense_5"].particular > after["conv_1"].particular + 0.3
    assert after["dense_5"].particular > before["dense_5"].particular + 0.15


def test_evidence_without_classes(photo: Inside) -> None:
    found = measure(photo, np.stack([PHOTO, PHOTO[::-1], 255 - PHOTO]), None)
    assert [each.key for each in found] == [stage.key for stage in photo.stages[:-1]]
    assert all(0 <= each.edges <= 1 and 0 <= each.particular <= 1 for each in found)
