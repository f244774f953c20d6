"""Where deep learning shines: a point measured, the helper, both in the first screen."""

import re

from playwright.sync_api import expect

from tests.browser.conftest import (
    PHONE,
    Visit,
    address,
    assert_fits_the_screen,
    assert_in_first_screen,
    assert_in_order,
    assert_no_error,
    button,
)
from tests.browser.servers import Server

SLUG = "landscape"


def test_a_point_is_measured_and_marked(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/{SLUG}?data=wages&model=linear&examples=60")
    assert_in_first_screen(page, button(page, "Train"))
    button(page, "Train").click()
    outcome = page.get_by_text(re.compile(r"[\d.]+% right: (between|outside)"))
    outcome.first.wait_for()
    summary = page.locator(".st-key-landscape_chart-figure .summary")
    expect(summary).to_contain_text("measured here: Linear model")
    assert_in_first_screen(page, outcome.first)
    lines = page.locator('.st-key-landscape_chart-figure path[aria-roledescription="line mark"]')
    starts = "(all) => all.map((line) => line.getAttribute('d').match(/M/g).length)"
    assert set(lines.evaluate_all(starts)) == {1}  # of each model: its line is unbroken
    assert "data=wages" in address(page)
    button(page, "Reset").click()
    expect(summary).not_to_contain_text("measured here")
    assert "data=" not in address(page)
    assert_no_error(page)


def test_chart_and_helper_are_in_the_first_screen(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/{SLUG}")
    assert_in_first_screen(page, page.locator(".st-key-landscape_chart-figure canvas, svg.marks"))
    assert_in_first_screen(page, button(page, "Train"))
    assert_in_first_screen(page, page.locator(".st-key-landscape-advice [data-testid=stAlert]"))


def test_on_a_phone_the_chart_comes_first_and_nothing_is_wider(
    server: Server, visit: Visit
) -> None:
    page = visit(f"{server.url}/{SLUG}", PHONE)
    assert_in_order(
        page.locator(".st-key-landscape_chart-figure"), page.locator(".st-key-landscape-advice")
    )
    assert_fits_the_screen(page)
