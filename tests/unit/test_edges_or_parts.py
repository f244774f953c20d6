"""The two measures know edges and classes when they see them, and claims are held against them."""

from dataclasses import replace

import numpy as np
import pytest

from components.concepts.edge_evidence import (
    Evidence,
    add_up,
    at_fields,
    classes_explain,
    edge_responses,
    edges_explain,
    few_excite,
)
from components.concepts.inquiry import judge

RNG = np.random.default_rng(3)
PICTURES = RNG.integers(0, 256, (12, 16, 16)).astype(np.uint8)
EACH_PIXEL = [(place, place) for place in range(16)]


def test_responses_are_differences_of_neighbours() -> None:
    found = edge_responses(PICTURES[:1])[0]
    picture = PICTURES[0] / 255
    assert found.shape == (16, 16, 9)
    np.testing.assert_allclose(found[..., 0], picture, rtol=1e-6)
    to_the_right = picture[3, 6] - picture[3, 5]
    np.testing.assert_allclose(found[3, 5, 1] - found[3, 5, 2], to_the_right, rtol=1e-5)
    assert (found[..., 1] * found[..., 2] == 0).all()
    assert (found[:, -1, 1:3] == 0).all()  # nothing comes round from the other side
    assert (found[-1, :, 3:5] == 0).all()


def test_a_field_gets_the_mean_of_its_pixels() -> None:
    responses = edge_responses(PICTURES)
    fields = [(0, 3), (2, 2), (10, 15)]
    found = at_fields(add_up(responses), fields)
    expected = responses[:, 0:4, 10:16].mean(axis=(1, 2))
    np.testing.assert_allclose(found[:, 0, 2], expected, rtol=1e-3, atol=1e-4)


def test_an_edge_map_is_explained_and_noise_is_not() -> None:
    responses = at_fields(add_up(edge_responses(PICTURES)), EACH_PIXEL)
    edges = responses[..., 1:2] * 3 + responses[..., 4:5]
    noise = RNG.normal(size=edges.shape)
    assert edges_explain(edges, responses) == (pytest.approx(1.0, abs=1e-3), 1)
    assert edges_explain(noise, responses)[0] < 0.02
    share, live = edges_explain(np.concatenate([edges, noise], axis=-1), responses)
    assert live == 2
    assert share == pytest.approx(0.5, abs=0.02)


def test_a_dead_layer_explains_nothing() -> None:
    dead = np.zeros((12, 16, 16, 4))
    responses = at_fields(add_up(edge_responses(PICTURES)), EACH_PIXEL)
    assert edges_explain(dead, responses) == (0.0, 0)
    assert classes_explain(dead, np.arange(12) % 3) == 0.0
    assert few_excite(dead) == 0.0


def test_classes_are_found_and_chance_is_taken_off() -> None:
    classes = np.repeat(np.arange(10), 30)
    knows = np.zeros((300, 2, 2, 1))
    knows[:, 1, 0, 0] = classes == 7
    guesses = RNG.random((300, 2, 2, 200))
    assert classes_explain(knows, classes) == pytest.approx(1.0)
    assert classes_explain(guesses, classes) < 0.03


def test_few_excite_a_choosy_map() -> None:
    alike, choosy = np.ones((100, 2, 2, 1)), np.zeros((100, 2, 2, 1))
    choosy[4] = 1
    assert few_excite(alike) == pytest.approx(0.0)
    assert few_excite(choosy) == pytest.approx(0.99)


EVIDENCE = (
    Evidence("a", "First", 0.9, 0.1, 8, 2),
    Evidence("b", "Middle", 0.6, 0.1, 8, 6),
    Evidence("c", "Last", 0.2, 0.5, 100, 28),
)


def test_a_claim_that_the_evidence_supports() -> None:
    ruling = judge(EVIDENCE, "a", "c")
    assert ruling.supported
    assert "90 % against 20 %" in " ".join(each.sentence for each in ruling.findings)


@pytest.mark.parametrize(
    ("edges", "parts", "words"),
    [
        ("c", "a", "but First to 90 %"),
        ("b", "c", "but First to 90 %"),
        ("a", "b", "but Last to 50 %"),
        ("a", "a", "for both"),
    ],
)
def test_claims_that_it_does_not_support(edges: str, parts: str, words: str) -> None:
    ruling = judge(EVIDENCE, edges, parts)
    assert not ruling.supported
    assert words in " ".join(each.sentence for each in ruling.findings if not each.holds)


def test_the_same_claim_fails_on_other_evidence() -> None:
    untrained = (*EVIDENCE[:2], replace(EVIDENCE[2], particular=0.18))
    assert not judge(untrained, "a", "c").supported
    small = (*EVIDENCE[:2], replace(EVIDENCE[2], sees=2))
    assert not judge(small, "a", "c").supported
