"""Forward propagation through AppTest: golden numbers, steps, URL, prediction and diagnosis."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from components.concepts.dense_network import Edge
from components.labs.wage_network.forward_lab import DIAGRAM, SLIDERS
from components.labs.wage_network.link import query_of
from components.labs.wage_network.settings import TABLE
from tests.app.driving import open_page, press, url_of

SLUG = "forward_propagation"
DEFAULTS = {setting.name: setting.default for setting in TABLE}


def diagram(app: AppTest) -> str:
    """What the lab's drawing says in words and sums, as it goes to the browser."""
    assert not app.exception
    sent = [each.proto.json for each in app.get("bidi_component")]
    data = next(json.loads(each) for each in sent if '"alt"' in each)
    return str(data["sum"] + data["alt"])


def status(app: AppTest) -> str:
    """The line above the buttons."""
    return next(
        text.value for text in app.markdown if text.value.startswith(("Predicted", "Step "))
    )


@pytest.mark.parametrize(
    ("education", "hidden_2", "wage"),
    [
        ("12", "1·(-20) + 12·1 + 1·10 = 2, ReLU(2) = 2", "1·2 + 2·12 = 26"),
        ("13", "1·(-20) + 13·1 + 1·10 = 3, ReLU(3) = 3", "1·2 + 3·12 = 38"),
    ],
)
def test_golden_sums(education: str, hidden_2: str, wage: str) -> None:
    app = open_page(SLUG, education=education)
    assert status(app) == f"Predicted wage: **{wage.split()[-1]}** dollars an hour"
    hidden_1 = f"1·0 + {education}·0 + 1·1 = 1, ReLU(1) = 1"
    for written in (hidden_1, hidden_2, wage):
        assert written in diagram(app)
    assert f"`{wage}`" in "".join(text.value for text in app.markdown)


def test_step_goes_node_by_node_and_back_to_the_whole() -> None:
    app = open_page(SLUG)
    seen = [status(press(app, "Step")) for _ in range(4)]
    assert seen == [
        "Step 1 of 3: hidden node 1",
        "Step 2 of 3: hidden node 2",
        "Step 3 of 3: the wage: **26** dollars an hour",
        "Predicted wage: **26** dollars an hour",
    ]


def test_the_step_is_in_the_url_and_shows_what_is_known() -> None:
    app = open_page(SLUG, step="2")
    assert "At hand: hidden node 2." in diagram(app)
    assert "The wage: value not known yet." in diagram(app)
    press(app, "Step")
    assert url_of(app) == {"step": "3"}
    assert "1·2 + 2·12 = 26" in diagram(app)


def test_play_starts_and_pause_stays() -> None:
    app = press(open_page(SLUG), "Play")
    assert status(app).startswith("Step 1 of 3")
    buttons = {button.label: button.disabled for button in app.button}
    assert buttons["Play"]
    assert not buttons["Pause"]
    press(app, "Pause")
    assert status(app).startswith("Step 1 of 3")
    assert not next(button for button in app.button if button.label == "Play").disabled


def test_reset_returns_to_the_start() -> None:
    app = open_page(SLUG, step="1", edge="h2_tech", h2_tech="-4", education="20", ask="year")
    assert url_of(app)["h2_tech"] == "-4"
    press(app, "Reset")
    assert status(app) == "Predicted wage: **26** dollars an hour"
    assert url_of(app) == {"ask": "year"}


def test_an_edge_chosen_in_the_drawing_goes_into_the_url() -> None:
    app = open_page(SLUG)
    app.session_state[DIAGRAM] = {"edge": {"name": "1-bias-2", "number": 1}}
    app.run()
    assert app.session_state[f"{DIAGRAM}.chosen"].edge == Edge(0, None, 1)
    assert url_of(app) == {"edge": "h2_bias"}


@pytest.mark.parametrize(
    "message", ["x", 3, {}, {"name": 4}, {"name": "9-9-9"}, {"name": "1-bias-2" * 9}, {"name": []}]
)
def test_an_edge_that_is_none_is_ignored(message: object) -> None:
    app = open_page(SLUG)
    app.session_state[DIAGRAM] = {"edge": message}
    app.run()
    assert not app.exception
    assert url_of(app) == {}


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ({"education": "many"}, "a number from 0 to 20"),
        ({"h2_bias": "-41"}, "a number from -40 to 40"),
        ({"step": "9"}, "a whole number from 0 to 3"),
        ({"edge": "h9"}, "one of none, h1_bias"),
        ({"ask": "me"}, "one of job, year"),
    ],
)
def test_nonsense_in_the_url_gets_a_sentence(address: dict[str, str], words: str) -> None:
    app = open_page(SLUG, **address)
    assert any(words in warning.value for warning in app.warning)
    assert status(app) == "Predicted wage: **26** dollars an hour"
    assert url_of(app) == {}


@pytest.mark.parametrize(
    ("address", "answer", "words"),
    [
        ({}, -96.0, "you skipped the ReLU on hidden node 2"),
        ({"ask": "year"}, 278.0, "you forgot the bias of hidden node 2"),
        ({"ask": "year", "wage_h2": "-3"}, 11.0, "you lost the minus sign of the weight from"),
    ],
)
def test_a_slip_is_diagnosed_on_the_settings_of_the_page(
    address: dict[str, str], answer: float, words: str
) -> None:
    app = open_page(SLUG, **address)
    app.number_input(key=f"{SLUG}.prediction.answer").set_value(answer)
    press(app, "Commit")
    assert any(words in warning.value for warning in app.warning), [w.value for w in app.warning]
    assert SLUG in app.session_state["lesson.done"]


@pytest.mark.parametrize(("ask", "wage"), [("job", 0.0), ("year", 38.0)])
def test_the_right_answer_is_right_and_shows_the_sums(ask: str, wage: float) -> None:
    app = open_page(SLUG, ask=ask)
    assert not any("the wage: 1·2" in code.value for code in app.code)
    app.number_input(key=f"{SLUG}.prediction.answer").set_value(wage)
    press(app, "Commit")
    assert any("Right" in text.value for text in app.success)
    assert any(f"= {wage:g}" in code.value for code in app.code)


def test_another_network_opens_the_question_again() -> None:
    app = open_page(SLUG)
    app.number_input(key=f"{SLUG}.prediction.answer").set_value(0.0)
    press(app, "Commit")
    app.session_state[SLIDERS] = {
        "moved": {"number": 1, "values": {"wage_h1": "3"}, "settled": True}
    }
    app.run()
    assert not app.success
    assert any(button.label == "Commit" for button in app.button)


def test_the_keras_program_has_the_values_of_the_page() -> None:
    app = open_page(SLUG, h2_tech="9.5", education="14")
    program = app.code[0].value
    assert "[1.0, 9.5]" in program
    assert "np.array([[14.0, 1.0]])" in program


def test_a_network_is_taken_along_through_the_url() -> None:
    assert query_of(DEFAULTS) == {"education": "12", "tech": "1"}
    mine = {**DEFAULTS, "h1_bias": -0.5, "education": 13.0, "other": 3.0}
    assert query_of(mine) == {"education": "13", "tech": "1", "h1_bias": "-0.5"}
    app = open_page(SLUG, **query_of({**mine, "h1_tech": 7.0}))
    assert not app.warning
    assert status(app) == "Predicted wage: **49** dollars an hour"
