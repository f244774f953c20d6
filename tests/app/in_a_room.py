"""A room of one's own for tests of pages: an empty store, an instructor, visitors."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.classroom import instructor
from components.classroom.room import get_room
from components.classroom.stage import StageState
from tests.app.driving import open_page

PASSCODE = "open sesame"


def prepare(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """An empty store in `folder`, and a passcode nobody has guessed at."""
    monkeypatch.setenv("WORKSHOP_STORE", str(folder / "new folder" / "classroom.sqlite"))
    monkeypatch.setenv("WORKSHOP_PASSCODE", PASSCODE)
    instructor._gate.clear()
    instructor._has_been.clear()


def enter(app: AppTest, passcode: str = PASSCODE) -> AppTest:
    """Type a passcode on Welcome."""
    app.text_input(key="instructor.passcode").set_value(passcode)
    return app.button(key="instructor.enter").click().run()


def instructor_on(slug: str, **url: str) -> AppTest:
    """The instructor's visit, on the page `slug` with these query parameters."""
    return move(enter(visitor_on("welcome")), slug, **url)


def visitor_on(slug: str, **url: str) -> AppTest:
    """A visitor on the page `slug` with these query parameters."""
    app = open_page(slug, **url)
    app._page_hash = ""
    return app


def move(app: AppTest, slug: str, **url: str) -> AppTest:
    """The visit goes to another page."""
    app.switch_page(f"pages/{slug}.py")
    for name in list(app.query_params):
        del app.query_params[name]
    for name, text in url.items():
        app.query_params[name] = text
    app.run()
    app._page_hash = ""  # else every run goes back here, wherever the app itself went
    return app


def has_button(app: AppTest, key: str) -> bool:
    """Whether the page has this button."""
    return any(each.key == key for each in app.button)


def stage() -> StageState:
    """What the instructor shows everyone, read anew."""
    get_room().changed()
    return get_room().on_stage()
