"""The survey's answers, in the room's database.

Several servers can share one store. It holds no personal data: an answer belongs to a visit, and
a visit is a random number that ends with the browser's tab.
"""

import json
from dataclasses import dataclass
from typing import Literal, get_args

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError

from components.classroom.database import Database, StoreError
from components.classroom.survey import Answers

__all__ = [
    "ROUNDS",
    "AnswerSet",
    "LockedError",
    "RoomState",
    "Round",
    "RoundState",
    "Store",
    "StoreError",
]

Round = Literal["before", "after"]  # the workshop
ROUNDS: tuple[Round, ...] = get_args(Round)

_metadata = sa.MetaData()
_rounds = sa.Table(
    "survey_rounds",
    _metadata,
    sa.Column("round", sa.String(10), primary_key=True),
    sa.Column("is_asked", sa.Boolean, nullable=False),
    sa.Column("revealed", sa.Boolean, nullable=False),
    sa.Column("locked", sa.Boolean, nullable=False),
)
_answers = sa.Table(
    "survey_answers",
    _metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("round", sa.String(10), nullable=False),
    sa.Column("visit", sa.String(64), nullable=False),
    sa.Column("answers", sa.Text, nullable=False),  # JSON: the choices by name of question
    sa.UniqueConstraint("round", "visit"),
)


class LockedError(RuntimeError):
    """The round takes no answers any more."""


@dataclass(frozen=True)
class RoundState:
    """Whether the room sees the results of a round, and whether it still takes answers."""

    revealed: bool = False
    locked: bool = False


@dataclass(frozen=True)
class AnswerSet:
    """What one visit answered in one round."""

    round: Round
    visit: str
    answers: Answers


@dataclass(frozen=True)
class RoomState:
    """The survey at one moment: the round now asked, each round's state, all answers."""

    asked: Round
    rounds: dict[Round, RoundState]
    answer_sets: tuple[AnswerSet, ...]

    @property
    def now(self) -> RoundState:
        """The state of the round now asked."""
        return self.rounds[self.asked]

    def answers_in(self, which: Round) -> tuple[AnswerSet, ...]:
        """The answers of one round."""
        return tuple(each for each in self.answer_sets if each.round == which)


class Store:
    """The survey's answers and its state. Safe to use from many threads at once.

    Every method raises StoreError where the database can't be reached.
    """

    def __init__(self, engine: sa.Engine) -> None:
        """Make the tables where they are missing."""
        self.database = Database(engine)
        self.database.make_tables(_rounds, _answers)
        try:
            self._make_rounds()
        except IntegrityError:
            self._make_rounds()  # another server made them at the same moment

    def read(self) -> RoomState:
        """All that the page shows."""
        with self.database.transaction() as connection:
            rows = connection.execute(sa.select(_rounds)).all()
            found = connection.execute(sa.select(_answers).order_by(_answers.c.visit)).all()
        rounds = {name: RoundState() for name in ROUNDS}
        rounds |= {row.round: RoundState(row.revealed, row.locked) for row in rows}
        asked = next((row.round for row in rows if row.is_asked), ROUNDS[0])
        return RoomState(
            asked, rounds, tuple(AnswerSet(r.round, r.visit, _loads(r.answers)) for r in found)
        )

    def answers_of(self, visit: str, which: Round) -> Answers | None:
        """What this visit has answered, None where it has not."""
        mine = (_answers.c.visit == visit) & (_answers.c.round == which)
        with self.database.transaction() as connection:
            text = connection.execute(sa.select(_answers.c.answers).where(mine)).scalar()
        return None if text is None else _loads(text)

    def vote(self, visit: str, which: Round, answers: Answers) -> None:
        """Store the answers of a visit, in place of earlier ones.

        Raises LockedError where the round is locked.
        """
        try:
            self._vote(visit, which, answers)
        except IntegrityError:
            # The same visit sent twice at once: its row is there now.
            self._vote(visit, which, answers)

    def _vote(self, visit: str, which: Round, answers: Answers) -> None:
        text = json.dumps({name: list(taken) for name, taken in answers.items()})
        mine = (_answers.c.visit == visit) & (_answers.c.round == which)
        lock = sa.select(_rounds.c.locked).where(_rounds.c.round == which)
        with self.database.transaction(writes=True) as connection:
            # Shared among voters; who locks the round waits for the votes under way.
            if connection.execute(lock.with_for_update(read=True)).scalar():
                raise LockedError("The survey is closed; no answer was changed.")
            done = connection.execute(sa.update(_answers).where(mine).values(answers=text))
            if done.rowcount == 0:
                row = {"round": which, "visit": visit, "answers": text}
                connection.execute(sa.insert(_answers).values(row))

    def set_revealed(self, which: Round, revealed: bool) -> None:
        """Show the results of a round to the room, or hide them."""
        self._set(which, revealed=revealed)

    def set_locked(self, which: Round, locked: bool) -> None:
        """Take no more answers in a round, or take them again."""
        self._set(which, locked=locked)

    def ask(self, which: Round) -> None:
        """Ask this round from now on. The other keeps its answers and its state."""
        with self.database.transaction(writes=True) as connection:
            connection.execute(sa.update(_rounds).values(is_asked=_rounds.c.round == which))

    def reset(self, which: Round) -> None:
        """Delete the answers of a round; it is hidden and open again."""
        with self.database.transaction(writes=True) as connection:
            connection.execute(
                sa.update(_rounds)
                .where(_rounds.c.round == which)
                .values(revealed=False, locked=False)
            )
            connection.execute(sa.delete(_answers).where(_answers.c.round == which))

    def _set(self, which: Round, **values: bool) -> None:
        with self.database.transaction(writes=True) as connection:
            connection.execute(sa.update(_rounds).where(_rounds.c.round == which).values(**values))

    def _make_rounds(self) -> None:
        with self.database.transaction(writes=True) as connection:
            there = set(connection.execute(sa.select(_rounds.c.round)).scalars())
            for name in ROUNDS:
                if name not in there:
                    first = {"is_asked": name == ROUNDS[0], "revealed": False, "locked": False}
                    connection.execute(sa.insert(_rounds).values(round=name, **first))


def _loads(text: str) -> Answers:
    return {name: tuple(taken) for name, taken in json.loads(text).items()}
