"""An engine for the tests of pages that get their answers from a worker."""

import time
from collections.abc import Iterator

import pytest
import streamlit as st

from components.engine.visit import get_engine
from tests.app.driving import PATIENCE


@pytest.fixture(scope="module")
def ready_engine() -> Iterator[None]:
    """The engine of this process, ready, and closed after the tests of a file."""
    deadline = time.monotonic() + PATIENCE
    while get_engine().state.status != "ready":
        if time.monotonic() > deadline:
            pytest.fail(f"the engine did not start: {get_engine().state.sentence}")
        time.sleep(0.1)
    yield
    get_engine().close()
    st.cache_resource.clear()
