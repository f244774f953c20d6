"""Every lesson with the keyboard alone."""

import pytest

from components import agenda
from tests.browser.conftest import Visit
from tests.browser.servers import Server, wait_for

# Marks what the Tab key should reach in the lab, shadow roots included. In a group of radio buttons
# it reaches one, and the arrow keys the others.
TAB_STOPS = """
() => {
  const inside = (root) => [...root.querySelectorAll("*")].flatMap(
    (one) => [one, ...(one.shadowRoot ? inside(one.shadowRoot) : [])]);
  const focusable = "input, button, select, a[href], [tabindex]";
  window.isStop = (one) => one.isConnected && one.matches(focusable)
    && one.tabIndex >= 0 && !one.disabled && one.type !== "radio" && one.role !== "radio"
    && one.checkVisibility({ visibilityProperty: true }) && one.getBoundingClientRect().width > 1;
  window.tabStops = new Set(inside(document.querySelector(".st-key-lab")).filter(window.isStop));
  return window.tabStops.size;
}
"""
TABBED = """
() => {
  let focused = document.activeElement;
  while (focused?.shadowRoot?.activeElement) focused = focused.shadowRoot.activeElement;
  window.tabStops.delete(focused);
  return [...window.tabStops].filter(window.isStop).map((one) => one.outerHTML.slice(0, 200));
}
"""


@pytest.mark.parametrize("slug", [lesson.slug for lesson in agenda.LESSONS])
def test_tab_reaches_every_control_of_the_lab(visit: Visit, server: Server, slug: str) -> None:
    page = visit(f"{server.url}/{slug}")
    # The components of the lab mount after its script has run.
    wait_for(lambda: page.evaluate(TAB_STOPS) > 3, "the lab")
    stops, left = page.evaluate(TAB_STOPS), []
    for _ in range(3 * stops + 60):
        page.keyboard.press("Tab")
        left = page.evaluate(TABBED)
        if not left:
            break
    assert not left, left[:5]
