"""The room with an instructor and two visitors, each in a browser of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    PHONE,
    Visit,
    address,
    assert_fits_the_screen,
    assert_no_error,
    button,
    rest,
    settle,
    unfold,
)
from tests.browser.connection import Connection
from tests.browser.servers import Server, serve, wait_for

PASSCODE = "open sesame"


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    file: Path = tmp_path_factory.mktemp("room") / "classroom.sqlite"
    named = {"WORKSHOP_ADDRESS": "https://example.org/room"}
    with serve(WORKSHOP_STORE=str(file), WORKSHOP_PASSCODE=PASSCODE, **named) as running:
        yield running


def be_instructor(page: Page) -> Page:
    unfold(page, "For the instructor")
    page.get_by_label("Passcode").fill(PASSCODE)
    button(page, "Enter").click()
    button(page, "Lead").wait_for()
    return page


def heading(page: Page, title: str) -> None:
    expect(page.get_by_role("heading", name=title, exact=True)).to_be_visible()


def go_to(page: Page, topic: str, title: str) -> None:
    """By the links at the top: the visit stays the same."""
    page.get_by_role("button", name=topic).click()
    page.locator("a", has_text=title).first.click()
    heading(page, title)
    settle(page)


def test_lead_follow_and_leave(server: Server, visit: Visit) -> None:
    leader = be_instructor(visit(server.url))
    one = visit(f"{server.url}/linear_models?education=2")
    two = visit(f"{server.url}/convolution", size=PHONE)
    expect(button(one, "Follow")).to_have_count(0)

    button(leader, "Lead").click()
    go_to(leader, "Key Concepts", "Gradient descent")
    for page in (one, two):
        button(page, "Follow").click()
        heading(page, "Gradient descent")

    leader.get_by_label("Learning rate, as a number").fill("0.3")
    leader.keyboard.press("Enter")
    for page in (one, two):
        expect(page.get_by_label("Learning rate, as a number")).to_have_value("0.3")
        expect(page.get_by_text("The instructor set learning rate to 0.3.")).to_be_visible()
        expect(page.locator(".row[data-name=rate].marked")).to_be_visible()
        assert "rate=0.3" in address(page)

    leader.get_by_role("radio", name="Two weights").click()
    for page in (one, two):
        expect(page.get_by_role("radio", name="Two weights")).to_be_checked()
        framed = page.locator(".st-key-view").first
        expect(framed).to_have_css("outline-style", "solid")
    assert_fits_the_screen(two)

    button(one, "On my own").click()
    heading(one, "The problem with linear models")
    expect(one.get_by_label("education, as a number").first).to_have_value("2")
    go_to(leader, "Computer Vision", "Train on MNIST, live")
    heading(two, "Train on MNIST, live")
    expect(button(one, "Follow")).to_be_visible()
    heading(one, "The problem with linear models")

    button(leader, "Stop leading").click()
    expect(button(one, "Follow")).to_have_count(0)
    button(two, "On my own").click()
    heading(two, "The convolution")
    for page in (leader, one, two):
        assert_no_error(page)


def test_another_page_over_a_slow_connection(server: Server, visit: Visit) -> None:
    """No look for news goes out between the click and the first word of the other page."""
    page = visit(server.url)
    connection = Connection(page)
    button(be_instructor(page), "Lead").click()
    expect(button(page, "Stop leading")).to_be_visible()
    page.get_by_role("button", name="Key Concepts").click()
    with connection.held(1500):  # three times the pace of a leader's looks
        page.locator("a", has_text="Gradient descent").first.click()
    heading(page, "Gradient descent")
    expect(page.get_by_text("Learning rate").first).to_be_visible()
    settle(page)
    heading(page, "Gradient descent")


def test_following_over_a_slow_connection(server: Server, visit: Visit) -> None:
    """A look that goes out while the bar changes the page does not undo it."""
    leader, page = be_instructor(visit(server.url)), visit(f"{server.url}/convolution")
    button(leader, "Lead").click()
    go_to(leader, "Key Concepts", "Gradient descent")
    connection = Connection(page)
    with connection.held(4500):  # longer than any look waits
        button(page, "Follow").click()
    heading(page, "Gradient descent")
    settle(page)
    with connection.held(4500):
        button(page, "On my own").click()
    heading(page, "The convolution")
    settle(page)
    rest(page)
    heading(page, "The convolution")
    assert_no_error(page)


def test_no_look_goes_out_with_a_click(server: Server, visit: Visit) -> None:
    """One message is for one part of the page: with a look, a click's own would not be drawn."""
    page = visit(server.url)
    connection = Connection(page)
    button(be_instructor(page), "Lead").click()
    go_to(page, "Key Concepts", "Gradient descent")
    # Restless hands: in the page itself, so that they are no slower than what they hold up.
    page.evaluate("hands = setInterval(() => document.body.dispatchEvent(new Event('click')), 50)")
    page.wait_for_timeout(500)  # what was on its way
    asked = connection.asked
    page.wait_for_timeout(2000)  # four times the pace of a leader's looks
    assert connection.asked == asked
    page.evaluate("clearInterval(hands)")
    wait_for(lambda: connection.asked_since(asked), "the looks to go on")


def test_spotlight_timer_and_the_address(server: Server, visit: Visit) -> None:
    leader = be_instructor(visit(server.url))
    button(leader, "Lead").click()
    one, two = visit(server.url), visit(f"{server.url}/convolution", size=PHONE)
    go_to(leader, "Key Concepts", "Gradient descent")
    button(one, "Follow").click()
    heading(one, "Gradient descent")

    button(leader, "Room").click()
    expect(leader.get_by_role("link", name="https://example.org/room")).to_be_visible()
    expect(leader.get_by_role("img", name="QR code of https://example.org/room")).to_be_visible()
    leader.get_by_role("button", name="Predict", exact=True).or_(
        leader.get_by_role("radio", name="Predict", exact=True)
    ).first.click()
    for page in (leader, one):
        box = page.locator("[class*='st-key-predict-']").first
        expect(box).to_have_css("outline-style", "solid")
        expect(box).to_be_in_viewport()
    leader.get_by_label("Timer (minutes)").fill("0.1")
    leader.get_by_role("button", name="Start", exact=True).click()
    for page in (leader, one, two):  # also who does not follow
        expect(page.get_by_role("timer")).to_contain_text("0:")
    for page in (leader, one, two):
        expect(page.get_by_role("timer")).to_have_text("Time is up")
    leader.get_by_role("button", name="Stop", exact=True).last.click()
    for page in (leader, one, two):
        expect(page.get_by_role("timer")).to_have_count(0)
    for page in (leader, one, two):
        assert_no_error(page)


def test_projector_mode_with_a_clicker(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/linear_models")
    before = page.evaluate("getComputedStyle(document.documentElement).fontSize")
    page.get_by_role("button", name="Projector mode").click()
    expect(page.locator(".stAppHeader")).to_be_hidden()
    assert page.evaluate("getComputedStyle(document.documentElement).fontSize") > before
    page.wait_for_selector("html[data-clicker=on]", state="attached")

    page.keyboard.press("PageDown")
    heading(page, "Forward propagation")
    assert "present=1" in address(page)
    page.wait_for_selector("html[data-clicker=on]", state="attached")
    page.get_by_text("Predicted wage").wait_for()
    page.keyboard.press(" ")
    expect(page.get_by_text("Step 1 of 3")).to_be_visible()
    page.keyboard.press(".")
    expect(page.locator("#room-dark-screen")).to_be_visible()
    page.keyboard.press(".")
    expect(page.locator("#room-dark-screen")).to_have_count(0)

    page.get_by_label("education (years), Inputs, as a number").click()
    for key in (".", "PageDown", " "):
        page.keyboard.press(key)
    settle(page)
    expect(page.locator("#room-dark-screen")).to_have_count(0)
    heading(page, "Forward propagation")

    page.locator(".st-key-room-bar").hover()
    button(page, "Hide controls").click()
    controls = page.locator(".st-key-lab [data-testid=stColumn]").nth(1)
    expect(controls).to_be_hidden()
    page.locator("a", has_text="Activation functions").first.click()
    heading(page, "Activation functions")
    expect(controls).to_be_hidden()
    assert "hide=controls" in address(page)
    page.locator(".st-key-room-bar").hover()
    page.get_by_role("button", name="End projector mode").click()
    expect(page.locator(".stAppHeader")).to_be_visible()
    expect(controls).to_be_visible()
    assert "present" not in address(page)
    assert_no_error(page)
