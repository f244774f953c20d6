"""Classify your own pictures, through AppTest: answers, table, question, teaching, nonsense."""

import re
import time
from collections.abc import Callable, Iterator
from html import unescape

import numpy as np
import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from components.concepts.answer_table import Answer
from components.concepts.classifier_file import write_classifier
from components.engine.visit import get_engine
from components.labs.classify.questions import NOT_SURE, verdict
from components.labs.teach.example import N_PIECES, pieces
from components.pictures.photo import keep
from tests.app.test_pages import open_page

SLUG = "classify_images"
PATIENCE = 300.0  # seconds after which a test gives up; not a claim about speed


@pytest.fixture(scope="module", autouse=True)
def engine() -> Iterator[None]:
    """The engine of this process, ready: the page asks it for every answer."""
    deadline = time.monotonic() + PATIENCE
    while get_engine().state.status != "ready":
        if time.monotonic() > deadline:
            pytest.fail(f"the engine did not start: {get_engine().state.sentence}")
        time.sleep(0.1)
    yield
    get_engine().close()
    st.cache_resource.clear()


def words(app: AppTest) -> str:
    """All text on the page, that of its own HTML included."""
    assert not app.exception
    html = (re.sub(r"<[^>]*>", " ", str(each.proto.body)) for each in app.get("html"))
    shown = [*app.markdown, *app.success, *app.warning, *app.error, *app.info, *app.caption]
    return unescape(" ".join([*(each.value for each in shown), *html]))


def press(app: AppTest, label: str) -> AppTest:
    """Click the button with this label."""
    next(button for button in app.button if button.label == label).click()
    return app.run()


def run_until(app: AppTest, text: str) -> None:
    """Run the page again until it says `text`."""
    wait_until(app, lambda: text in words(app))


def wait_until(app: AppTest, condition: Callable[[], bool]) -> None:
    """Run the page again until `condition` holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"gave up waiting; the page says: {words(app)}")
        time.sleep(0.2)
        app.run()


def test_the_sample_is_answered_and_a_click_shows_another() -> None:
    app = open_page(SLUG)
    assert "% for cat" in words(app) or "Not sure" in words(app)
    assert "of its **202** classes" in words(app)
    press(app, "Rocket")
    assert "Rocket" in words(app)
    assert dict(app.query_params)["sample"] in ("rocket", ["rocket"])


def test_pictures_brought_become_a_table() -> None:
    app = open_page(SLUG, task="clothing")
    app.session_state["classify.pictures"] = [keep(each) for each in pieces("cat")[:3]]
    app.run()
    run_until(app, "Click a row")
    for _ in range(3):
        app.run()
    frame = app.dataframe[0].value
    assert list(frame["file"]) == ["cat 1", "cat 2", "cat 3"]
    assert len(frame.columns) == 3 + 10
    chances = frame[frame.columns[3:]].to_numpy(float)
    np.testing.assert_allclose(chances.sum(axis=1), 1, atol=1e-4)


def test_the_question_is_answered_by_the_network_itself() -> None:
    app = open_page(SLUG, sure="0")
    app.radio(key=f"{SLUG}.answer.answer").set_value(NOT_SURE)
    press(app, "Commit")
    assert "It has no class for “none of these”" in words(app)


def test_the_diagnosis_says_what_the_network_says() -> None:
    sure = Answer((("cat", 0.9), ("dog", 0.1)), True)
    unsure = Answer((("cat", 0.6), ("dog", 0.4)), False)
    assert verdict("cat", sure, 2, 0.7).right
    assert verdict(NOT_SURE, unsure, 2, 0.7).right
    assert "90.0 %" in verdict(NOT_SURE, sure, 2, 0.7).sentence
    assert "it is not sure" in verdict("cat", unsure, 2, 0.7).sentence
    assert "it has only 10.0 %" in verdict("dog", sure, 2, 0.7).sentence
    assert not verdict("dog", unsure, 2, 0.7).right


def test_classes_are_taught_and_then_answer() -> None:
    app = open_page(SLUG, view="teach", epochs="10")
    train = next(button for button in app.button if button.label == "Train")
    assert train.disabled
    press(app, "Fill in an example")
    assert f"{N_PIECES} pictures, 3 of them held out" in words(app)
    press(app, "Train")
    run_until(app, "of 6** pictures right")
    assert app.session_state["teach.state"].taught.how == "finished"
    app.number_input(key=f"{SLUG}.parameters.answer").set_value(768.0)
    press(app, "Commit")
    assert "forgot the biases" in words(app)
    first = app.session_state["teach.state"].taught
    press(app, "Continue")
    wait_until(app, lambda: app.session_state["teach.state"].taught is not first)
    press(app, "Classify pictures with it")
    assert "Your own classifier: cat, bricks" in words(app)
    assert dict(app.query_params)["task"] in ("own", ["own"])
    head = app.session_state["classify.own"]
    assert write_classifier(head).startswith(b"PK")


@pytest.mark.parametrize(
    ("url", "text"),
    [
        ({"task": "birds"}, "one of cats_dogs"),
        ({"network": "resnet"}, "one of bundled"),
        ({"view": "learn"}, "one of classify"),
        ({"top": "0"}, "from 1 to 10"),
        ({"sure": "140"}, "a number from 0 to 100"),
        ({"task": "own"}, "no classes of your own yet"),
        ({"sample": "own"}, "one of cat"),
        ({"view": "teach", "rate": "0"}, "a number from 1e-05 to 10"),
    ],
)
def test_nonsense_in_the_url_gets_a_sentence(url: dict[str, str], text: str) -> None:
    assert text in words(open_page(SLUG, **url))
