"""The playground, as a learner plays with it."""

import re
from dataclasses import replace

import numpy as np
import pytest
from playwright.sync_api import Locator, Page, expect

from components.concepts.dense_network import Edge, Node, forward, predict
from components.concepts.playground import (
    PlaygroundPlan,
    losses,
    network_of,
    start_weights,
    with_weight,
)
from components.concepts.playground_data import FEATURES, features_of
from components.concepts.playground_run import Moment
from components.concepts.playground_weights import write_weights
from components.labs.playground.settings import RATE, SHOWN_ACTIVATIONS
from components.widgets.playground import Picture, browser_data
from tests.browser.conftest import (
    PHONE,
    Visit,
    address,
    assert_fits_the_screen,
    assert_in_first_screen,
    assert_no_error,
    button,
    place_of,
    rest,
    settle,
)
from tests.browser.servers import PROJECT

SLUG = "deeper_networks"
# Notes each number that the field of the learning rate shows.
NOTE_RATES = """
window.rates = [];
new MutationObserver(() => {
  const field = document.querySelector('input[aria-label="Learning rate"]');
  if (field && window.rates.at(-1) !== field.value) window.rates.push(field.value);
}).observe(document, {subtree: true, childList: true, attributes: true});
"""


def epoch(page: Page) -> int:
    """The epoch that the lab shows."""
    return int(page.locator(".epoch").inner_text().replace(",", ""))


def test_loss(page: Page) -> float:
    """The test loss that the lab shows."""
    return float(page.locator(".test-loss").inner_text())


test_loss.__test__ = False  # type: ignore[attr-defined]


def answer(page: Page, canvas: Locator) -> tuple[float, float, float]:
    """Point at a map a bit off its middle: the place (x1, x2) and what is said there."""
    box = place_of(canvas)
    page.mouse.move(box["x"] + 0.62 * box["width"], box["y"] + 0.3 * box["height"])
    said = page.locator(".readout")
    expect(said).to_have_text(re.compile("says"))
    found = re.search(r"x₁ = (.+), x₂ = (.+): .* says (.+)", said.inner_text())
    assert found
    return float(found[1]), float(found[2]), float(found[3])


def test_play_pause_edit_step_and_go_on(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?data=xor&rate=0.3&hidden=4")
    for name in ("Step", "Play", "Pause", "Reset"):
        assert_in_first_screen(page, button(page, name))
    for part in (".network", ".output", ".chart", ".readout"):
        assert_in_first_screen(page, page.locator(part))
    assert_in_first_screen(page, page.get_by_text("Moment of the run"))
    at_start = test_loss(page)

    button(page, "Play").click()
    expect(page.locator(".epoch")).to_have_text(re.compile(r"^[1-9]\d+$"))
    rate = page.get_by_role("spinbutton", name="Learning rate")
    rate.fill("0.2")  # while it trains
    rate.press("Enter")
    expect(page.locator(".test-loss")).to_have_text(re.compile(r"^0\.0"))
    button(page, "Pause").click()
    expect(button(page, "Play")).to_be_enabled()
    rest(page)
    paused_at = epoch(page)
    assert test_loss(page) < at_start

    page.get_by_role("slider", name="Moment of the run").press("Home")  # look back
    expect(page.locator(".epoch")).to_have_text("0")
    assert test_loss(page) == at_start
    page.locator('.node .bias[data-edge="1-bias-2"]').click()
    value = page.get_by_role("spinbutton", name="Its value")
    expect(value).to_be_enabled()
    value.fill("2.5")
    value.press("Enter")
    expect(page).to_have_url(re.compile("weights="))
    expect(page.locator(".epoch")).to_have_text(str(paused_at))  # what is edited is the latest
    settle(page)
    edited = test_loss(page)
    again = visit(address(page))  # a fresh browser begins with the edited network
    assert (test_loss(again), epoch(again)) == (edited, 0)

    button(page, "Step").click()
    expect(page.locator(".epoch")).to_have_text(str(paused_at + 1))
    expect(button(page, "Play")).to_be_enabled()
    assert test_loss(page) != edited
    expect(page.get_by_text(', "weight", (1, (1,), 2.5)')).to_be_attached()
    expect(page.get_by_text(', "learning_rate", 0.2)')).to_be_attached()

    button(page, "Play").click()
    expect(page.locator(".epoch")).not_to_have_text(str(paused_at + 1))
    button(page, "Pause").click()
    expect(button(page, "Play")).to_be_enabled()
    button(page, "Reset").click()
    expect(page.locator(".epoch")).to_have_text("0")
    assert test_loss(page) == at_start
    assert "weights=" not in page.url
    expect(page.locator("svg.marks")).to_be_visible()  # the run is kept for comparison
    assert_no_error(page)


def test_a_field_shows_no_other_number_while_the_page_opens(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    page.add_init_script(NOTE_RATES)
    page.reload()
    page.get_by_text("After this page you can").wait_for()
    expect(page.get_by_role("spinbutton", name="Learning rate")).to_be_visible()
    settle(page)
    assert page.evaluate("window.rates") == [f"{RATE.default:g}"]


def test_the_same_start_gives_the_same_losses(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?seed=3")
    seen = []
    for _ in range(2):
        for number in (1, 2):
            button(page, "Step").click()
            expect(page.locator(".epoch")).to_have_text(str(number))
            expect(button(page, "Step")).to_be_enabled()
        seen.append(page.locator(".numbers").inner_text())
        button(page, "Reset").click()
        expect(page.locator(".epoch")).to_have_text("0")
    assert seen[0] == seen[1]


def test_the_maps_are_the_networks_answers(visit: Visit, lesson: str) -> None:
    plan = PlaygroundPlan(hidden=(3, 2), features=tuple(FEATURES))
    weights = with_weight(start_weights(plan), Edge(0, None, 1), -1.5)
    features, text = ".".join(FEATURES), write_weights(weights)
    page = visit(f"{lesson}?features={features}&hidden=3.2&weights={text}")
    network = network_of(plan, weights)
    expect(page.locator(".test-loss")).to_have_text(f"{losses(plan, weights).test:.4f}")
    x1, x2, said = answer(page, page.locator(".output .points"))
    inputs = features_of(np.array([[x1, x2]]), plan.features).astype(float)
    assert said == pytest.approx(predict(network, inputs)[0, 0], abs=1e-4)
    x1, x2, said = answer(page, page.locator(".node canvas").nth(len(FEATURES) + 1))
    inputs = features_of(np.array([[x1, x2]]), plan.features).astype(float)
    hidden = forward(network, inputs[0])
    assert said == pytest.approx(hidden.output(Node(0, 1)), abs=1e-4)


def test_the_browsers_forward_pass_is_numpys(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    script = (PROJECT / "components/widgets/playground/forward_pass.js").read_text("utf-8")
    places = np.random.default_rng(0).uniform(-6, 6, (40, 2))
    for data in ("circle", "plane"):
        for activation in SHOWN_ACTIVATIONS:
            plan = PlaygroundPlan(data, hidden=(8, 5, 3), features=tuple(FEATURES), seed=2)
            plan = replace(plan, activation=activation)
            weights = tuple(array + np.float32(0.1) for array in start_weights(plan))
            inputs = features_of(places, plan.features).astype(float)
            ours = predict(network_of(plan, weights), inputs)[:, 0]
            moment = Moment(0, 0.0, losses(plan, weights), weights)
            sent = browser_data(Picture(plan, moment, [moment]))
            theirs = page.evaluate(
                f"([data, x1s, x2s]) => {{ {script}"
                "return Array.from(forwardPass(readNetwork(data), x1s, x2s).at(-1)[0]); }",
                [sent, *places.T.tolist()],
            )
            np.testing.assert_allclose(theirs, ours, rtol=1e-5, atol=1e-6, err_msg=activation)


def test_weights_that_run_off_are_named(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?data=bumps&activation=linear&rate=50")
    button(page, "Play").click()
    expect(page.get_by_text("The learning rate is too large", exact=False).or_(
        page.get_by_text("grown beyond all bounds"))).to_be_visible()  # fmt: skip
    assert "NaN" not in page.locator("body").inner_text()
    expect(button(page, "Play")).to_be_disabled()
    button(page, "Reset").click()
    expect(button(page, "Play")).to_be_enabled()
    assert_no_error(page)


def test_on_a_phone(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?hidden=8.8.8.8.8.8", PHONE, touch=True)
    assert_fits_the_screen(page)
    assert_in_first_screen(page, page.locator(".output"))
    assert_in_first_screen(page, page.locator(".chart"))
    assert_no_error(page)
