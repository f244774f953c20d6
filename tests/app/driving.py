"""How a test of a page opens it, presses its buttons and reads what it says."""

import re
import time
from collections.abc import Callable
from html import unescape
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

APP = str(Path(__file__).resolve().parent.parent.parent / "streamlit_app.py")
PATIENCE = 300.0  # seconds after which a test gives up; not a claim about speed


def open_page(slug: str, **url: str) -> AppTest:
    """The app on the page `slug` with these query parameters."""
    app = AppTest.from_file(APP, default_timeout=60)
    app.switch_page(f"pages/{slug}.py")
    for name, text in url.items():
        app.query_params[name] = text
    return app.run()


def html(app: AppTest) -> str:
    """The page's own HTML."""
    return "".join(str(each.proto.body) for each in app.get("html"))


def text_of(app: AppTest) -> str:
    """All text on the page, that of its own HTML included."""
    assert not app.exception
    shown = [*app.markdown, *app.caption, *app.success, *app.info, *app.warning, *app.error]
    texts = [each.value for each in shown]
    return unescape("\n".join([*texts, re.sub(r"<[^>]*>", " ", html(app))]))


def fill(app: AppTest, label: str, value: object) -> AppTest:
    """Give the field with this label another value."""
    fields = (*app.number_input, *app.text_input, *app.selectbox)
    next(field for field in fields if field.label == label).set_value(value)
    app.run()
    assert not app.exception
    return app


def press(app: AppTest, label: str) -> AppTest:
    """Click the button with this label."""
    next(button for button in app.button if button.label == label).click()
    app.run()
    assert not app.exception
    return app


def commit(app: AppTest, slug: str, name: str, answer: float) -> None:
    """Answer the question `name` of the lesson `slug`."""
    app.number_input(key=f"{slug}.{name}.answer").set_value(answer)
    app.button(key=f"{slug}.{name}.commit").click().run()
    assert not app.exception


def url_of(app: AppTest) -> dict[str, str]:
    """The query parameters of the page."""
    return {k: v if isinstance(v, str) else v[-1] for k, v in app.query_params.items()}


def run_until(app: AppTest, text: str) -> None:
    """Run the page again until it says `text`."""
    wait_until(app, lambda: text in text_of(app))


def wait_until(app: AppTest, condition: Callable[[], bool]) -> None:
    """Run the page again until `condition` holds."""
    deadline = time.monotonic() + PATIENCE
    while not condition():
        if time.monotonic() > deadline:
            pytest.fail(f"gave up waiting; the page says: {text_of(app)}")
        time.sleep(0.2)
        app.run()
