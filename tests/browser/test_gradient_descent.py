"""Gradient descent, as a learner does it."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import (
    PHONE,
    Visit,
    address,
    assert_fits_the_screen,
    assert_in_first_screen,
    assert_no_error,
    button,
    place_of,
    settle,
)

SLUG = "gradient_descent"


def type_value(page: Page, label: str, text: str) -> None:
    """Type a number into the field of a live slider, and leave it."""
    field = page.get_by_label(f"{label}, as a number")
    field.fill(text)
    field.press("Enter")


def readout(page: Page, words: str) -> Locator:
    """A line of the lab that contains these words."""
    return page.locator(".st-key-lab").get_by_text(re.compile(words))


@pytest.mark.parametrize("view", ["one", "two", "race"])
def test_each_view_is_in_view_at_once(visit: Visit, lesson: str, view: str) -> None:
    page = visit(f"{lesson}?view={view}&steps=30")
    for name in ("Step", "Play", "Pause", "Reset"):
        assert_in_first_screen(page, button(page, name))
    assert_in_first_screen(page, readout(page, "^Step 30: "))
    if view != "two":
        expect(page.locator("svg.marks")).to_be_visible()
        assert_in_first_screen(page, page.locator("svg.marks"))
    if view != "one":
        assert_in_first_screen(page, page.locator(".place-picker svg"))
    assert_no_error(page)


def test_step_play_pause_and_reset(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    button(page, "Step").click()
    expect(readout(page, "w: -3 - 0.1·\\(-10\\) = -2")).to_be_visible()
    expect(page).to_have_url(re.compile("steps=1"))
    type_value(page, "Learning rate", "0.02")
    expect(readout(page, "w: -3 - 0.02·\\(-10\\) = -2.8")).to_be_visible()
    button(page, "Play").click()
    expect(readout(page, "Step ([3-9]|\\d\\d):")).to_be_visible()
    button(page, "Pause").click()
    expect(button(page, "Pause")).to_be_disabled()
    button(page, "Reset").click()
    expect(readout(page, "Step 0: w = -3, loss 26, slope -10")).to_be_visible()
    expect(page).to_have_url(lesson)


def test_play_goes_on_until_the_walk_arrives(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?rate=0.4")
    button(page, "Play").click()
    expect(readout(page, "Right. Arrived: after")).to_be_visible()
    expect(button(page, "Play")).to_be_enabled()
    expect(page).to_have_url(re.compile(r"steps=\d"))


def test_a_learning_rate_that_diverges_is_named(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?steps=60")
    for rate, words in (("0.005", "Too small"), ("0.3", "Right"), ("1.1", "Too large. Diverged")):
        type_value(page, "Learning rate", rate)
        expect(readout(page, words)).to_be_visible()
    type_value(page, "Learning rate", "10")
    expect(readout(page, "Diverged")).to_be_visible()
    words = page.locator("body").inner_text()
    assert "NaN" not in words and "nan" not in words.split() and "Infinity" not in words
    assert_no_error(page)


def test_a_click_on_the_map_starts_there(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?view=two&steps=60")
    ends = set()
    drawing = page.locator(".place-picker svg")
    for across, up in ((0.3, 0.3), (0.85, 0.3), (0.85, 0.75), (0.3, 0.75)):
        arrived = readout(page, "^Step 60: w")
        before = arrived.inner_text()
        box = place_of(drawing)  # anew each time: what is above it may have moved it
        drawing.click(position={"x": across * box["width"], "y": up * box["height"]})
        expect(arrived).not_to_have_text(before)
        ends.add(re.findall(r"loss ([\d.]+)", arrived.inner_text())[0])
    assert len(ends) == 4, f"four starts, four minima: {ends}"
    type_value(page, "Start w₁", "-2")
    type_value(page, "Start w₂", "1")
    expect(page).to_have_url(re.compile("w1=-2&w2=1|w2=1&w1=-2"))
    expect(readout(page, r"loss 3\.123")).to_be_visible()


def test_the_address_restores_a_race_in_a_fresh_browser(visit: Visit, lesson: str) -> None:
    first = visit(f"{lesson}?view=race")
    type_value(first, "B: learning rate", "0.05")
    type_value(first, "Start w₁", "-2.5")
    for step in (1, 2, 3):
        button(first, "Step").click()
        expect(readout(first, f"^Step {step}: A")).to_be_visible()
    expect(first).to_have_url(re.compile("steps=3"))
    said = readout(first, "^Step 3: A").inner_text()
    second = visit(address(first))
    assert readout(second, "^Step 3: A").inner_text() == said
    expect(second.get_by_label("B: learning rate, as a number")).to_have_value("0.05")


def test_a_slip_is_named_and_the_right_answer_revealed(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?rate=0.2")
    answer = page.get_by_label("The new w")
    answer.fill("-5")
    button(page, "Commit").click()
    expect(page.get_by_text("-5: you went uphill: the step has to be subtracted.")).to_be_visible()
    button(page, "Try again").click()
    page.get_by_label("The new w").fill("-1")
    button(page, "Commit").click()
    expect(page.get_by_text("It is -1.")).to_be_visible()
    button(page, "Step").click()
    expect(page.get_by_text("You stand at w = -1")).to_be_visible()  # a new question


def test_another_landscape_begins_at_its_own_start(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?start=7&steps=5&rate=0.05")
    page.get_by_role("radio", name="two valleys").click()
    expect(readout(page, "Step 0: w = -2.5")).to_be_visible()
    settle(page)
    start = page.get_by_label("Start w, as a number")
    expect(start).to_have_count(1)  # the old landscape's slider leaves when the run has ended
    expect(start).to_have_value("-2.5")
    expect(page.get_by_label("Learning rate, as a number")).to_have_value("0.05")
    expect(page).to_have_url(re.compile("curve=two_valleys"))
    assert "start" not in page.url


def test_by_keyboard_alone(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?steps=20")
    page.get_by_role("slider", name="Learning rate").focus()
    page.keyboard.press("End")
    expect(readout(page, "Diverged")).to_be_visible()
    button(page, "Reset").focus()
    page.keyboard.press("Enter")
    expect(readout(page, "Step 0: w = -3")).to_be_visible()


@pytest.mark.parametrize("view", ["one", "two", "race"])
def test_on_a_phone(visit: Visit, lesson: str, view: str) -> None:
    page = visit(f"{lesson}?view={view}&steps=20", PHONE, touch=True)
    assert_fits_the_screen(page)
    picture = page.locator(".place-picker svg" if view == "two" else "svg.marks")
    assert_in_first_screen(page, picture)
