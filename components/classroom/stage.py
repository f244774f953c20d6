"""What the instructor shows everyone: where he is, a part of the page, a timer.

It is one small table that all servers of a room read about once a second. Only what an
instructor's visit wrote is in it; `components.room` sees to that.
"""

import json
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from components.classroom.database import Database

# The one clock that the servers of a room have in common. Who sets it moves the timer, and nothing
# else: what waits on one server goes by a clock that nobody can set.
SHARED_CLOCK = time.time
LOST_AFTER = 150.0  # s without a sign of the leader; a browser's hidden tab is seen once a minute
MAX_QUERY = 6000  # characters of a page's settings that are passed on
SHORTEST_TIMER, LONGEST_TIMER = 0.1, 180.0  # minutes
SHOWN_AFTER = 120.0  # s for which "Time is up" stays

_metadata = sa.MetaData()
_parts = sa.Table(
    "room_stage",
    _metadata,
    sa.Column("part", sa.String(20), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),  # JSON
)


class StageError(ValueError):
    """Something that can't be shown to the room; the sentence says why."""


@dataclass(frozen=True)
class Place:
    """A page and its settings, as in its address: {"rate": "0.1"}."""

    slug: str
    query: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Lead:
    """Whom the room can follow, and where that visit is; `seen_at` in seconds of SHARED_CLOCK."""

    leader: str
    place: Place
    seen_at: float


@dataclass(frozen=True)
class Spotlight:
    """A part of a page that everyone is to look at. `number` tells two in a row apart."""

    slug: str
    section: str
    number: float


@dataclass(frozen=True)
class Timer:
    """Time that runs out at `ends_at`, in seconds of SHARED_CLOCK; the servers' clocks agree."""

    ends_at: float
    minutes: float

    def left(self, now: float) -> float:
        """Seconds left, negative when it is over."""
        return self.ends_at - now


@dataclass(frozen=True)
class StageState:
    """All of it at one moment; None for what there is not."""

    lead: Lead | None = None
    spotlight: Spotlight | None = None
    timer: Timer | None = None


class Stage:
    """The stage in the room's database. Every method raises StoreError where that fails."""

    def __init__(self, database: Database, clock: Callable[[], float] = SHARED_CLOCK) -> None:
        self._database, self._clock = database, clock
        database.make_tables(_parts)

    def read(self) -> StageState:
        """The stage now: without a leader whose browser has gone, or a timer long over."""
        with self._database.transaction() as connection:
            rows = connection.execute(sa.select(_parts)).all()
        values = {row.part: json.loads(row.value) for row in rows}
        now = self._clock()
        lead, spotlight, timer = _lead(values), _spotlight(values), _timer(values)
        if lead is not None and now - lead.seen_at > LOST_AFTER:
            lead = None
        if timer is not None and timer.left(now) < -SHOWN_AFTER:
            timer = None
        return StageState(lead, spotlight, timer)

    def lead(self, leader: str, place: Place) -> None:
        """This visit leads from now on, and is at `place`. Raises StageError for a long address."""
        self._check(place)
        self._write("lead", self._lead_of(leader, place))

    def move(self, leader: str, place: Place) -> bool:
        """The leader is at `place` now; False where this visit does not lead any more."""
        self._check(place)
        with self._database.transaction(writes=True) as connection:
            text = connection.execute(
                sa.select(_parts.c.value).where(_parts.c.part == "lead").with_for_update()
            ).scalar()
            if text is None or json.loads(text)["leader"] != leader:
                return False
            value = json.dumps(self._lead_of(leader, place))
            connection.execute(sa.update(_parts).where(_parts.c.part == "lead").values(value=value))
        return True

    def stop_leading(self, leader: str) -> None:
        """Nobody leads any more, if it was this visit."""
        with self._database.transaction(writes=True) as connection:
            text = connection.execute(
                sa.select(_parts.c.value).where(_parts.c.part == "lead").with_for_update()
            ).scalar()
            if text is not None and json.loads(text)["leader"] == leader:
                connection.execute(sa.delete(_parts).where(_parts.c.part == "lead"))

    def point(self, slug: str, section: str) -> None:
        """Everyone on this page is to look at this section."""
        self._write("spotlight", {"slug": slug, "section": section, "number": self._clock()})

    def point_nowhere(self) -> None:
        """No section stands out any more."""
        self._delete("spotlight")

    def start_timer(self, minutes: float) -> None:
        """Count down from now. Raises StageError for a time that is none, or too long."""
        if not SHORTEST_TIMER <= minutes <= LONGEST_TIMER:  # NaN fails this too
            raise StageError(f"A timer runs from {SHORTEST_TIMER:g} to {LONGEST_TIMER:g} minutes.")
        self._write("timer", {"ends_at": self._clock() + 60 * minutes, "minutes": minutes})

    def stop_timer(self) -> None:
        """No timer runs any more."""
        self._delete("timer")

    def _lead_of(self, leader: str, place: Place) -> dict[str, object]:
        return {
            "leader": leader,
            "slug": place.slug,
            "query": dict(place.query),
            "seen_at": self._clock(),
        }

    def _check(self, place: Place) -> None:
        if sum(len(name) + len(text) for name, text in place.query.items()) > MAX_QUERY:
            raise StageError("This page's address is too long to be passed on to the room.")

    def _write(self, part: str, value: dict[str, object]) -> None:
        try:
            self._put(part, value)
        except IntegrityError:
            self._put(part, value)  # two instructors at once: the row is there now

    def _put(self, part: str, value: dict[str, object]) -> None:
        text = json.dumps(value)
        with self._database.transaction(writes=True) as connection:
            done = connection.execute(
                sa.update(_parts).where(_parts.c.part == part).values(value=text)
            )
            if done.rowcount == 0:
                connection.execute(sa.insert(_parts).values(part=part, value=text))

    def _delete(self, part: str) -> None:
        with self._database.transaction(writes=True) as connection:
            connection.execute(sa.delete(_parts).where(_parts.c.part == part))


_Values = Mapping[str, dict[str, object]]


def _lead(values: _Values) -> Lead | None:
    row = values.get("lead")
    if row is None:
        return None
    query = row["query"]
    texts = {str(k): str(v) for k, v in query.items()} if isinstance(query, dict) else {}
    return Lead(str(row["leader"]), Place(str(row["slug"]), texts), _seconds(row["seen_at"]))


def _spotlight(values: _Values) -> Spotlight | None:
    row = values.get("spotlight")
    if row is None:
        return None
    return Spotlight(str(row["slug"]), str(row["section"]), _seconds(row["number"]))


def _timer(values: _Values) -> Timer | None:
    row = values.get("timer")
    return None if row is None else Timer(_seconds(row["ends_at"]), _seconds(row["minutes"]))


def _seconds(value: object) -> float:
    return float(value) if isinstance(value, (int, float)) else 0.0
