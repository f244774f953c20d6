"""The views of a lab: what is set in one of them outlasts a while in another."""

from typing import Any

import pytest
from streamlit.testing.v1 import AppTest
from streamlit.testing.v1.element_tree import Widget

from tests.app.driving import open_page, text_of, url_of

KINDS = ("number_input", "selectbox", "toggle", "button_group")


@pytest.mark.parametrize(
    ("slug", "view", "field", "chosen"),
    [
        ("activation_functions", "view=hinges", "curve", "bell"),
        ("gradient_descent", "view=two", "surface", "valley"),
        ("gradient_descent", "view=race", "track", "bumpy"),
        ("gradient_descent", "view=race", "runner_b", "rmsprop"),
        ("deeper_networks", "panel=data", "data", "xor"),
        ("deeper_networks", "panel=data", "noise", 30),
        ("deeper_networks", "panel=data", "test", True),
        ("deeper_networks", "panel=network", "activation", "relu"),
        ("deeper_networks", "panel=network", "features", ["x1", "x1x2"]),
        ("convolution", "view=slide", "stride", 2),
        ("convolution", "view=slide", "padding", "same"),
        ("convolution", "view=slide", "kernel", "blur"),
        ("convolution", "view=picture", "relu", True),
        ("convolution", "view=picture", "channels", "each"),
        ("convolution", "view=challenge", "task", "smooth"),
        ("classify_images", "view=teach", "epochs", 7),
        ("classify_images", "view=teach", "rate", 0.002),
    ],
)
def test_what_is_set_in_one_view_outlasts_another(
    slug: str, view: str, field: str, chosen: object
) -> None:
    """Once changed there, and once changed back: either may be what it was before."""
    name, _, word = view.partition("=")
    app = open_page(slug)
    first = app.session_state[name]
    _set(app, name, word)
    for value in (chosen, app.session_state[field], chosen):
        _set(app, field, value)
        there = url_of(app)
        _set(app, name, first)
        app.run().run()
        _set(app, name, word)
        assert (app.session_state[field], url_of(app)) == (value, there)
    assert "The address asks" not in text_of(app)


def test_a_name_that_two_labs_share_is_set_for_each() -> None:
    """Streamlit keeps what was set for a name without a field: it is not said of another's."""
    app = open_page("activation_functions")
    assert app.session_state["curve"] == "wave"
    app.switch_page("pages/gradient_descent.py").run().run()
    assert app.session_state["curve"] == "bowl"
    _set(app, "view", "two")
    app.run()
    _set(app, "view", "one")
    assert app.session_state["curve"] == "bowl"
    assert not app.exception


def _set(app: AppTest, key: str, value: Any) -> None:
    """Set the field with this key, as a learner does."""
    fields: list[Widget] = [field for kind in KINDS for field in app.get(kind)]  # type: ignore[misc]
    next(field for field in fields if field.key == key).set_value(value)
    app.run()
    assert not app.exception
