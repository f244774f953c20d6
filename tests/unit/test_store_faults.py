"""The room's store on a full disk: what is in it stays, what does not fit gets a sentence."""

from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from components.classroom.store import Store, StoreError

LONG = {"hopes": ("To build one of my own, and to know why it works " * 40,)}
FEW_PAGES, MANY_PAGES = 16, 100_000  # of SQLite's, of 4 KB each


def test_a_full_disk_loses_no_answer_that_was_taken(tmp_path: Path) -> None:
    engine = sa.create_engine(f"sqlite:///{tmp_path / 'classroom.sqlite'}")
    most = FEW_PAGES

    @sa.event.listens_for(engine, "checkout")
    def limit(connection: Any, *_: object) -> None:
        connection.execute(f"PRAGMA max_page_count = {most}")

    store, taken = Store(engine), 0
    with pytest.raises(StoreError) as full:
        for _ in range(1000):
            store.vote(f"visit {taken}", "before", LONG)
            taken += 1
    assert str(full.value).endswith(".")
    assert 0 < taken < 1000
    assert len(store.read().answer_sets) == taken
    most = MANY_PAGES
    store.vote(f"visit {taken}", "before", LONG)
    assert len(store.read().answer_sets) == taken + 1
    engine.dispose()
