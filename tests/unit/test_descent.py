"""Minima, races, the slips of the next step, and what the lesson draws of them."""

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.concepts.gradient_descent import Outcome, descend
from components.concepts.loss_landscapes import LANDSCAPES, ONE_WEIGHT, TWO_WEIGHTS
from components.concepts.minima import minima
from components.concepts.optimisers import OPTIMISERS
from components.concepts.race import LANES, Racer, judge_bet, run_race
from components.concepts.slips import diagnose
from components.concepts.slips_in_walks import next_weight, slips_in_next_step
from components.figures.descent_curve import STEP, TANGENT_LINE, descent_curve
from components.figures.descent_map import SIZE, descent_map, place_on_map
from components.figures.race_chart import race_chart
from components.widgets.place_picker import read_place

SGD = OPTIMISERS["sgd"]
VALLEY, BUMPY, BOWL = TWO_WEIGHTS["valley"], TWO_WEIGHTS["bumpy"], ONE_WEIGHT["bowl"]


@pytest.mark.parametrize(
    ("name", "n"), [("bowl", 1), ("two_valleys", 2), ("plateau", 1), ("bumpy", 4), ("valley", 1)]
)
def test_every_landscape_has_its_minima(name: str, n: int) -> None:
    land = LANDSCAPES[name]
    found = minima(land)
    assert len(found) == n
    losses = [float(land.value(place)) for place in found]
    assert losses == sorted(losses)
    for place in found:
        assert np.abs(land.slope(place)).max() < 1e-6
        for move in np.vstack([np.eye(land.n_weights), -np.eye(land.n_weights)]):
            assert land.value(place + 0.05 * move) > land.value(place)


def test_formulas_are_written_as_by_hand() -> None:
    assert BOWL.formula == "(w - 2)² + 1"
    assert ONE_WEIGHT["two_valleys"].formula == "0.25·w⁴ - 1.5·w² - 0.6·w + 5"
    assert VALLEY.formula == "0.1·w₁² + 2·w₂² + 0.5"


@pytest.mark.parametrize(
    ("name", "rate", "outcome"),
    [
        ("bowl", 0.02, Outcome.CREEPING),
        ("bowl", 0.03, Outcome.ON_THE_WAY),
        ("plateau", 0.1, Outcome.CREEPING),
        ("valley", 0.02, Outcome.CREEPING),
        ("two_valleys", 0.1, Outcome.ARRIVED),
    ],
)
def test_a_pace_that_is_too_slow_is_told(name: str, rate: float, outcome: Outcome) -> None:
    land = LANDSCAPES[name]
    assert descend(land, land.start, SGD, rate, 40 if name != "bowl" else 20).outcome is outcome


def test_ten_steps_are_needed_to_judge_a_pace() -> None:
    assert descend(BOWL, BOWL.start, SGD, 0.001, 9).outcome is Outcome.ON_THE_WAY
    assert descend(BOWL, BOWL.start, SGD, 0.001, 10).outcome is Outcome.CREEPING


# ---- Where the next step leads


def test_golden_step_in_the_bowl() -> None:
    walk = descend(BOWL, [-3.0], SGD, 0.1, 0)
    assert next_weight(walk) == pytest.approx(-2.0)

    def said(answer: float) -> str:
        return diagnose(answer, next_weight(walk), slips_in_next_step(walk)).sentence

    assert said(-2) == "It is -2."
    assert "went uphill" in said(-4)
    assert "did not double the error" in said(-2.5)
    assert "forgot the learning rate" in said(7)
    assert "gave the slope" in said(-10)
    assert "took two steps" in said(-1.2)
    assert "gave the loss after the step" in said(17)
    assert "does not come from one of the usual slips" in said(1234)


@given(
    st.sampled_from(list(LANDSCAPES)), st.floats(0, 1), st.floats(0, 1), st.floats(0.001, 0.4),
    st.integers(0, 5), st.data(),
)  # fmt: skip
def test_a_random_slip_is_named(
    name: str, x: float, y: float, rate: float, n_steps: int, data: st.DataObject
) -> None:
    land = LANDSCAPES[name]
    start = land.low + np.array([x, y])[: land.n_weights] * (land.high - land.low)
    walk = descend(land, start, SGD, rate, n_steps)
    place = data.draw(st.integers(0, land.n_weights - 1))
    slips, correct = slips_in_next_step(walk, place), next_weight(walk, place)
    slip = data.draw(st.sampled_from(slips))
    found = diagnose(slip.value, correct, slips)
    same = math.isclose(slip.value, correct, rel_tol=1e-8, abs_tol=1e-8)
    assert (
        found.right
        if same
        else slip.value in [s.value for s in found.slips]
        or any(math.isclose(s.value, slip.value, rel_tol=1e-8, abs_tol=1e-8) for s in found.slips)
    )
    assert diagnose(correct, correct, slips).right


def test_the_other_weights_slope_is_a_slip() -> None:
    walk = descend(VALLEY, VALLEY.start, SGD, 0.1, 0)
    wrong = VALLEY.start[0] - 0.1 * 4 * VALLEY.start[1]
    sentence = diagnose(wrong, next_weight(walk), slips_in_next_step(walk)).sentence
    assert "used the slope of w₂ for w₁" in sentence


# ---- The race


def racers(*what: tuple[str, float]) -> list[Racer]:
    return [
        Racer(lane, OPTIMISERS[name], rate) for lane, (name, rate) in zip(LANES, what, strict=True)
    ]


def test_a_race_has_a_winner_and_says_why_the_others_lost() -> None:
    field = racers(("sgd", 0.1), ("sgd", 1.1), ("rmsprop", 0.1))
    race = run_race(VALLEY, VALLEY.start, field, 60)
    assert race.leaders(60) == (2,)
    assert race.loss(1, 60) == math.inf
    right, sentence = judge_bet(race, 2, 60)
    assert right and "C has a loss of 0.5" in sentence and "B diverged at step 5" in sentence
    right, sentence = judge_bet(race, 1, 60)
    assert not right and sentence.startswith("B diverged: a learning rate of 1.1 is too large")
    right, sentence = judge_bet(race, 0, 60)
    led = [step for step in range(1, 61) if 0 in race.leaders(step)]
    assert not right and sentence.startswith(f"A led at step {led[-1]}, and was overtaken: C wins")


def test_a_race_may_end_level_or_without_anybody() -> None:
    race = run_race(VALLEY, VALLEY.start, racers(*[("sgd", 0.1)] * 3), 20)
    assert race.leaders(20) == (0, 1, 2)
    right, sentence = judge_bet(race, 1, 20)
    assert right and "level" in sentence
    race = run_race(VALLEY, VALLEY.start, racers(*[("sgd", 9.0)] * 3), 20)
    assert race.leaders(20) == ()
    assert judge_bet(race, 0, 20) == (
        False,
        "All of them diverged: "
        + "; ".join(f"{lane} diverged at step {race.walks[0].n_steps + 1}" for lane in LANES)
        + ".",
    )


# ---- What is drawn


@given(st.sampled_from(list(ONE_WEIGHT)), st.floats(0.001, 10), st.integers(0, 60))
def test_the_curve_shows_numbers_only(name: str, rate: float, n_steps: int) -> None:
    land = ONE_WEIGHT[name]
    walk = descend(land, land.start, SGD, rate, n_steps)
    chart = descent_curve(walk)
    assert np.isfinite(chart.data[["w", "loss"]].to_numpy()).all()
    assert "nan" not in chart.summary and "inf" not in chart.summary


def test_tangent_and_step_are_where_they_belong() -> None:
    walk = descend(BOWL, BOWL.start, SGD, 0.1, 3)
    data = descent_curve(walk).data
    tangent = data[data["what"] == TANGENT_LINE]
    rise = tangent["loss"].diff().iloc[-1] / tangent["w"].diff().iloc[-1]
    assert rise == pytest.approx(float(walk.slopes[-1, 0]))
    step = data[data["what"] == STEP]
    assert step["w"].tolist() == pytest.approx(walk.weights[[-2, -1, -1], 0].tolist())
    with pytest.raises(ValueError, match="one weight"):
        descent_curve(descend(BUMPY, BUMPY.start, SGD, 0.1, 1))


def test_the_map_puts_weights_in_their_place() -> None:
    assert place_on_map(BUMPY, (-4, -4)) == (0, SIZE)
    assert place_on_map(BUMPY, (4, 4)) == (SIZE, 0)
    walk = descend(BUMPY, (0, 0), SGD, 0.1, 5)
    drawing = descent_map([walk])
    assert 'data-steps="5"' in drawing.walks
    assert f'cx="{SIZE / 2:.1f}" cy="{SIZE / 2:.1f}" r="8"' in drawing.walks
    assert "loss 1.31" in drawing.alt and "nan" not in drawing.walks
    assert len(drawing.ground + drawing.walks) < 40_000  # it is sent again at every step
    with pytest.raises(ValueError, match="two weights"):
        descent_map([descend(BOWL, BOWL.start, SGD, 0.1, 1)])


def test_a_diverging_walk_ends_at_the_edge_of_the_map() -> None:
    drawing = descent_map([descend(VALLEY, VALLEY.start, SGD, 1.1, 60)])
    assert "nan" not in drawing.walks and "inf" not in drawing.walks


@pytest.mark.parametrize(
    "sent", [None, 3, {}, {"x": 1}, {"x": "1", "y": 2}, {"x": 9, "y": 0}, {"x": math.nan, "y": 0},
             {"x": True, "y": 0}]
)  # fmt: skip
def test_nonsense_from_the_map_is_no_place(sent: object) -> None:
    drawing = descent_map([descend(BUMPY, (0, 0), SGD, 0.1, 1)])
    assert read_place(sent, drawing) is None
    assert read_place({"x": 1.5, "y": -4}, drawing) == (1.5, -4.0)


def test_the_chart_of_a_race_has_a_row_for_every_step() -> None:
    race = run_race(BUMPY, BUMPY.start, racers(("sgd", 0.1), ("adam", 0.1), ("sgd", 9)), 60)
    chart = race_chart(race.until(10), 60)
    counts = chart.data.groupby("lane").size().to_dict()
    assert counts["A"] == counts["B"] == 11
    assert chart.summary.startswith("A: gradient descent, 0.1: after 10 steps a loss of")
    assert race_chart(race.until(20), 60).spec == chart.spec
