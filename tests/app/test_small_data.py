"""The page on small data sets through AppTest: settings, a finished comparison, own pictures."""

from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from components.concepts.leakage import LeakRecord
from components.concepts.small_data import (
    BEFORE,
    FINE_TUNED,
    SCRATCH,
    LabelledPictures,
    SmallDataPlan,
    SmallDataResult,
    pick_shown,
)
from components.labs.small_data import settings, source
from components.labs.small_data.runs import Compared, Leaked
from components.pictures.labelled import open_labelled
from components.pictures.small_digits import new_digits
from tests.app.driving import APP, open_page, text_of
from tests.labelled_files import colored, zipped
from tests.unit.test_small_data import GOOD, measured

SLUG = "small_data"


@dataclass
class Sent:
    """A file as Streamlit hands it over."""

    name: str
    content: bytes

    def getbuffer(self) -> memoryview:
        return memoryview(self.content)


@dataclass
class PretendJob:
    """Stands for a job that is over."""

    state: str = "done"
    sentence: str = ""
    active: bool = field(default=False, init=False)
    waits_for: str = field(default="", init=False)


def finished(
    pictures: LabelledPictures, ends: dict[str, list[list[float]]] | None = None
) -> Compared:
    """A finished comparison on these pictures, as the page keeps it."""
    comparison = measured(ends or GOOD)
    labels = pictures.validation_labels
    wrong = labels.astype(np.uint8).copy()
    wrong[labels == 1] = 0
    for answers in comparison.answers.values():
        object.__setattr__(answers, "predicted", wrong)
        object.__setattr__(answers, "confidence", np.full(len(labels), 200, np.uint8))
    shown = pick_shown(labels)
    features = np.random.default_rng(0).normal(size=(len(shown), 6)).astype(np.float32)
    kept = SmallDataResult({BEFORE: features, FINE_TUNED: features, SCRATCH: features}, shown)
    compared = Compared(1, pictures, comparison)
    compared.job = PretendJob()  # type: ignore[assignment]
    compared._result = kept
    return compared


def open_with(state: dict[str, object], **url: str) -> AppTest:
    """The page with something in the memory of the visit."""
    app = AppTest.from_file(APP, default_timeout=60)
    app.switch_page(f"pages/{SLUG}.py")
    for name, value in state.items():
        app.session_state[name] = value
    for name, text in url.items():
        app.query_params[name] = text
    return app.run()


def test_the_page_starts_with_the_new_digits() -> None:
    app = open_page(SLUG)
    assert not app.exception
    assert not app.query_params
    assert "10 × 5 classes = **50 pictures** to learn from, 500 held out." in text_of(app)
    assert "These are all 50 pictures" in text_of(app)
    assert [button.label for button in app.button if button.label in ("Train", "Stop", "Reset")]
    assert "n_classes, per_class, epochs = 5, 10, 20" in app.code[0].value


def test_the_address_sets_the_lab() -> None:
    app = open_page(
        SLUG, per_class="2", unfreeze="3", rate="0.03", epochs="5", repeats="1", seed="7",
        axis="seconds", look="scratch", leak="100", leak_way="frozen", after="scratch",
    )  # fmt: skip
    assert not app.exception
    assert len(app.query_params) == 11
    assert "2 × 5 classes = **10 pictures**" in text_of(app)
    code = app.code[0].value
    assert "for seed in (7,):" in code
    assert "learn(model, 0.03, x_pool[small]" in code


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ({"per_class": "0"}, "a whole number from 1 to 100"),
        ({"per_class": "many"}, "a whole number from 1 to 100"),
        ({"rate": "nan"}, "a number from"),
        ({"rate": "7"}, "a number from"),
        ({"pictures": "birds"}, "one of digits, clothing, own"),
        ({"epochs": "1e9"}, "a whole number from 1 to 60"),
        ({"look": "magic"}, "one of scratch"),
        ({"leak": "200"}, "a whole number from 0 to 100"),
    ],
)
def test_nonsense_in_the_address_gets_a_sentence(url: dict[str, str], sentence: str) -> None:
    app = open_page(SLUG, **url)
    assert not app.exception
    assert any(sentence in warning.value for warning in app.warning)


def test_more_blocks_than_there_are_is_set_right_and_said() -> None:
    app = open_page(SLUG, unfreeze="5")
    assert not app.exception
    assert app.session_state["unfreeze"] == 3
    assert "There are 3 blocks that can be unfrozen; 5 is set to 3." in text_of(app)


def test_a_finished_comparison_is_shown_and_judged() -> None:
    app = open_with({"sd.compared": [finished(new_digits())]}, epochs="2")
    assert not app.exception
    assert [metric.value for metric in app.metric] == ["62.0 %", "81.0 %", "90.0 %"]
    said = text_of(app)
    assert "Fine-tuning at 0.001 went from 81.0 % to 90.0 %" in said
    assert "pictures of “6”, read as “5”" in said
    assert "The nearest neighbour is of the same class" in said
    app.radio(key=f"{SLUG}.prediction.answer").set_value("From scratch")
    next(button for button in app.button if button.label == "Commit").click().run()
    assert any("learnt them by heart" in warning.value for warning in app.warning)
    assert SLUG in app.session_state["lesson.done"]


def test_a_rate_that_ruins_is_named() -> None:
    ruined = {**GOOD, FINE_TUNED: [[0.8, 0.4, 0.3]] * 3}
    app = open_with({"sd.compared": [finished(new_digits(), ruined)]}, epochs="2")
    assert "destroy what the network had learnt. Try 0.0003." in text_of(app)


def test_an_answer_waits_for_the_run() -> None:
    app = open_page(SLUG)
    app.radio(key=f"{SLUG}.prediction.answer").set_value("Fine-tuned")
    next(button for button in app.button if button.label == "Commit").click().run()
    assert any("the run decides" in info.value for info in app.info)


def test_a_leak_is_found_out() -> None:
    record = LeakRecord(settings.LeakPlan(SmallDataPlan(epochs=1, repeats=1), SCRATCH))
    record.add({"kind": "started", "n_train": 50, "n_leaked": 25, "n_validation": 50, "n_clean": 9})
    for epoch in (0, 1):
        record.add({"kind": "leak", "repeat": 0, "epoch": epoch, "measured": 0.9, "clean": 0.6})
    record.add({"kind": "ended", "how": "finished", "message": ""})
    run = Leaked(new_digits(), record)
    run.job = PretendJob()  # type: ignore[assignment]
    app = open_with({"sd.leaked": run})
    assert not app.exception
    assert "The leak adds **30.0 points** that will be gone on new pictures." in text_of(app)


def test_without_pictures_nothing_can_be_trained() -> None:
    for pictures in ("own", "clothing"):
        app = open_page(SLUG, pictures=pictures)
        assert not app.exception
        assert next(b for b in app.button if b.label == "Train").disabled
        assert "The pictures come first." in text_of(app)


def test_own_pictures_are_learnt_with_the_photo_network() -> None:
    files = colored(9) | {"pets/red/notes.txt": b"hello"}
    own = open_labelled(zipped(files), "pets.zip")
    app = open_with({"sd.own": own, "sd.compared": [finished(own.pictures)]}, pictures="own")
    assert not app.exception
    assert app.session_state["per_class"] == 6
    assert "6 × 3 classes = **18 pictures** to learn from, 9 held out." in text_of(app)
    assert "`notes.txt` is not a picture" in text_of(app)
    assert "pictures of “green”, read as “blue”" in text_of(app)
    assert not next(b for b in app.button if b.label == "Train").disabled
    assert 'get_layer("block2")' in app.code[0].value


def test_a_slider_whose_range_changes_keeps_its_value() -> None:
    app = open_page(SLUG, pictures="own", per_class="2", unfreeze="2")
    app.session_state["sd.own"] = open_labelled(zipped(colored(7)), "pets.zip")
    for _ in range(2):
        app.run()
        sliders = {each.key: each for each in app.slider}
        assert [sliders[key].value for key in ("per_class", "unfreeze")] == [2, 2]
        assert sliders["per_class"].max < 10
        assert "2 × 3 classes" in text_of(app)


def test_a_folder_that_comes_in_two_messages_is_read_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    files = [Sent(name, content) for name, content in colored(7).items()]
    field_of = "sd.folder_0"
    state: dict[str, Any] = {source._VERSION: 0, field_of: files[:14]}
    monkeypatch.setattr(source.st, "session_state", state)
    source._open_folder(field_of)
    assert len(state[source._OWN].pictures.classes) == 2
    assert state[source._VERSION] == 1
    state[field_of] = files
    source._open_folder(field_of)
    assert len(state[source._OWN].pictures.classes) == 3
    del state[field_of]
    source._open_folder(field_of)
    assert len(state[source._OWN].pictures.classes) == 3
