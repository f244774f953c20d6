"""The app in a real browser: start, page switch, click to first point and to the goals, memory.

Needs Chromium, as the browser tests do; WORKSHOP_CHROMIUM names it.
"""

import os
import re
import shutil
import statistics
import time

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.figure import Figure
from components import agenda
from tests.browser.conftest import (
    CHROMIUM_ARGUMENTS,
    PROJECTOR,
    press_arrow,
    settle,
)
from tests.browser.servers import Server, serve

STARTS = 3
SWITCHES = 4  # through all pages and back
CLICKS = 5
PATIENCE_MS = 180_000
READY = "Press Train and watch it learn."
FIRST_POINT = "images a second,"
WELCOME_HEADING = "Introduction to Deep Learning"
GOALS = (("workshop", 95.0, 10.0), ("strong", 97.5, 40.0))


def run() -> list[Figure]:
    """All figures of this benchmark."""
    chromium = os.environ.get("WORKSHOP_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        figures = fresh_start(browser)
        with serve() as server:
            page = open_lesson(browser, server)
            page.get_by_text(READY).wait_for()
            figures += [*page_switch(page), first_point(browser, server)]
            figures += [click_to_goal(browser, server, *goal) for goal in GOALS]
            figures += memory(browser, server)
        browser.close()
    return figures


def open_lesson(browser: Browser, server: Server, query: str = "") -> Page:
    """The MNIST lesson as a new visitor sees it."""
    width, height = PROJECTOR["width"], PROJECTOR["height"]
    page = browser.new_context(viewport={"width": width, "height": height}).new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{server.url}/mnist_training{query}")
    page.get_by_text("After this page you can").wait_for()
    settle(page)
    return page


def fresh_start(browser: Browser) -> list[Figure]:
    """From `streamlit run` to a complete first page, and on to a ready engine."""
    first, ready = [], []
    for _ in range(STARTS):
        began = time.perf_counter()
        with serve() as server:
            page = open_lesson(browser, server)
            first.append(time.perf_counter() - began)
            page.get_by_text(READY).wait_for()
            ready.append(time.perf_counter() - began - first[-1])
            page.context.close()
    note = f"median of {STARTS} starts, by polling every 0.1 s"
    return [
        Figure("streamlit run to a complete page", statistics.median(first), "s", "≤ 4 s", note),
        Figure("from there to a ready engine", statistics.median(ready), "s", "≤ 10 s", note),
    ]


def page_switch(page: Page) -> list[Figure]:
    """From an arrow key to the complete next page: through all lessons and back again."""
    headings = [WELCOME_HEADING, *(lesson.title for lesson in agenda.LESSONS[1:])]
    for _ in headings:
        press_arrow(page, "ArrowLeft")
        page.wait_for_timeout(500)  # at the first page there is nothing to wait for
        settle(page)
    page.get_by_role("heading", name=headings[0], exact=True).wait_for()
    there = [("ArrowRight", heading) for heading in headings[1:]]
    back = [("ArrowLeft", heading) for heading in reversed(headings[:-1])]
    times: dict[str, list[float]] = {heading: [] for heading in headings}
    for _ in range(SWITCHES):
        for key, heading in [*there, *back]:
            began = time.perf_counter()
            press_arrow(page, key)
            page.get_by_role("heading", name=heading, exact=True).wait_for()
            settle(page)
            times[heading].append(1000 * (time.perf_counter() - began))
    return [
        Figure(f"switch to “{name}”", statistics.median(t), "ms", "≤ 500 ms", f"of {len(t)}")
        for name, t in times.items()
    ]


def train(page: Page) -> float:
    """Press Train; the moment of the click."""
    page.get_by_role("button", name="Train", exact=True).click()
    return time.perf_counter()


def first_point(browser: Browser, server: Server) -> Figure:
    """From the click on Train to the first point, with a warm engine."""
    page = open_lesson(browser, server, "?epochs=1")
    times = []
    for _ in range(CLICKS):
        began = train(page)
        page.get_by_text(FIRST_POINT).wait_for()
        times.append(time.perf_counter() - began)
        page.get_by_text(re.compile("Trained for")).wait_for()
        settle(page)
    page.context.close()
    note = f"median of {CLICKS}, {min(times):.2f} to {max(times):.2f}"
    return Figure("click on Train to the first point", statistics.median(times), "s", "≤ 2 s", note)


def click_to_goal(
    browser: Browser, server: Server, network: str, goal: float, budget: float
) -> Figure:
    """From the click on Train to the validation accuracy `goal`, in percent, on the page."""
    page = open_lesson(browser, server)
    label = {"workshop": "Workshop", "strong": "Stronger"}[network]
    page.get_by_role("radio", name=label).click()
    settle(page)
    began = train(page)
    reached = page.evaluate(
        """goal => new Promise(resolve => {
            const look = () => {
                const shown = document.querySelector('[data-testid="stMetricValue"]');
                if (parseFloat(shown?.innerText) >= goal) resolve(true);
                else if (document.body.innerText.includes("Trained for")) resolve(false);
                else setTimeout(look, 20);
            };
            look();
        })""",
        goal,
    )
    seconds = time.perf_counter() - began if reached else float("inf")
    page.context.close()
    return Figure(f"click to {goal:g} %, {label}, sample", seconds, "s", f"≤ {budget:g} s")


def memory(browser: Browser, server: Server) -> list[Figure]:
    """Resident memory after all pages and some runs."""
    page = open_lesson(browser, server)
    for lesson in agenda.LESSONS:
        page.goto(f"{server.url}/{lesson.slug}")
        page.get_by_text("After this page you can").wait_for()
        settle(page)
    sizes = [process.memory_info().rss / 2**20 for process in server.family()]
    note = "after all pages and the runs above"
    return [
        Figure("memory of the Streamlit process", sizes[0], "MB", "≤ 250 MB", note),
        Figure("memory of all processes", sum(sizes), "MB", "≤ 1,700 MB (with 30 visits)", note),
    ]
