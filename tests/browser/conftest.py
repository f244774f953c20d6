"""A real Chromium and real Streamlit servers for the browser tests."""

import os
import re
import time
from collections.abc import Callable, Generator, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import (
    BrowserContext,
    FloatRect,
    Locator,
    Page,
    ViewportSize,
    expect,
    sync_playwright,
)
from playwright.sync_api import Error as PlaywrightError

from tests.browser.servers import PATIENCE, PROJECT, Server, serve, wait_for

LOOKS_AT_REST = 4  # a tenth of a second apart
SETTLING = 20.0  # seconds for which a layout may still move while it is drawn
FAILURES = PROJECT / "test-failures"
PAGES = pytest.StashKey[list[Page]]()
PROJECTOR: ViewportSize = {"width": 1280, "height": 720}
PHONE: ViewportSize = {"width": 390, "height": 844}
CHROMIUM_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

Visit = Callable[..., Page]
OpenBrowser = Callable[..., BrowserContext]
expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def open_browser() -> Iterator[OpenBrowser]:
    """Starts the Chromium that WORKSHOP_CHROMIUM names, with a profile in the folder given."""
    path = os.environ.get("WORKSHOP_CHROMIUM")
    if not path:
        pytest.fail("WORKSHOP_CHROMIUM names no browser; make test finds one and sets it")
    opened: list[BrowserContext] = []
    with sync_playwright() as playwright:

        def start(profile: Path, touch: bool = False) -> BrowserContext:
            browser = playwright.chromium.launch_persistent_context(
                profile, executable_path=path, args=CHROMIUM_ARGUMENTS, has_touch=touch
            )
            opened.append(browser)
            return browser

        yield start
        for browser in opened:
            browser.close()


@pytest.fixture(scope="session")
def server() -> Iterator[Server]:
    """One server for all tests that want no other: what one test leaves there, the next one bears,
    as in a room."""
    with serve() as running:
        yield running


@pytest.fixture
def lesson(server: Server, request: pytest.FixtureRequest) -> str:
    """The address of the lesson that a file of tests is about: it has its name in SLUG."""
    return f"{server.url}/{request.module.SLUG}"


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(
    item: pytest.Item, call: pytest.CallInfo[None]
) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Keep what the visitors of a failed test saw, in test-failures/."""
    report = yield
    if call.when == "call" and report.failed:
        FAILURES.mkdir(exist_ok=True)
        seen: list[Page] = item.stash.get(PAGES, [])
        for number, page in enumerate(seen):
            name = re.sub(r"\W+", "-", item.name)
            # The page may be what failed: its picture is worth trying, and no second failure.
            with suppress(PlaywrightError):
                page.screenshot(path=FAILURES / f"{name}-{number}.png", timeout=5000)
    return report


@pytest.fixture(scope="session")
def kept_browsers() -> dict[tuple[int, bool], BrowserContext]:
    """The browsers of the tests' visitors, by their number in a test and whether they touch.

    Their profiles keep the app's scripts, also as compiled: a page costs a third more processor in
    a browser that has to compile them.
    """
    return {}


@pytest.fixture
def visit(
    open_browser: OpenBrowser,
    kept_browsers: dict[tuple[int, bool], BrowserContext],
    tmp_path_factory: pytest.TempPathFactory,
    request: pytest.FixtureRequest,
) -> Iterator[Visit]:
    """Open pages as separate visitors, each with a browser of its own. The next test's visitors
    come with the same browsers, as who was here before, but without cookies."""
    pages = request.node.stash.setdefault(PAGES, [])

    def open_page(
        url: str,
        size: ViewportSize = PROJECTOR,
        scheme: Literal["light", "dark"] = "light",
        touch: bool = False,
    ) -> Page:
        visitor = (len(pages), touch)
        if visitor not in kept_browsers:
            kept_browsers[visitor] = open_browser(tmp_path_factory.mktemp("profile"), touch)
        page = kept_browsers[visitor].new_page()
        pages.append(page)
        page.set_viewport_size(size)
        page.emulate_media(color_scheme=scheme)
        page.set_default_timeout(PATIENCE * 1000)
        page.goto(url)
        page.get_by_text("After this page you can").wait_for()
        settle(page)
        return page

    yield open_page
    for browser in kept_browsers.values():
        for page in browser.pages[1:]:  # the first, an empty one, keeps the browser open
            page.close()
        browser.clear_cookies()
        browser.set_offline(False)


def is_dark(page: Page) -> bool:
    """Whether the page has a dark ground."""
    ground = page.evaluate("getComputedStyle(document.querySelector('.stApp')).backgroundColor")
    return sum(int(part) for part in ground.removeprefix("rgb(").rstrip(")").split(",")) < 3 * 128


def show_scheme(page: Page, scheme: Literal["light", "dark"]) -> None:
    """Change the visitor's colour scheme, and wait until the page has followed."""
    page.emulate_media(color_scheme=scheme)
    wait_for(lambda: is_dark(page) == (scheme == "dark"), f"the {scheme} theme")
    settle(page)


def button(page: Page, name: str) -> Locator:
    """The page's button with just this name; Streamlit's own header has a Stop as well."""
    return page.get_by_test_id("stMain").get_by_role("button", name=name, exact=True)


def unfold(page: Page, title: str) -> None:
    """Open an expander, and wait until it is open: until then what lies in it moves, away from
    under a click as well."""
    expander = page.get_by_test_id("stExpander").filter(has_text=title)
    expander.locator("summary").click()
    expander.locator("details").evaluate(
        "box => Promise.allSettled(box.getAnimations().map((each) => each.finished)).then(() => 0)"
    )


def settle(page: Page) -> None:
    """Wait until no script runs for the page."""
    page.wait_for_selector('[data-test-script-state="notRunning"]', state="attached")


def rest(page: Page) -> None:
    """Wait until no script runs any more: ticks that were under way have been answered too."""
    looks: list[int] = []

    def rests() -> bool:
        looks.append(page.locator('[data-test-script-state="notRunning"]').count())
        return all(looks[-LOOKS_AT_REST:]) and len(looks) >= LOOKS_AT_REST

    wait_for(rests, "the last run to end")


def address(page: Page) -> str:
    """The page's address, once the run is over that publishes it after drawing."""
    settle(page)
    return page.url


def press_arrow(page: Page, key: str) -> None:
    """Press "ArrowLeft" or "ArrowRight" once the page listens to them."""
    page.wait_for_selector("html[data-arrow-keys=on]", state="attached")
    page.locator("body").press(key)


def place_of(locator: Locator) -> FloatRect:
    """Where an element rests on the screen: what comes late above it has come."""
    locator.scroll_into_view_if_needed()
    boxes: list[FloatRect | None] = []

    def rests() -> bool:
        boxes.append(locator.bounding_box())
        last = boxes[-LOOKS_AT_REST:]
        return len(last) == LOOKS_AT_REST and all(box == last[0] is not None for box in last)

    wait_for(rests, "the element to rest")
    box = boxes[-1]
    assert box is not None
    return box


def assert_no_error(page: Page) -> None:
    """No traceback on the page."""
    assert page.locator('[data-testid="stException"]').count() == 0


def assert_in_first_screen(page: Page, locator: Locator) -> None:
    """The element is in view without scrolling, once the layout has settled."""
    size = page.viewport_size
    assert size is not None
    box = locator.bounding_box()
    deadline = time.monotonic() + SETTLING
    while (box is None or box["y"] + box["height"] > size["height"]) and (
        time.monotonic() < deadline
    ):
        time.sleep(0.1)
        box = locator.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] <= size["height"], f"{box} ends below {size}"


def assert_in_order(*locators: Locator) -> None:
    """Each begins below the one before it, once the layout has settled."""

    def in_order() -> bool:
        boxes = [locator.first.bounding_box() for locator in locators]
        tops = [box["y"] for box in boxes if box is not None]
        return len(tops) == len(boxes) and tops == sorted(set(tops))

    wait_for(in_order, "the parts of the page to stand in their order")


CUT_OFF = """
() => [...document.querySelectorAll(".stMain *")].filter((box) => {
  const hides = ["hidden", "clip"].includes(getComputedStyle(box).overflowX);
  return hides && box.textContent.trim() && box.clientWidth > 1
    && box.scrollWidth > box.clientWidth + 1;
}).map((box) => box.textContent)
"""


def assert_fits_the_screen(page: Page) -> None:
    """Nothing makes the page wider than the screen, and no words end before they are over."""
    wide = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    assert wide <= 0
    assert page.evaluate(CUT_OFF) == []
