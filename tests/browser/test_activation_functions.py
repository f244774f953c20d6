"""Activation functions, as a learner meets them."""

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

SLUG = "activation_functions"


def cells(page: Page) -> Locator:
    """The four cells of the table, row by row."""
    return page.locator("[data-cell]")


def choose(page: Page, label: str, option: str) -> None:
    """Choose from a list by keyboard and mouse."""
    page.get_by_role("combobox", name=label).click()
    page.get_by_role("option", name=option, exact=True).click()
    settle(page)


def test_the_point_follows_the_slider_while_it_is_dragged(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    lab = page.locator(".st-key-lab")
    expect(lab).to_contain_text("passes on f(13) = 13; its slope there is 1.")
    box = place_of(page.get_by_label("sum x of the node", exact=True))
    middle = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] * 0.93, middle)
    page.mouse.down()
    page.mouse.move(box["x"] + 2, middle, steps=5)
    expect(lab).to_contain_text("passes on f(-15) = 0; its slope there is 0.")  # still down
    page.mouse.up()
    expect(page).to_have_url(re.compile("x=-15"))
    expect(page.locator("p.summary").first).to_contain_text("value at -15 is 0")
    assert_no_error(page)


def test_the_table_is_filled_by_steps_with_and_without_an_activation(
    visit: Visit, lesson: str
) -> None:
    page = visit(lesson)
    page.get_by_role("radio", name="Table").click()
    expect(cells(page)).to_have_text(["?", "?", "?", "?"])
    for filled in (["0", "?", "?", "?"], ["0", "?", "0", "?"], ["0", "26", "0", "?"]):
        button(page, "Step").click()
        expect(cells(page)).to_have_text(filled)
    button(page, "Step").click()
    expect(cells(page)).to_have_text(["0", "26", "0", "38"])
    expect(page.get_by_text("One more year is worth 12 in a tech job and 0")).to_be_visible()
    choose(page, "Activation", "none (identity)")
    expect(cells(page)).to_have_text(["-96", "26", "-84", "38"])
    expect(page.get_by_text("in both jobs: no interaction")).to_be_visible()
    other = visit(address(page))
    expect(cells(other)).to_have_text(["-96", "26", "-84", "38"])
    assert_no_error(other)


def test_the_table_plays_to_its_end_and_reset_empties_it(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?view=table&h2_bias=-22")
    button(page, "Play").click()
    expect(cells(page)).to_have_text(["0", "2", "0", "14"])
    expect(button(page, "Pause")).to_be_disabled()
    button(page, "Reset").click()
    expect(cells(page)).to_have_text(["?", "?", "?", "?"])
    expect(page).to_have_url(f"{lesson}?view=table")


def test_hinges_are_added_and_come_back_from_the_address(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?view=hinges")
    choose(page, "Curve", "bell")
    for number in (1, 2, 3):
        button(page, "Step").click()
        expect(page.locator(".hinges tbody tr")).to_have_count(number + 1)
    other = visit(address(page))
    expect(other.locator(".hinges tbody tr")).to_have_count(4)
    assert other.locator(".hinges tbody").inner_text() == page.locator(".hinges tbody").inner_text()


@pytest.mark.parametrize(
    "query",
    ["?x=-2.5&activation=gelu", "?view=table&cell=4&activation=linear", "?view=hinges&hinges=12"],
)
def test_the_lab_fits_on_a_projector(visit: Visit, lesson: str, query: str) -> None:
    page = visit(f"{lesson}{query}")
    expect(page.locator(".st-key-lab canvas, .st-key-lab svg.marks").first).to_be_visible()
    assert_in_first_screen(page, page.locator(".st-key-lab"))
    assert_no_error(page)


@pytest.mark.parametrize("view", ["function", "table", "hinges"])
def test_on_a_phone_the_picture_comes_first(visit: Visit, lesson: str, view: str) -> None:
    page = visit(f"{lesson}?view={view}&cell=4&hinges=5", PHONE, touch=True)
    chart = page.locator(".st-key-lab [data-testid=stVegaLiteChart]").last
    expect(chart).to_be_visible()
    assert_in_order(chart, button(page, "Reset"))
    assert_fits_the_screen(page)


def test_a_skipped_relu_is_named(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    field = page.get_by_label("Wage in dollars an hour", exact=True)
    field.fill("-96")
    field.press("Enter")
    expect(page.get_by_text("-96: you skipped the ReLU on hidden node 2.")).to_be_visible()


def test_the_network_is_taken_along(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?education=13&h2_tech=9")
    page.locator(".st-key-take-along").get_by_role("link", name="Back-propagation").click()
    expect(page.get_by_role("heading", name="Back-propagation", level=1)).to_be_visible()
    expect(page.get_by_text("Prediction 26, loss 16")).to_be_visible()
