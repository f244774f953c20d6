"""A small data set, learnt in three ways, as a learner does it."""

import re
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    PHONE,
    Visit,
    assert_in_first_screen,
    assert_in_order,
    assert_no_error,
    assert_no_sideways_scroll,
    button,
    settle,
)
from tests.labelled_files import colored, zipped

SLUG = "small_data"


def train(page: Page) -> None:
    """Press Train and wait for the end."""
    button(page, "Train").click()
    expect(page.get_by_text(re.compile(r"^Finished: "))).to_be_visible()
    settle(page)


def test_the_lab_is_in_view_at_once(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    for name in ("Train", "Stop", "Reset"):  # the leak below the lab has a Stop of its own
        assert_in_first_screen(page, button(page, name).first)
    expect(page.locator("svg.marks").first).to_be_visible()
    assert_in_first_screen(page, page.locator("svg.marks").first)


def test_digits_are_learnt_and_looked_at(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?epochs=2&repeats=1&per_class=4")
    train(page)
    expect(page.get_by_text(re.compile(r"^\d+\.\d %$"))).to_have_count(3)
    expect(page.get_by_text(re.compile("Fine-tuning at 0.001"))).to_be_visible()
    cell = page.locator('path[aria-label*="true class: 7"][aria-label*="predicted class: 7"]')
    cell.last.click()
    expect(page.get_by_text(re.compile("pictures of “7”, read as “7”"))).to_be_visible()
    expect(page.locator(".picture-sheet img").last).to_be_visible()
    point = page.locator('[class*="st-key-small_data_space"] path[aria-roledescription="point"]')
    point.first.scroll_into_view_if_needed()
    point.first.hover(force=True)
    expect(page.locator("#vg-tooltip-element img")).to_be_visible()
    assert_no_error(page)


def test_own_pictures_come_as_a_folder(visit: Visit, lesson: str, tmp_path: Path) -> None:
    for name, content in colored(7).items():
        file = tmp_path / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content)
    page = visit(f"{lesson}?pictures=own&epochs=1&repeats=1&per_class=2&unfreeze=1")
    page.locator("input[webkitdirectory]").set_input_files(tmp_path / "pets")
    expect(page.get_by_text(re.compile(r"2 × 3 classes"))).to_be_visible()
    assert_no_error(page)


def test_own_pictures_come_as_a_zip_and_a_bad_one_is_explained(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?pictures=own&epochs=1&repeats=1&per_class=2&unfreeze=1")
    files = page.locator('input[type="file"]:not([webkitdirectory])')
    files.set_input_files({"name": "x.zip", "mimeType": "application/zip", "buffer": b"no zip"})
    expect(page.get_by_text(re.compile("is not a zip file"))).to_be_visible()
    settle(page)
    good = zipped(colored(7))
    files.set_input_files({"name": "pets.zip", "mimeType": "application/zip", "buffer": good})
    expect(page.get_by_text(re.compile(r"2 × 3 classes"))).to_be_visible()
    settle(page)
    train(page)
    assert_no_error(page)


def test_a_phone_has_the_picture_first(visit: Visit, lesson: str) -> None:
    page = visit(lesson, PHONE)
    assert_in_order(page.locator("svg.marks"), button(page, "Train"))
    assert_no_sideways_scroll(page)
