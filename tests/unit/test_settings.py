"""The settings of a lab against its URL: what is read, what is refused, what is written."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st_
from streamlit.testing.v1 import AppTest

from components.widgets.settings import Choice, Number, Setting, SettingError, Switch

EPOCHS = Number("epochs", "Epochs", 5, 1, 100)
RATE = Number("rate", "Learning rate", 0.002, 0.0, 1e9, 0.001)
NETWORK = Choice("network", "Network", "workshop", {"workshop": "Workshop", "dense": "Dense"})
SHUFFLE = Switch("shuffle", "Shuffle the pixels")


@given(st_.floats(0, 1e9))
def test_a_number_survives_its_text(value: float) -> None:
    assert RATE.parse(RATE.text(value)) == value


@given(st_.integers(1, 100))
def test_a_whole_number_survives_its_text(value: int) -> None:
    assert EPOCHS.parse(EPOCHS.text(value)) == value


@pytest.mark.parametrize(
    ("setting", "text", "words"),
    [
        (EPOCHS, "abc", "a whole number from 1 to 100"),
        (EPOCHS, "2.5", "a whole number"),
        (EPOCHS, "0", "from 1 to 100"),
        (EPOCHS, "", "a whole number"),
        (RATE, "nan", "a number from 0"),
        (RATE, "inf", "a number from 0"),
        (RATE, "-1", "a number from 0"),
        (NETWORK, "resnet", "one of workshop, dense"),
        (SHUFFLE, "maybe", "on or off"),
    ],
)
def test_nonsense_is_refused_with_what_is_expected(setting: Setting, text: str, words: str) -> None:
    with pytest.raises(SettingError, match=words):
        setting.parse(text)


def _app() -> None:
    import streamlit as st

    from components.widgets.settings import Choice, Index, Number, Several, Switch
    from components.widgets.settings_in_url import adopt_url, publish_url, reset

    place = Index("place", "Place", 0, 0, 9)
    table = (
        Choice("network", "Network", "workshop", {"workshop": "Workshop", "dense": "Dense"}),
        Number("epochs", "Epochs", 5, 1, 100),
        Number("rate", "Learning rate", 0.002, 0.0, 1e9, 0.001),
        Switch("shuffle", "Shuffle the pixels"),
        Several("kinds", "Kinds", ["a"], {"a": "A", "b": "B", "c": "C"}),
    )
    adopt_url((*table, place))
    for setting in table:
        setting.draw()
    place.draw_as_list(range(3), "thing {}".format)
    st.button("Reset", on_click=reset, args=(table,))
    publish_url((*table, place))


def _run(**url: str) -> AppTest:
    app = AppTest.from_function(_app, default_timeout=20)
    for name, text in url.items():
        app.query_params[name] = text
    return app.run()


def _url(app: AppTest) -> dict[str, Any]:
    return {k: v if isinstance(v, str) else v[-1] for k, v in app.query_params.items()}


def test_the_url_sets_the_widgets() -> None:
    app = _run(network="dense", epochs="7", rate="0.5", shuffle="on")
    assert not app.warning
    values = [app.session_state[name] for name in ("network", "epochs", "rate", "shuffle")]
    assert values == ["dense", 7, 0.5, True]


def test_a_widget_sets_the_url_and_reset_empties_it() -> None:
    app = _run()
    assert _url(app) == {}
    app.number_input(key="epochs").set_value(9).run()
    assert _url(app) == {"epochs": "9"}
    app.button[0].click().run()
    assert app.session_state["epochs"] == 5
    assert _url(app) == {}


def test_nonsense_in_the_url_gives_a_sentence_and_the_default() -> None:
    app = _run(epochs="abc", network="dense", other="kept")
    assert len(app.warning) == 1
    assert "a whole number from 1 to 100" in app.warning[0].value
    assert app.session_state["epochs"] == 5
    assert _url(app) == {"network": "dense", "other": "kept"}


def test_a_complaint_stands_until_a_setting_changes() -> None:
    app = _run(epochs="abc")
    assert len(app.run().warning) == 1
    app.number_input(key="rate").set_value(0.5).run()
    assert not app.run().warning
    app.number_input(key="rate").set_value(0.002).run()
    assert not app.run().warning


def test_a_number_that_stands_for_nothing_in_its_list_gives_way_to_the_default() -> None:
    app = _run(place="7")
    assert not app.exception
    assert app.session_state["place"] == 0
    assert _url(app) == {}


def test_of_several_words_none_can_be_chosen() -> None:
    app = _run(kinds="a.c")
    app.get("button_group")[1].set_value([]).run()  # type: ignore[union-attr]
    assert _url(app) == {"kinds": ""}
    assert _run(kinds="").session_state["kinds"] == []
    assert "some of a, b, c" in _run(kinds="a.d").warning[0].value


def test_a_new_address_in_the_same_visit_is_adopted() -> None:
    app = _run(epochs="7")
    app.query_params["epochs"] = "8"
    app.run()
    assert app.session_state["epochs"] == 8


def test_a_field_has_by_default_what_is_set() -> None:
    """So that a browser which draws it late, after the run that set it, shows no other value."""
    app = _run(network="dense", epochs="7", rate="0.5", shuffle="on", kinds="a.c", place="2")
    app.run()
    network, kinds = (each.proto for each in app.get("button_group"))
    epochs, rate = (each.proto for each in app.number_input)
    assert [*network.default] == [1]
    assert [*kinds.default] == [0, 2]
    assert (epochs.default, rate.default) == (7, 0.5)
    assert app.toggle[0].proto.default is True
    assert app.selectbox[0].proto.default == 2
    widgets = [network, kinds, epochs, rate, app.toggle[0].proto, app.selectbox[0].proto]
    assert not any(widget.set_value for widget in widgets), "it would take a choice back"


def _app_with_panels() -> None:
    import streamlit as st

    from components.widgets.setting_values import hold
    from components.widgets.settings import Choice, Number

    panel = Choice("panel", "Panel", "one", {"one": "One", "two": "Two"})
    epochs = Number("epochs", "Epochs", 5, 1, 100)
    hold((panel, epochs))
    if panel.draw() == "one":
        epochs.draw()
    st.write(st.session_state.get("epochs"))


def test_a_setting_that_is_not_drawn_for_a_while_comes_back() -> None:
    app = AppTest.from_function(_app_with_panels, default_timeout=20).run()
    app.number_input[0].set_value(9).run()
    for panel in ("two", "two", "one"):
        app.get("button_group")[0].set_value(panel).run()  # type: ignore[union-attr]
    assert app.number_input[0].value == 9


def _app_with_an_address() -> None:
    from components.widgets.settings import Number
    from components.widgets.settings_in_url import adopt_url, publish_url

    table = (Number("epochs", "Epochs", 5, 1, 100), Number("seed", "Seed", 0, 0, 9))
    adopt_url(table)
    publish_url(table)


def _app_with_two_labs() -> None:
    import streamlit as st

    from components.widgets.settings import Choice, Number
    from components.widgets.settings_in_url import adopt_url, publish_url

    seed = Number("seed", "Seed", 0, 0, 9)
    tables = {
        "descent": (Choice("curve", "Loss", "bowl", {"bowl": "Bowl"}),),
        "hinges": (Choice("curve", "Curve", "wave", {"wave": "Wave"}), seed),
    }
    table = tables[st.session_state.get("lab", "descent")]
    adopt_url(table)
    if not st.session_state.get("cut"):
        publish_url(table)


def test_a_lab_whose_run_was_cut_short_leaves_nothing_to_the_next() -> None:
    app = AppTest.from_function(_app_with_two_labs, default_timeout=20).run()
    for lab, curve, cut in (("hinges", "wave", True), ("descent", "bowl", False)):
        app.session_state["lab"], app.session_state["cut"] = lab, cut
        assert app.run().session_state["curve"] == curve


def test_a_run_cut_short_keeps_what_was_set_and_what_was_wrong() -> None:
    app = AppTest.from_function(_app_with_two_labs, default_timeout=20)
    app.session_state["lab"], app.session_state["cut"] = "hinges", True
    app.run()
    app.session_state["seed"] = 3
    assert app.run().session_state["seed"] == 3
    app.query_params["seed"] = "many"
    for _ in range(2):
        assert len(app.run().warning) == 1


def test_what_streamlit_has_dropped_comes_back() -> None:
    app = AppTest.from_function(_app_with_an_address, default_timeout=20)
    app.query_params["epochs"] = "7"
    app.run()
    for epochs in (7, 9):
        app.session_state["epochs"] = epochs
        app.run()
        del app.session_state["epochs"]
        app.run()
        assert app.session_state["epochs"] == epochs
        assert "".join(app.query_params["epochs"]) == str(epochs)
