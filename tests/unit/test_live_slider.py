"""Live sliders without a browser: what they read, refuse, write, and take from a message."""

import contextlib
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st_
from streamlit.testing.v1 import AppTest

from components.widgets.live_slider import SettingError, SliderSetting, write
from tests.app.driving import url_of

WEIGHT = SliderSetting("w", "weight", 1.0, -20.0, 20.0, 0.5, signed=True)
RATE = SliderSetting("rate", "learning rate", 0.001, 1e-6, 1.0, 0.25, logarithmic=True)


@given(st_.floats(-20, 20))
def test_a_value_survives_its_text_to_ten_digits(value: float) -> None:
    assert WEIGHT.parse(write(value)) == pytest.approx(value, rel=1e-9, abs=1e-15)


@pytest.mark.parametrize(
    ("value", "text"),
    [(-20.0, "-20"), (0.00001, "0.00001"), (-0.0, "0"), (12.5, "12.5"), (1e-7, "0.0000001")],
)
def test_the_text_is_as_a_person_writes_it(value: float, text: str) -> None:
    assert write(value) == text


@pytest.mark.parametrize(
    "text", ["", "abc", "nan", "inf", "1e999", "21", "-20.01", "1_0", " 1", "٣", "1" * 30, "0x1"]
)
def test_nonsense_is_refused_with_the_range(text: str) -> None:
    with pytest.raises(SettingError, match="a number from -20 to 20"):
        WEIGHT.parse(text)


@given(st_.text())
def test_any_text_is_a_value_in_range_or_refused(text: str) -> None:
    with contextlib.suppress(SettingError):
        assert WEIGHT.low <= WEIGHT.parse(text) <= WEIGHT.high


@pytest.mark.parametrize(
    "wrong",
    [
        {"default": 30.0},
        {"low": 5.0, "high": 5.0, "default": 5.0},
        {"step": 0.0},
        {"logarithmic": True},
    ],
)
def test_a_setting_that_makes_no_sense_is_refused(wrong: dict[str, Any]) -> None:
    right = {"default": 1.0, "low": 0.0, "high": 20.0}
    with pytest.raises(ValueError, match="has to"):
        SliderSetting("w", "weight", **{**right, **wrong})


def _app() -> None:
    import streamlit as st

    from components.widgets.live_slider import (
        SliderSetting,
        live_sliders,
        set_sliders,
    )
    from components.widgets.settings import Number
    from components.widgets.settings_in_url import adopt_url, publish_url

    number = Number("epochs", "Epochs", 5, 1, 100)
    adopt_url([number])
    number.draw()
    weights = [
        SliderSetting("w", "weight", 1.0, -20.0, 20.0),
        SliderSetting("v", "other weight", 2.0, -20.0, 20.0),
    ]
    st.button("Fit", on_click=set_sliders, args=("s", {"w": 99.0, "v": float("nan"), "x": 1.0}))
    values = live_sliders(weights, "s")
    st.text(f"w={values['w']:g} v={values['v']:g}")
    publish_url([number])


def _run(message: object = None, **url: str) -> AppTest:
    app = AppTest.from_function(_app, default_timeout=20)
    for name, text in url.items():
        app.query_params[name] = text
    if message is not None:
        app.session_state["s"] = {"moved": message}
    return app.run()


def _says(app: AppTest) -> str:
    assert not app.exception
    return str(app.text[0].value)


def test_defaults_leave_the_url_empty() -> None:
    app = _run()
    assert _says(app) == "w=1 v=2"
    assert url_of(app) == {}


def test_the_url_sets_the_sliders_and_the_other_settings() -> None:
    app = _run(w="-3.5", epochs="7", other="kept")
    assert _says(app) == "w=-3.5 v=2"
    assert app.session_state["epochs"] == 7
    assert url_of(app) == {"w": "-3.5", "epochs": "7", "other": "kept"}


def test_both_kinds_of_settings_complain_in_the_same_words_and_leave_the_url() -> None:
    app = _run(w="1e5", epochs="many", v="3")
    epochs, weight = (warning.value for warning in app.warning)
    assert "has to be a whole number from 1 to 100. The page uses its default, 5." in epochs
    assert "has to be a number from -20 to 20. The page uses its default, 1." in weight
    assert _says(app) == "w=1 v=3"
    assert url_of(app) == {"v": "3"}


def test_a_complaint_stands_until_a_slider_has_moved() -> None:
    app = _run(w="1e5", epochs="many")
    assert len(app.run().warning) == 2
    app.button[0].click().run()
    assert [warning.value[:30] for warning in app.run().warning] == [
        "The address asks for epochs = "
    ]


def test_a_value_goes_into_the_url_when_it_comes_to_rest() -> None:
    moving = _run({"number": 5, "values": {"w": "4"}, "settled": False})
    assert (_says(moving), url_of(moving)) == ("w=4 v=2", {})
    settled = _run({"number": 5, "values": {"w": "4"}, "settled": True}, epochs="7")
    assert _says(settled) == "w=4 v=2"
    assert url_of(settled) == {"w": "4", "epochs": "7"}


@pytest.mark.parametrize(
    "message",
    [
        "nonsense",
        17,
        [],
        {},
        {"values": None},
        {"values": ["w"]},
        {"values": {"w": 4}},
        {"values": {"w": None, "v": "NaN"}},
        {"values": {"w": "1e9", "v": "-21"}},
        {"values": {"z": "1", "": "2"}, "number": "x", "settled": "yes"},
        {"number": -1},
        {"number": 1e300},
        {"number": True, "settled": 1},
    ],
)
def test_nonsense_from_the_browser_moves_nothing(message: object) -> None:
    app = _run(message)
    assert _says(app) == "w=1 v=2"
    assert url_of(app) == {}


def test_the_page_moves_sliders_within_their_range() -> None:
    app = _run({"number": 5, "values": {"w": "4", "v": "5"}, "settled": True})
    app.button[0].click().run()
    assert _says(app) == "w=20 v=2"
    assert url_of(app) == {"w": "20"}
    app.run()
    assert _says(app) == "w=20 v=2"


def test_a_new_address_in_the_same_visit_is_adopted() -> None:
    app = _run(w="4")
    app.query_params["w"] = "6"
    app.run()
    assert _says(app) == "w=6 v=2"
