"""Heads learnt on features: they learn, repeat, go on, stop, and are calibrated."""

import numpy as np
import pytest

from components.concepts.photo_head import softmax
from components.models.heads import HeadEpoch, fit_head, temperature_for

RNG = np.random.default_rng(4)
CENTRES = RNG.normal(size=(3, 40)) * 2
LABELS = np.arange(90) % 3
FEATURES = (CENTRES[LABELS] + RNG.normal(size=(90, 40))).astype(np.float32)
RATE = 0.02


def says(kernel: np.ndarray, bias: np.ndarray) -> np.ndarray:
    return (FEATURES @ kernel + bias).argmax(axis=1)


def test_a_head_learns_and_tells_how() -> None:
    held_out = FEATURES[:30], LABELS[:30]
    head = fit_head(
        FEATURES[30:], LABELS[30:], 3, validation=held_out, epochs=8, learning_rate=RATE
    )
    assert (says(head.kernel, head.bias) == LABELS).mean() > 0.95
    assert [each.epoch for each in head.epochs] == list(range(1, 9))
    assert head.epochs[-1].loss < head.epochs[0].loss
    last = head.epochs[-1].validation_accuracy
    assert last == pytest.approx((says(head.kernel, head.bias)[:30] == LABELS[:30]).mean())
    assert head.kernel.dtype == head.bias.dtype == np.float32


def test_the_same_seed_gives_the_same_head() -> None:
    one, same, other = (
        fit_head(FEATURES, LABELS, 3, epochs=2, learning_rate=RATE, seed=seed) for seed in (1, 1, 2)
    )
    np.testing.assert_array_equal(one.kernel, same.kernel)
    assert not np.array_equal(one.kernel, other.kernel)
    assert one.epochs[-1].validation_loss is None


def test_it_goes_on_from_where_it_was_and_stops_when_told() -> None:
    first = fit_head(FEATURES, LABELS, 3, epochs=6, learning_rate=RATE)
    heard: list[HeadEpoch] = []

    def stop(epoch: HeadEpoch) -> bool:
        heard.append(epoch)
        return len(heard) < 2

    more = fit_head(
        FEATURES,
        LABELS,
        3,
        epochs=50,
        learning_rate=RATE,
        initial=(first.kernel, first.bias),
        on_epoch=stop,
    )
    assert len(heard) == len(more.epochs) == 2
    assert heard[0].loss < first.epochs[0].loss / 2


def test_the_size_of_features_does_not_matter() -> None:
    small = fit_head(FEATURES, LABELS, 3, epochs=4, learning_rate=RATE)
    large = fit_head(FEATURES * 100, LABELS, 3, epochs=4, learning_rate=RATE)
    np.testing.assert_allclose(large.kernel * 100, small.kernel, atol=1e-3)


def test_foreign_pictures_make_it_unsure() -> None:
    foreign = RNG.normal(size=(60, 40)).astype(np.float32) * 3
    even = np.full((60, 3), 1 / 3, np.float32)
    both, labels = np.concatenate([FEATURES, foreign]), np.concatenate([LABELS, np.zeros(60, int)])
    targets = np.concatenate([np.eye(3, dtype=np.float32)[LABELS], even])
    plain = fit_head(FEATURES, LABELS, 3, epochs=10, learning_rate=RATE)
    careful = fit_head(both, labels, 3, epochs=10, learning_rate=RATE, targets=targets)
    means = [
        softmax(foreign @ head.kernel + head.bias).max(axis=1).mean() for head in (plain, careful)
    ]
    assert means[1] < means[0]


@pytest.mark.parametrize("true", [0.5, 1.0, 3.0])
def test_the_temperature_is_found_again(true: float) -> None:
    logits = RNG.normal(size=(6000, 3)).astype(np.float32) * 2
    chances = softmax(logits)
    labels = np.array([RNG.choice(3, p=row / row.sum()) for row in chances.astype(float)])
    found = temperature_for(logits * np.float32(true), labels)
    assert found == pytest.approx(true, rel=0.1)
