"""Every page by axe-core, in both themes; at 200 % zoom; and with as little motion as asked for.

axe-core (MPL-2.0, by Deque) comes unchanged in the package axe-playwright-python, so that no npm is
needed and nothing of it lies in this project. The keyboard is in test_keyboard.py.
"""

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, ViewportSize

from components import agenda
from tests.browser.conftest import (
    PROJECTOR,
    Visit,
    assert_fits_the_screen,
    assert_no_error,
    button,
    is_dark,
    place_of,
    show_scheme,
)
from tests.browser.servers import Server, wait_for

SLUGS = [lesson.slug for lesson in agenda.LESSONS]
LOOKS = 4
GRAVE = ("serious", "critical")
ZOOMED: ViewportSize = {
    "width": PROJECTOR["width"] // 2,
    "height": PROJECTOR["height"] // 2,
}  # 200 %
# Vega's own groups around the marks of a layer, which have no name; the marks in them have, and
# the chart has its summary in words.
MOVING = """
() => {
  const inside = (root) => [...root.querySelectorAll("*")].flatMap(
    (one) => [one, ...(one.shadowRoot ? inside(one.shadowRoot) : [])]);
  const seconds = (text) => Math.max(...text.split(",").map((part) => parseFloat(part) || 0));
  return inside(document.querySelector(".stApp")).filter((one) => {
    const style = getComputedStyle(one);
    const moves = style.animationName !== "none" && seconds(style.animationDuration) > 0.001;
    return moves || seconds(style.transitionDuration) > 0.001;
  }).map((one) => one.outerHTML.slice(0, 150));
}
"""


REACHABLE = """
() => [...document.querySelectorAll(".stCode pre")].every((box) => box.tabIndex === 0
  || (box.scrollWidth <= box.clientWidth && box.scrollHeight <= box.clientHeight))
"""

# The heights that an expander has while it is opened and closed again.
HEIGHTS = """
async (box) => {
  const seen = [];
  for (const _ of [1, 2]) {
    box.querySelector("summary").click();
    for (let moves = true; moves; moves = box.getAnimations().length > 0) {
      await new Promise(requestAnimationFrame);
      seen.push(Math.round(box.getBoundingClientRect().height));
    }
  }
  return seen;
}
"""


def findings(page: Page) -> list[str]:
    """What axe finds grave on a page. What is just being drawn gets another look."""
    found: list[str] = []
    for _ in range(LOOKS):
        page.wait_for_timeout(500)  # components and charts mount after the script has run
        wait_for(lambda: page.evaluate(REACHABLE), "what scrolls to be reached by key")
        found = look(page)
        if not found:
            break
    return found


def look(page: Page) -> list[str]:
    """What axe finds grave on a page at this moment, a line for each place."""
    found: dict[str, Any] = Axe().run(page, options={"resultTypes": ["violations"]}).response
    return [
        f"{rule['id']} ({rule['impact']}): {node['html'][:200]} {node['target']}"
        for rule in found["violations"]
        if rule["impact"] in GRAVE
        for node in rule["nodes"]
        if not (rule["id"] == "svg-img-alt" and "role-mark" in node["html"])
    ]


@pytest.mark.parametrize("slug", SLUGS)
def test_axe_finds_nothing_grave_and_nothing_is_cut_off(
    server: Server, visit: Visit, slug: str
) -> None:
    page = visit(f"{server.url}/{slug}", PROJECTOR, "light")
    assert not is_dark(page)
    assert findings(page) == []
    assert_fits_the_screen(page)
    show_scheme(page, "dark")
    assert findings(page) == []
    assert_fits_the_screen(page)
    page.set_viewport_size(ZOOMED)
    page.wait_for_timeout(300)
    assert_fits_the_screen(page)
    assert_no_error(page)


def test_axe_finds_nothing_grave_in_a_popover(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/classify_images")
    button(page, "Your own pictures").click()
    page.get_by_test_id("stPopoverBody").get_by_text("Keep this open").wait_for()
    assert findings(page) == []
    show_scheme(page, "dark")
    assert findings(page) == []


def test_axe_can_find_something(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/linear_models")
    page.evaluate("document.querySelector('.stMain').innerHTML += '<img src=a.png>'")
    assert any("image-alt" in line for line in look(page))


def test_less_motion_is_respected(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/forward_propagation")
    wait_for(lambda: page.evaluate(MOVING), "something to keep still")
    page.emulate_media(reduced_motion="reduce")
    for slug in ("forward_propagation", "deeper_networks", "mnist_training", "classify_images"):
        page.goto(f"{server.url}/{slug}")
        page.get_by_text("After this page you can").wait_for()
        place_of(page.locator(".st-key-lab"))
        wait_for(lambda: page.evaluate(MOVING) == [], f"everything on {slug} to keep still")


def test_with_less_motion_an_expander_is_open_at_once(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/gradient_descent")
    expander = page.locator(".stExpander details", has_text="The rules of the other optimisers")
    expander.scroll_into_view_if_needed()
    assert len(set(expander.evaluate(HEIGHTS))) > 2
    page.emulate_media(reduced_motion="reduce")
    assert len(set(expander.evaluate(HEIGHTS))) == 2
