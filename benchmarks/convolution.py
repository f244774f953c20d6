"""From the move of a slider to the new picture: 512 × 512 pixels, a kernel of 3 × 3.

What counts is what the learner sees: from the slider's event in the browser to the frame in
which the filtered picture, made on the server, is painted. Needs Chromium, as the browser
tests do.
"""

import math
import os
import shutil
import statistics

from playwright.sync_api import Browser, Page, sync_playwright

from benchmarks.figure import Figure
from tests.browser.conftest import (
    CHROMIUM_ARGUMENTS,
    PROJECTOR,
    settle,
)
from tests.browser.servers import serve

MOVES = 40
REACH = 3  # steps to one side before it turns; farther on the picture would be all white
REFERENCE = "the same move where only a sum is written"
PATIENCE_MS = 60_000
PICTURE, GRIDS = ".st-key-lab figure img", ".st-key-lab .window-grids"
# Query, slider, and the selector of what it changes. The first is what the others rest on:
# slider, server and browser without any picture.
CASES = {
    REFERENCE: ("", "k22", GRIDS),
    "grey, one map": ("?view=picture", "w22", PICTURE),
    "RGB, each colour by itself": ("?view=picture&channels=each", "w22", PICTURE),
    "RGB, a kernel for each channel": ("?view=picture&channels=sum", "w22", PICTURE),
    "eight filters, ReLU, max-pooling": (
        "?view=picture&filters=on&relu=on&pool=on",
        "w22",
        PICTURE,
    ),
}

# Moves the slider by some steps and waits for the frame with another picture than before.
MOVE = """
async ([slider, shown, steps]) => {
  const look = (root) => {
    const found = root.querySelector(`[data-name="${slider}"] input[type=range]`);
    if (found) return found;
    for (const element of root.querySelectorAll("*")) {
      const inside = element.shadowRoot && look(element.shadowRoot);
      if (inside) return inside;
    }
    return null;
  };
  const result = () => document.querySelector(shown);
  const state = () => result()?.src ?? result()?.textContent;
  const range = look(document);
  const before = state();
  const began = performance.now();
  range.value = Number(range.value) + steps;
  range.dispatchEvent(new Event("input", { bubbles: true }));
  while (!result() || state() === before) {
    await new Promise(requestAnimationFrame);
    if (performance.now() - began > 30000) throw new Error("The picture stayed as it was.");
  }
  if (result().decode) await result().decode();
  await new Promise(requestAnimationFrame);
  return performance.now() - began;
}
"""


def run() -> list[Figure]:
    """All figures of this benchmark."""
    chromium = os.environ.get("WORKSHOP_CHROMIUM") or shutil.which("chromium")
    with sync_playwright() as playwright, serve() as server:
        browser = playwright.chromium.launch(executable_path=chromium, args=CHROMIUM_ARGUMENTS)
        waits = {name: measure(browser, server.url, *case) for name, case in CASES.items()}
        browser.close()
    reference = statistics.median(waits[REFERENCE])
    figures = []
    for name, times in waits.items():
        median, p95 = statistics.median(times), times[math.ceil(0.95 * len(times)) - 1]
        note = f"95 % within {p95:,.0f} ms, {MOVES} moves; {median / reference:.2f} × the reference"
        budget = "" if name == REFERENCE else "≤ 150 ms"
        figures.append(Figure(f"slider to picture: {name}", median, "ms", budget, note))
    return figures


def measure(browser: Browser, url: str, query: str, slider: str, shown: str) -> list[float]:
    """The times of all moves on one page, in ms, the shortest first."""
    size = (PROJECTOR["width"], PROJECTOR["height"])
    context = browser.new_context(viewport={"width": size[0], "height": size[1]})
    page = context.new_page()
    page.set_default_timeout(PATIENCE_MS)
    page.goto(f"{url}/convolution{query}")
    page.get_by_text("After this page you can").wait_for()
    page.locator(shown).first.wait_for()
    page.locator(f'[data-name="{slider}"] input[type=range]').wait_for()
    settle(page)
    waits = sorted(move(page, slider, shown, number) for number in range(MOVES))
    context.close()
    return waits


def move(page: Page, slider: str, shown: str, number: int) -> float:
    """One step of the slider, to and fro; the time until its result is painted, in ms."""
    steps = 1 if number % (2 * REACH) < REACH else -1
    waited: float = page.evaluate(MOVE, [slider, shown, steps])
    page.wait_for_timeout(30)  # a hand pauses too
    return waited
