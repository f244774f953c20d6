"""The page "Gradient descent" in its states."""

from typing import Any

import pytest

from components.concepts.gradient_descent import descend
from components.concepts.loss_landscapes import LANDSCAPES
from components.concepts.optimisers import OPTIMISERS
from components.labs.descent.settings import CURVE, SURFACE
from tests.app.driving import open_page, text_of

PAGE = "gradient_descent"


def test_the_first_step_by_hand() -> None:
    app = open_page(PAGE)
    assert not app.exception
    assert "w = **-3**, loss **26**, slope **-10**" in text_of(app)
    next(b for b in app.button if b.label == "Step").click().run()
    assert "`w: -3 - 0.1·(-10) = -2`" in text_of(app)
    assert app.query_params["steps"] == "1"
    assert "model.fit(nothing, nothing, epochs=1" in app.code[0].value
    next(b for b in app.button if b.label == "Reset").click().run()
    assert "**Step 0**" in text_of(app) and "steps" not in app.query_params


@pytest.mark.parametrize(("view", "names"), [("one", CURVE.options), ("two", SURFACE.options)])
def test_every_landscape_ends_where_the_concept_says(view: str, names: dict[str, str]) -> None:
    for name in names:
        setting = {"one": "curve", "two": "surface"}[view]
        app = open_page(PAGE, view=view, steps="60", **{setting: name})
        assert not app.exception
        land = LANDSCAPES[name]
        walk = descend(land, land.start, OPTIMISERS["sgd"], 0.1, 60)
        assert f"loss **{walk.losses[-1]:.4g}**" in text_of(app)


@pytest.mark.parametrize(
    ("rate", "sentence"),
    [("0.005", "**Too small.** Creeping"), ("0.3", "**Right.** Arrived"),
     ("1", "**Too large.** Swinging"), ("1.1", "**Too large.** Diverged"),
     ("10", "**Too large.** Diverged")],
)  # fmt: skip
def test_the_learning_rate_gets_its_sentence(rate: str, sentence: str) -> None:
    app = open_page(PAGE, rate=rate, steps="60")
    assert sentence in text_of(app)
    assert "nan" not in text_of(app) and "inf" not in text_of(app).replace("infer", "")


def test_a_walk_out_of_the_picture_is_told() -> None:
    assert "left the picture" in text_of(open_page(PAGE, rate="10", steps="1"))
    assert "left the picture" not in text_of(open_page(PAGE, steps="1"))


def test_a_race_from_the_url() -> None:
    app = open_page(PAGE, view="race", steps="60", runner_a="rmsprop", rate_b="10", track="bumpy")
    assert not app.exception and not app.warning
    assert "diverged at step" in text_of(app) or "B loss" in text_of(app)
    assert "keras.optimizers.RMSprop(learning_rate=0.1)" in app.code[0].value


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ({"view": "three"}, "one of one, two, race"),
        ({"steps": "1000"}, "a whole number from 0 to 60"),
        ({"rate": "fast"}, "rate"),
        ({"curve": "bowl", "start": "1e9"}, "start"),
        ({"view": "two", "w1": "nan"}, "w1"),
        ({"view": "race", "runner_b": "newton"}, "one of sgd, momentum, rmsprop, adam"),
    ],
)
def test_nonsense_in_the_url_gets_a_sentence(url: dict[str, str], sentence: str) -> None:
    app = open_page(PAGE, **url)
    assert not app.exception
    assert any(sentence in warning.value for warning in app.warning), app.warning


def test_another_landscape_begins_at_its_own_start() -> None:
    app = open_page(PAGE, start="7", steps="5")
    choices: list[Any] = list(app.get("button_group"))
    next(choice for choice in choices if choice.label == "Loss").set_value("two_valleys").run()
    assert not app.exception and not app.warning
    assert "**Step 0**: w = **-2.5**" in text_of(app)


def test_the_next_step_is_asked_and_the_slip_named() -> None:
    app = open_page(PAGE, rate="0.2")
    app.number_input(key=f"{PAGE}.next_step.answer").set_value(-2.0)
    next(b for b in app.button if b.label == "Commit").click().run()
    assert any("did not double the error" in warning.value for warning in app.warning)
    assert PAGE in app.session_state["lesson.done"]
    next(b for b in app.button if b.label == "Try again").click().run()
    app.number_input(key=f"{PAGE}.next_step.answer").set_value(-1.0)
    next(b for b in app.button if b.label == "Commit").click().run()
    assert any("It is -1." in success.value for success in app.success)


def test_a_bet_on_the_race() -> None:
    app = open_page(PAGE, view="race", rate_a="1")
    bet = next(radio for radio in app.radio if radio.key == f"{PAGE}.winner.answer")
    bet.set_value("A: gradient descent, 1")
    next(b for b in app.button if b.label == "Commit").click().run()
    assert any("A diverged" in warning.value for warning in app.warning)


def test_a_view_that_was_left_keeps_its_settings() -> None:
    app = open_page(PAGE, view="race", runner_b="rmsprop", curve="plateau", rate_b="0.05")
    for view, title in (("one", "plateau"), ("two", "bumpy"), ("race", "RMSprop, 0.05")):
        choices: list[Any] = list(app.get("button_group"))
        next(choice for choice in choices if choice.label == "View").set_value(view).run()
        assert not app.exception and not app.warning
        assert title in app.code[0].value
    assert app.query_params["runner_b"] == "rmsprop"
