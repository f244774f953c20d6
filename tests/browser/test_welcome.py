"""Welcome, the agenda's ticks, and what a page asks of the network, in a real browser."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Request, expect

from components import agenda
from tests.browser.conftest import (
    OpenBrowser,
    Visit,
    assert_in_first_screen,
    assert_no_error,
    settle,
)
from tests.browser.servers import Server, serve
from tests.contrast import TEXT_CONTRAST, contrast


def test_welcome_says_what_the_server_trains_on(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/")
    expect(page.get_by_text("It trains on")).to_be_visible()
    expect(page.get_by_text("5,000 MNIST digits, bundled")).to_be_visible()
    expect(page.get_by_text("The training process is starting.")).to_have_count(0)
    assert_no_error(page)


def test_the_whole_agenda_is_in_the_first_screen(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/welcome")
    content = page.get_by_test_id("stMainBlockContainer")  # the bar at the top names topics too
    for topic in agenda.TOPICS:
        assert_in_first_screen(page, content.get_by_text(topic.name, exact=True))


def test_done_ticks_the_lesson_in_the_navigation_and_on_welcome(
    server: Server, visit: Visit
) -> None:
    lesson = agenda.LESSONS[1]
    assert lesson.topic is not None
    page = visit(f"{server.url}/{lesson.slug}")
    page.get_by_role("button", name="Done").click()
    expect(page.get_by_text("Ticked off.")).to_be_visible()
    assert page.url.split("?")[0].endswith(f"/{lesson.slug}")
    page.get_by_role("button", name=lesson.topic.short).click()
    entry = page.get_by_role("menuitem", name=lesson.title)
    expect(entry.get_by_test_id("stIconMaterial")).to_have_text("check_circle")
    page.keyboard.press("Escape")
    page.locator(".st-key-lesson-previous-head a").click()
    expect(page.get_by_text(f"1 of {len(agenda.lessons_of(lesson.topic))} done")).to_be_visible()


def test_the_links_beside_the_title_lead_on_and_back(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/")
    page.locator(".st-key-lesson-next-head a").click()
    page.get_by_role("heading", name=agenda.LESSONS[1].title, exact=True).wait_for()
    settle(page)
    page.locator(".st-key-lesson-previous-head a").click()
    page.get_by_role("heading", name="Introduction to Deep Learning").wait_for()


def test_a_page_needs_nothing_from_elsewhere(open_browser: OpenBrowser, tmp_path: Path) -> None:
    """Also on a fresh server, where the first page takes its way through the navigation."""
    asked: list[str] = []

    def note(request: Request) -> None:
        if not request.url.startswith((server.url, "data:", "blob:")):
            asked.append(request.url)

    with serve() as server:
        for slug in ["mnist_training", "welcome"]:
            browser = open_browser(tmp_path / slug)
            page = browser.new_page()
            page.on("request", note)
            page.goto(f"{server.url}/{slug}")
            page.get_by_text("After this page you can").wait_for()
            settle(page)
            page.wait_for_timeout(1000)
            browser.close()
    assert not asked


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_main_button_can_be_read(server: Server, visit: Visit, scheme: str) -> None:
    page = visit(f"{server.url}/mnist_training", scheme=scheme)
    button = page.get_by_role("button", name="Train", exact=True)
    colours = [
        button.evaluate(f"element => getComputedStyle(element).{name}")
        for name in ("color", "backgroundColor")
    ]
    text, ground = (
        "#" + "".join(f"{int(part):02x}" for part in re.findall(r"\d+", colour)[:3])
        for colour in colours
    )
    assert contrast(text, ground) >= TEXT_CONTRAST
