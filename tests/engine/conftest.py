"""The engine that the tests share."""

from collections.abc import Iterator

import pytest

from components.engine.engine import Engine
from tests.engine.driving import wait_for


@pytest.fixture(scope="session")
def engine() -> Iterator[Engine]:
    """One engine with its own scheduler and worker."""
    engine = Engine()
    wait_for(lambda: engine.state.status == "ready", f"a ready engine, not {engine.state}")
    yield engine
    engine.close()
