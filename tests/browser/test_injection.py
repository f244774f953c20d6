"""What visitors bring is shown as it is: nothing in it becomes a link, markup or a script.

A table's cells and column names are in test_first_keras_model.py.
"""

import re

import numpy as np
import pytest
from playwright.sync_api import Dialog, Page, expect

from components import agenda
from components.concepts.classifier_file import write_classifier
from components.concepts.photo_backbones import BACKBONES
from components.concepts.photo_head import Head
from tests.app.addresses import settings_of
from tests.browser.conftest import (
    Visit,
    assert_no_error,
    button,
    settle,
)
from tests.browser.servers import Server
from tests.browser.test_classify_images import STRIPES, bring, drawn
from tests.labelled_files import COLORS, colored, picture, zipped

SLUGS = [lesson.slug for lesson in agenda.LESSONS if settings_of(lesson.slug)]
LINK = "[a](http://evil.example)"
NAMES = (
    "www.evil.example",
    "https://evil.example/b",
    "me@evil.example",
    LINK,
    "<img src=x onerror=alert(1)>",
    ":red[c] $x^2$ `d` **e**",
    "=HYPERLINK(1)",
)
BECAME_OF_IT = """
() => [...document.querySelectorAll(
    'a[href*="evil"], img[src="x"], [onerror], .stMain script, .stMain .katex'
)].map(element => element.outerHTML)
"""


def watch(page: Page) -> list[str]:
    """The dialogs that open on a page from now on."""
    opened: list[str] = []

    def note(dialog: Dialog) -> None:
        opened.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    return opened


def assert_nothing_came_of_it(page: Page) -> None:
    """No link, no markup and no script of a visitor's is on the page."""
    settle(page)
    assert page.evaluate(BECAME_OF_IT) == []
    assert_no_error(page)


@pytest.fixture
def opened(server: Server, visit: Visit) -> Page:
    """A page that is led from address to address."""
    return visit(f"{server.url}/welcome")


def test_an_address_can_not_put_a_link_on_a_page(server: Server, opened: Page) -> None:
    dialogs = watch(opened)
    texts = (LINK, "www.evil.example", "%3Cimg%20src=x%20onerror=alert(1)%3E")
    for number, slug in enumerate(SLUGS):
        name = next(iter(settings_of(slug)))
        for text in texts if number == 0 else (texts[number % len(texts)],):
            opened.goto(f"{server.url}/{slug}?{name}={text}")
            opened.get_by_text(f"The address asks for {name}").first.wait_for()
            opened.wait_for_timeout(100)  # for a script, were there one
            found = opened.get_by_text(f"The address asks for {name}").first
            assert found.locator("a, img").count() == 0, slug
    assert not dialogs
    assert_no_error(opened)


def test_names_of_classes_and_files_stay_names(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/classify_images?view=teach")
    dialogs = watch(page)
    head = Head(
        kernel=np.zeros((BACKBONES["bundled"].n_features, len(NAMES)), np.float32),
        bias=np.arange(len(NAMES), dtype=np.float32),
        classes=NAMES,
        backbone="bundled",
        temperature=1.0,
    )
    page.get_by_role("tab", name="Save and load").click()
    settle(page)
    page.locator(".st-key-teach-load input[type=file]").set_input_files(
        {"name": "x.zip", "mimeType": "application/zip", "buffer": write_classifier(head)}
    )
    said = page.get_by_text(re.compile("^It tells apart"))
    expect(said).to_contain_text("<img src=x onerror=alert(1)>")
    expect(said).to_contain_text(":red[c] $x^2$ `d` **e**")
    assert_nothing_came_of_it(page)
    page.get_by_role("radio", name="Classify").click()
    page.get_by_role("combobox", name="Tell apart").click()
    page.get_by_role("option", name="Your own classes", exact=True).click()
    settle(page)
    bring(
        page,
        "Your own pictures",
        [
            {**drawn(STRIPES, 1), "name": f"{NAMES[4]}.png"},
            {**drawn(STRIPES, 2), "name": "www.evil.example.png"},
        ],
    )
    expect(page.locator(".answer")).to_contain_text(f"{NAMES[4]}.png")
    page.keyboard.press("Escape")
    assert_nothing_came_of_it(page)
    with page.expect_download() as download:
        button(page, "Download the table (CSV)").click()
    table = download.value.path().read_text("utf-8-sig")
    assert '"\'=HYPERLINK(1)"' in table and '"=HYPERLINK' not in table
    assert not dialogs


def test_names_of_folders_stay_names(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/small_data?pictures=own&epochs=1&repeats=1&per_class=2&unfreeze=1")
    dialogs = watch(page)
    red = COLORS["red"]
    files = colored(7) | {f"www.evil.example/{n}.png": picture(red, 300 + n) for n in range(7)}
    files |= {"www.evil.few/1.png": picture(red, 400), "<b>[a](http://evil.x)/1.png": b"no"}
    page.get_by_role("region", name="Or a zip of it").locator("input").set_input_files(
        {"name": f"{LINK}.zip", "mimeType": "application/zip", "buffer": zipped(files)}
    )
    expect(page.get_by_text("has 1 picture; it takes at least")).to_have_count(1)
    assert_nothing_came_of_it(page)
    assert not dialogs
