"""How images are represented, as a learner plays with it: one cursor for picture and numbers."""

import io
import re
from collections.abc import Callable

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.conftest import (
    PHONE,
    address,
    assert_fits_the_screen,
    assert_in_first_screen,
    assert_in_order,
    assert_no_error,
    button,
    place_of,
    settle,
)

Visit = Callable[..., Page]


SLUG = "images_as_numbers"


def cell(page: Page, panel: str, row: int, column: int) -> Locator:
    """A cell of a panel: "The patch", "Red", …; rows and columns of the patch, from 0."""
    return page.locator(f'[aria-label="{panel}"] [data-row="{row}"][data-column="{column}"]')


def number_field(page: Page, channel: str) -> Locator:
    """The field with the chosen pixel's number: another one for each pixel, and the one before may
    still be there, hidden."""
    return page.get_by_role("spinbutton", name=channel, exact=True)


def expect_cursor(page: Page, row: int, column: int, panels: int = 4) -> None:
    """The cursor is on this pixel in every panel, and nowhere else."""
    expect(page.locator(".cell.cursor")).to_have_count(panels)
    here = page.locator(f'.cell.cursor[data-row="{row}"][data-column="{column}"]')
    expect(here).to_have_count(panels)


def watch_messages(page: Page) -> list[int]:
    """The sizes of the messages that the browser sends to the server from now on."""
    sent: list[int] = []
    page.on("websocket", lambda socket: socket.on("framesent", lambda data: sent.append(len(data))))
    return sent


def test_the_cursor_is_one_for_the_picture_and_its_numbers(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?picture=cat")
    sent = watch_messages(page)
    page.reload()
    expect_cursor(page, 2, 2)
    settle(page)
    n_before = len(sent)
    assert n_before > 0
    cell(page, "The patch", 5, 6).hover()  # a pixel: its numbers
    expect_cursor(page, 5, 6)
    reading = page.locator(".reading .numbers")
    for name in ("Red", "Green", "Blue"):
        value = cell(page, name, 5, 6).inner_text()
        expect(reading).to_contain_text(f"{name} {value}")
    cell(page, "Green", 1, 7).hover()  # a number: its pixel
    expect_cursor(page, 1, 7)
    page.get_by_role("heading", name="How images").hover()  # away: the chosen pixel again
    expect_cursor(page, 2, 2)
    assert len(sent) == n_before, "the cursor asked the server"
    assert_no_error(page)


def test_the_keyboard_moves_the_cursor_and_chooses(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    cell(page, "Red", 2, 2).focus()
    for key in ("ArrowDown", "ArrowRight", "ArrowRight"):
        page.keyboard.press(key)
    expect_cursor(page, 3, 4)
    expect(cell(page, "Red", 3, 4)).to_be_focused()
    page.keyboard.press("Home")
    page.keyboard.press("ArrowLeft")  # stops at the border, and leaves the page where it is
    expect_cursor(page, 3, 0)
    page.keyboard.press("Enter")
    expect(page).to_have_url(re.compile(r"/images_as_numbers\?row=3&column=0$"))
    red = cell(page, "Red", 3, 0).inner_text()
    expect(number_field(page, "Red")).to_have_value(red)
    expect(cell(page, "Red", 3, 0)).to_be_focused()
    fresh = visit(address(page))
    expect_cursor(fresh, 3, 0)


def test_a_pixel_is_edited_and_reset(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    cell(page, "Blue", 6, 1).click()
    expect(page).to_have_url(re.compile("row=6&column=1"))
    before = cell(page, "Red", 6, 1).inner_text()
    field = number_field(page, "Red")
    expect(field).to_have_value(before)
    field.fill("255")
    field.press("Enter")
    expect(cell(page, "Red", 6, 1)).to_have_text("255")
    expect(cell(page, "The patch", 6, 1)).to_have_css("background-color", re.compile(r"rgb\(255,"))
    expect(page.get_by_text("1 pixel edited.")).to_be_visible()
    settle(page)
    fresh = visit(address(page))
    expect(cell(fresh, "Red", 6, 1)).to_have_text("255")
    expect(fresh.get_by_text(re.compile(r"0\.299·255 \+ 0\.587·"))).to_be_visible()
    button(page, "Reset").click()
    expect(cell(page, "Red", 6, 1)).to_have_text(before)
    expect(page).to_have_url(re.compile("/images_as_numbers$"))
    expect_cursor(page, 2, 2)
    assert_no_error(page)


def test_a_click_in_the_whole_picture_moves_the_patch(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?matrices=grey")
    expect(page.get_by_text("Rows 20–27, columns 17–24")).to_be_visible()
    box = place_of(page.locator(".whole"))
    page.mouse.click(box["x"] + box["width"] - 2, box["y"] + 2)
    expect(page.get_by_text("Rows 0–7, columns 56–63")).to_be_visible()
    expect(page).to_have_url(re.compile("down=0&across=100"))
    assert page.locator('[data-name="across"] input.number').input_value() == "100"


@pytest.mark.parametrize("query", ["?patch=10", "?matrices=grey&patch=10", "?picture=7&patch=28"])
def test_the_lab_is_in_view_at_once(visit: Visit, lesson: str, query: str) -> None:
    page = visit(lesson + query)
    expect(page.locator(".cell.cursor").first).to_be_visible()
    for part in page.locator(".grid, .reading").all():
        assert_in_first_screen(page, part)
    fields = page.locator(".st-key-lab [data-testid=stNumberInput]")
    assert_in_first_screen(page, fields.last)
    assert_in_first_screen(page, page.get_by_text(re.compile(r"= [\d,]+ numbers, each")))
    assert_fits_the_screen(page)


def test_the_phone_has_the_picture_first_and_a_tap_chooses(visit: Visit, lesson: str) -> None:
    page = visit(lesson, PHONE, touch=True)
    expect_cursor(page, 2, 2)
    assert_in_order(
        page.locator(".whole"),
        cell(page, "Blue", 7, 7),
        page.get_by_role("radio", name="64"),
        page.get_by_role("heading", name="The idea"),
    )
    cell(page, "Red", 4, 5).tap()
    expect(page).to_have_url(re.compile("row=4&column=5"))
    expect_cursor(page, 4, 5)
    assert_fits_the_screen(page)


def png(height: int, width: int) -> FilePayload:
    """A file with a picture of this size, all of it (200, 100, 50)."""
    buffer = io.BytesIO()
    Image.fromarray(np.full((height, width, 3), (200, 100, 50), np.uint8)).save(buffer, "PNG")
    return {"name": f"{height}.png", "mimeType": "image/png", "buffer": buffer.getvalue()}


def test_the_page_follows_from_one_own_picture_to_the_next(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    page.get_by_role("button", name="add_a_photo").click()
    for height, width in ((12, 9), (10, 31)):
        page.locator("input[type=file]").set_input_files(png(height, width))
        expect(page.get_by_text(f"{height} × {width} × 3 = ")).to_be_visible()
        expect(page.get_by_text("0.299·200 + 0.587·100 + 0.114·50 = 124.2")).to_be_visible()
        question = f"The picture in the lab has {height} rows and {width} columns"
        expect(page.get_by_text(question)).to_be_visible()
    expect(cell(page, "Green", 2, 2)).to_have_text("100")
    assert_no_error(page)


def test_keys_that_are_pressed_faster_than_the_page_answers_all_count(
    visit: Visit, lesson: str
) -> None:
    page = visit(lesson)
    red = number_field(page, "Red")
    before = int(red.input_value())
    red.click()
    for _ in range(6):
        page.keyboard.press("ArrowUp", delay=90)
    expect(cell(page, "Red", 2, 2)).to_have_text(str(before + 6))
    settle(page)
    expect(red).to_have_value(str(before + 6))
