"""The first Keras model's page through AppTest: its states, its addresses, an own table."""

import pytest

from components.labs.first_model import settings
from components.tables.door import open_table
from tests.app.driving import open_page, press, text_of
from tests.table_files import hostile

SLUG = "first_keras_model"


def test_the_default_is_the_workshops_network() -> None:
    app = open_page(SLUG)
    assert not app.exception
    text = text_of(app)
    assert "1,000 + 10,100 + 101 = 11,201" in text
    assert "(9·100 + 100) + (100·100 + 100) + (100·1 + 1)" in text
    assert "534 rows (generated)" in text and "nobody's data" in text
    panels = [code.value for code in app.code]
    assert panels[0].count("layers.Dense") == 3 and "keras.Input((9,))" in panels[0]
    assert 'loss="mean_squared_error"' in panels[1]
    assert "validation_split=0.3" in panels[2] and "patience=2" in panels[2]
    assert "def draw_wage_table(" in panels[-1]
    assert not app.query_params


def test_classification_sets_the_workshops_recipe() -> None:
    app = open_page(SLUG)
    app.button_group(key="task").set_value("classification").run()
    assert not app.exception
    panels = [code.value for code in app.code]
    assert panels[0].count("layers.Dense(100") == 3 and 'layers.Dense(2, "softmax")' in panels[0]
    assert 'loss="categorical_crossentropy"' in panels[1] and "accuracy" in panels[1]
    assert "classification" in app.query_params["task"]
    assert "np.eye(2)" in panels[-1]


@pytest.mark.parametrize(
    ("url", "words"),
    [
        ({"layers": "9"}, "a whole number from 0 to 5"),
        ({"target": "salary"}, "one of wage_per_hour"),
        ({"inputs": "age.shoe"}, "some of wage_per_hour"),
        ({"rate": "nan"}, "a number from 0"),
        ({"task": "sorting"}, "one of regression"),
        ({"x_age": "400"}, "a number from"),
    ],
)
def test_nonsense_in_the_address_gets_a_sentence(url: dict[str, str], words: str) -> None:
    app = open_page(SLUG, **url)
    assert not app.exception
    assert any(words in warning.value for warning in app.warning), [w.value for w in app.warning]


def test_a_choice_that_makes_no_sense_is_said_and_not_trained() -> None:
    for url, words in (
        ({"target": "age"}, "Take it off the inputs"),
        ({"inputs": ""}, "at least one column"),
    ):
        app = open_page(SLUG, **url)
        assert not app.exception
        assert any(words in error.value for error in app.error), [e.value for e in app.error]
        assert next(button for button in app.button if button.label == "Train").disabled


def test_another_target_is_taken_off_the_inputs() -> None:
    app = open_page(SLUG)
    app.selectbox(key="target").set_value("age").run()
    assert not app.exception and not app.error
    assert "age" not in app.multiselect(key="inputs").value
    assert "wage_per_hour" in app.multiselect(key="inputs").value


def test_the_mistakes_are_in_the_code_and_can_be_put_right() -> None:
    app = open_page(SLUG, wrong_shape="on", softmax_of_one="on", scale="off")
    assert "keras.Input((10,))" in app.code[0].value
    assert 'layers.Dense(1, "softmax")' in app.code[0].value
    press(app, "Put it right")
    assert "keras.Input((9,))" in app.code[0].value and "softmax" not in app.code[0].value
    assert not app.query_params


def test_reset_returns_to_the_start() -> None:
    app = open_page(SLUG, layers="1", nodes="7", optimiser="sgd", shuffle="on", seed="4")
    assert "layers.Dense(7" in app.code[0].value
    press(app, "Reset")
    assert not app.exception and not app.query_params
    assert "11,201" in text_of(app)


def test_an_own_table_can_say_nothing_but_its_words() -> None:
    app = open_page(SLUG)
    table = open_table(hostile(), "<i>own</i>.csv")
    app.session_state["first.own"] = table
    app.session_state["first.own_count"] = 1
    app.session_state["first.target"] = table.names[-1]
    app.session_state["first.inputs"] = list(table.names[:-1])
    app.session_state[settings.TABLE_CHOICE.name] = settings.OWN
    app.run()
    assert not app.exception and not app.error
    assert "60 rows (yours)" in text_of(app)
    for text in text_of(app).splitlines():
        for word in ("<script", "[click]", ":red[", "javascript:", "onerror"):
            if word in text:  # only within a code span, where nothing is read as markup
                before = text[: text.index(word)]
                assert before.count("`") % 2 == 1, text
    assert all(name not in str(app.query_params) for name in table.names)
    assert 'np.loadtxt("table.csv"' in app.code[-1].value


def test_a_slip_in_counting_is_named() -> None:
    app = open_page(SLUG)
    app.number_input(key=f"{SLUG}.prediction.answer").set_value(11_201.0)
    press(app, "Commit")
    assert any("left the network as it is" in warning.value for warning in app.warning)
    assert SLUG in app.session_state["lesson.done"]
