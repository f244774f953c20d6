"""The problem with linear models, as a learner does it."""

import re

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

SLUG = "linear_models"


def field(page: Page, label: str) -> Locator:
    """The number field of a live slider."""
    return page.get_by_label(f"{label}, as a number")


def lab(page: Page, words: str) -> Locator:
    """A line of the lab that contains these words."""
    return page.locator(".st-key-lab").get_by_text(re.compile(words))


def test_the_lab_is_in_view_at_once(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?product=on")
    assert_in_first_screen(page, page.locator(".st-key-lab svg.marks"))
    for name in ("Fit by least squares", "Reset"):
        assert_in_first_screen(page, button(page, name))
    assert_in_first_screen(page, lab(page, "^Typical error"))
    assert_in_first_screen(page, lab(page, "^The error that is left goes"))
    assert_no_error(page)


def test_fit_then_open_the_lines_then_reset(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    button(page, "Fit by least squares").click()
    expect(field(page, "education")).to_have_value("1.541")
    expect(lab(page, "The lines are parallel")).to_be_visible()
    page.get_by_text("Add education × industry", exact=True).click()
    expect(field(page, "education × industry")).to_have_value("0")
    button(page, "Fit by least squares").click()
    expect(lab(page, "The lines are not parallel")).to_be_visible()
    expect(field(page, "education × industry")).to_have_value("2.51")
    expect(page).to_have_url(re.compile("interaction=2.51"))
    again = visit(address(page))
    expect(field(again, "education × industry")).to_have_value("2.51")
    assert lab(again, "^Typical error").inner_text() == lab(page, "^Typical error").inner_text()
    button(page, "Reset").click()
    expect(field(page, "education")).to_have_value("1")
    expect(page).to_have_url(lesson)


def test_the_lines_follow_a_drag(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    slider = page.get_by_role("slider", name="education", exact=True)
    box = place_of(slider)
    summary = page.locator(".st-key-linear-wage-figure p.summary")
    page.mouse.move(box["x"] + 0.6 * box["width"], box["y"] + box["height"] / 2)
    page.mouse.down()
    seen = [summary.inner_text()]
    for share in (0.7, 0.8, 0.9):
        page.mouse.move(box["x"] + share * box["width"], box["y"] + box["height"] / 2)
        expect(summary).not_to_have_text(seen[-1])
        settle(page)
        seen.append(summary.inner_text())
    assert len(set(seen)) == 4, "each place of the thumb has its own lines, before it is let go"
    assert "education=" not in page.url
    page.mouse.up()
    expect(page).to_have_url(re.compile("education=3|education=4"))
    formula = page.get_by_role("paragraph").filter(has_text=re.compile(r"wage = 10 \+ [34]"))
    expect(formula).to_be_visible()


def test_the_error_that_is_left_and_the_count(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?show=error&inputs=100")
    expect(page.locator(".st-key-linear-error-figure svg.marks")).to_be_visible()
    expect(page.get_by_text("4,950 pairs", exact=True)).to_be_visible()
    field(page, "inputs n").fill("10")
    field(page, "inputs n").press("Enter")
    expect(page.get_by_text("45 pairs", exact=True)).to_be_visible()
    expect(page).to_have_url(re.compile("inputs=10"))


def test_a_slip_is_named(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?industry=12")
    page.get_by_role("spinbutton", name="Dollars an hour").fill("12")
    button(page, "Commit").click()
    expect(page.get_by_text("12: you gave the weight of industry")).to_be_visible()


def test_on_a_phone(visit: Visit, lesson: str) -> None:
    page = visit(lesson, PHONE, touch=True)
    assert_fits_the_screen(page)
    assert_in_first_screen(page, page.locator(".st-key-lab svg.marks"))
