"""The database that rows go to: marked until it is whole, so that nothing starts on it."""

from collections.abc import Mapping, Sequence

from sqlalchemy import Column, Connection, MetaData, Table, Text, delete, inspect, select, text

from actors.store.database import Database
from actors.store.migration import MOVING, NEWEST, bring_up, revision_of
from actors.store.moving.batches import Rows, key_of
from actors.store.moving.errors import TargetNotEmpty
from actors.store.moving.numbering import go_on_after
from actors.store.moving.tables import plain_tables
from actors.store.moving.triggers import without_triggers

# What a database has from its first moment: migrations put it there.
_FROM_THE_FIRST = frozenset({"access_classes", "access_reach", "counters", "tasks"})
_MOVED = Table("moved", MetaData(), Column("name", Text, primary_key=True), Column("last", Text, nullable=False))
_REVISION = text("UPDATE alembic_version SET version_num = :revision")


class Target:
    """Takes rows in portions. Whoever begins again after a break goes on behind the last portion that was kept."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def prepare(self) -> bool:
        """Make the tables, or find those of a move that was broken off and tell so. Raises TargetNotEmpty, StoreTooNew."""
        with self._database.read() as session:
            begun = revision_of(session) == MOVING
            if not begun and (tables := inspect(session.connection()).get_table_names()) and revision_of(session) is None:
                raise TargetNotEmpty(tables)
        if begun:
            return True
        bring_up(self._database)
        with self._database.rebuild() as session:
            connection = session.connection()
            if held := [table.name for table in plain_tables() if table.name not in _FROM_THE_FIRST and _holds_some(connection, table)]:
                raise TargetNotEmpty(held)
            connection.execute(_REVISION, {"revision": MOVING})
            _MOVED.create(connection)
            _empty(connection)
        return False

    def empty(self) -> None:
        """Forget all that has come."""
        with self._database.rebuild() as session:
            _empty(session.connection())

    def progress(self) -> Mapping[str, str]:
        """Give the last key of each table that rows have come for."""
        with self._database.read() as session:
            return {row.name: row.last for row in session.execute(select(_MOVED))}

    def take(self, portions: Sequence[tuple[Table, Rows]]) -> None:
        """Keep portions, and that they have come; all of them or none."""
        with self._database.rebuild() as session:
            connection = session.connection()
            for table, rows in portions:
                with without_triggers(connection, table):
                    connection.execute(table.insert(), [dict(row) for row in rows])
                connection.execute(delete(_MOVED).where(_MOVED.c.name == table.name))
                connection.execute(_MOVED.insert().values(name=table.name, last=key_of(table, rows[-1])))

    def number(self, last: Mapping[str, int]) -> None:
        """Let rows be numbered on behind these numbers."""
        with self._database.rebuild() as session:
            for table in plain_tables():
                go_on_after(session.connection(), table, last[table.name])

    def open(self) -> None:
        """Take the mark away: all is there."""
        with self._database.rebuild() as session:
            _MOVED.drop(session.connection())
            session.execute(_REVISION, {"revision": NEWEST})


def _holds_some(connection: Connection, table: Table) -> bool:
    return connection.execute(select(table).limit(1)).first() is not None


def _empty(connection: Connection) -> None:
    connection.execute(delete(_MOVED))
    for table in reversed(plain_tables()):
        with without_triggers(connection, table):
            connection.execute(delete(table))
