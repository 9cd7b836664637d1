"""The numbers that were given last: an id names files, and must not come again though its row is gone."""

from sqlalchemy import Connection, Table, func, select, text

from actors.store.moving.tables import numbered


def last_given(connection: Connection, table: Table) -> int:
    """Read the last number of a table; 0 where none was given, or nobody numbers its rows."""
    if not numbered(table):
        return 0
    highest = connection.scalar(select(func.max(table.c.id))) or 0
    if connection.dialect.name == "sqlite":
        given = connection.scalar(text("SELECT seq FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
    else:
        sequence = connection.scalar(text("SELECT pg_get_serial_sequence(:name, 'id')"), {"name": table.name})
        given = connection.scalar(text(f"SELECT CASE WHEN is_called THEN last_value END FROM {sequence}"))  # noqa: S608  # the database's own
    return max(highest, given or 0)


def go_on_after(connection: Connection, table: Table, last: int) -> None:
    """Let the next row have the next number."""
    if not last:
        return
    if connection.dialect.name == "sqlite":
        connection.execute(text("DELETE FROM sqlite_sequence WHERE name = :name"), {"name": table.name})
        connection.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), {"name": table.name, "last": last})
    else:
        connection.execute(text("SELECT setval(pg_get_serial_sequence(:name, 'id'), :last)"), {"name": table.name, "last": last})
