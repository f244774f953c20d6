"""Back-propagation, as a learner does it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import (
    PHONE,
    Visit,
    address,
    assert_fits_the_screen,
    assert_in_first_screen,
    assert_in_order,
    assert_no_error,
    button,
    place_of,
    settle,
)

SLUG = "back_propagation"


def type_number(page: Page, label: str, text: str) -> None:
    """Type into a slider's number field."""
    field = page.get_by_label(f"{label}, as a number", exact=True)
    field.fill(text)
    field.press("Enter")


def outcome(page: Page) -> Locator:
    """The line with prediction and loss, before and after the step."""
    return page.locator(".st-key-lab").get_by_text("After one step:")


def test_the_golden_numbers_are_reached_by_typing(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?education=12&actual=20&view=ledger")
    type_number(page, "education (years), The worker", "13")
    type_number(page, "actual wage, The worker", "30")
    expect(outcome(page)).to_have_text(
        "Prediction 38, loss 64. After one step: 33.9493, loss 15.597."
    )
    table = page.locator(".ledger").first
    for product in ("1 × 16 = 16", "3 × 16 = 48", "13 × 32 = 416", "13 × 192 = 2496"):
        expect(table).to_contain_text(product)
    expect(table).to_contain_text("8 of 8 agree")
    type_number(page, "learning rate, The step", "0.0001")
    expect(outcome(page)).to_contain_text("After one step: 0.9049, loss 846.526.")
    type_number(page, "learning rate, The step", "0.001")
    expect(outcome(page)).to_contain_text("After one step: 0, loss 900.")
    button(page, "Take this step").click()
    expect(outcome(page)).to_contain_text("Prediction 0, loss 900. After one step: 0, loss 900.")
    expect(page.get_by_text("No learning rate changes that").first).to_be_visible()
    button(page, "Reset").click()
    expect(outcome(page)).to_contain_text("Prediction 38, loss 64")
    expect(page).to_have_url(lesson)
    assert_no_error(page)


def test_a_drag_changes_the_numbers_while_it_lasts(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    box = place_of(page.get_by_label("education (years), The worker", exact=True))
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.65, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 2, middle, steps=5)
    expect(outcome(page)).to_contain_text("Prediction 2, loss 784")  # the button is still down
    page.mouse.up()
    expect(page).to_have_url(re.compile("education=0"))


def test_the_address_restores_everything_in_a_fresh_browser(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    for stage in range(1, 7):  # two clicks before the answer would be one
        button(page, "Step").click()
        expect(page).to_have_url(re.compile(rf"stage={stage}\b"))
    page.get_by_role("button", name=re.compile("education to hidden node 1")).first.click()
    settle(page)
    expect(page.get_by_text("for the weight education to hidden node 1 then?")).to_be_visible()
    type_number(page, "education → hidden 1, The chosen weight", "1.5")
    expect(outcome(page)).to_contain_text("Prediction 77")
    expect(page).to_have_url(re.compile("h1_education=1.5"))
    other = visit(address(page))
    expect(outcome(other)).to_contain_text("Prediction 77")
    expect(other.locator(".stages li[aria-current]")).to_have_text("3 Backward")
    expect(
        other.get_by_label("education → hidden 1, The chosen weight, as a number")
    ).to_have_value("1.5")
    sums = "hidden node 2: slope 94·12 = 1128, times ReLU's 1 = 1128"
    expect(other.locator(".sum").first).to_contain_text(sums)


def test_the_sequence_plays_to_its_end(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    button(page, "Play").click()
    current = page.locator(".stages li[aria-current]")
    expect(current).to_have_text("3 Backward")
    button(page, "Pause").click()
    expect(button(page, "Play")).to_be_enabled()
    button(page, "Play").click()
    expect(current).to_have_text("4 Update")
    expect(page.locator(".sum").first).to_contain_text("38 → 33.9493, loss 64 → 15.597")
    expect(button(page, "Pause")).to_be_disabled()


@pytest.mark.parametrize("query", ["", "?view=ledger&edge=h2_bias", "?panel=weights&stage=6"])
def test_the_lab_fits_on_a_projector(visit: Visit, lesson: str, query: str) -> None:
    page = visit(f"{lesson}{query}")
    expect(outcome(page)).to_be_visible()
    assert_in_first_screen(page, page.locator(".st-key-lab"))
    assert_no_error(page)


def test_on_a_phone_the_picture_comes_first(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?edge=h2_education", PHONE, touch=True)
    expect(page.locator(".picture.narrow").first).to_be_visible()
    assert_in_order(page.locator(".picture.narrow"), button(page, "Step"))
    assert_fits_the_screen(page)
    page.get_by_role("radio", name="Ledger").click()
    expect(page.locator(".ledger").first).to_be_visible()
    assert_fits_the_screen(page)


def test_a_question_is_answered_by_keyboard(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    field = page.get_by_label("Slope", exact=True)
    field.fill("468")
    field.press("Enter")
    expect(page.get_by_text("did not double the error")).to_be_visible()
    expect(page.get_by_text("13 × 72 = 936")).to_be_visible()
