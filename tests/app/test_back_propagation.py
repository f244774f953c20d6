"""Lesson 1.5 through AppTest: golden slopes, the step, the URL, and the questions."""

import pytest

from components.labs.back_propagation.lab import SLIDERS
from tests.app.driving import commit, html, open_page, press, text_of

SLUG = "back_propagation"


def test_the_golden_slopes_stand_on_the_page() -> None:
    app = open_page(SLUG, view="ledger")
    assert not app.exception
    page = html(app)
    for product in ("1 × 16 = 16", "3 × 16 = 48", "13 × 32 = 416", "13 × 192 = 2496"):
        assert product in page
    assert "slope 32 at its output" in page
    assert "slope 192 at its output" in page
    assert "8 of 8 agree" in page
    assert (
        "Prediction **38**, loss **64**. After one step: **33.9493**, loss **15.597**"
        in text_of(app)
    )


def test_the_three_learning_rates_are_explained() -> None:
    app = open_page(SLUG)
    assert "prediction **33.9493**, loss **15.597**" in text_of(app)
    assert "prediction **0.9049**, loss **846.526**" in text_of(app)
    assert "Hidden node 2 dies" in text_of(app)
    assert "prediction **0**, loss **900**" in text_of(app)


def test_the_sequence_steps_through_all_stages_and_round() -> None:
    app = open_page(SLUG)
    shown = []
    for _ in range(9):
        press(app, "Step")
        assert not app.exception
        shown.append(app.session_state["stage"])
    assert shown == [1, 2, 3, 4, 5, 6, 7, 8, 0]
    press(app, "Step")
    assert app.query_params["stage"] == "1"
    press(app, "Reset")
    assert app.session_state["stage"] == 0
    assert "stage" not in app.query_params


def test_taking_the_step_moves_the_sliders_and_predicts_again() -> None:
    app = open_page(SLUG)
    press(app, "Take this step")
    assert not app.exception
    assert "Prediction **33.9493**, loss **15.597**" in text_of(app)
    assert app.query_params["h2_education"] == "0.97504"
    press(app, "Take this step")
    assert "loss **3.802**" in text_of(app)
    press(app, "Reset")
    assert "Prediction **38**, loss **64**" in text_of(app)
    assert not app.query_params


def test_a_step_beyond_the_sliders_can_not_be_taken() -> None:
    app = open_page(SLUG, rate="0.01", h2_education="10", wage_h2="20")
    assert next(b for b in app.button if b.label == "Take this step").disabled
    assert any("too long for the sliders" in caption.value for caption in app.caption)


def test_a_dragged_slider_changes_every_number() -> None:
    app = open_page(SLUG)
    message = {"number": 1, "values": {"education": "12", "rate": "0.0001"}, "settled": True}
    app.session_state[SLIDERS] = {"moved": message}
    app.run()
    assert not app.exception
    assert "Prediction **26**, loss **16**" in text_of(app)
    assert "**Learning rate 0.0001** (now in the lab)" in text_of(app)
    assert "learning_rate = 0.0001" in app.code[0].value


def test_every_setting_comes_from_the_url() -> None:
    app = open_page(
        SLUG, education="12", tech="0", actual="20", rate="0.001", edge="h1_tech", stage="4"
    )
    assert not app.exception
    assert not app.warning
    assert app.session_state["stage"] == 4
    assert "tech job to hidden node 1" in text_of(app)
    assert "Prediction **0**, loss **400**" in text_of(app)
    assert any("Every slope is 0" in text.value for text in app.markdown)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ({"rate": "fast"}, "learning rate has to be a number from 0.000001 to 0.01"),
        ({"actual": "-3"}, "actual wage has to be a number from 0 to 100"),
        ({"stage": "99"}, "a whole number from 0 to 8"),
        ({"view": "sideways"}, "one of network, ledger"),
        ({"edge": "h9_bias"}, "one of none, h1_bias"),
        ({"panel": "x" * 500}, "one of worker, weights"),
    ],
)
def test_nonsense_in_the_url_gets_a_sentence(url: dict[str, str], words: str) -> None:
    app = open_page(SLUG, **url)
    assert not app.exception
    assert any(words in warning.value for warning in app.warning)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (468.0, "did not double the error"),  # 13 × 3 × 12
        (72.0, "forgot to multiply by the value of education"),
        (-936.0, "took actual minus prediction"),
        (78.0, "forgot to multiply by the weight from hidden node 2"),
        (5.0, "does not come from one of the usual slips"),
    ],
)
def test_a_wrong_slope_is_diagnosed(answer: float, words: str) -> None:
    app = open_page(SLUG)
    assert "936" not in html(app)
    commit(app, SLUG, "slope", answer)
    assert any(words in warning.value for warning in app.warning), [w.value for w in app.warning]
    assert "13 × 72 = 936" in html(app)
    assert SLUG in app.session_state["lesson.done"]


def test_the_right_slope_of_the_chosen_weight() -> None:
    app = open_page(SLUG, edge="wage_h2", actual="45")
    commit(app, SLUG, "slope", -72.0)  # 3 × 2 × (38 − 50)
    assert [success.value for success in app.success] == ["**Right.** It is -72."]


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (1.2496, "went uphill"),
        (-2495.0, "forgot the learning rate"),
        (0.8752, "did not double the error"),
    ],
)
def test_a_wrong_step_is_diagnosed(answer: float, words: str) -> None:
    app = open_page(SLUG)
    commit(app, SLUG, "step", answer)
    assert any(words in warning.value for warning in app.warning)
    assert any("1 - 0.0001 × 2496 = 0.7504" in code.value for code in app.code)


def test_the_right_step() -> None:
    app = open_page(SLUG)
    commit(app, SLUG, "step", 0.7504)
    assert [success.value for success in app.success] == ["**Right.** It is 0.7504."]
