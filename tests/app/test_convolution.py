"""The convolution through AppTest: golden sums, steps, URL, challenges, questions."""

import re

import numpy as np
import pytest

from components.concepts.kernel_challenges import make_riddle
from components.concepts.kernels import parse_kernel, write_kernel
from components.labs.convolution import challenge, settings
from components.labs.convolution.lab import SLIDERS
from tests.app.driving import fill, html, open_page, press, text_of, url_of

SLUG = "convolution"


def kernel_url(letter: str, text: str) -> dict[str, str]:
    """The query that sets the sliders of a kernel."""
    kernel = parse_kernel(text)
    return {f"{letter}{i + 1}{j + 1}": f"{w:g}" for (i, j), w in np.ndenumerate(kernel)}


@pytest.mark.parametrize(
    ("patch", "written"),
    [
        ("Four 200s", "200·1.5 + 200·1.5 + 200·(-1.5) + 200·(-1.5) = 0"),
        ("Four 0s", "0·1.5 + 0·1.5 + 0·(-1.5) + 0·(-1.5) = 0"),
        ("200s over 0s", "200·1.5 + 200·1.5 + 0·(-1.5) + 0·(-1.5) = 600"),
    ],
)
def test_golden_patches(patch: str, written: str) -> None:
    app = press(open_page(SLUG, p11="7"), patch)
    assert f"`{written}`" in text_of(app)
    assert f"gives **{written.split()[-1]}** for this patch" in text_of(app)


def test_a_dragged_slider_moves_the_sum_and_goes_into_the_url() -> None:
    app = open_page(SLUG)
    app.session_state[SLIDERS] = {"moved": {"number": 1, "values": {"p22": "100"}, "settled": True}}
    app.run()
    assert "gives **450** for this patch" in text_of(app)
    assert url_of(app) == {"p22": "100"}


def test_step_goes_from_window_to_window() -> None:
    app = open_page(SLUG, view="slide")
    assert "Output 27 × 27: 1 of 729" in text_of(app)
    press(app, "Step")
    assert "Output 27 × 27: 2 of 729" in text_of(app)
    assert url_of(app) == {"view": "slide", "window": "2"}
    press(app, "Play")
    assert next(button for button in app.button if button.label == "Play").disabled
    press(app, "Pause")
    press(app, "Reset")
    assert url_of(app) == {"view": "slide"}


@pytest.mark.parametrize(
    ("address", "formula", "rest"),
    [
        ({"kernel": "blur"}, "⌊(28 + 0 − 1·(3 − 1) − 1) ÷ 1⌋ + 1 = ⌊25⌋ + 1 = 26", "come out even"),
        (
            {"kernel": "outline", "stride": "2"},
            "⌊(28 + 0 − 1·(3 − 1) − 1) ÷ 2⌋ + 1 = ⌊12.5⌋ + 1 = 13",
            "the last row and column (shaded) get no window",
        ),
        (
            {"kernel": "blur", "side": "7", "stride": "4", "dilation": "3"},
            "⌊(28 + 0 − 3·(7 − 1) − 1) ÷ 4⌋ + 1 = ⌊2.25⌋ + 1 = 3",
            "the last row and column (shaded) get no window",
        ),
        (
            {"kernel": "blur", "padding": "same"},
            "⌊(28 + 2 − 1·(3 − 1) − 1) ÷ 1⌋ + 1 = ⌊27⌋ + 1 = 28",
            "come out even",
        ),
    ],
)
def test_the_size_by_its_formula(address: dict[str, str], formula: str, rest: str) -> None:
    app = open_page(SLUG, view="slide", **address)
    assert formula in text_of(app)
    assert rest in text_of(app)


def test_dropped_pixels_are_shaded() -> None:
    assert "repeating-linear-gradient(45deg,#" not in html(open_page(SLUG, view="slide"))
    app = open_page(SLUG, view="slide", kernel="blur", stride="2")
    assert "repeating-linear-gradient(45deg,#" in html(app)
    assert "55 unread" in text_of(app)


def test_a_window_is_gone_to_by_its_number() -> None:
    app = open_page(SLUG, view="slide")
    app.number_input(key="convolution.jump").set_value(300).run()
    assert "Output 27 × 27: 300 of 729" in text_of(app)
    assert url_of(app)["window"] == "300"
    assert app.number_input(key="convolution.jump").value is None


def test_a_window_beyond_the_last_becomes_the_last() -> None:
    app = open_page(SLUG, view="slide", kernel="blur", stride="4", window="700")
    assert "Output 7 × 7: 49 of 49" in text_of(app)
    assert press(app, "Step").session_state["window"] == 0
    assert "Output 7 × 7 " in text_of(app)


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ({"kernel": "vertical", "side": "1"}, "compares neighbours"),
        ({"kernel": "outline", "side": "1"}, "compares neighbours"),
    ],
)
def test_settings_that_do_not_go_together_get_a_sentence(
    address: dict[str, str], sentence: str
) -> None:
    app = open_page(SLUG, view="slide", **address)
    assert not app.exception
    assert any(sentence in error.value for error in app.error)
    assert any("comes back" in info.value for info in app.info)


def test_a_kernel_of_ones_own_is_typed_and_nonsense_is_refused() -> None:
    app = open_page(SLUG, view="slide")
    fill(app, settings.WEIGHTS.label, "1 0 -1; 2 0 -2; 1 0 -1")
    assert url_of(app)["weights"] == "1 0 -1; 2 0 -2; 1 0 -1"
    assert "Output 26 × 26" in text_of(app)
    fill(app, settings.WEIGHTS.label, "1 2; 3")
    assert any("The one before stays" in warning.value for warning in app.warning)
    assert url_of(app)["weights"] == "1 0 -1; 2 0 -2; 1 0 -1"


@pytest.mark.parametrize(
    ("address", "sentence"),
    [
        ({"view": "film"}, "one of patch, slide, picture, challenge"),
        ({"weights": "1 2; 3"}, "a square of 1 to 7 rows"),
        ({"stride": "0"}, "a whole number from 1 to 4"),
        ({"side": "2.5"}, "a whole number from 1 to 7"),
        ({"window": "-1"}, "a whole number from 0 to 784"),
        ({"p11": "256"}, "a number from 0 to 255"),
        ({"k11": "nan"}, "a number from -3 to 3"),
        ({"relu": "maybe"}, "on or off"),
        ({"task": "dance"}, "one of vertical"),
    ],
)
def test_nonsense_in_the_url_gets_a_sentence(address: dict[str, str], sentence: str) -> None:
    app = open_page(SLUG, **address)
    assert not app.exception
    assert any(sentence in warning.value for warning in app.warning)
    assert url_of(app) == {}


@pytest.mark.parametrize("channels", ["grey", "each", "sum"])
@pytest.mark.parametrize("more", [{}, {"relu": "on", "pool": "on"}, {"filters": "on"}])
def test_the_whole_picture(channels: str, more: dict[str, str]) -> None:
    app = open_page(SLUG, view="picture", channels=channels, **more)
    assert ("256 × 256" if more.get("pool") else "512 × 512") in html(app)
    many = "filters" in more and channels != "each"
    assert ("8 filters make 8 maps" in text_of(app)) == many
    depth = 27 if channels == "sum" else 9
    if many:
        assert f"= {depth} weights" in text_of(app)
    assert "data:image/jpeg" in html(app) or many


def test_relu_leaves_nothing_below_zero() -> None:
    assert re.search(
        r"Horizontal edges: 512 × 512, from -\d", text_of(open_page(SLUG, view="picture"))
    )
    app = open_page(SLUG, view="picture", relu="on")
    assert "Horizontal edges: 512 × 512, from 0 to" in text_of(app)


def test_a_preset_moves_the_sliders() -> None:
    app = open_page(SLUG, view="picture")
    app.selectbox(key=settings.PRESET).select("sharpen").run()
    assert "Sharpen: 512 × 512" in text_of(app)
    assert url_of(app)["w22"] == "5"
    app.selectbox(key=settings.PRESET).select("emboss").run()
    assert "Emboss: 512 × 512" in text_of(app)


def test_views_keep_their_settings_while_another_is_looked_at() -> None:
    app = open_page(SLUG, view="slide", stride="3", kernel="blur")
    for view in ("patch", "picture", "challenge", "slide"):
        app.session_state["view"] = view
        app.run()
        assert not app.exception
    assert url_of(app) == {"view": "slide", "stride": "3", "kernel": "blur"}
    assert app.number_input(key="stride").value == 3


@pytest.mark.parametrize(
    "text", ["1 0 -1; 2 0 -2; 1 0 -1", "-1 1 0; -1 1 0; -1 1 0", "0 0 0; 5 0 -5; 0 0 0"]
)
def test_any_form_of_a_detector_solves_the_challenge(text: str) -> None:
    app = open_page(SLUG, view="challenge", **kernel_url("a", text))
    assert any("Solved" in success.value for success in app.success)


def test_what_is_no_detector_hears_what_is_missing() -> None:
    app = open_page(SLUG, view="challenge")
    assert not app.success
    assert "On a horizontal edge it gives 200; it has to stay near 0." in text_of(app)


def test_a_riddle_is_solved_by_the_hidden_kernel_and_by_another_on_stripes() -> None:
    app = open_page(SLUG, view="challenge", task="riddle", on="stripes", riddle="3")
    assert not app.success
    assert "Furthest off at" in text_of(app)
    stripes = np.zeros((9, 9))
    stripes[:, 2:4] = stripes[:, 7] = 100
    hidden = make_riddle(3, stripes).kernel
    upper = np.zeros((3, 3))
    upper[0] = hidden.sum(axis=0)  # on stripes only what a column adds up to counts
    for kernel in (hidden, upper):
        address = kernel_url("a", write_kernel(kernel))
        app = open_page(SLUG, view="challenge", task="riddle", on="stripes", riddle="3", **address)
        assert any("number for number" in success.value for success in app.success)
    assert len(stripes) == challenge.DOT_SIDE


@pytest.mark.parametrize(
    ("address", "answer", "said"),
    [
        ({}, 600.0, "kept the patch as it was"),
        ({}, 400.0, "left the weights out"),
        ({"k22": "-1"}, 100.0, "lost the minus sign of the weight in row 2, column 1"),
        ({"p11": "100", "k12": "2"}, -300.0, "forgot the product 100·-1.5"),
    ],
)
def test_a_slip_in_the_sum_is_named(address: dict[str, str], answer: float, said: str) -> None:
    app = open_page(SLUG, **address)
    app.number_input(key=f"{SLUG}.sum.answer").set_value(answer)
    press(app, "Commit")
    assert not any("Right" in success.value for success in app.success)
    assert any(said in warning.value for warning in app.warning), app.warning[0].value
    assert SLUG in app.session_state["lesson.done"]


def test_the_right_sum_is_right() -> None:
    app = open_page(SLUG)
    app.number_input(key=f"{SLUG}.sum.answer").set_value(-600.0)
    press(app, "Commit")
    assert any("Right" in success.value for success in app.success)
    assert any("= -600" in code.value for code in app.code)


@pytest.mark.parametrize(
    ("address", "answer", "said"),
    [
        ({"kernel": "blur"}, 13.0, ""),
        ({"kernel": "blur"}, 14.0, "rounded up"),
        ({"kernel": "blur"}, 13.5, "forgot the floor"),
        ({"kernel": "blur"}, 12.0, "forgot the + 1"),
        ({"kernel": "blur", "dilation": "3"}, 13.0, "left out the dilation"),
        ({"kernel": "blur", "padding": "same"}, 13.0, "left out the padding"),
    ],
)
def test_the_question_of_the_size(address: dict[str, str], answer: float, said: str) -> None:
    app = open_page(SLUG, view="slide", **address)
    app.number_input(key=f"{SLUG}.size.answer").set_value(answer)
    press(app, "Commit")
    if not said:
        assert any("Right" in success.value for success in app.success)
    else:
        assert any(said in warning.value for warning in app.warning), app.warning[0].value


def test_the_program_ends_with_a_number_that_the_page_tells() -> None:
    app = open_page(SLUG, view="challenge", a21="-1")
    assert "On a vertical edge it gives 200" in text_of(app)
    assert app.code[0].value.rstrip().endswith("print(float(output[0, 5]))")
    app = open_page(SLUG, view="slide", window="0")
    assert "its numbers add up to" in text_of(app)
    assert "float(output.sum())" in app.code[0].value
    assert re.search(r"mean -?\d", text_of(open_page(SLUG, view="picture")))
