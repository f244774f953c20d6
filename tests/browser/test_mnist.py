"""Train on MNIST, as a learner does it."""

import re
import time

import psutil
import pytest
from playwright.sync_api import Page, ViewportSize, expect

from tests.browser.conftest import (
    PHONE,
    PROJECTOR,
    Visit,
    address,
    assert_in_first_screen,
    assert_in_order,
    assert_no_error,
    button,
    place_of,
    settle,
)
from tests.browser.servers import Server, serve

SLUG = "mnist_training"


def press(page: Page, name: str) -> None:
    """Click the button with just this name."""
    button(page, name).click()


def open_view(page: Page, name: str) -> None:
    """Open one of the views under the lab."""
    page.get_by_role("tab", name=name).click()
    settle(page)


def draw_a_one(page: Page) -> None:
    """An upright stroke on the pad."""
    box = place_of(page.locator("canvas").last)
    x = box["x"] + box["width"] / 2
    page.mouse.move(x, box["y"] + 0.15 * box["height"])
    page.mouse.down()
    for part in range(15, 90, 5):
        page.mouse.move(x, box["y"] + part / 100 * box["height"])
    page.mouse.up()


def worker_of(server: Server) -> psutil.Process:
    """The process that trains: the one that has TensorFlow's memory."""
    return max(server.family()[1:], key=lambda process: process.memory_info().rss)


def height_of_status(page: Page) -> float:
    """How high the line above the numbers is, with its bar."""
    box = page.get_by_test_id("stProgress").bounding_box()
    assert box is not None
    return box["height"]


def test_the_lab_is_in_view_at_once(visit: Visit, lesson: str) -> None:
    page = visit(lesson)
    for name in ("Train", "Pause", "Stop", "Reset"):
        assert_in_first_screen(page, button(page, name))
    assert_in_first_screen(page, page.get_by_text("Moment of the run"))
    expect(page.locator("svg.marks").nth(1)).to_be_visible()
    for chart in page.locator("svg.marks").all()[:2]:
        assert_in_first_screen(page, chart)


def test_train_watch_draw_and_ask(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?epochs=6")
    press(page, "Train")
    expect(
        page.get_by_text(re.compile(r"epoch \d\.\d of 6, [\d,]+ images a second"))
    ).to_be_visible()
    expect(page.get_by_text(re.compile("of 6. Trained for"))).to_be_visible()
    settle(page)
    accuracy = page.get_by_text(re.compile(r"^\d\d\.\d\d %$")).first.inner_text()
    assert float(accuracy.split()[0]) > 90
    draw_a_one(page)
    expect(page.get_by_text(re.compile("Workshop network says 1"))).to_be_visible()
    expect(page.locator(".probability-bars")).to_be_visible()
    expect(page.locator(".network-input img")).to_be_visible()
    open_view(page, "Wrong digits")
    expect(page.get_by_text(re.compile(r"it reads \d+ of 1,000"))).to_be_visible()
    expect(page.locator(".digit-sheet img").first).to_be_visible()
    open_view(page, "Confusion matrix")
    cell = page.locator('path[aria-label*="true digit: 1"][aria-label*="predicted digit: 1"]')
    cell.last.click()
    expect(page.get_by_text(re.compile("digits that are a 1, read as a 1"))).to_be_visible()
    open_view(page, "Filters")
    expect(page.locator(".filters").first).to_be_visible()
    open_view(page, "Compare runs")
    expect(page.get_by_text("The workshop's run")).not_to_have_count(0)
    open_view(page, "Save")
    with page.expect_download() as download:
        page.get_by_role("button", name="Save as .keras").click()
    assert download.value.path().stat().st_size > 100_000
    assert_no_error(page)


@pytest.mark.parametrize("size", [PROJECTOR, PHONE], ids=["projector", "phone"])
def test_pause_resume_and_stop_and_nothing_below_moves(
    visit: Visit, lesson: str, size: ViewportSize
) -> None:
    page = visit(f"{lesson}?epochs=100", size)
    expect(page.get_by_text("Press Train and watch")).to_be_visible()
    heights = [height_of_status(page)]
    for name, says in (
        ("Train", "images a second,"),
        ("Pause", ", paused."),
        ("Resume", "images a second,"),
        ("Stop", re.compile(r"You stopped the run after .* what it has learnt is kept")),
    ):
        press(page, name)
        expect(page.get_by_text(says)).to_be_visible()
        heights.append(height_of_status(page))
    assert len(set(heights)) == 1, heights


def test_a_field_that_is_emptied_shows_its_number_again(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?epochs=7")
    epochs = page.get_by_label("Epochs", exact=True)
    epochs.fill("")
    epochs.press("Enter")
    expect(epochs).to_have_value("7")
    assert "epochs=7" in address(page)


def test_a_learning_rate_of_a_billion_is_explained(visit: Visit, lesson: str) -> None:
    page = visit(f"{lesson}?rate=1000000000")
    press(page, "Train")
    expect(page.get_by_text("The loss has grown beyond all bounds")).to_be_visible()
    assert "NaN" not in page.locator("body").inner_text()
    assert_no_error(page)


def test_two_visitors_get_their_own_run_and_one_waits(visit: Visit, lesson: str) -> None:
    first, second = visit(f"{lesson}?epochs=100"), visit(f"{lesson}?epochs=1&network=dense")
    press(first, "Train")
    expect(first.get_by_text("images a second,")).to_be_visible()
    press(second, "Train")
    expect(second.get_by_text("place 1 in the queue")).to_be_visible()
    open_view(second, "Compare runs")
    expect(second.get_by_text("Your runs will be compared here.")).to_be_visible()
    press(first, "Stop")
    expect(second.get_by_text(re.compile("of 1. Trained for"))).to_be_visible()
    assert "Plain dense network" not in first.locator("body").inner_text()
    assert "Workshop network:" not in second.locator(".stMetric").first.inner_text()


def test_a_killed_worker_is_reported_and_replaced(visit: Visit) -> None:
    with serve() as server:
        url = f"{server.url}/mnist_training"
        training, other = visit(f"{url}?epochs=100"), visit(f"{url}?epochs=1&network=dense")
        press(other, "Train")
        expect(other.get_by_text(re.compile("of 1. Trained for"))).to_be_visible()
        press(training, "Train")
        expect(training.get_by_text("images a second,")).to_be_visible()
        worker_of(server).kill()
        expect(training.get_by_text("ended unexpectedly")).to_be_visible()
        draw_a_one(other)
        expect(other.get_by_text(re.compile("Plain dense network says"))).to_be_visible()
        press(training, "Train")
        expect(training.get_by_text("images a second,")).to_be_visible()
        assert_no_error(training)
        assert_no_error(other)


def test_a_closed_tab_ends_its_run_and_a_short_break_does_not(visit: Visit, lesson: str) -> None:
    """Told by who waits for the next turn: how busy the worker is depends on who else computes."""
    page, next_one = visit(f"{lesson}?epochs=100&network=strong"), visit(f"{lesson}?epochs=1")
    press(page, "Train")
    progress = page.get_by_text("images a second,")
    expect(progress).to_be_visible()
    press(next_one, "Train")
    waits = next_one.get_by_text("place 1 in the queue")
    expect(waits).to_be_visible()
    page.context.set_offline(True)  # cuts the websocket and keeps it cut
    time.sleep(5)
    before = progress.inner_text()
    page.context.set_offline(False)
    for _ in range(2):
        expect(progress).not_to_have_text(before)
        before = progress.inner_text()
    expect(waits).to_be_visible()
    page.close()
    expect(next_one.get_by_text(re.compile("of 1. Trained for"))).to_be_visible()


def test_the_phone_has_the_picture_first_and_the_controls_under_it(
    visit: Visit, lesson: str
) -> None:
    page = visit(lesson, PHONE, touch=True)
    assert_in_order(
        page.get_by_text("Validation accuracy"),
        button(page, "Train"),
        page.get_by_role("heading", name="The idea"),
    )
