"""A page whose fragments were dropped is drawn anew."""

import pytest
from streamlit.testing.v1 import AppTest


def page() -> None:
    import streamlit as st
    from streamlit.runtime.scriptrunner import get_script_run_ctx

    from components.room.place import run_again_if_dropped

    st.session_state.runs = st.session_state.get("runs", 0) + 1
    st.fragment(lambda: st.button("Follow"))()
    if st.session_state.runs in st.session_state.get("dropped_in", ()):
        context = get_script_run_ctx()
        assert context is not None
        context.fragment_storage.clear()  # as the end of another run does
    run_again_if_dropped()
    st.write("drawn")


@pytest.mark.parametrize(("dropped_in", "runs"), [((), 1), ((1,), 2), ((1, 2), 3)])
def test_it_runs_until_they_are_all_there(dropped_in: tuple[int, ...], runs: int) -> None:
    app = AppTest.from_function(page)
    app.session_state["dropped_in"] = dropped_in
    app.run()
    assert not app.exception
    assert app.session_state["runs"] == runs
    assert [each.value for each in app.markdown] == ["drawn"]
