"""How images are represented, through AppTest: counts, grey, matrices, edits, URL, questions."""

import json
import re
from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from components.concepts.picture_numbers import MOST_EDITS, parse_edits
from components.concepts.plain_words import as_markdown
from components.labs.images_as_numbers import below, lab, settings
from components.labs.images_as_numbers.view import View
from tests.app.driving import fill, open_page, text_of, url_of

SLUG = "images_as_numbers"


def grid(app: AppTest) -> dict[str, Any]:
    """What the browser gets to draw the picture and its numbers."""
    sent = [each.proto.json for each in app.get("bidi_component") if "matrices" in each.proto.json]
    found: dict[str, Any] = json.loads(sent[0])
    return found


def view(app: AppTest) -> View:
    """What the lab shows."""
    shown: View = app.session_state[f"{SLUG}.view"]
    return shown


def type_numbers(app: AppTest, *numbers: int) -> None:
    """Type the numbers of the chosen pixel."""
    for field, value in zip(settings.CHANNEL_FIELDS, numbers, strict=True):
        fill(app, field.label, value)


def test_a_colour_picture_is_three_matrices() -> None:
    app = open_page(SLUG)
    shown = grid(app)
    assert [each["name"] for each in shown["matrices"]] == ["Red", "Green", "Blue"]
    colours = np.array([each["numbers"] for each in shown["matrices"]]).T
    assert colours.tolist() == shown["pixels"] and len(shown["pixels"]) == 64
    assert "64 × 64 × 3 = 12,288 numbers" in text_of(app)
    red, green, blue = view(app).pixel
    assert f"0.299·{red} + 0.587·{green} + 0.114·{blue} = " in text_of(app)
    row, column = shown["chosen"]
    assert shown["pixels"][8 * row + column] == [red, green, blue]


@pytest.mark.parametrize("show", ["red", "green", "blue", "grey"])
def test_one_matrix(show: str) -> None:
    app = open_page(SLUG, matrices=show, row="5", column="1")
    (matrix,) = grid(app)["matrices"]
    assert matrix["name"] == show.capitalize()
    if show == "grey":
        assert f"as a whole number **{matrix['numbers'][5 * 8 + 1]}**" in text_of(app)
    else:
        place = settings.CHANNELS.index(show)
        assert matrix["numbers"] == [pixel[place] for pixel in grid(app)["pixels"]]


def test_a_digit_is_one_matrix_of_28_by_28() -> None:
    app = open_page(SLUG, picture="7", patch="28")
    (matrix,) = grid(app)["matrices"]
    assert len(matrix["numbers"]) == 784 and max(matrix["numbers"]) > 250
    assert "28 × 28 = 784 numbers" in text_of(app)
    assert "print(float(picture[2, 2, 0]))" in app.code[0].value
    fill(app, settings.GREY_FIELD.label, 200)
    assert url_of(app)["edits"] == "2-2-200-200-200"
    assert grid(app)["matrices"][0]["numbers"][2 * 28 + 2] == 200


def test_edit_a_pixel_and_reset() -> None:
    app = open_page(SLUG)
    before = grid(app)
    type_numbers(app, 255, 0, 10)
    place = "-".join(str(each) for each in view(app).chosen)
    assert url_of(app) == {"edits": f"{place}-255-0-10"}
    assert "0.299·255 + 0.587·0 + 0.114·10 = 77.385" in text_of(app)
    assert grid(app)["overview"] != before["overview"]
    changed = [one != two for one, two in zip(grid(app)["pixels"], before["pixels"], strict=True)]
    assert sum(changed) == 1
    next(button for button in app.button if button.label == "Reset").click()
    app.run()
    assert grid(app) == before and url_of(app) == {}


def test_an_edit_is_gone_with_its_picture() -> None:
    app = open_page(SLUG)
    type_numbers(app, 255, 0, 10)
    app.selectbox(key=settings.PICTURE.name).set_value("cup").run()
    assert url_of(app) == {"picture": "cup"} and view(app).edits == ()


def test_too_many_edits_are_refused_with_a_sentence() -> None:
    many = "_".join(f"0-{place}-1-2-3" for place in range(MOST_EDITS))
    app = open_page(SLUG, edits=many)
    type_numbers(app, 255, 0, 10)
    assert "the most the page keeps" in text_of(app)
    assert len(parse_edits(url_of(app)["edits"])) == MOST_EDITS


def test_the_address_is_restored_and_the_patch_stays_inside() -> None:
    address = {
        "picture": "cup", "detail": "32", "patch": "4", "matrices": "blue", "row": "3",
        "column": "0", "down": "100", "across": "0", "edits": "31-0-1-2-3",
    }  # fmt: skip
    app = open_page(SLUG, **address)
    assert url_of(app) == address
    assert grid(app)["patch"] == [28, 0, 4, 4] and view(app).pixel == (1, 2, 3)
    app = open_page(SLUG, patch="28", row="20")
    assert grid(app)["patch"][2:] == [10, 10] and grid(app)["chosen"] == [9, 2]


@pytest.mark.parametrize("name", ["picture", "detail", "patch", "matrices", "row", "down", "edits"])
def test_nonsense_in_the_address_gives_a_sentence(name: str) -> None:
    app = open_page(SLUG, **{name: "∞-9"})
    assert f"The address asks for {name} = “{as_markdown('∞-9')}”" in text_of(app)
    assert "12,288 numbers" in text_of(app)


def test_an_edit_outside_is_said() -> None:
    assert "1 of the edited pixels" in text_of(open_page(SLUG, edits="64-0-1-1-1"))


@pytest.mark.parametrize(
    ("name", "answer", "sentence"),
    [
        ("count", 128 * 128 * 3, "It is 128 × 128 × 3 = 49,152."),
        ("count", 2 * 64 * 64 * 3, "four times as many"),
        ("count", 128 * 128, "forgot the channels"),
        ("count", 12345, "Multiply all sides"),
        ("grey", "right", "It is "),
        ("grey", "mean", "plain mean"),
        ("grey", "same", "kept the pixel as it is"),
    ],
)
def test_predict_then_reveal(name: str, answer: float | str, sentence: str) -> None:
    app = open_page(SLUG)
    pixel = np.array(view(app).pixel)
    weights = [0.299, 0.587, 0.114]
    known = {
        "right": 255 - pixel @ weights,
        "mean": 255 - pixel.mean(),
        "same": pixel @ weights,
    }
    value = known[answer] if isinstance(answer, str) else answer
    app.number_input(key=f"{SLUG}.{name}.answer").set_value(float(value))
    app.button(key=f"{SLUG}.{name}.commit").click().run()
    assert sentence in " ".join(each.value for each in [*app.success, *app.warning])
    assert bool(app.success) == (answer in ("right", 128 * 128 * 3))


def test_the_program_and_its_picture() -> None:
    app = open_page(SLUG, matrices="green", edits="22-19-1-2-3")
    row, column = view(app).chosen
    script = app.code[0].value
    assert f"pixel = picture[{row}, {column}]" in script
    assert re.search(r"print\(picture\[\d+:\d+, \d+:\d+, 1\]\)", script)
    assert below.as_png(view(app)).startswith(b"\x89PNG")


def test_where_a_click_in_the_whole_picture_leads() -> None:
    assert lab.percent_of_way(0.5, 64, 8) == 50
    assert lab.percent_of_way(0.0, 64, 8) == 0
    assert lab.percent_of_way(1.0, 64, 8) == 100
    assert lab.percent_of_way(0.25, 64, 8) == pytest.approx(100 * 12 / 56, abs=0.05)
    assert 0 <= lab.percent_of_way(0.3, 28, 28) <= 100
