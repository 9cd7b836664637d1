"""What a database does by itself when rows come: nothing of it, while rows come that have been through it."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Table, text

_OF_SQLITE = text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name = :table")
_OF_POSTGRESQL = text("SELECT count(*) FROM pg_trigger WHERE tgrelid = CAST(:table AS regclass) AND NOT tgisinternal")


@contextmanager
def without_triggers(connection: Connection, table: Table) -> Iterator[None]:
    """Keep a table's triggers still; the transaction that does so is the only one that sees it."""
    if connection.dialect.name == "sqlite":
        triggers = connection.execute(_OF_SQLITE, {"table": table.name}).all()
        still, again = [f"DROP TRIGGER {trigger.name}" for trigger in triggers], [trigger.sql for trigger in triggers]
    else:
        some = connection.scalar(_OF_POSTGRESQL, {"table": table.name})
        still, again = ([f"ALTER TABLE {table.name} {word} TRIGGER USER"] if some else [] for word in ("DISABLE", "ENABLE"))
    for statement in still:
        connection.exec_driver_sql(statement)
    yield
    for statement in again:
        connection.exec_driver_sql(statement)
