"""On the smallest machine it is meant for: one core and 2.7 GB, as on Community Cloud."""

import psutil
import pytest
from playwright.sync_api import expect

from tests.browser.conftest import (
    Visit,
    assert_no_error,
    button,
)
from tests.browser.servers import serve

MOST_MEMORY = 2.7e9  # bytes


@pytest.mark.skipif(not hasattr(psutil.Process, "cpu_affinity"), reason="no cores to choose here")
def test_it_starts_trains_and_classifies_on_one_core(visit: Visit) -> None:
    with serve() as server:
        server.process.cpu_affinity([0])  # and so every process that it starts from now on
        page = visit(f"{server.url}/classify_images")
        expect(page.locator(".answer .word")).to_be_visible()
        page.goto(f"{server.url}/mnist_training?epochs=1")
        button(page, "Train").click()
        expect(page.get_by_text("Trained for")).to_be_visible()
        assert_no_error(page)
        family = server.family()
        assert len(family) > 3
        assert all(process.cpu_affinity() == [0] for process in family)
        assert sum(process.memory_info().rss for process in family) < MOST_MEMORY
