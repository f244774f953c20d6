"""Classify your own pictures, on a server that has no connection and no cache."""

import io
import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from playwright.sync_api import FilePayload, Locator, Page, expect

from tests.browser.conftest import (
    PHONE,
    Visit,
    assert_fits_the_screen,
    assert_in_first_screen,
    assert_no_error,
    button,
    rest,
    settle,
)
from tests.browser.servers import Server, serve

STRIPES, SPOTS = "stripes", "spots"
NAMES = ("*Stripes* <b>", "Spots")


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A server with an empty Keras cache; what it would download from refuses to answer."""
    empty = tmp_path_factory.mktemp("no-cache")
    nowhere = "http://127.0.0.1:9"
    with serve(
        KERAS_HOME=str(empty), https_proxy=nowhere, http_proxy=nowhere, no_proxy="127.0.0.1"
    ) as running:
        yield running


SLUG = "classify_images"


def drawn(kind: str, seed: int) -> FilePayload:
    """A generated picture as a file: stripes in warm colours, or spots in cold ones."""
    rng = np.random.default_rng(seed)
    down, across = np.mgrid[0:120, 0:120]
    if kind == STRIPES:
        shape = np.sin((down + across * rng.uniform(0.2, 0.6)) / rng.uniform(3, 5)) > 0
        color = np.array([230, 120, 30])
    else:
        shape = (np.sin(down / rng.uniform(5, 7)) + np.sin(across / rng.uniform(5, 7))) > 0.9
        color = np.array([30, 90, 220])
    pixels = np.where(shape[..., None], color, 245) + rng.integers(-10, 10, (120, 120, 3))
    file = io.BytesIO()
    Image.fromarray(pixels.clip(0, 255).astype(np.uint8)).save(file, "PNG")
    return {"name": f"{kind}{seed}.png", "mimeType": "image/png", "buffer": file.getvalue()}


def answer(page: Page) -> Locator:
    """The word that the network says."""
    return page.locator(".answer .word")


def bring(page: Page, opener: str | re.Pattern[str], files: list[FilePayload]) -> None:
    """Choose files in the popover behind the button `opener`."""
    page.get_by_test_id("stMain").get_by_role("button", name=opener).first.click()
    body = page.get_by_test_id("stPopoverBody")
    body.locator('input[type="file"]').set_input_files(files)


def teach(page: Page) -> None:
    """Two classes of eight generated pictures each, trained."""
    for place, (name, kind) in enumerate(zip(NAMES, (STRIPES, SPOTS), strict=True)):
        field = page.get_by_role("textbox", name=f"Name of class {place + 1}")
        field.fill(name)
        field.press("Enter")
        settle(page)
        bring(page, "0 pictures", [drawn(kind, seed) for seed in range(8)])
        shown = page.get_by_test_id("stMain").get_by_role("button", name="8 pictures")
        expect(shown).to_have_count(place + 1)
        page.keyboard.press("Escape")
        expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
        settle(page)
    button(page, "Train").click()
    expect(button(page, "Classify pictures with it")).to_be_visible()
    expect(page.get_by_text(re.compile(r"It names \d of 4 pictures right"))).to_be_visible()


def test_one_click_on_a_sample_shows_its_class(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    expect(answer(page)).to_have_text(re.compile("Cat|Not sure"))
    button(page, "Cup").click()
    expect(page.locator(".overlays img, .answer")).not_to_have_count(0)
    expect(page.locator(".answer")).to_contain_text("Cup")
    expect(answer(page)).to_have_text(re.compile("Cat|Dog|Not sure"))
    expect(page).to_have_url(re.compile("sample=cup"))
    assert_no_error(page)


def test_files_become_answers_a_table_and_a_csv(visit: Visit, lesson: str, tmp_path: Path) -> None:
    page = visit(lesson)
    expect(answer(page)).to_be_visible()
    broken: FilePayload = {"name": "no.png", "mimeType": "image/png", "buffer": b"no picture"}
    bring(page, "Your own pictures", [drawn(SPOTS, 1), broken, drawn(STRIPES, 2)])
    expect(page.get_by_text("is not a picture that this page can read")).to_be_visible()
    expect(page.get_by_role("heading", name="Your pictures")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator(".answer")).to_contain_text("spots1.png")
    expect(button(page, "Cancel")).to_have_count(0)
    with page.expect_download() as download:
        button(page, "Download the table (CSV)").click()
    download.value.save_as(tmp_path / "table.csv")
    lines = (tmp_path / "table.csv").read_text("utf-8-sig").splitlines()
    assert len(lines) == 3
    assert lines[1].startswith('"spots1.png","')
    assert re.search(r'"0\.\d{4}","0\.\d{4}"$|"1\.0000"', lines[2])
    assert_no_error(page)


def test_a_complaint_about_the_address_costs_no_upload(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?sample=nonsense&top=-3")
    complaints = page.get_by_text("The address asks for")
    opener = button(page, "Your own pictures")
    opener.evaluate("element => { element.dataset.seen = 'yes' }")
    expect(answer(page)).to_be_visible()
    bring(page, "Your own pictures", [drawn(SPOTS, 1)])
    expect(page.get_by_role("heading", name="Your pictures")).to_be_visible()
    page.keyboard.press("Escape")
    expect(complaints).to_have_count(2)
    button(page, "Cup").click()
    expect(complaints).to_have_count(0)
    expect(opener).to_have_attribute("data-seen", "yes")  # not drawn anew where it stands now


def test_a_view_chosen_while_pictures_come_in_stays(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    bring(page, "Your own pictures", [drawn(STRIPES, seed) for seed in range(24)])
    view = page.get_by_test_id("stMain").get_by_role("radio", name="Teach it yourself")
    view.click(force=True)  # while the popover lies over it
    expect(button(page, "Add a class")).to_be_visible()
    rest(page)
    assert "view=teach" in page.url
    expect(view).to_be_checked()


def test_two_visitors_teach_different_classes_and_save_them(
    visit: Visit, lesson: str, tmp_path: Path
) -> None:
    page, other = visit(f"{lesson}?view=teach&epochs=20"), visit(f"{lesson}?view=teach")
    button(other, "Fill in an example").click()
    expect(other.get_by_text("cat: 12 pictures")).to_be_visible()
    button(other, "Train").click()
    teach(page)
    expect(button(other, "Classify pictures with it")).to_be_visible()
    # Nobody sees the other's classes or pictures.
    assert other.get_by_text("Spots").count() == 0
    assert page.get_by_text("bricks").count() == 0
    # A third picture gets its class, and a name in Markdown and HTML is only a name.
    button(page, "Classify pictures with it").click()
    bring(page, "Your own pictures", [drawn(STRIPES, 50)])
    expect(page.locator(".answer")).to_contain_text("stripes50.png")
    expect(page.locator(".class-bars").first).to_contain_text(NAMES[0])
    expect(page.locator(".answer")).to_contain_text(re.compile(re.escape(NAMES[0]), re.I))
    # Saved, and loaded in another visit.
    page.keyboard.press("Escape")  # the pictures' popover, which moves while they come in
    expect(page.get_by_test_id("stPopoverBody")).to_have_count(0)
    page.get_by_role("radio", name="Teach it yourself").click()
    page.get_by_role("tab", name="Save and load").click()
    with page.expect_download() as download:
        button(page, "Save classifier").click()
    download.value.save_as(tmp_path / "saved.zip")
    other.get_by_role("tab", name="Save and load").click()
    load = other.locator(".st-key-teach-load input[type=file]")
    load.set_input_files(
        {"name": "x.zip", "mimeType": "application/zip", "buffer": b"PK\x03\x04 no archive"}
    )
    expect(other.get_by_text("damaged, cut off, or of another kind")).to_be_visible()
    load.set_input_files(tmp_path / "saved.zip")
    expect(other.get_by_text("It tells apart *Stripes* <b>, Spots")).to_be_visible()
    assert_no_error(page)
    assert_no_error(other)


def test_a_network_that_is_not_here_is_named_and_the_bundled_one_goes_on(
    visit: Visit, lesson: str
) -> None:
    page = visit(f"{lesson}?view=teach&network=mobilenet_035")
    button(page, "Download it").click()
    expect(page.get_by_text(re.compile("no connection", re.I))).to_be_visible()
    button(page, "Use the bundled network").click()
    expect(button(page, "Download it")).to_have_count(0)
    assert_no_error(page)


@pytest.mark.parametrize(("query", "part"), [("", ".answer"), ("?view=teach", "Train")])
def test_the_lab_is_in_view_and_fits_a_phone(
    visit: Visit, lesson: str, query: str, part: str
) -> None:
    page = visit(lesson + query)
    shown = page.locator(part).first if part.startswith(".") else button(page, part)
    shown.wait_for()
    settle(page)
    assert_in_first_screen(page, shown)
    assert_in_first_screen(page, button(page, "Reset"))
    phone = visit(lesson + query, PHONE, touch=True)
    part_on_phone = phone.locator(part).first if part.startswith(".") else button(phone, part)
    part_on_phone.wait_for()
    settle(phone)
    assert_fits_the_screen(phone)


def test_a_single_bad_picture_is_explained(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    expect(answer(page)).to_be_visible()
    broken: FilePayload = {"name": "no.png", "mimeType": "image/png", "buffer": b"no picture"}
    bring(page, "Your own pictures", [broken])
    expect(page.get_by_text("is not a picture that this page can read")).to_be_visible()
