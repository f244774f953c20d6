"""A field that the page sets is another field from then on."""

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st

    from components.widgets.renewed_fields import RenewedField, put_away, renewed_field

    def take(field: RenewedField[int]) -> None:
        if field.is_there:
            st.session_state.taken = field.said

    among = st.session_state.setdefault("among", (1, 2, 3))
    taken = st.session_state.setdefault("taken", 2)
    if st.session_state.get("hidden"):
        put_away("count")
    else:
        field = renewed_field("count", taken, among)
        st.select_slider("Count", among, field.start, key=field.key, on_change=take, args=(field,))


@pytest.fixture
def app() -> AppTest:
    app = AppTest.from_function(page).run()
    assert app.select_slider[0].value == 2
    return app


def test_it_stays_the_same_while_only_the_learner_sets_it(app: AppTest) -> None:
    key = app.select_slider[0].key
    app.select_slider[0].set_value(3).run()
    assert app.session_state["taken"] == 3
    app.run()
    assert (app.select_slider[0].key, app.select_slider[0].value) == (key, 3)


def test_with_a_value_of_the_page_it_is_another(app: AppTest) -> None:
    key = app.select_slider[0].key
    app.session_state["taken"] = 1
    app.run()
    assert (app.select_slider[0].key != key, app.select_slider[0].value) == (True, 1)


def test_so_it_is_with_other_choices(app: AppTest) -> None:
    key = app.select_slider[0].key
    app.session_state["among"] = (1, 2, 3, 4)
    app.run()
    assert (app.select_slider[0].key != key, app.select_slider[0].value) == (True, 2)


def test_it_comes_back_with_the_value_of_the_page(app: AppTest) -> None:
    app.session_state["hidden"] = True
    app.run()
    app.session_state["hidden"], app.session_state["taken"] = False, 3
    app.run()
    assert app.select_slider[0].value == 3


@pytest.mark.parametrize("change", [{"hidden": True}, {"taken": 1}])
def test_what_a_browser_still_says_of_it_is_late(app: AppTest, change: dict[str, object]) -> None:
    """The browser has not seen yet that the field went, and says what it shows."""
    app.select_slider[0].set_value(3)
    late = app._tree.get_widget_states()
    app.select_slider[0].set_value(2)
    for name, value in change.items():
        app.session_state[name] = value
    app.run()
    taken = app.session_state["taken"]
    app._run(late)
    assert not app.exception
    assert app.session_state["taken"] == taken


def test_a_browser_that_gets_it_twice_knows_its_value(app: AppTest) -> None:
    """It may have drawn nothing of the first, and what is said once is lost with it."""
    app.session_state["taken"] = 3
    app.run()
    before_it_was_seen = app._tree.get_widget_states()
    before_it_was_seen.widgets.clear()
    app._run(before_it_was_seen)
    field = app.select_slider[0]
    assert (list(field.proto.default), field.proto.set_value, field.value) == ([2], False, 3)
