"""Classify your own pictures, through AppTest: answers, table, question, teaching, nonsense."""

from collections import deque

import numpy as np
import pytest
from PIL import Image
from streamlit.proto.Common_pb2 import FileURLs
from streamlit.runtime.scriptrunner import RerunData, get_script_run_ctx
from streamlit.runtime.uploaded_file_manager import UploadedFile, UploadedFileRec

from components.concepts.answer_table import Answer
from components.concepts.classifier_file import write_classifier
from components.labs.classify import gallery
from components.labs.classify.questions import NOT_SURE, verdict
from components.labs.teach.example import N_PIECES, pieces
from components.pictures.door import Picture, open_picture
from components.pictures.photo import keep
from components.widgets import picture_files
from components.widgets.picture_files import Arrivals
from tests.app.driving import open_page, press, run_until, text_of, wait_until
from tests.picture_files import saved, scene

SLUG = "classify_images"
pytestmark = pytest.mark.usefixtures("ready_engine")


def test_the_sample_is_answered_and_a_click_shows_another() -> None:
    app = open_page(SLUG)
    assert "% for cat" in text_of(app) or "Not sure" in text_of(app)
    assert "of its **202** classes" in text_of(app)
    press(app, "Rocket")
    assert "Rocket" in text_of(app)
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


def sent(name: str, image: Image.Image | None = None) -> UploadedFile:
    """A picture as a browser sends it."""
    record = UploadedFileRec(name, name, "image/png", saved(image or scene(), "PNG"))
    return UploadedFile(record, FileURLs())


def test_pictures_beyond_the_most_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(gallery, "MOST_PICTURES", 2)
    app = open_page(SLUG)
    files = deque(sent(f"{number}.png") for number in range(5))
    app.session_state["classify.arrivals"] = Arrivals(files, len(files))
    run_until(app, "There is no room for more pictures. Remove some first.")
    assert "2 more were refused." in text_of(app)
    assert len(app.session_state["classify.pictures"]) == 2
    press(app, "Remove all pictures")
    assert not app.session_state["classify.pictures"]


@pytest.mark.parametrize(("view", "place"), [("classify", "classify"), ("teach", "teach.1")])
def test_a_run_that_ends_for_the_next_one_loses_no_picture(
    view: str, place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    def open_while_something_is_done(data: bytes, name: str) -> Picture:
        context = get_script_run_ctx()
        assert context is not None
        assert context.script_requests is not None
        context.script_requests.request_rerun(RerunData())
        return open_picture(data, name)

    monkeypatch.setattr(picture_files, "open_picture", open_while_something_is_done)
    app = open_page(SLUG, view=view)
    images = [Image.fromarray(piece.pixels) for piece in pieces("cat")[:3]]
    files = deque(sent(f"{number}.png", image) for number, image in enumerate(images))
    app.session_state[f"{place}.arrivals"] = Arrivals(files, len(files))
    wait_until(app, lambda: not app.session_state[f"{place}.arrivals"].waiting)
    if view == "teach":
        photos = app.session_state["teach.state"].classes[0].photos
    else:
        photos = app.session_state["classify.pictures"]
    assert [photo.name for photo in photos] == ["0.png", "1.png", "2.png"]


def test_the_question_is_answered_by_the_network_itself() -> None:
    app = open_page(SLUG, sure="0")
    app.radio(key=f"{SLUG}.answer.answer").set_value(NOT_SURE)
    press(app, "Commit")
    assert "It has no class for “none of these”" in text_of(app)


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
    assert f"{N_PIECES} pictures, 3 of them held out" in text_of(app)
    press(app, "Train")
    run_until(app, "of 6** pictures right")
    assert app.session_state["teach.state"].taught.how == "finished"
    app.number_input(key=f"{SLUG}.parameters.answer").set_value(768.0)
    press(app, "Commit")
    assert "forgot the biases" in text_of(app)
    first = app.session_state["teach.state"].taught
    press(app, "Continue")
    wait_until(app, lambda: app.session_state["teach.state"].taught is not first)
    press(app, "Classify pictures with it")
    assert "Your own classifier: cat, bricks" in text_of(app)
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
    assert text in text_of(open_page(SLUG, **url))
