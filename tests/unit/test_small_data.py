"""Small data sets without Keras: plans, small sets, bands, words, the leak, charts."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from components.concepts.feature_space import project, same_class_neighbours
from components.concepts.leakage import CLEAN, MEASURED, LeakPlan, LeakRecord, draw_leaky_set
from components.concepts.small_data import (
    BLOCKS,
    DIGITS,
    FINE_TUNED,
    FROZEN,
    PHOTOS,
    SCRATCH,
    WAYS,
    Comparison,
    SmallDataPlan,
    cut_below,
    draw_small_set,
    pick_shown,
)
from components.concepts.small_data_words import judge_guess, rate_advice
from components.concepts.training import PlanError
from components.figures.feature_scatter import feature_scatter
from components.figures.picture_sheet import picture_sheet
from components.figures.small_data_curves import (
    EPOCH,
    SECONDS,
    leak_chart,
    sizes_chart,
    ways_chart,
)
from components.pictures.small_digits import new_digits

LABELS = np.repeat(np.arange(4), 25)


def measured(ends: dict[str, list[list[float]]], training: float = 1.0) -> Comparison:
    """A finished comparison with these accuracies: for each way, for each repeat, by epoch."""
    n_epochs = len(ends[FROZEN][0]) - 1
    plan = SmallDataPlan(epochs=n_epochs, repeats=len(ends[FROZEN]))
    comparison = Comparison(plan)
    comparison.add(
        {
            "kind": "started",
            "device": "CPU",
            "n_train": 50,
            "n_validation": 500,
            "parameters": {SCRATCH: 60549, FROZEN: 325, FINE_TUNED: 60389},
        }
    )
    for way, runs in ends.items():
        for repeat, run in enumerate(runs):
            for epoch, accuracy in enumerate(run):
                comparison.add(
                    {
                        "kind": "point",
                        "way": way,
                        "repeat": repeat,
                        "epoch": epoch,
                        "accuracy": accuracy,
                        "training": training,
                        "seconds": 0.1 * epoch,
                    }
                )
            answers = {"way": way, "repeat": repeat, "predicted": b"\x00", "confidence": b"\xff"}
            comparison.add({"kind": "answers", **answers})
    comparison.add({"kind": "ended", "how": "finished", "message": ""})
    return comparison


GOOD = {
    SCRATCH: [[0.2, 0.5, 0.6], [0.2, 0.5, 0.62], [0.2, 0.6, 0.64]],
    FROZEN: [[0.2, 0.7, 0.80], [0.1, 0.7, 0.81], [0.2, 0.7, 0.82]],
    FINE_TUNED: [[0.80, 0.85, 0.90], [0.81, 0.86, 0.91], [0.82, 0.86, 0.89]],
}


@given(st.integers(1, 25), st.integers(0, 10_000))
def test_a_small_set_has_as_many_of_each_class_and_holds_the_smaller_one(k: int, seed: int) -> None:
    places = draw_small_set(LABELS, k, seed)
    assert len(set(places)) == 4 * k
    assert np.array_equal(np.bincount(LABELS[places]), [k] * 4)
    assert set(draw_small_set(LABELS, max(1, k - 1), seed)) <= set(places)


def test_too_large_a_small_set_is_refused() -> None:
    with pytest.raises(ValueError, match="fewer than 26"):
        draw_small_set(LABELS, 26, 0)


@pytest.mark.parametrize(
    ("plan", "words"),
    [
        (SmallDataPlan(per_class=0), "choose 1 to 100"),
        (SmallDataPlan(per_class=101), "choose 1 to 100"),
        (SmallDataPlan(unfreeze=4), "This network has 3 blocks"),
        (SmallDataPlan(rate=0.0), "above 0"),
        (SmallDataPlan(rate=float("nan")), "above 0"),
        (SmallDataPlan(epochs=61), "1 to 60 epochs"),
        (SmallDataPlan(repeats=6), "1 to 5 times"),
    ],
)
def test_a_plan_that_makes_no_sense_gets_a_sentence(plan: SmallDataPlan, words: str) -> None:
    with pytest.raises(PlanError, match=words):
        plan.check(DIGITS, 100)


def test_what_is_unfrozen_lies_above_the_cut() -> None:
    assert [cut_below(DIGITS, n) for n in (1, 2, 3)] == ["block2", "block1", ""]
    assert [cut_below(PHOTOS, n) for n in (1, 4, 5)] == ["block3", "stem", ""]
    SmallDataPlan(unfreeze=5).check(PHOTOS, 100)
    assert BLOCKS == {DIGITS: 3, PHOTOS: 5}


def test_the_new_digits_are_new_and_no_held_out_digit_is_in_the_pool() -> None:
    digits = new_digits()
    assert digits.classes == ("5", "6", "7", "8", "9")
    assert np.array_equal(np.bincount(digits.pool_labels), [400] * 5)
    assert np.array_equal(np.bincount(digits.validation_labels), [100] * 5)
    pool = {digit.tobytes() for digit in digits.pool}
    assert not pool & {digit.tobytes() for digit in digits.validation}
    assert digits.most_per_class == 100


def test_a_band_goes_from_the_worst_repeat_to_the_best() -> None:
    comparison = measured(GOOD)
    band = comparison.band(FINE_TUNED)
    assert band is not None
    assert band.low.tolist() == [0.80, 0.85, 0.89]
    assert band.middle.tolist() == [0.81, 0.86, 0.90]
    assert band.high.tolist() == [0.82, 0.86, 0.91]
    assert band.n_repeats == 3
    assert comparison.is_complete
    assert comparison.share == 1.0


def test_a_repeat_that_has_just_begun_does_not_cut_the_band() -> None:
    comparison = Comparison(SmallDataPlan(epochs=2, repeats=2))
    for repeat, epoch in ((0, 0), (0, 1), (0, 2), (1, 0)):
        comparison.add(
            {"kind": "point", "way": SCRATCH, "repeat": repeat, "epoch": epoch,
             "accuracy": 0.5, "training": 0.5, "seconds": 1.0}
        )  # fmt: skip
    band = comparison.band(SCRATCH)
    assert band is not None
    assert (len(band.epochs), band.n_repeats) == (3, 1)
    assert not comparison.is_complete


@pytest.mark.parametrize(
    ("run", "kind", "words"),
    [
        ([0.80, 0.85, 0.90], "good", "from 80.0 % to 90.0 %"),
        ([0.80, 0.50, 0.40], "ruin", "destroy what the network had learnt. Try 0.0003."),
        ([0.80, 0.50, 0.85], "ruin", "fell from 80.0 % to 50.0 %"),
        ([0.80, 0.801, 0.803], "faint", "hardly changed the network. Try 0.003"),
    ],
)
def test_the_advice_comes_from_what_was_measured(run: list[float], kind: str, words: str) -> None:
    advice = rate_advice(measured({**GOOD, FINE_TUNED: [run, run, run]}))
    assert advice is not None
    assert advice.kind == kind
    assert words in advice.sentence


def test_no_advice_before_fine_tuning_has_ended() -> None:
    assert rate_advice(Comparison(SmallDataPlan())) is None


def test_a_guess_is_judged_by_the_run() -> None:
    comparison = measured(GOOD)
    right, sentence = judge_guess(comparison, FINE_TUNED)
    assert right
    assert "fine-tuned 90.0 % (89.0 to 91.0)" in sentence
    right, sentence = judge_guess(comparison, SCRATCH)
    assert not right
    assert "60,549 weights to set it learnt them by heart" in sentence
    right, sentence = judge_guess(comparison, FROZEN)
    assert not right
    assert "only 325 weights can learn" in sentence


def test_a_guess_within_the_band_of_the_best_is_as_good() -> None:
    close = {**GOOD, FROZEN: [[0.2, 0.7, 0.895]] * 3}
    right, sentence = judge_guess(measured(close), FROZEN)
    assert right
    assert "could be chance" in sentence


@given(st.integers(1, 25), st.integers(0, 100), st.integers(0, 50))
def test_a_leaky_set_is_as_large_and_clean_pictures_stay_clean(
    k: int, share: int, seed: int
) -> None:
    leak = LeakPlan(SmallDataPlan(per_class=k), SCRATCH, share)
    drawn = draw_leaky_set(LABELS, LABELS, leak, seed)
    assert len(drawn.pool) + len(drawn.leaked) == 4 * k
    assert set(drawn.leaked) <= set(drawn.validation)
    assert not set(drawn.clean) & set(drawn.validation)
    assert len(drawn.clean) + len(drawn.validation) == len(LABELS)
    n_validation = min(20, k, 12)
    assert len(drawn.leaked) == 4 * round(share / 100 * n_validation)


def test_a_leak_record_has_both_bands() -> None:
    record = LeakRecord(LeakPlan(SmallDataPlan(epochs=1, repeats=2), SCRATCH))
    for repeat, measured_as, clean in ((0, 0.9, 0.6), (1, 0.95, 0.7)):
        for epoch in (0, 1):
            record.add(
                {"kind": "leak", "repeat": repeat, "epoch": epoch,
                 "measured": measured_as, "clean": clean}
            )  # fmt: skip
    bands = {band.measured_on: band for band in record.bands()}
    assert bands[MEASURED].high[-1] == 0.95
    assert bands[CLEAN].low[-1] == 0.6
    assert record.share == 1.0
    assert "on clean pictures 65.0 %" in leak_chart(record).summary


@given(arrays(np.float64, (12, 5), elements=st.floats(-100, 100)))
def test_the_projection_keeps_what_it_can(features: np.ndarray) -> None:
    seen = project(features)
    assert seen.points.shape == (12, 2)
    assert np.allclose(seen.axes @ seen.axes.T, np.eye(2), atol=1e-8)
    centred = features - features.mean(axis=0)
    total = float((centred**2).sum())
    if total > 1e-6:
        assert np.allclose(seen.shares, (seen.points**2).sum(axis=0) / total, atol=1e-6)
    assert seen.shares[0] >= seen.shares[1] - 1e-12


def test_points_on_a_plane_are_seen_whole() -> None:
    rng = np.random.default_rng(0)
    flat = rng.normal(size=(40, 2)) @ rng.normal(size=(2, 9))
    seen = project(flat)
    assert seen.shares.sum() == pytest.approx(1)
    between = np.linalg.norm(seen.points[0] - seen.points[1])
    assert between == pytest.approx(np.linalg.norm(flat[0] - flat[1]))


def test_neighbours_of_the_same_class() -> None:
    points = np.array([[0.0], [0.1], [5.0], [5.1]])
    assert same_class_neighbours(points, [0, 0, 1, 1]) == 1.0
    assert same_class_neighbours(points, [0, 1, 0, 1]) == 0.0


def test_charts_say_their_numbers_and_keep_their_look() -> None:
    empty, full = Comparison(SmallDataPlan(epochs=2)), measured(GOOD)
    assert ways_chart(empty).spec == ways_chart(full).spec
    assert "Fine-tuned: 90.0 % (89.0 to 91.0) at epoch 2" in ways_chart(full, EPOCH).summary
    by_time = ways_chart(full, SECONDS).data
    assert by_time[by_time["name"] == WAYS[SCRATCH]]["x"].tolist() == pytest.approx([0, 0.1, 0.2])
    assert len(sizes_chart([full]).data) == 3


def test_the_scatter_has_a_picture_for_each_point() -> None:
    digits = new_digits()
    shown = pick_shown(digits.validation_labels, 50)
    assert np.array_equal(np.bincount(digits.validation_labels[shown]), [10] * 5)
    features = np.random.default_rng(0).normal(size=(50, 8))
    labels = digits.validation_labels[shown]
    images = [f"data:image/png;base64,{n}" for n in range(50)]
    figure = feature_scatter(project(features), digits.classes, labels, images, "Words.")
    assert figure.data["image"].tolist() == images
    assert figure.spec["encoding"]["tooltip"][0]["field"] == "image"


def test_a_sheet_takes_grey_and_colour_and_escapes() -> None:
    grey, color = np.zeros((1, 4, 4), np.uint8), np.zeros((1, 4, 4, 3), np.uint8)
    assert "image/png" in picture_sheet(grey, ["5"], "Digits")
    sheet = picture_sheet(color, ["<b>"], "Photos")
    assert "image/jpeg" in sheet
    assert "<b>" not in sheet
    with pytest.raises(ValueError, match="2 captions"):
        picture_sheet(grey, ["a", "b"], "Digits")
