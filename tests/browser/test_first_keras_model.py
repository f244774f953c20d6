"""The first Keras model, as a learner makes it."""

import re

from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import (
    PHONE,
    Visit,
    address,
    assert_fits_the_screen,
    assert_in_first_screen,
    assert_no_error,
    button,
    settle,
)
from tests.table_files import hostile, lines, text

QUICK = "epochs=3&batch=128"


SLUG = "first_keras_model"


def train(page: Page) -> None:
    """Press Train and wait for what came of it."""
    button(page, "Train").click()
    expect(page.get_by_text(re.compile("are kept|Keras says|refused")).first).to_be_visible()
    expect(button(page, "Train")).to_be_enabled()


def bring(page: Page, name: str, data: bytes) -> None:
    """Bring a file through the panel of the table."""
    page.get_by_test_id("stMain").get_by_role("button", name="Table").click()
    page.get_by_role("radio", name="Your own CSV").click()
    field = page.locator('input[type="file"]')
    field.set_input_files({"name": name, "mimeType": "text/csv", "buffer": data})


def test_define_compile_fit_predict(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?{QUICK}")
    for title in ("1 · Define", "2 · Compile", "3 · Fit", "4 · Predict"):
        assert_in_first_screen(page, page.get_by_text(title))
    for part in (button(page, "Train"), page.locator(".st-key-first-fit-figure")):
        assert_in_first_screen(page, part)
    assert_in_first_screen(page, page.get_by_text("= 11,201"))
    train(page)
    expect(page.get_by_text(re.compile("least squares.* on the rows held back"))).to_be_visible()
    answer = page.locator(".st-key-first-answer")
    expect(answer).to_contain_text("by the network:")
    before = answer.inner_text()
    slider = page.get_by_role("slider", name="education_yrs", exact=True)
    slider.press("ArrowRight")
    slider.press("ArrowRight")
    expect(answer).not_to_have_text(before, use_inner_text=True)
    assert "x_education_yrs=15" in address(page)
    expect(page.get_by_text("They agree to six digits")).to_be_visible()
    assert_no_error(page)


def test_a_mistake_is_made_explained_and_put_right(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?{QUICK}")
    page.get_by_test_id("stMain").get_by_role("button", name="Mistakes").click()
    page.get_by_role("button", name="Wrong input shape").click()
    expect(page.get_by_text("waits for rows of 10 numbers", exact=False)).to_be_visible()
    expect(page.get_by_text("Keras says:", exact=False)).to_contain_text("to have value 10")
    expect(button(page, "Train")).to_be_enabled()
    assert "wrong_shape=on" in address(page)
    assert_no_error(page)


def test_an_own_table_is_read_or_refused_and_injects_nothing(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?{QUICK}")
    asked: list[str] = []

    def note(dialog: Dialog) -> None:
        asked.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    bring(page, "bad.csv", text(lines(5)))
    expect(page.get_by_text("has 5 rows", exact=False)).to_be_visible()
    expect(page.get_by_text("534 rows (generated)")).to_be_visible()  # what was there stays
    page.locator('input[type="file"]').set_input_files(
        {"name": "good.csv", "mimeType": "text/csv", "buffer": hostile()}
    )
    expect(page.get_by_text("60 rows and 3 columns are on the page", exact=False)).to_be_visible()
    page.keyboard.press("Escape")
    settle(page)
    train(page)
    expect(page.locator(".st-key-first-answer")).to_contain_text("by the network:")
    main = page.get_by_test_id("stMain")
    assert main.locator("a", has_text="click").count() == 0
    assert main.locator("img[src=x], script").count() == 0
    assert not asked
    assert "script" not in address(page)
    assert_no_error(page)


def test_on_a_phone_the_chart_and_train_come_first(visit: Visit, lesson: str) -> None:
    page = visit(lesson, PHONE, touch=True)
    assert_fits_the_screen(page)
    assert_in_first_screen(page, button(page, "Train"))
    assert_in_first_screen(page, page.locator(".st-key-first-fit-figure"))
    assert_no_error(page)
