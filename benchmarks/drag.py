"""A live slider on the page of lesson 1.2, dragged in a real browser.

Two things on the page follow the slider under the mouse: the drawing with its sums, which the
browser keeps up by itself, and the line with the predicted wage, which comes from the server as
charts do on other pages. Needs Chromium, as the browser tests do.
"""

import math
import os
import shutil
import statistics
import time
from typing import NamedTuple

from playwright.sync_api import Page, sync_playwright

from benchmarks.figure import Figure
from tests.browser.conftest import (
    CHROMIUM_ARGUMENTS,
    PROJECTOR,
    settle,
)
from tests.browser.servers import serve

DRAGS = 40
MOVES = 60  # of the mouse in each drag
MOVE_SECONDS = 1 / 60  # as often as a screen is drawn
PATIENCE_MS = 60_000
SLIDER, EDGE = "wage_h2", "2-2-1"  # the wage depends on it whatever it is

# Notes when the slider moved last, and what drawing and wage line showed when: as the frame
# begins in which it is painted.
WATCH = """
([slider, edge]) => {
  const lab = document.querySelector(".st-key-lab");
  const roots = [...lab.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean);
  const find = (selector) =>
    roots.map((root) => root.querySelector(selector)).find((found) => found);
  const range = find(`[data-name="${slider}"] input[type=range]`);
  const drawing = find(".diagram");
  const line = () => [...lab.querySelectorAll("p")].find((p) => p.innerText.startsWith("Predict"));
  const watch = { input: 0 };
  const follow = (name, element, shown, wanted) => {
    const paints = [];
    const note = () => requestAnimationFrame(() => {
      paints.push({ at: performance.now(), text: shown(), isLast: shown() === wanted() });
    });
    const what = { childList: true, characterData: true, subtree: true };
    new MutationObserver(note).observe(element, what);
    watch[name] = { paints, isShown: () => shown() === wanted() };
  };
  const weight = () => drawing.querySelector(`[data-label="${edge}"] text`).textContent;
  follow("drawing", drawing, weight, () => range.ariaValueText);
  const wage = () => line()?.querySelector("strong").innerText;
  const sum = () => drawing.querySelector(".sum span:last-child").textContent.split("= ").pop();
  follow("line", lab, wage, sum);
  range.addEventListener("input", () => (watch.input = performance.now()));
  window.dragWatch = watch;
}
"""
FORGET = "() => { for (const name of ['drawing', 'line']) dragWatch[name].paints.length = 0; }"
BOTH_SHOWN = "() => dragWatch.drawing.isShown() && dragWatch.line.isShown()"
RESULT = """
(name) => {
  const { paints } = dragWatch[name];
  const first = paints.find((paint) => paint.at >= dragWatch.input && paint.isLast);
  const changes = paints.filter(({ text }, place) => text !== paints[place - 1]?.text).length;
  return { wait: first ? first.at - dragWatch.input : 0, changes };
}
"""


class Follower(NamedTuple):
    """Something on the page that follows the slider, and the budget it is held to."""

    name: str
    title: str
    rate: str
    median: str
    p95: str


FOLLOWERS = (
    Follower("drawing", "drawing", "≥ 12 /s", "≤ 80 ms", "≤ 150 ms"),
    Follower("line", "answer of the server", "≥ 12 /s", "≤ 80 ms", "≤ 150 ms"),
)


def run() -> list[Figure]:
    """All figures of this benchmark."""
    chromium = os.environ.get("WORKSHOP_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright, serve() as server:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        width, height = PROJECTOR["width"], PROJECTOR["height"]
        page = browser.new_context(viewport={"width": width, "height": height}).new_page()
        page.set_default_timeout(PATIENCE_MS)
        page.goto(f"{server.url}/forward_propagation")
        page.locator(".st-key-lab .sum span").last.wait_for()
        settle(page)
        page.evaluate(WATCH, [SLIDER, EDGE])
        results = [drag(page, number) for number in range(DRAGS)]
        browser.close()
    return [figure for follower in FOLLOWERS for figure in figures(follower, results)]


def figures(follower: Follower, results: list[dict[str, tuple[float, float]]]) -> list[Figure]:
    """Updates a second, and median and p95 of the wait for the last value."""
    rates = [result[follower.name][0] for result in results]
    waits = sorted(result[follower.name][1] for result in results)
    p95 = waits[math.ceil(0.95 * len(waits)) - 1]
    note = f"{DRAGS} drags of {MOVES} moves, 60 a second; busy for {load():.1f} cores"
    title = follower.title
    return [
        Figure(f"drag: updates, {title}", statistics.median(rates), "/s", follower.rate, note),
        Figure(
            f"drag: last move to last value, {title}",
            statistics.median(waits),
            "ms",
            follower.median,
            "median",
        ),
        Figure(f"drag: last move to last value, {title}", p95, "ms", follower.p95, "p95"),
    ]


def load() -> float:
    """How many processes wanted a core in the last minute, this benchmark's among them."""
    return os.getloadavg()[0]


def drag(page: Page, number: int) -> dict[str, tuple[float, float]]:
    """Drag to and fro. For each follower: updates a second, and the wait for the last value, ms."""
    box = page.locator(f'[data-name="{SLIDER}"] input[type=range]').bounding_box()
    if box is None:
        raise RuntimeError("The slider is not on the page.")
    middle, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    reach = 0.4 * box["width"]
    last = 2 * math.pi * (1 + (number % 7) / 14)  # each drag ends elsewhere
    page.mouse.move(middle, y)
    page.mouse.down()
    page.evaluate(FORGET)
    began = time.perf_counter()
    for move in range(1, MOVES + 1):
        page.mouse.move(middle + reach * math.sin(last * move / MOVES), y)
        time.sleep(max(0.0, began + move * MOVE_SECONDS - time.perf_counter()))
    seconds = time.perf_counter() - began
    page.wait_for_function(BOTH_SHOWN)
    page.wait_for_timeout(50)  # the frame after it
    found = {follower.name: page.evaluate(RESULT, follower.name) for follower in FOLLOWERS}
    page.mouse.up()
    settle(page)
    return {name: (one["changes"] / seconds, one["wait"]) for name, one in found.items()}
