"""The pad's Python side: what the page gets for what a browser may send."""

from typing import Any

import numpy as np
import pytest
from streamlit.testing.v1 import AppTest

from components.concepts.digit_drawing import PAD_SIDE, write_drawing


def page() -> None:
    import streamlit as st

    from components.concepts.digit_drawing import DrawingError
    from components.widgets.drawing_pad import drawing_pad

    try:
        ink = drawing_pad("pad")
    except DrawingError as error:
        st.error(str(error))
    else:
        st.text("empty" if ink is None else f"{ink.shape} {ink.dtype} {ink.sum()}")


def run_with(drawing: Any) -> AppTest:
    app = AppTest.from_function(page)
    if drawing is not None:
        app.session_state["pad"] = {"drawing": drawing}
    app.run(timeout=30)
    assert not app.exception
    return app


def seen(app: AppTest) -> Any:
    """The number that the page hands back to the browser as answered."""
    import json

    return json.loads(app.get("bidi_component")[0].proto.json)["seen"]


def test_before_anything_is_drawn() -> None:
    app = run_with(None)
    assert app.text[0].value == "empty" and seen(app) is None


def test_a_drawing_arrives_and_is_acknowledged() -> None:
    ink = np.zeros((PAD_SIDE, PAD_SIDE), np.uint8)
    ink[3:5, 7] = 100
    app = run_with({**write_drawing(ink), "number": 17})
    assert app.text[0].value == "(56, 56) uint8 200"
    assert seen(app) == 17


@pytest.mark.parametrize("ink", ["", write_drawing(np.zeros((PAD_SIDE,) * 2, np.uint8))["ink"]])
def test_a_cleared_pad_is_empty_and_acknowledged(ink: str) -> None:
    app = run_with({"ink": ink, "number": 18})
    assert app.text[0].value == "empty" and seen(app) == 18


@pytest.mark.parametrize(
    "drawing",
    ["x", 3, [], {}, {"ink": 3}, {"ink": "AAAA", "number": "x"}, {"ink": None, "number": -1}],
)
def test_nonsense_becomes_a_sentence(drawing: Any) -> None:
    app = run_with(drawing)
    assert app.error[0].value.endswith("Clear the pad and draw again.")
    assert seen(app) is None


@pytest.mark.parametrize("number", [True, 2**53, 1.5, float("nan"), [1]])
def test_a_number_that_is_none_is_not_handed_back(number: Any) -> None:
    assert seen(run_with({"ink": "", "number": number})) is None
