"""The handout: one file that needs nothing else, and in which nothing can do anything."""

import math
import re
from html.parser import HTMLParser

import pytest

from components.figures.handout import (
    Handout,
    HandoutAnswer,
    HandoutLesson,
    HandoutRun,
    Series,
    chart,
    handout_page,
)

EVIL = '"><script>alert(1)</script><img src=x onerror=alert(1)>'


class _Tags(HTMLParser):
    """The tags and attributes of a page."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.attributes: list[tuple[str, str | None]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        self.attributes += attrs


def tags_of(page: str) -> _Tags:
    found = _Tags()
    found.feed(page)
    return found


def handout(text: str, link: str = "http://host/convolution") -> Handout:
    answer = HandoutAnswer(text, text, False, text)
    lesson = HandoutLesson(text, True, link, ((text, text),), (answer,))
    series = (Series(text, ((0, 0.5), (1, 0.75))),)
    return Handout(text, (lesson,), (HandoutRun(text, text, text, series),))


def test_nothing_from_a_visit_is_ever_code() -> None:
    page = handout_page(handout(EVIL, f"http://host/{EVIL}"))
    found = tags_of(page)
    assert not {"script", "img", "iframe", "link"} & set(found.tags)
    assert not [name for name, _ in found.attributes if name.startswith("on")]
    assert page.count("&lt;script&gt;") >= 6


def test_it_loads_nothing_from_anywhere() -> None:
    page = handout_page(handout("text"))
    sources = [name for name, _ in tags_of(page).attributes if name in ("src", "srcset")]
    assert not sources
    assert "url(" not in page
    assert "@import" not in page


@pytest.mark.parametrize("link", ["", "javascript:alert(1)", "data:text/html,x", "//host"])
def test_only_web_addresses_are_links(link: str) -> None:
    assert "<a " not in handout_page(handout("text", link))


def test_it_says_what_was_done() -> None:
    lessons = (
        HandoutLesson("1.1 Lines", True, "http://h/linear_models?a=1&b=2", (("a", "1"),)),
        HandoutLesson(
            "1.2 Forward",
            False,
            answers=(HandoutAnswer("What is **it**?", "`26`", None, "Press Train."),),
        ),
    )
    page = handout_page(Handout("27 November 2026", lessons, ()))
    assert "1 of 2 lessons done" in page
    assert 'href="http://h/linear_models?a=1&amp;b=2"' in page
    assert "<code>a = 1</code>" in page
    assert "What is it?" in page
    assert "<strong>Open.</strong> Press Train." in page
    assert "You have trained nothing yet." in page


def test_a_chart_stays_inside_its_frame_whatever_the_numbers() -> None:
    for points in (
        ((0, 1e9), (1, -1e9), (2, math.nan)),
        ((3, 0.5),),
        ((0, 0.5), (1, 0.5)),
    ):
        drawing = chart([Series("line", points)], "Loss")
        (path,) = re.findall(r'<polyline points="([^"]*)"', drawing)
        width, height = map(float, re.findall(r'viewBox="0 0 (\d+) (\d+)"', drawing)[0])
        for place in path.split():
            x, y = map(float, place.split(","))
            assert 0 <= x <= width
            assert 0 <= y <= height


def test_a_run_without_a_number_has_no_chart() -> None:
    run = HandoutRun("run", "diverged", "Loss", (Series("line", ((0, math.nan),)),))
    assert "<svg" not in handout_page(Handout("today", (), (run,)))
