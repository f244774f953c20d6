"""The frame around the lessons, in a real browser."""

import pytest
from playwright.sync_api import expect

from components import agenda
from tests.browser.conftest import (
    PHONE,
    Visit,
    assert_fits_the_screen,
    assert_no_error,
    is_dark,
    press_arrow,
    settle,
    show_scheme,
)
from tests.browser.servers import Server, serve


def test_a_deep_link_on_a_server_that_nobody_has_opened(visit: Visit) -> None:
    with serve() as fresh:
        page = visit(f"{fresh.url}/mnist_training?epochs=7&network=dense")
        assert page.get_by_role("heading", name="Train on MNIST, live").is_visible()
        assert "/mnist_training" in page.url
        page.get_by_text("109,386 parameters").first.wait_for()
        expect(page.get_by_role("spinbutton", name="Epochs")).to_have_value("7")
        assert "epochs=7" in page.evaluate("location.search")
        assert page.locator('[data-testid="stTopNavSection"], nav, header').count() > 0
        assert_no_error(page)


@pytest.mark.parametrize("slug", [lesson.slug for lesson in agenda.LESSONS])
def test_every_page_fits_a_phone_in_both_themes(server: Server, visit: Visit, slug: str) -> None:
    """A projector, too: where axe looks at the page."""
    page = visit(f"{server.url}/{slug}", PHONE, "dark")
    assert is_dark(page)
    assert_fits_the_screen(page)
    show_scheme(page, "light")
    assert_fits_the_screen(page)
    assert_no_error(page)


def test_arrow_keys_and_links_lead_through_the_lessons(server: Server, visit: Visit) -> None:
    first, second = agenda.LESSONS[0], agenda.LESSONS[1]
    page = visit(f"{server.url}/{first.slug}")
    press_arrow(page, "ArrowRight")
    page.get_by_role("heading", name=second.title, exact=True).wait_for()
    settle(page)
    press_arrow(page, "ArrowLeft")
    page.get_by_role("heading", name="Introduction to Deep Learning").wait_for()


def test_arrow_keys_in_a_field_stay_in_the_field(server: Server, visit: Visit) -> None:
    page = visit(f"{server.url}/mnist_training")
    page.get_by_role("spinbutton", name="Epochs").press("ArrowLeft")
    page.wait_for_timeout(500)
    assert "/mnist_training" in page.url
