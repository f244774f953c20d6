"""An address that comes late does not undo what was written since."""

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.widgets import page_address
from tests.app.driving import url_of

COMPONENTS = Path(page_address.__file__).resolve().parent.parent


def page() -> None:
    import streamlit as st

    from components.widgets import page_address

    page_address.begin_page(st.session_state.get("page", "one"))
    st.session_state["read"] = page_address.read()
    if "to_write" in st.session_state:
        page_address.write(st.session_state.pop("to_write"))
    if "complaint" in st.session_state:
        page_address.complain("a test", [st.session_state.pop("complaint")])
    page_address.show_complaints("a test")


@pytest.fixture
def app() -> AppTest:
    """The page with `a=1` in its address, on which `a=2` was written."""
    app = AppTest.from_function(page)
    app.query_params["a"] = "1"
    app.run()
    assert app.session_state["read"] == {"a": "1"}
    app.session_state["to_write"] = {"a": "2"}
    app.run()
    assert url_of(app) == {"a": "2"}
    return app


def test_what_could_not_be_read_is_no_matter_on_another_page(app: AppTest) -> None:
    app.session_state["complaint"] = "no number"
    for _ in range(2):
        assert [warning.value for warning in app.run().warning] == ["no number"]
    for slug in ("two", "one"):
        app.session_state["page"] = slug
        assert not app.run().warning


def say(app: AppTest, **address: str) -> dict[str, str]:
    """The browser says this address; what the page reads."""
    for name in list(app.query_params):
        del app.query_params[name]
    for name, text in address.items():
        app.query_params[name] = text
    app.run()
    read: dict[str, str] = app.session_state["read"]
    return read


@pytest.mark.parametrize("times", [1, 3])
def test_a_late_address_is_put_right(app: AppTest, times: int) -> None:
    for _ in range(times):
        assert say(app, a="1") == {"a": "2"}
        assert url_of(app) == {"a": "2"}


def test_a_new_address_is_taken(app: AppTest) -> None:
    assert say(app, a="1", b="3") == {"a": "1", "b": "3"}
    assert say(app, a="2") == {"a": "1", "b": "3"}, "the one before is late now"


def test_going_back_is_not_late(app: AppTest, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(page_address, "_went_back", lambda: True)
    assert say(app, a="1") == {"a": "1"}
    monkeypatch.undo()
    assert say(app, a="2") == {"a": "1"}
    assert say(app, a="1") == {"a": "1"}


def test_another_page_begins_anew(app: AppTest) -> None:
    app.session_state["page"] = "two"
    assert say(app, a="1") == {"a": "1"}


def test_writing_what_was_there_before(app: AppTest) -> None:
    app.session_state["to_write"] = {"a": "1"}
    app.run()
    assert say(app, a="2") == {"a": "1"}


def test_no_other_module_touches_the_address() -> None:
    users = {
        path.relative_to(COMPONENTS).as_posix()
        for path in COMPONENTS.rglob("*.py")
        if re.search(r"\bst\.query_params", path.read_text())
    }
    assert users == {"widgets/page_address.py"}
