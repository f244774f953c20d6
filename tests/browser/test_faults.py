"""What a visitor does or suffers in the middle of a run, and what is left of it then.

A killed worker, a cut connection and a closed tab are in test_mnist.py.
"""

import re
import signal

import psutil
import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import (
    Visit,
    assert_no_error,
    button,
    rest,
    settle,
)
from tests.browser.connection import Connection
from tests.browser.servers import PATIENCE, Server, serve, wait_for

LESSON = "mnist_training?epochs=100&network=dense"
READY = "Press Train and watch it learn."


def train(page: Page) -> None:
    """Press Train and wait for its first point."""
    button(page, "Train").click()
    expect(page.get_by_text("images a second,")).to_be_visible()


def another_tab(page: Page) -> Page:
    """The same address in another tab of the same browser."""
    tab = page.context.new_page()
    tab.set_default_timeout(PATIENCE * 1000)
    tab.goto(page.url)
    tab.get_by_text("After this page you can").wait_for()
    settle(tab)
    return tab


def test_a_reload_keeps_the_settings_and_gives_the_turn_back(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/{LESSON}")
    train(page)
    page.reload()
    expect(page.get_by_role("spinbutton", name="Epochs")).to_have_value("100")
    expect(page.get_by_text(READY)).to_be_visible()
    assert_no_error(page)
    button(page, "Train").click()  # waits until the run before has been given up
    expect(page.get_by_text("images a second,")).to_be_visible()
    button(page, "Stop").click()
    expect(page.get_by_text(re.compile("You stopped the run"))).to_be_visible()


def test_a_reload_while_a_page_is_drawn_gives_the_page(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/welcome")
    for slug in ("how_a_network_sees", "classify_images", "deeper_networks"):
        page.goto(f"{server.url}/{slug}")
        page.get_by_role("heading").first.wait_for()  # the frame stands, the rest is on its way
        page.reload()
        page.get_by_text("After this page you can").wait_for()
        settle(page)
        assert_no_error(page)


def test_two_tabs_of_one_browser_do_not_mix(server: Server, visit: Visit) -> None:
    one = visit(f"{server.url}/{LESSON}")
    other = another_tab(one)
    train(one)
    expect(other.get_by_text(READY)).to_be_visible()
    button(other, "Train").click()
    expect(other.get_by_text("place 1 in the queue")).to_be_visible()
    button(other, "Stop").click()
    expect(other.get_by_text("Stopped before it began.")).to_be_visible()
    before = one.get_by_text("images a second,").inner_text()
    expect(one.get_by_text("images a second,")).not_to_have_text(before)
    other.close()
    button(one, "Stop").click()
    expect(one.get_by_text(re.compile("You stopped the run"))).to_be_visible()
    assert_no_error(one)


def test_a_click_counts_once_on_a_page_that_ticks(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/forward_propagation")
    connection = Connection(page)
    with connection.ticking():
        button(page, "Step").click()
        expect(page).to_have_url(re.compile("step="))
        rest(page)
    assert page.url.endswith("step=1")


@pytest.mark.parametrize("how", [signal.SIGTERM, signal.SIGKILL], ids=["told to stop", "killed"])
def test_a_server_that_ends_while_it_trains_leaves_no_process(
    visit: Visit, how: signal.Signals
) -> None:
    with serve() as fresh:
        page = visit(f"{fresh.url}/{LESSON}")
        train(page)
        family = fresh.family()
        assert len(family) > 3
        fresh.process.send_signal(how)
        wait_for(lambda: not any(_is_running(process) for process in family), "the last process")
        expect(page.get_by_text(re.compile("connecting", re.IGNORECASE)).first).to_be_visible()


def _is_running(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
