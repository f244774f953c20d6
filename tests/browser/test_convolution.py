"""The convolution, as a learner plays with it."""

import re

import pytest
from playwright.sync_api import FilePayload, Locator, Page, expect

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
from tests.picture_files import rotated_by_camera

PICTURE = ".st-key-lab figure img"


SLUG = "convolution"


def row(page: Page, name: str) -> Locator:
    """The row of one slider."""
    return page.locator(f'[data-name="{name}"]')


def type_into(page: Page, name: str, value: str) -> None:
    """Type a value into the number field of a slider."""
    field = row(page, name).locator("input.number")
    field.fill(value)
    field.press("Enter")


def drag(page: Page, name: str, share: float) -> None:
    """Drag a slider to a share of its way, from where it is."""
    box = place_of(row(page, name).locator("input[type=range]"))
    y = box["y"] + box["height"] / 2
    page.mouse.move(box["x"] + box["width"] / 2, y)
    page.mouse.down()
    page.mouse.move(box["x"] + (share + 0.5) / 2 * box["width"], y)
    page.mouse.move(box["x"] + share * box["width"], y)
    page.mouse.up()


def test_golden_numbers_by_typing_and_by_dragging(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    expect(page.get_by_text("The kernel gives 600 for this patch.")).to_be_visible()
    for name in ("p21", "p22"):
        type_into(page, name, "200")
    expect(page.get_by_text("The kernel gives 0 for this patch.")).to_be_visible()
    for name in ("p11", "p12", "p21", "p22"):
        drag(page, name, 0.0)
    expect(page.get_by_text("0·1.5 + 0·1.5 + 0·(-1.5) + 0·(-1.5) = 0")).to_be_visible()
    button(page, "Reset").click()
    expect(page.get_by_text("200·1.5 + 200·1.5 + 0·(-1.5) + 0·(-1.5) = 600")).to_be_visible()
    expect(page).to_have_url(re.compile(r"/convolution$"))
    assert_no_error(page)


def test_the_kernel_slides_by_step_and_play_and_pauses(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?view=slide&kernel=blur&stride=2")
    expect(page.get_by_text("Output 13 × 13: 1 of 169")).to_be_visible()
    button(page, "Step").click()
    expect(page.get_by_text("Output 13 × 13: 2 of 169")).to_be_visible()
    button(page, "Play").click()
    expect(page.get_by_text(re.compile(r"Output 13 × 13: [6-9] of 169"))).to_be_visible()
    button(page, "Pause").click()
    settle(page)
    here = page.get_by_text(re.compile(r"^Output 13 × 13: \d+ of 169")).inner_text()
    page.wait_for_timeout(1500)
    expect(page.get_by_text(here)).to_be_visible()
    assert "⌊12.5⌋ + 1 = 13" in page.locator(".output-size").inner_text()
    assert_no_error(page)


@pytest.mark.parametrize(
    ("query", "last"),
    [
        ("", '[data-name="k22"]'),
        ("?view=slide&kernel=emboss&side=7&window=9", ".window-grids"),
        ("?view=slide&weights=1+0+-1%3B+2+0+-2%3B+1+0+-1", ".output-size"),
        ("?view=picture&channels=sum", '[data-name="blue"]'),
        ("?view=picture&filters=on", '[data-name="w33"]'),
        ("?view=challenge", '[data-name="a33"]'),
        ("?view=challenge&task=riddle", '[data-name="a33"]'),
    ],
)
def test_every_view_fits_the_projector(visit: Visit, lesson: str, query: str, last: str) -> None:
    page = visit(lesson + query)
    expect(page.locator(last)).to_be_visible()
    assert_in_first_screen(page, page.locator(last))
    for picture in page.locator(PICTURE).all():
        assert_in_first_screen(page, picture)
    assert_in_first_screen(page, button(page, "Reset"))
    assert_fits_the_screen(page)


def test_a_dragged_weight_changes_the_picture_and_the_address(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?view=picture")
    before = page.locator(PICTURE).first.get_attribute("src")
    drag(page, "w22", 0.8)
    expect(page.locator(PICTURE).first).not_to_have_attribute("src", before or "")
    expect(page).to_have_url(re.compile("w22="))
    expect(page.get_by_text(re.compile("Your kernel: 512 × 512"))).to_be_visible()
    fresh = visit(address(page))
    number = row(page, "w22").locator("input.number").input_value()
    expect(row(fresh, "w22").locator("input.number")).to_have_value(number)
    assert fresh.locator(PICTURE).first.get_attribute("src") == page.locator(
        PICTURE
    ).first.get_attribute("src")


def test_a_detector_is_made_by_keyboard(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?view=challenge")
    expect(page.get_by_text("On a horizontal edge it gives 200")).to_be_visible()
    slider = row(page, "a21").locator("input[type=range]")
    slider.focus()
    for _ in range(2):
        slider.press("ArrowLeft")
    expect(page.get_by_text("Your kernel has every property.")).to_be_visible()
    settle(page)
    assert "a21=-1" in page.url


def test_the_phone_has_the_picture_first_and_the_controls_under_it(
    visit: Visit, lesson: str
) -> None:
    for query in ("", "?view=slide", "?view=picture", "?view=challenge"):
        page = visit(lesson + query, PHONE, touch=True)
        assert_in_order(
            page.locator(".st-key-lab figure img, .window-grids"),
            page.get_by_role("radio", name="Challenges"),
            page.get_by_role("heading", name="The idea"),
        )
        assert_fits_the_screen(page)


def jpeg(name: str, data: bytes) -> FilePayload:
    """A file as a browser sends it that takes it for a JPEG."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": data}


def test_a_picture_of_ones_own_and_a_file_that_is_none(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?view=picture")
    before = page.locator(PICTURE).first.get_attribute("src") or ""
    page.get_by_role("button", name="add_a_photo").click()
    upload = page.locator("input[type=file]")
    upload.set_input_files(jpeg("cat.jpg", b"MZ" + bytes(500)))
    expect(page.get_by_text("is not a picture that this page can read")).to_be_visible()
    expect(page.locator(PICTURE).first).to_have_attribute("src", before)
    upload.set_input_files(jpeg("photo.jpg", rotated_by_camera()))
    expect(page.get_by_text("is on the page")).to_be_visible()
    expect(page.locator(PICTURE).first).not_to_have_attribute("src", before)
    assert_no_error(page)
    stranger = visit(address(page))
    expect(stranger.get_by_text("An own picture is not part of the address")).to_be_visible()
