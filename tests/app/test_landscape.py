"""The page "Where deep learning shines" through AppTest."""

import pytest
from streamlit.testing.v1 import AppTest

from components.concepts.data_appetite import MATERIALS, measured
from components.keras_code.libraries import LIBRARIES
from components.labs.landscape.questions import TIE
from tests.app.driving import open_page

SLUG = "landscape"


def advice(app: AppTest) -> str:
    return app.success[0].value


def test_the_page_shows_chart_helper_stacks_libraries() -> None:
    app = open_page(SLUG)
    assert not app.exception
    assert not app.query_params
    assert "pretrained network with a new last layer" in advice(app)
    page = "".join(str(element.proto) for element in app.get("html"))
    assert "As the workshop drew it" in page
    assert "Convolutional network: " in page
    table = next(each.value for each in app.markdown if "| **Theano** | ended |" in each.value)
    assert table.count("https://") == 12
    assert [code.value for code in app.code[:4]] == [each.program.rstrip() for each in LIBRARIES]
    assert sum("Run with" in caption.value for caption in app.caption) == 4


def test_the_helper_changes_its_mind_with_the_data() -> None:
    app = open_page(SLUG)
    app.selectbox(key="kind").set_value("table").run()
    assert "Boosted trees" in advice(app)
    app.selectbox(key="size").set_value("2").run()
    assert "A linear model" in advice(app)
    app.selectbox(key="labels").set_value("none").run()
    assert "Label some examples first" in advice(app)
    assert not app.exception


def test_the_address_sets_the_lab_and_reset_empties_it() -> None:
    app = open_page(
        SLUG, data="wages", model="dense", examples="77", seed="3", kind="sound", size="7",
        compute="cluster", explain="no",
    )  # fmt: skip
    assert not app.warning
    assert "deep network of your own" in advice(app)
    assert "A dense network learns from 77 workers" in app.code[-1].value
    next(button for button in app.button if button.label == "Reset").click().run()
    assert not app.exception
    assert not app.query_params
    assert "A linear model learns from 300 digits" in app.code[-1].value


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ({"data": "faces"}, "one of digits, wages"),
        ({"examples": "many"}, "a whole number from 20 to 4,000"),
        ({"size": "9"}, "one of 1, 2, 3"),
        ({"compute": "phone"}, "one of laptop, gpu, cluster"),
    ],
)
def test_nonsense_in_the_address_gets_a_sentence(url: dict[str, str], words: str) -> None:
    app = open_page(SLUG, **url)
    assert not app.exception
    assert any(words in warning.value for warning in app.warning)


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ({"data": "wages", "model": "conv"}, "can't be trained here on workers"),
        ({"examples": "30"}, "Choose 50 to 4,000 digits"),
    ],
)
def test_what_can_not_be_measured_is_said_before_training(url: dict[str, str], words: str) -> None:
    app = open_page(SLUG, **url)
    assert not app.exception
    assert any(words in text.value for text in app.markdown)
    assert next(button for button in app.button if button.label == "Train").disabled
    assert any("The program comes back" in info.value for info in app.info)


def test_other_data_bring_a_model_that_goes_with_them() -> None:
    app = open_page(SLUG, model="conv", examples="4000")
    app.button_group(key="data").set_value("wages").run()
    assert not app.exception
    assert app.session_state["model"] == "dense"
    assert not next(button for button in app.button if button.label == "Train").disabled


@pytest.mark.parametrize(("shown", "other"), [("digits", "wages"), ("wages", "digits")])
def test_the_question_is_about_the_data_that_are_not_shown(shown: str, other: str) -> None:
    app = open_page(SLUG, data=shown)
    found = measured()[other]
    n = found.material.sizes[1]
    words = f"{n:,} {MATERIALS[other].unit}"
    assert any(words in text.value and "Which is right" in text.value for text in app.markdown)
    app.radio(key=f"{SLUG}.winner.answer").set_value(TIE)
    next(button for button in app.button if button.label == "Commit").click().run()
    assert not app.exception
    said = [*app.warning, *app.success[1:]]
    assert any(f"Measured with {words}" in each.value for each in said)
    assert SLUG in app.session_state["lesson.done"]


def test_every_table_has_a_cell_for_each_heading() -> None:
    app = open_page(SLUG)
    tables = [text.value for text in app.markdown if text.value.startswith("| ")]
    assert tables
    for table in tables:
        cells = {line.count(" | ") for line in table.splitlines() if not line.startswith("|---")}
        assert len(cells) == 1, table
