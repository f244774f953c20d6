"""How a deep network sees, as a learner looks into it."""

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
from tests.browser.servers import Server

NETWORK_READY = ".seeing[data-place]"


SLUG = "how_a_network_sees"


def point_at(page: Page, locator: Locator, across: float, down: float) -> None:
    """Move the mouse to a place of an element, given as shares of its sides."""
    box = place_of(locator)
    page.mouse.move(box["x"] + across * box["width"], box["y"] + down * box["height"])


def field(page: Page) -> str | None:
    """The receptive field in the picture: first and last row, first and last column, from 0."""
    return page.locator(".seeing .field").get_attribute("data-field")


def test_pointing_links_a_map_to_the_picture_and_a_click_takes_the_value_apart(
    visit: Visit, lesson: str
) -> None:
    page = visit(f"{lesson}?layer=3&map=1&row=1&column=1")
    page.wait_for_selector(NETWORK_READY)
    assert field(page) == "0 3 0 3"
    sent: list[object] = []
    page.on("websocket", lambda socket: sent.append(socket))
    one = page.locator(".seeing .one .frame")
    point_at(page, one, 6.5 / 13, 2.5 / 13)
    assert page.locator(".seeing").get_attribute("data-place") == "1 3 7"
    assert field(page) == "4 7 12 15"  # two pixels apart, four wide
    point_at(page, page.locator(".seeing .all"), 0.99, 0.99)
    assert page.locator(".seeing").get_attribute("data-place") == "8 13 13"
    assert field(page) == "24 27 24 27"
    assert "map=1" in page.url  # pointing tells the server nothing
    point_at(page, one, 4.5 / 13, 9.5 / 13)
    page.mouse.down()
    page.mouse.up()
    expect(
        page.get_by_text(re.compile(r"is what map \d shows in row 10, column 5:"))
    ).to_be_visible()
    expect(page.locator(".st-key-seeing-sum")).to_contain_text("the largest of")
    expect(page).to_have_url(re.compile("row=10&column=5"))
    assert_no_error(page)


def test_the_keyboard_alone_does_it(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?layer=2&map=3&row=5&column=5")
    page.wait_for_selector(NETWORK_READY)
    one = page.locator(".seeing .one .frame")
    one.focus()
    one.press("ArrowRight")
    one.press("ArrowDown")
    one.press("PageDown")
    assert page.locator(".seeing").get_attribute("data-place") == "4 6 6"
    assert field(page) == "5 7 5 7"
    one.press("Enter")
    expect(page.get_by_text("is what map 4 shows in row 6, column 6:")).to_be_visible()
    expect(page).to_have_url(re.compile("map=4&row=6&column=6"))


def test_the_overlay_follows_its_slider_and_the_url_brings_all_back(
    visit: Visit, lesson: str
) -> None:
    page = visit(f"{lesson}?network=photo&view=mattered&cover=2&overlay=20")
    overlay = page.locator(".overlays img.overlay").first
    expect(overlay).to_have_css("opacity", "0.2")
    expect(page.get_by_text("a patch of 32 × 32 pixels")).to_be_visible()
    slider = page.locator('[data-name="overlay"] input[type=range]')
    slider.focus()
    slider.press("ArrowRight")
    expect(overlay).to_have_css("opacity", "0.25")
    expect(page).to_have_url(re.compile("overlay=25"))
    again = visit(address(page))
    expect(again.locator(".overlays img.overlay").first).to_have_css("opacity", "0.25")
    button(again, "Reset").click()
    expect(again).to_have_url(re.compile(r"\?view=mattered$"))


@pytest.mark.parametrize("query", ["", "?network=photo&layer=9", "?view=moments"])
def test_the_lab_is_in_view_and_fits_a_phone(visit: Visit, lesson: str, query: str) -> None:
    page = visit(lesson + query)
    shown = page.locator(".seeing .all, .moments").first
    shown.wait_for()
    expect(page.get_by_text("The maps come as soon as")).to_have_count(0)
    settle(page)
    assert_in_first_screen(page, shown)
    assert_in_first_screen(page, button(page, "Reset"))
    phone = visit(lesson + query, PHONE, touch=True)
    picture = phone.locator(".seeing .source img, .moments img").first
    picture.wait_for()
    settle(phone)
    assert_in_order(picture, button(phone, "Reset"))
    assert_fits_the_screen(phone)


def test_the_visitors_own_run_is_looked_into(visit: Visit, server: Server, lesson: str) -> None:
    page = visit(f"{server.url}/mnist_training?epochs=1")
    button(page, "Train").click()
    expect(page.get_by_text(re.compile("Trained for"))).to_be_visible()
    settle(page)
    page.get_by_role("link", name="How a deep network sees").first.click()
    page.wait_for_selector(NETWORK_READY)
    expect(
        page.get_by_text(re.compile("Your run 1: Workshop network, as it is now"))
    ).to_be_visible()
    page.get_by_role("radio", name="Moments").click()
    expect(page.locator(".moments img")).to_have_count(3)
    expect(page.get_by_text(re.compile(r"Your run .*, after 0 batches"))).to_be_visible()
    assert_no_error(page)
