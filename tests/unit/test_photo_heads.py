"""Heads as plain arrays, the cards of the fine-tuned networks, and pictures made square."""

import json
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.model_cards import CARDS_PATH, card_from, card_key, load_card, networks_for
from components.concepts.photo_backbones import BUNDLED, TASKS
from components.concepts.photo_head import Head, HeadError, softmax
from components.pictures.fit import fit_square

RNG = np.random.default_rng(3)
KERNEL = RNG.normal(size=(256, 2)).astype(np.float32)
HEAD = Head(KERNEL, np.array([0.5, -0.5], np.float32), ("cat", "dog"), "bundled", 2.0)
LEAST_ACCURACY = {
    ("cats_dogs", "bundled"): 0.92,
    ("cats_dogs", "mobilenet_035"): 0.95,
    ("cats_dogs", "mobilenet_100"): 0.98,
    ("clothing", "bundled"): 0.79,
    ("clothing", "mobilenet_035"): 0.82,
    ("clothing", "mobilenet_100"): 0.87,
}


def test_a_head_is_a_softmax_of_its_sums() -> None:
    features = RNG.normal(size=(5, 256)).astype(np.float32)
    sums = (features @ KERNEL + HEAD.bias) / 2
    expected = np.exp(sums) / np.exp(sums).sum(axis=1, keepdims=True)
    np.testing.assert_allclose(HEAD.probabilities(features), expected, rtol=1e-5)
    assert HEAD.probabilities(features[:0]).shape == (0, 2)


@given(st.floats(1.01, 8), st.floats(-40, 40), st.floats(-40, 40))
def test_a_higher_temperature_is_less_sure(temperature: float, one: float, other: float) -> None:
    logits = np.array([[one, other]], np.float32)
    cool, warm = softmax(logits), softmax((logits / temperature).astype(np.float32))
    assert warm.max() <= cool.max() + 1e-6
    assert np.isfinite(warm).all()
    assert warm.sum() == pytest.approx(1, abs=1e-5)


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"backbone": "resnet"}, "“resnet” that is not known"),
        ({"classes": ("cat", "dog", "cow")}, "need 256 × 3 numbers"),
        ({"bias": np.zeros(3, np.float32)}, "one bias for each"),
        ({"kernel": np.full((256, 2), np.nan, np.float32)}, "no numbers"),
        ({"temperature": 0.0}, "no numbers"),
        ({"temperature": float("inf")}, "no numbers"),
    ],
)
def test_a_head_that_does_not_fit_is_refused(wrong: dict[str, object], sentence: str) -> None:
    with pytest.raises(HeadError, match=sentence):
        replace(HEAD, **wrong)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("task", "backbone"), [(task, key) for task in TASKS for key in networks_for(task)]
)
def test_every_network_is_as_good_as_it_has_to_be(task: str, backbone: str) -> None:
    """On pictures in no training set; and more foreign pictures than not leave it unsure."""
    card = load_card(task, backbone)
    assert card.accuracy >= LEAST_ACCURACY[task, backbone]
    assert all(foreign.not_sure > 0.5 for foreign in card.foreign)


@pytest.mark.parametrize(
    ("task", "backbone"), [(task, key) for task in TASKS for key in networks_for(task)]
)
def test_every_card_adds_up(task: str, backbone: str) -> None:
    card = load_card(task, backbone)
    counts = np.array(card.confusion)
    assert card.classes == TASKS[task].classes
    assert counts.shape == (len(card.classes), len(card.classes))
    assert counts.sum() == card.n_test == sum(each.count for each in card.calibration)
    assert np.trace(counts) / card.n_test == pytest.approx(card.accuracy)
    rights = sum(each.count * each.accuracy for each in card.calibration)
    assert rights / card.n_test == pytest.approx(card.accuracy)
    assert 0 <= card.own_not_sure <= 0.25
    assert card.accuracy_when_sure >= card.accuracy
    worst = card.will_get_wrong
    assert len(worst) >= 1
    for each in worst:
        i, j = card.classes.index(each.actual), card.classes.index(each.said)
        assert counts[i, j] == each.count
        assert each.total == counts[i].sum()
    assert [each.share for each in worst] == sorted((each.share for each in worst), reverse=True)


def test_the_bundled_network_is_tuned_for_every_task() -> None:
    assert all(networks_for(task)[0] == BUNDLED for task in TASKS)


def test_a_card_without_a_figure_is_an_error() -> None:
    data = json.loads(CARDS_PATH.read_text(encoding="utf-8"))[card_key("cats_dogs", "bundled")]
    del data["accuracy"]
    with pytest.raises(TypeError, match="accuracy"):
        card_from(data)


@given(st.integers(1, 90), st.integers(1, 90), st.sampled_from([64, 224]))
def test_any_picture_becomes_a_square(height: int, width: int, side: int) -> None:
    pixels = np.full((height, width, 3), 77, np.uint8)
    square = fit_square(pixels, side)
    assert square.shape == (side, side, 3)
    assert (square == 77).all()


def test_the_square_is_the_middle() -> None:
    pixels = np.zeros((64, 128, 3), np.uint8)
    pixels[:, 32:96] = 200
    assert (fit_square(pixels, 64) == 200).all()
