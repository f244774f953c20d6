"""The survey with an instructor and two visitors, each in a browser of their own."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from components.classroom.survey import BUNDLED_SURVEY, read_survey
from tests.browser.conftest import (
    PHONE,
    Visit,
    assert_fits_the_screen,
    assert_no_error,
    button,
    settle,
    unfold,
)
from tests.browser.servers import Server, serve

PASSCODE = "open sesame"
CHOICES = read_survey(BUNDLED_SURVEY).questions[0].choices
HIDDEN = "The results are hidden until the instructor reveals them."


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    file: Path = tmp_path_factory.mktemp("room") / "classroom.sqlite"
    with serve(WORKSHOP_STORE=str(file), WORKSHOP_PASSCODE=PASSCODE) as running:
        yield running


def vote(page: Page, choice: str) -> None:
    page.get_by_role("radio", name=choice, exact=True).click()
    button(page, "Send my answers").click()
    expect(page.get_by_text("Your answers are in.")).to_be_visible()


def summary(page: Page) -> str:
    """What the first chart says in words."""
    figure = page.locator(".st-key-survey-python-figure")
    figure.locator("canvas, svg.marks").first.wait_for()
    return figure.locator(".summary").inner_text()


def test_an_instructor_and_two_visitors(server: Server, visit: Visit) -> None:
    leader, one, two = visit(server.url), visit(server.url), visit(server.url, size=PHONE)

    unfold(leader, "For the instructor")
    leader.get_by_label("Passcode").fill("a guess")
    button(leader, "Enter").click()
    expect(leader.get_by_text("That is not the passcode.")).to_be_visible()
    leader.get_by_label("Passcode").fill(PASSCODE)
    button(leader, "Enter").click()
    expect(button(leader, "Reveal results")).to_be_visible()

    chosen = two.get_by_role("radio", name=CHOICES[1], exact=True)
    chosen.click()
    vote(one, CHOICES[1])
    expect(two.get_by_text("1 visit has answered")).to_be_visible()
    expect(chosen).to_be_checked()  # news from the room leave alone what is not sent yet
    button(two, "Send my answers").click()
    expect(two.get_by_text("Your answers are in.")).to_be_visible()
    expect(leader.get_by_text("2 visits have answered")).to_be_visible()
    for page in (leader, one, two):
        expect(page.get_by_text(HIDDEN)).to_be_visible()

    button(leader, "Reveal results").click()
    for page in (leader, one, two):
        expect(page.get_by_text(HIDDEN)).to_have_count(0)
        assert f"{CHOICES[0]} 0, {CHOICES[1]} 2" in summary(page)

    one.get_by_role("radio", name=CHOICES[2], exact=True).click()
    button(one, "Send them anew").click()
    for page in (leader, one, two):
        words = page.locator(".st-key-survey-python-figure .summary")
        expect(words).to_contain_text(f"{CHOICES[1]} 1, {CHOICES[2]} 1")

    button(leader, "Lock answers").click()
    for page in (one, two):
        expect(page.get_by_text("The survey is closed.")).to_be_visible()
        expect(button(page, "Send them anew")).to_have_count(0)
    settle(two)
    assert_fits_the_screen(two)
    for page in (leader, one, two):
        assert_no_error(page)


def test_a_restart_in_the_middle_of_the_survey_loses_no_vote(visit: Visit, tmp_path: Path) -> None:
    kept = {"WORKSHOP_STORE": str(tmp_path / "classroom.sqlite"), "WORKSHOP_PASSCODE": PASSCODE}
    with serve(**kept) as first:
        vote(visit(first.url), CHOICES[1])
        vote(visit(first.url), CHOICES[2])
        first.process.kill()  # no time to put anything in order
    with serve(**kept) as second:
        page = visit(second.url)
        expect(page.get_by_text("2 visits have answered")).to_be_visible()
        vote(page, CHOICES[1])
        expect(page.get_by_text("3 visits have answered")).to_be_visible()
