"""Lesson 1.3 through AppTest: the example, the golden tables, hinges, URL, and the questions."""

import re

import pytest
from streamlit.testing.v1 import AppTest

from components.labs.activations.lab import SLIDERS
from tests.app.driving import commit, html, open_page, press, text_of

SLUG = "activation_functions"


def cells_of(app: AppTest) -> list[str]:
    """The table of interactions, row by row."""
    return re.findall(r'data-cell="\d-\d">([^<]*)<', html(app))


def test_the_workshops_example_is_the_start() -> None:
    app = open_page(SLUG)
    assert (
        "`12·1 + 1·1 = 13`. The node passes on **f(13) = 13**; its slope there is **1"
        in text_of(app)
    )


@pytest.mark.parametrize(
    ("activation", "x", "words"),
    [
        ("relu", "-3", "**f(-3) = 0**; its slope there is **0**"),
        ("leaky_relu", "-3", "**f(-3) = -0.6**; its slope there is **0.2**"),
        ("sigmoid", "0", "**f(0) = 0.5**; its slope there is **0.25**"),
        ("tanh", "13", "**f(13) ≈ 1**; its slope there is **≈ 0**"),
    ],
)
def test_value_and_slope_of_the_chosen_activation(activation: str, x: str, words: str) -> None:
    app = open_page(SLUG, activation=activation, x=x)
    assert not app.exception
    assert words in text_of(app)
    assert f'get("{activation}")' in app.code[0].value


def test_the_table_starts_blank_and_is_filled_step_by_step() -> None:
    app = open_page(SLUG, view="table")
    assert cells_of(app) == ["?"] * 4
    seen = []
    for _ in range(4):
        press(app, "Step")
        seen.append(cells_of(app))
    assert seen == [
        ["0", "?", "?", "?"],
        ["0", "?", "0", "?"],
        ["0", "26", "0", "?"],
        ["0", "26", "0", "38"],
    ]
    assert "worth **12** in a tech job and **0** elsewhere: **an interaction**" in text_of(app)
    press(app, "Reset")
    assert cells_of(app) == ["?"] * 4
    assert app.query_params == {"view": "table"}


def test_without_an_activation_there_is_no_interaction() -> None:
    app = open_page(SLUG, view="table", cell="4", activation="linear")
    assert cells_of(app) == ["-96", "26", "-84", "38"]
    assert "worth **12** in both jobs: **no interaction**" in text_of(app)
    app.selectbox(key="activation").set_value("relu").run()
    assert cells_of(app) == ["0", "26", "0", "38"]
    assert "activation" not in app.query_params


def test_the_table_goes_with_the_weights() -> None:
    app = open_page(SLUG, view="table", cell="4", activation="linear")
    message = {"number": 1, "values": {"h2_bias": "-10", "education": "10"}, "settled": True}
    app.session_state[SLIDERS] = {"moved": message}
    app.run()
    assert cells_of(app) == ["0", "122", "12", "134"]
    assert app.query_params["h2_bias"] == "-10"


def test_hinges_are_added_one_by_one_and_the_error_falls() -> None:
    app = open_page(SLUG, view="hinges")
    assert "No node yet" in text_of(app)
    errors = []
    for number in range(1, 6):
        press(app, "Step")
        assert html(app).count("ReLU(x") == number
        text = next(t.value for t in app.markdown if "typical error" in t.value)
        errors.append(float(re.findall(r"error \*\*([\d.]+)", text)[0]))
    assert errors == sorted(errors, reverse=True)
    assert errors[-1] < errors[0] / 3
    app.selectbox(key="curve").set_value("bell").run()
    assert not app.exception
    assert html(app).count("ReLU(x") == 5


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ({"view": "all"}, "one of function, table, hinges"),
        ({"activation": "swish"}, "one of linear, relu"),
        ({"x": "ten"}, "a number from -15 to 15"),
        ({"cell": "5"}, "a whole number from 0 to 4"),
        ({"hinges": "-1"}, "a whole number from 0 to 12"),
        ({"near": "very"}, "on or off"),
        ({"wage_h2": "1e99"}, "a number from -20 to 20"),
    ],
)
def test_nonsense_in_the_url_gets_a_sentence(url: dict[str, str], words: str) -> None:
    app = open_page(SLUG, **url)
    assert not app.exception
    assert any(words in warning.value for warning in app.warning)


@pytest.mark.parametrize(
    ("activation", "answer", "words"),
    [
        ("relu", -96.0, "-96: you skipped the ReLU on hidden node 2"),
        ("relu", 26.0, "gave the wage with a tech job"),
        ("linear", 0.0, "kept the ReLU on the hidden nodes"),
        ("linear", 7.0, "does not come from one of the usual slips"),
        ("linear", 144.0, "forgot the bias of hidden node 2"),
        ("gelu", -96.0, "-96: you skipped the ReLU on hidden node 2"),
    ],
)
def test_a_wrong_cell_is_diagnosed(activation: str, answer: float, words: str) -> None:
    app = open_page(SLUG, activation=activation)
    commit(app, SLUG, "cell", answer)
    said = [warning.value for warning in app.warning]
    assert any(words in text for text in said), said


def test_a_kept_relu_is_named_and_the_takeaway_waits_for_the_answers() -> None:
    app = open_page(SLUG)
    assert "one more year is worth" not in text_of(app)
    commit(app, SLUG, "worth", 0.0)
    assert any("kept the ReLU on the hidden nodes" in w.value for w in app.warning)
    assert "one more year is worth" not in text_of(app)
    commit(app, SLUG, "cell", 0.0)
    assert [success.value for success in app.success] == ["**Right.** It is 0."]
    assert "worth 12 in a tech job and\n0 elsewhere with ReLU" in text_of(app)
    assert SLUG in app.session_state["lesson.done"]


def test_the_right_worth() -> None:
    app = open_page(SLUG)
    commit(app, SLUG, "worth", 12.0)
    assert [success.value for success in app.success] == ["**Right.** It is 12."]
