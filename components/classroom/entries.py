"""What people sent to the room: weights, results, predictions. One of each visit and topic."""

import json
import math
from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from components.classroom.database import Database

MOST_IN_A_TOPIC = 500
MAX_VALUE = 1000  # characters of one entry

_metadata = sa.MetaData()
_entries = sa.Table(
    "room_entries",
    _metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("topic", sa.String(80), nullable=False),
    sa.Column("visit", sa.String(64), nullable=False),
    sa.Column("name", sa.String(40), nullable=False),
    sa.Column("value", sa.Text, nullable=False),  # JSON
    sa.Column("hidden", sa.Boolean, nullable=False),
    sa.UniqueConstraint("topic", "visit"),
)

Value = Mapping[str, str | float]


class EntryError(ValueError):
    """Something that the room can't take; the sentence says why."""


@dataclass(frozen=True)
class Entry:
    """What one visit sent. `name` is its nickname or empty; the instructor may have hidden it."""

    number: int
    visit: str
    name: str
    value: Value
    hidden: bool

    def number_of(self, key: str) -> float:
        """A number of the value; NaN where it is none."""
        found = self.value.get(key)
        return float(found) if isinstance(found, (int, float)) else math.nan


class Entries:
    """The entries in the room's database. Every method raises StoreError where that fails."""

    def __init__(self, database: Database) -> None:
        self._database = database
        database.make_tables(_entries)

    def of(self, topic: str) -> tuple[Entry, ...]:
        """All entries of a topic, those hidden too, in the order in which they first came."""
        query = sa.select(_entries).where(_entries.c.topic == topic).order_by(_entries.c.id)
        with self._database.transaction() as connection:
            rows = connection.execute(query).all()
        return tuple(Entry(r.id, r.visit, r.name, json.loads(r.value), r.hidden) for r in rows)

    def send(self, topic: str, visit: str, name: str, value: Value) -> None:
        """Keep the entry of a visit, in place of its earlier one; one that is hidden stays so.

        Raises EntryError for too long a value, numbers that are none, and a topic that is full.
        """
        numbers = [each for each in value.values() if isinstance(each, (int, float))]
        text = json.dumps(dict(value))
        if len(text) > MAX_VALUE or not all(map(math.isfinite, numbers)):
            raise EntryError("This can't be shown to the room: a number in it is out of bounds.")
        try:
            self._send(topic, visit, name, text)
        except IntegrityError:
            self._send(topic, visit, name, text)  # the same visit at once: its row is there now

    def _send(self, topic: str, visit: str, name: str, text: str) -> None:
        mine = (_entries.c.topic == topic) & (_entries.c.visit == visit)
        with self._database.transaction(writes=True) as connection:
            done = connection.execute(sa.update(_entries).where(mine).values(name=name, value=text))
            if done.rowcount:
                return
            count = sa.select(sa.func.count()).where(_entries.c.topic == topic)
            if connection.execute(count).scalar_one() >= MOST_IN_A_TOPIC:
                raise EntryError("The room has no more space here.")
            row = {"topic": topic, "visit": visit, "name": name, "value": text, "hidden": False}
            connection.execute(sa.insert(_entries).values(row))

    def withdraw(self, topic: str, visit: str) -> None:
        """Delete the entry of a visit."""
        mine = (_entries.c.topic == topic) & (_entries.c.visit == visit)
        with self._database.transaction(writes=True) as connection:
            connection.execute(sa.delete(_entries).where(mine))

    def hide(self, topic: str, hidden: frozenset[int]) -> None:
        """Hide these entries of a topic from the room, and show its others."""
        is_hidden = _entries.c.id.in_(sorted(hidden))
        with self._database.transaction(writes=True) as connection:
            connection.execute(
                sa.update(_entries).where(_entries.c.topic == topic).values(hidden=is_hidden)
            )

    def clear(self, topic: str) -> None:
        """Delete all entries of a topic."""
        with self._database.transaction(writes=True) as connection:
            connection.execute(sa.delete(_entries).where(_entries.c.topic == topic))
