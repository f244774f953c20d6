"""How a deep network sees, through AppTest: layers, sums, URL, questions, the inquiry."""

import re
from types import SimpleNamespace

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from components.concepts.receptive_field import field_size
from components.concepts.stages import digit_stages
from components.engine.engine import EngineState
from components.labs.seeing import answers, lab
from components.labs.seeing.inquiry import EDGES, PARTS
from components.labs.seeing.mattered import OVERLAY
from components.labs.seeing.whom import WORKSHOP
from components.pictures.door import Picture
from tests.app.driving import open_page, press, text_of, url_of

SLUG = "how_a_network_sees"
pytestmark = pytest.mark.usefixtures("ready_engine")


def sum_lines(app: AppTest) -> list[str]:
    """The arithmetic behind the value chosen."""
    return str(app.code[0].value).splitlines()


def test_step_goes_through_the_layers_and_reset_comes_back() -> None:
    app = open_page(SLUG)
    assert "8 maps of 27 × 27" in text_of(app)
    assert "seen 2 × 2 pixels" in text_of(app)
    press(app, "Step")
    assert "8 maps of 26 × 26" in text_of(app)
    assert "seen 3 × 3 pixels" in text_of(app)
    assert url_of(app) == {"layer": "2"}
    for _ in range(3):
        press(app, "Step")
    assert "10 nodes" in text_of(app)
    press(app, "Step")
    assert url_of(app) == {}
    app.selectbox(key="moment").set_value("before").run()
    app.selectbox(key="picture").set_value("3").run()
    press(app, "Reset")
    assert url_of(app) == {}


def test_a_value_that_is_clicked_is_taken_apart() -> None:
    app = open_page(SLUG, map="2", row="10", column="17")
    lines = sum_lines(app)
    assert lines[0].startswith("picture: ")
    assert lines[0].count("·") == 4
    value = re.search(r"\*\*([-\d.e]+)\*\* is what map 2 shows in row 10, column 17", text_of(app))
    assert value is not None
    assert lines[-1].endswith(f"= {value[1]}")
    assert 'maps["conv_1"][0, 9, 16, 1]' in app.code[1].value


def test_a_place_goes_into_the_url_and_another_layer_gives_it_up() -> None:
    app = open_page(SLUG)
    app.session_state["map"], app.session_state["row"], app.session_state["column"] = 3, 4, 5
    app.run()
    assert url_of(app) == {"map": "3", "row": "4", "column": "5"}
    press(app, "Step")  # other maps: the place is given up
    assert url_of(app) == {"layer": "2"}


def test_the_photo_network_and_what_mattered() -> None:
    app = open_page(SLUG, network="photo", view="mattered", cover="2")
    assert app.selectbox(key="picture").value == "cup"
    assert "a patch of 32 × 32 pixels" in text_of(app)
    assert "Grad-CAM at Block 4, 4 × 4" in text_of(app)
    html = "".join(str(each.proto.body) for each in app.get("html"))
    assert "opacity:0.75" in html
    app.session_state[OVERLAY] = {
        "moved": {"number": 1, "values": {"overlay": "25"}, "settled": True}
    }
    app.run()
    assert "opacity:0.25" in "".join(str(each.proto.body) for each in app.get("html"))
    assert url_of(app)["overlay"] == "25"


def test_moments_and_strongest_patches() -> None:
    app = open_page(SLUG, view="moments")
    for name in ("Before training", "During training", "After training"):
        assert name in text_of(app)
    app = open_page(SLUG, view="moments", network="photo")
    assert "came trained" in text_of(app)
    app = open_page(SLUG, view="strongest", layer="2", map="5", row="1", column="1")
    assert "excite map 5 of" in text_of(app)
    assert "8 kernels of 2 × 2" in text_of(app)


@pytest.mark.parametrize(
    ("query", "sentence"),
    [
        ({"layer": "first"}, "a whole number from 1"),
        ({"network": "brain"}, "one of digits, photo"),
        ({"moment": "soon"}, "one of before, during, after"),
        ({"map": "-1"}, "a whole number from 0"),
        ({"picture": "dog"}, "one of"),
        ({"picture": "own"}, "not part of the address"),
    ],
)
def test_nonsense_in_the_url_gets_a_sentence(query: dict[str, str], sentence: str) -> None:
    app = open_page(SLUG, **query)
    assert sentence in text_of(app)


def test_a_layer_or_class_that_the_network_lacks_is_brought_inside() -> None:
    app = open_page(SLUG, layer="13", map="1300", row="60", column="60")
    assert "10 nodes" in text_of(app)
    app = open_page(SLUG, view="mattered", cam="9", **{"class": "150"})
    assert "Grad-CAM at Max-pooling" in text_of(app)


def test_the_field_is_predicted_and_a_slip_is_named() -> None:
    app = open_page(SLUG, layer="2")  # the next layer with maps is the pooling
    steps = digit_stages(WORKSHOP)[2].steps
    assert field_size(steps) == 4
    app.number_input(key=f"{SLUG}.field.answer").set_value(6.0)
    press(app, "Commit")
    assert "without taking 1 off each" in text_of(app)
    press(app, "Try again")
    app.number_input(key=f"{SLUG}.field.answer").set_value(4.0)
    press(app, "Commit")
    assert "Right." in text_of(app)
    assert any("1 + (2 − 1)·1" in code.value for code in app.code)


def test_the_map_of_a_larger_picture_is_predicted() -> None:
    app = open_page(SLUG, view="moments", layer="2")
    app.number_input(key=f"{SLUG}.map.answer").set_value(38.0)  # 40 → 39 → 38 → 19
    press(app, "Commit")
    assert "Not quite." in text_of(app)
    press(app, "Try again")
    app.number_input(key=f"{SLUG}.map.answer").set_value(19.0)
    press(app, "Commit")
    assert "Right." in text_of(app)


def test_the_same_claim_holds_after_training_and_not_before() -> None:
    found = {}
    for moment in ("before", "after"):
        app = open_page(SLUG, moment=moment)
        app.selectbox(key=EDGES).set_value("conv_1")
        app.selectbox(key=PARTS).set_value("dense_5")
        press(app, "Hold it against the evidence")
        found[moment] = text_of(app)
    assert "The evidence supports your claim" in found["after"]
    assert "The evidence does not support your claim" in found["before"]
    assert "clearly more explained by edges than" in found["after"]


def test_no_claim_is_asked_for() -> None:
    app = press(open_page(SLUG), "Hold it against the evidence")
    assert "Choose a layer for each first" in text_of(app)


def test_the_page_opens_at_once_while_the_engine_starts(monkeypatch: pytest.MonkeyPatch) -> None:
    starting = SimpleNamespace(state=EngineState("starting", "The training process is starting."))
    for module in (answers, lab):
        monkeypatch.setattr(module, "get_engine", lambda: starting)
    app = open_page(SLUG)
    assert "The training process is starting. The maps come as soon as" in text_of(app)
    assert "The program comes as soon as" in text_of(app)
    assert app.selectbox(key="layer").value == 1


def test_play_goes_on_by_itself_and_pauses() -> None:
    app = press(open_page(SLUG), "Play")
    assert next(button for button in app.button if button.label == "Play").disabled
    assert "8 maps of 26 × 26" in text_of(app)
    press(app, "Pause")
    assert url_of(app) == {"layer": "2"}


def test_a_picture_of_ones_own_goes_through_the_network() -> None:
    pixels = np.random.default_rng(1).integers(0, 256, (90, 120, 3)).astype(np.uint8)
    app = open_page(SLUG, network="photo", layer="9")
    before = sum_lines(app)
    app.session_state["picture_source.own"] = Picture("Noise", pixels)
    app.session_state["picture"] = "own"
    app.run()
    assert "256 maps of 4 × 4" in text_of(app)
    assert sum_lines(app) != before
    assert url_of(app)["picture"] == "own"
