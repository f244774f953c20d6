"""Forward propagation and its live sliders, as a learner uses them."""

import re

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from components.figures.network_diagram import draw_forward, written_out
from components.labs.wage_network.settings import TABLE, trace_of
from tests.browser.conftest import (
    PHONE,
    Visit,
    assert_fits_the_screen,
    assert_in_first_screen,
    assert_in_order,
    assert_no_error,
    button,
    place_of,
    settle,
)

SIZES = {"x", "y", "width", "height", "font-size", "stroke-width", "x1", "x2", "y1", "y2"}
# What the drawing shows right after sliders have these values, before the server has them.
AHEAD_OF_THE_SERVER = """
async (values) => {
  const detail = { values, isAhead: true };
  document.dispatchEvent(new CustomEvent("live-sliders", { detail }));
  const lab = document.querySelector(".st-key-lab");
  const roots = [...lab.querySelectorAll("*")].map((one) => one.shadowRoot).filter(Boolean);
  const root = roots.find((one) => one.querySelector(".diagram"));
  return {
    sums: [...root.querySelectorAll(".sum span")].map((line) => line.textContent),
    svg: root.querySelector(".picture.wide svg").outerHTML,
  };
}
"""
# The server's drawing as a browser writes it down, with buttons for edges.
AS_SHOWN = """
(svg) => {
  const box = document.createElement("div");
  box.innerHTML = svg;
  for (const edge of box.querySelectorAll("[data-edge]")) {
    edge.setAttribute("role", "button");
    edge.setAttribute("tabindex", "0");
  }
  return box.innerHTML;
}
"""

LOSE_A_MESSAGE = """
() => {
  const send = WebSocket.prototype.send;
  WebSocket.prototype.send = function (message) {
    if (window.isLost) send.call(this, message);
    window.isLost = true;
  };
}
"""


SLUG = "forward_propagation"


def slider(page: Page, name: str) -> Locator:
    """The slider of a setting."""
    return page.locator(f'[data-name="{name}"] input[type=range]')


def field(page: Page, name: str) -> Locator:
    """The number field of a setting."""
    return page.locator(f'[data-name="{name}"] input.number')


def type_number(page: Page, name: str, text: str) -> None:
    """Type a number into a field and finish with Enter."""
    field(page, name).fill(text)
    field(page, name).press("Enter")


def sums(page: Page) -> Locator:
    """The sums under the lab's drawing."""
    return page.locator(".st-key-lab .sum")


def wage(page: Page) -> Locator:
    """The line with the predicted wage."""
    return page.get_by_text(re.compile(r"^Predicted wage: "))


def random_values(rng: np.random.Generator, number: int) -> dict[str, float]:
    """Settings as sliders give them: on a step, or typed with many digits."""
    values = {}
    for setting in TABLE:
        value = float(rng.uniform(setting.low, setting.high))
        steps = round((value - setting.low) / setting.step)
        on_step = setting.low + steps * setting.step
        values[setting.name] = on_step if number % 3 else float(f"{value:.10g}")
    return values


def in_parts(svg: str) -> tuple[list[str], list[float]]:
    """An SVG as its elements with their texts, and all sizes and places as numbers.

    Without the names that are read out, which the drawing leaves to the server, and whatever
    order the attributes have.
    """
    elements, sizes = [], []
    svg = re.sub(r' aria-label="[^"]*"', "", svg)
    for tag, text in re.findall(r"<([^>]+)>([^<]*)", svg):
        attributes = sorted(re.findall(r'([\w-]+)="([^"]*)"', tag))
        sizes += [float(value) for name, value in attributes if name in SIZES]
        rest = [f"{name}={value}" for name, value in attributes if name not in SIZES]
        elements.append(f"{tag.split()[0]} {' '.join(rest)}: {text}")
    return elements, sizes


def weight_shown(page: Page, edge: str) -> Locator:
    """The number on an edge of the lab's drawing."""
    return page.locator(f'.st-key-lab .picture.wide [data-label="{edge}"] text')


def grab(page: Page, name: str) -> tuple[float, float, float]:
    """Press the mouse on a slider's middle; where that is, and how wide the slider is."""
    box = place_of(slider(page, name))
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    return x, y, box["width"]


def test_golden_wages_by_typing(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    expect(sums(page)).to_contain_text("hidden node 1: 1·0 + 12·0 + 1·1 = 1, ReLU(1) = 1")
    expect(sums(page)).to_contain_text("1·(-20) + 12·1 + 1·10 = 2, ReLU(2) = 2")
    expect(wage(page)).to_have_text("Predicted wage: 26 dollars an hour")
    type_number(page, "education", "13")
    expect(sums(page)).to_contain_text("1·(-20) + 13·1 + 1·10 = 3, ReLU(3) = 3")
    expect(sums(page)).to_contain_text("hidden node 1: 1·0 + 13·0 + 1·1 = 1, ReLU(1) = 1")
    expect(wage(page)).to_have_text("Predicted wage: 38 dollars an hour")
    expect(page).to_have_url(re.compile(r"\?education=13$"))
    assert_no_error(page)


def test_a_drag_moves_drawing_and_sums_while_it_lasts(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    x, y, width = grab(page, "h2_tech")
    seen = set()
    for share in (0.1, 0.2, 0.3, -0.1):
        page.mouse.move(x + share * width, y, steps=4)
        now = field(page, "h2_tech").input_value()
        expect(weight_shown(page, "1-2-2")).to_have_text(now)  # the mouse is still down
        expect(sums(page)).to_contain_text(f"12·1 + 1·{f'({now})' if now < '0' else now} =")
        seen.add(now)
    assert len(seen) == 4
    assert "h2_tech" not in page.url
    page.mouse.up()
    expect(page).to_have_url(re.compile(f"h2_tech={re.escape(now)}$"))
    settle(page)
    assert field(page, "h2_tech").input_value() == now


def test_the_drawing_computed_in_the_browser_is_the_servers(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    expect(sums(page)).to_contain_text("= 26")
    rng = np.random.default_rng(7)
    for number in range(40):
        values = random_values(rng, number)
        here = page.evaluate(AHEAD_OF_THE_SERVER, values)
        trace = trace_of(values)
        assert here["sums"] == written_out(trace).split("\n")
        elements, sizes = in_parts(here["svg"])
        from_server, right_sizes = in_parts(page.evaluate(AS_SHOWN, draw_forward(trace).wide))
        assert elements == from_server
        assert sizes == pytest.approx(right_sizes, abs=0.11)  # they are rounded to 0.1 pixels
    # The server's values come back as soon as a slider has its answer.
    type_number(page, "education", "13")
    expect(wage(page)).to_have_text("Predicted wage: 38 dollars an hour")
    expect(sums(page)).to_contain_text("1·2 + 3·12 = 38")


def test_the_keyboard_alone_moves_a_slider(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    field(page, "h2_tech").focus()
    page.keyboard.press("Tab")
    expect(slider(page, "wage_h1")).to_be_focused()
    for key, value in (
        ("ArrowRight", "2.5"),
        ("ArrowDown", "2"),
        ("PageUp", "7"),
        ("End", "20"),
        ("Home", "-20"),
    ):
        page.keyboard.press(key)
        expect(weight_shown(page, "2-1-1")).to_have_text(value)
    expect(page).to_have_url(re.compile("/forward_propagation.wage_h1=-20$"))
    expect(wage(page)).to_have_text("Predicted wage: 4 dollars an hour")


def test_a_typed_number_between_two_steps_or_out_of_range(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    type_number(page, "wage_h2", "0,125")
    expect(wage(page)).to_have_text("Predicted wage: 2.25 dollars an hour")
    type_number(page, "wage_h2", "500")
    expect(page.get_by_text("The slider goes from -20 to 20.")).to_be_visible()
    expect(weight_shown(page, "2-2-1")).to_have_text("20")
    type_number(page, "wage_h2", "much")
    expect(page.get_by_text("Type a number from -20 to 20.")).to_be_visible()
    expect(weight_shown(page, "2-2-1")).to_have_text("20")


def test_a_state_is_restored_in_a_fresh_browser_and_reset(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    type_number(page, "h1_bias", "3")
    type_number(page, "tech", "0")
    button(page, "Step").click()
    expect(page.get_by_text("Step 1 of 3")).to_be_visible()
    expect(page).to_have_url(re.compile("step=1"))
    address = page.url
    other = visit(address)
    expect(other.get_by_text("Step 1 of 3")).to_be_visible()
    expect(field(other, "h1_bias")).to_have_value("3")
    expect(other.get_by_test_id("stCode")).to_contain_text("np.array([3.0, -20.0])")
    expect(sums(other)).to_contain_text("hidden node 1: 1·3 + 12·0 + 0·1 = 3, ReLU(3) = 3")
    button(other, "Reset").click()
    expect(wage(other)).to_have_text("Predicted wage: 26 dollars an hour")
    expect(field(other, "h1_bias")).to_have_value("0")
    expect(other.get_by_test_id("stCode")).to_contain_text("np.array([0.0, -20.0])")
    expect(other).to_have_url(lesson)
    type_number(other, "h1_bias", "3")
    expect(wage(other)).to_have_text("Predicted wage: 32 dollars an hour")


def test_a_message_that_got_lost_is_sent_again(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    expect(sums(page)).to_contain_text("= 26")
    page.evaluate(LOSE_A_MESSAGE)
    type_number(page, "education", "13")
    page.wait_for_function("window.isLost")
    expect(wage(page)).to_have_text("Predicted wage: 38 dollars an hour")
    expect(page).to_have_url(re.compile("education=13"))


def test_play_goes_through_the_steps_and_ends_with_the_wage(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    button(page, "Play").click()
    for step in ("Step 1 of 3: hidden node 1", "Step 2 of 3: hidden node 2"):
        expect(page.get_by_text(step)).to_be_visible()
    expect(page.get_by_text("Step 3 of 3: the wage: 26 dollars an hour")).to_be_visible()
    expect(button(page, "Pause")).to_be_disabled()
    expect(page).to_have_url(re.compile("step=3"))


def test_an_edge_leads_to_its_slider(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    edge = page.locator('.st-key-lab .picture.wide [data-edge="1-bias-2"]')
    edge.focus()
    page.keyboard.press("Enter")
    expect(slider(page, "h2_bias")).to_be_focused()
    expect(edge).to_have_attribute("aria-pressed", "true")
    page.keyboard.press("ArrowRight")
    expect(wage(page)).to_have_text("Predicted wage: 38 dollars an hour")
    expect(page).to_have_url(re.compile("edge=h2_bias"))
    weight_shown(page, "1-bias-2").click(force=True)  # the mouse reaches the edge under it
    expect(edge).to_have_attribute("aria-pressed", "false")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_the_lab_fits_a_projector_and_a_phone(visit: Visit, lesson: str, scheme: str) -> None:
    page = visit(lesson, scheme=scheme)
    for name in ("Step", "Play", "Pause", "Reset"):
        assert_in_first_screen(page, button(page, name))
    for name in ("education", "tech", "h1_bias", "wage_h2"):
        assert_in_first_screen(page, field(page, name))
    assert_in_first_screen(page, sums(page))
    page = visit(lesson, PHONE, scheme, touch=True)
    assert_fits_the_screen(page)
    expect(page.locator(".st-key-lab .picture.narrow")).to_be_visible()
    expect(page.locator(".st-key-lab .picture.wide")).to_be_hidden()
    assert_in_order(page.locator(".st-key-lab .picture.narrow"), button(page, "Step"))


def test_a_tap_moves_a_slider(visit: Visit, lesson: str) -> None:
    page = visit(lesson, PHONE, touch=True)
    box = slider(page, "tech").bounding_box()
    assert box is not None
    slider(page, "tech").tap(position={"x": 3, "y": box["height"] / 2})
    expect(wage(page)).to_have_text("Predicted wage: 0 dollars an hour")
    expect(page).to_have_url(re.compile("tech=0$"))


def test_predict_then_reveal(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    page.get_by_label("Wage in dollars an hour").fill("-96")
    button(page, "Commit").click()
    expect(page.get_by_text("-96: you skipped the ReLU on hidden node 2.")).to_be_visible()
    button(page, "Try again").click()
    page.get_by_label("Wage in dollars an hour").fill("0")
    button(page, "Commit").click()
    expect(page.get_by_text("Right.")).to_be_visible()
    assert_no_error(page)
