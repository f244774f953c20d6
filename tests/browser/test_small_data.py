"""A small data set, learnt in three ways, as a learner does it."""

import re
from pathlib import Path

import numpy as np
from PIL import Image
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.conftest import (
    PHONE,
    Visit,
    assert_fits_the_screen,
    assert_in_first_screen,
    assert_in_order,
    assert_no_error,
    button,
    rest,
    settle,
)
from tests.labelled_files import colored, zipped
from tests.picture_files import saved

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


def test_what_is_done_while_pictures_are_opened_takes_nothing_from_them(
    visit: Visit, lesson: str
) -> None:
    page = visit(f"{lesson}?pictures=own&repeats=1&per_class=2&unfreeze=1")
    shades = np.random.default_rng(0).integers(0, 256, (3, 20, 40, 50, 3), dtype=np.uint8)
    photos = {
        f"pets/{name}/{number}.jpg": saved(Image.fromarray(pixels).resize((1500, 1200)), "JPEG")
        for name, of_class in zip("abc", shades, strict=True)
        for number, pixels in enumerate(of_class)
    }
    pets: FilePayload = {
        "name": "pets.zip",
        "mimeType": "application/zip",
        "buffer": zipped(photos),
    }
    rest(page)
    with page.expect_response(re.compile("upload_file")):
        page.locator('input[type="file"]:not([webkitdirectory])').set_input_files(pets)
    page.wait_for_selector('[data-test-script-state="running"]', state="attached")
    button(page, "Done").click()  # runs the page, as everything outside a lab does
    expect(page.get_by_text(re.compile(r"2 × 3 classes"))).to_be_visible()
    expect(page.get_by_text("Ticked off.")).to_be_visible()


def test_a_phone_has_the_picture_first(visit: Visit, lesson: str) -> None:
    page = visit(lesson, PHONE)
    assert_in_order(page.locator("svg.marks"), button(page, "Train"))
    assert_fits_the_screen(page)
