"""The page "The problem with linear models" in its states."""

import pytest

from components.concepts.wage_lines import three_fits, typical_error, workers
from tests.app.driving import open_page, press, text_of

PAGE = "linear_models"


def test_the_best_linear_fit_sets_the_blanks() -> None:
    app = open_page(PAGE)
    assert not app.exception
    press(app, "Fit by least squares")
    error = typical_error(three_fits().linear.predict, workers())
    assert f"Typical error: **{error:.2f}**" in text_of(app)
    assert "The lines are **parallel**" in text_of(app)
    assert "**+1.36** a year in technology, **-1.14** a year in construction" in text_of(app)
    assert app.query_params["bias"] == "-4.665" and app.query_params["education"] == "1.541"
    press(app, "Reset")
    assert dict(app.query_params) == {}
    assert "wage = 10 + 1·education + 0·experience" in text_of(app)


def test_the_product_opens_the_lines() -> None:
    app = open_page(PAGE, product="on")
    press(app, "Fit by least squares")
    error = typical_error(three_fits().with_product.predict, workers())
    assert f"Typical error: **{error:.2f}**" in text_of(app)
    assert "**2.906** in technology, **0.396** in construction" in text_of(app)
    assert "The lines are **not parallel**" in text_of(app)
    assert "it looks like chance" in text_of(app)
    assert "education * industry" in app.code[0].value


def test_without_the_product_its_blank_does_not_count() -> None:
    app = open_page(PAGE, interaction="3")
    assert "**1** in technology, **1** in construction" in text_of(app)
    app = open_page(PAGE, interaction="3", product="on")
    assert "**4** in technology, **1** in construction" in text_of(app)


def test_three_errors_stand_side_by_side() -> None:
    fits = three_fits()
    shown = {metric.label: metric.value for metric in open_page(PAGE).metric}
    for title, fit in (
        ("Linear", fits.linear),
        ("With the product", fits.with_product),
        ("A small network, 8 hidden nodes", fits.network),
    ):
        assert shown[title] == f"{typical_error(fit.predict, workers()):.2f} dollars an hour"


def test_products_are_counted() -> None:
    app = open_page(PAGE, inputs="100")
    assert "**4,950 pairs**" in text_of(app) and "**161,700 triples**" in text_of(app)
    assert "**6 pairs**" in text_of(open_page(PAGE))


def test_a_linear_model_has_no_interaction() -> None:
    app = open_page(PAGE, education="1.5", industry="10")
    for answer, sentence in (
        (10.0, "gave the weight of industry"),
        (1.5, "gave what a year of education is worth"),
        (11.5, "added the weights"),
        (123.0, "not come from one of the usual slips"),
    ):
        app.number_input(key=f"{PAGE}.interaction.answer").set_value(answer)
        press(app, "Commit")
        assert any(sentence in warning.value for warning in app.warning), sentence
        press(app, "Try again")
    app.number_input(key=f"{PAGE}.interaction.answer").set_value(0.0)
    press(app, "Commit")
    assert any("It is 0." in success.value for success in app.success)
    assert "whatever the blanks say" in text_of(app)
    assert PAGE in app.session_state["lesson.done"]


@pytest.mark.parametrize(
    ("url", "sentence"),
    [
        ({"bias": "many"}, "bias"),
        ({"education": "99"}, "education"),
        ({"product": "perhaps"}, "on or off"),
        ({"show": "all"}, "one of wage, error"),
        ({"inputs": "-3"}, "inputs"),
    ],
)
def test_nonsense_in_the_url_gets_a_sentence(url: dict[str, str], sentence: str) -> None:
    app = open_page(PAGE, **url)
    assert not app.exception
    assert any(sentence in warning.value for warning in app.warning)
