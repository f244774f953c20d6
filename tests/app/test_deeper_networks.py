"""The playground's page through AppTest."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from components.concepts.dense_network import Edge
from components.concepts.playground import PlaygroundPlan, start_weights, with_weight
from components.concepts.playground_stories import STORIES
from components.concepts.playground_weights import read_weights, write_weights
from tests.app.driving import fill, open_page

SLUG = "deeper_networks"


def picture(app: AppTest) -> dict[str, object]:
    """What the browser is told to draw."""
    for part in app.get("bidi_component"):
        found = json.loads(part.proto.json or "{}")
        if isinstance(found, dict) and "sizes" in found:
            return found
    raise AssertionError("the page has no playground")


def choose_story(app: AppTest, name: str) -> None:
    fill(app, "Story", name)


def test_the_page_shows_the_default_network() -> None:
    app = open_page(SLUG)
    assert not app.exception
    shown = picture(app)
    assert shown["sizes"] == [2, 4, 2, 1]
    assert shown["losses"]["epochs"] == [0.0]  # type: ignore[index]
    assert not app.query_params
    assert "def circle(" in app.code[0].value


def test_the_address_sets_the_lab() -> None:
    app = open_page(
        SLUG,
        data="bumps", noise="10", share="30", seed="5", features="sinx1.x2", hidden="3.8.1",
        activation="relu", optimiser="adam", rate="0.001", batch="7", penalty="l1",
        penalty_rate="0.01", test="on",
    )  # fmt: skip
    assert not app.exception
    assert not any("address" in warning.value for warning in app.warning)
    shown = picture(app)
    assert shown["sizes"] == [2, 3, 8, 1, 1]
    assert shown["features"] == ["x2", "sinx1"]
    assert (shown["activation"], shown["last"]) == ("relu", "linear")
    assert shown["test"]
    code = app.code[0].value
    for words in ("L1(0.01)", "Adam(0.001)", "batch_size = 7", "mean_squared_error", "30 // 100"):
        assert words in code
    assert len(app.query_params) == 13


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ({"data": "moons"}, "one of circle"),
        ({"hidden": "9"}, "up to 6 numbers from 1 to 8"),
        ({"features": "x1.x3"}, "some of x1"),
        ({"noise": "60"}, "a whole number from 0 to 50"),
        ({"rate": "nan"}, "a number from 0"),
        ({"weights": "abc"}, "a text as this page writes it"),
        ({"weights": "AAAAAAAAAAA"}, "not those of this network"),
    ],
)
def test_nonsense_in_the_address_gets_a_sentence(url: dict[str, str], words: str) -> None:
    app = open_page(SLUG, **url)
    assert not app.exception
    assert any(words in warning.value for warning in app.warning), [w.value for w in app.warning]
    assert picture(app)["sizes"] == [2, 4, 2, 1]


def test_edited_weights_come_back_from_the_address_and_go_with_another_network() -> None:
    plan = PlaygroundPlan()
    weights = with_weight(start_weights(plan), Edge(1, 3, 1), 1.25)
    app = open_page(SLUG, weights=write_weights(weights))
    sent = str(picture(app)["weights"]).replace("+", "-").replace("/", "_").rstrip("=")
    assert read_weights(plan, sent)[2][3, 1] == 1.25
    assert "weights that were set on the page" in app.code[0].value
    choose_story(app, "one_layer")
    assert not app.exception
    assert "weights" not in app.query_params
    assert picture(app)["sizes"] == [2, 4, 1]


def test_a_weight_can_be_chosen_and_set() -> None:
    app = open_page(SLUG, panel="weights")
    next(field for field in app.selectbox if field.label == "Weight or bias").set_value(4).run()
    next(field for field in app.number_input if field.label == "Its value").set_value(3.5).run()
    assert not app.exception
    text = app.query_params["weights"]
    weights = read_weights(PlaygroundPlan(), text[0] if isinstance(text, list) else text)
    assert weights[0][0, 1] == 3.5  # the fifth edge: x1 to the second node
    next(button for button in app.button if button.label == "Reset").click().run()
    assert "weights" not in app.query_params


@pytest.mark.parametrize("name", STORIES)
def test_every_story_sets_its_plan(name: str) -> None:
    app = open_page(SLUG)
    choose_story(app, name)
    assert not app.exception
    assert next(each for each in app.selectbox if each.label == "Story").value == name
    assert picture(app)["sizes"] == list(STORIES[name].plan.sizes)
    assert any(STORIES[name].watch == caption.value for caption in app.caption)


def test_layers_and_nodes_can_be_set() -> None:
    app = open_page(SLUG, panel="network")
    fill(app, "Hidden layers", 3)
    assert picture(app)["sizes"] == [2, 4, 2, 2, 1]
    fill(app, "Nodes of layer 2", 7)
    assert picture(app)["sizes"] == [2, 4, 7, 2, 1]
    assert app.session_state["hidden"] == "4.7.2"
    fill(app, "Hidden layers", 0)
    assert picture(app)["sizes"] == [2, 1]
    assert not app.exception


def test_without_a_feature_there_is_nothing_to_train() -> None:
    app = open_page(SLUG, panel="network")
    app.button_group(key="features").set_value([]).run()
    assert not app.exception
    assert any("at least one feature" in error.value for error in app.error)
    assert next(button for button in app.button if button.label == "Play").disabled


def test_a_slip_in_counting_is_named() -> None:
    app = open_page(SLUG)
    app.number_input(key=f"{SLUG}.prediction.answer").set_value(31.0)
    next(button for button in app.button if button.label == "Commit").click().run()
    assert any("31: you forgot the biases." in warning.value for warning in app.warning)
    assert SLUG in app.session_state["lesson.done"]


def test_dead_nodes_are_named() -> None:
    plan = PlaygroundPlan(activation="relu", hidden=(2,))
    weights = start_weights(plan)
    for node in (0, 1):
        weights = with_weight(weights, Edge(0, None, node), -1000.0)
    app = open_page(SLUG, activation="relu", hidden="2", weights=write_weights(weights))
    assert any("The network is dead" in warning.value for warning in app.warning)
    assert picture(app)["dead"] == ["1-1", "1-2"]


def test_another_lab_with_settings_of_the_same_names_leaves_nothing_behind() -> None:
    app = open_page(SLUG)
    app.switch_page("pages/mnist_training.py").run()
    assert app.session_state["data"] == "sample"
    app.switch_page(f"pages/{SLUG}.py").run()
    assert not app.exception
    assert app.session_state["data"] == "circle"
    assert app.session_state["batch"] == PlaygroundPlan().batch_size
    assert not app.query_params
