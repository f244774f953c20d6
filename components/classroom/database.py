"""The room's database, any that SQLAlchemy speaks to: its transactions, and what went wrong.

Several servers can share one. What is kept in it is in `store` (the survey), `stage` (what the
instructor shows everyone) and `entries` (what people sent to the room).
"""

import logging
from collections.abc import Iterator
from contextlib import contextmanager

import sqlalchemy as sa
from sqlalchemy.exc import IntegrityError, SQLAlchemyError
from sqlalchemy.pool import ConnectionPoolEntry

logger = logging.getLogger(__name__)

_WRITES = "classroom_writes"


class StoreError(RuntimeError):
    """The database gave no answer; the sentence is for whoever is on the page."""


class Database:
    """Transactions that many threads and servers can make at once."""

    def __init__(self, engine: sa.Engine) -> None:
        self._engine = engine
        if engine.dialect.name == "sqlite":
            _prepare_sqlite(engine)

    def make_tables(self, *tables: sa.Table) -> None:
        """Make the tables that are missing. Raises StoreError."""
        try:
            self._make(tables)
        except StoreError:
            self._make(tables)  # another server may have made them at the same moment

    def _make(self, tables: tuple[sa.Table, ...]) -> None:
        try:
            with self.transaction(writes=True) as connection:
                for table in tables:
                    table.create(connection, checkfirst=True)
        except IntegrityError as error:
            raise store_error(error) from error

    @contextmanager
    def transaction(self, writes: bool = False) -> Iterator[sa.Connection]:
        """One transaction. Raises StoreError where the database can't be reached.

        IntegrityError is left to the caller, who knows what it means.
        """
        try:
            with self._engine.connect() as connection:
                ready = connection.execution_options(**{_WRITES: writes})
                with ready.begin():
                    yield ready
        except IntegrityError:
            raise
        except SQLAlchemyError as error:
            raise store_error(error) from error


def store_error(error: SQLAlchemyError) -> StoreError:
    """The sentence for a database that failed; the reason goes to the log."""
    logger.warning("The classroom's database: %s", error)
    return StoreError(
        "The room's database gives no answer just now. What was stored is safe; the page tries "
        "again by itself. The reason is in the server's log."
    )


def _prepare_sqlite(engine: sa.Engine) -> None:
    """Let many read while one writes, and let those who write wait for their turn."""
    if not sa.event.contains(engine, "connect", _on_connect):
        sa.event.listen(engine, "connect", _on_connect)
        sa.event.listen(engine, "begin", _on_begin)


def _on_connect(connection: sa.engine.interfaces.DBAPIConnection, _: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # transactions begin in _on_begin, not by the driver's rule
    cursor = connection.cursor()
    cursor.execute("PRAGMA busy_timeout = 30000")  # ms
    cursor.execute("PRAGMA journal_mode = WAL")
    cursor.close()


def _on_begin(connection: sa.Connection) -> None:
    # A transaction that first reads and then writes fails where another wrote in between; one
    # that is going to write therefore takes its turn at the beginning.
    writes = connection.get_execution_options().get(_WRITES, False)
    connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")
