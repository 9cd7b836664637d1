"""Rows for every table of a schema, whichever that is: made from what the database says of its tables."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from sqlalchemy import (
    JSON,
    Boolean,
    Column,
    Date,
    DateTime,
    Enum,
    Float,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Session

from actors.store.rows.archive import Base

# Where not just any value of a kind makes sense: what migrations read, and what the rows of today are held to.
MEANT: dict[tuple[str, str], Any] = {
    ("documents", "state"): "ready",
    ("documents", "warnings"): [],
    ("labels", "kind"): "tag",
    ("fields", "kind"): "text",
    ("field_values", "value"): "some words",
}


_SQLITE = text("SELECT name, sql FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'")
_POSTGRES = text(
    "SELECT table_name, string_agg(concat_ws(' ', column_name, data_type, is_nullable), ',' ORDER BY ordinal_position) "
    "FROM information_schema.columns WHERE table_schema = 'public' GROUP BY table_name"
)


@dataclass(frozen=True, slots=True)
class Kept:
    """One row as it was written: the table, the values of its key, and all its values."""

    table: str
    key: tuple[Any, ...]
    values: dict[str, Any]


class Filler:
    """Writes rows into all tables that are new, or are others than they were when it last looked."""

    def __init__(self) -> None:
        self._known = MetaData()
        self._shapes: dict[str, str] = {}
        self._filled: dict[str, dict[str, Any]] = {}

    def fill(self, session: Session, generation: int) -> Iterator[Kept]:
        """Write a row into each, and into those that it names, with no value of another generation; read them as they then are."""
        tables = [table for table in self._look(session) if table.name != "alembic_version"]
        for table in tables:
            row = {column.name: _value(table, column, self._filled, generation) for column in table.columns}
            session.execute(insert(table), [row])
            self._filled[table.name] = row
        # Read when all are there: the database counts some of them in rows of others.
        for table in tables:
            key = tuple(self._filled[table.name][column.name] for column in table.primary_key)
            yield Kept(table.name, key, rows_of(session, table)[key])

    def _look(self, session: Session) -> list[Table]:
        before, self._shapes = self._shapes, shapes_of(session)
        for name in [name for name in self._known.tables if self._shapes.get(name) != before.get(name)]:
            self._known.remove(self._known.tables[name])
        new = {name for name, shape in self._shapes.items() if before.get(name) != shape}
        self._known.reflect(session.connection(), only=sorted(new))
        while named := {key.column.table.name for name in new for key in self._known.tables[name].foreign_keys} - new:
            new |= named
        return [table for table in self._known.sorted_tables if table.name in new]


def shapes_of(session: Session) -> dict[str, str]:
    """Tell of each table, in one look, what changes when it does."""
    query = _SQLITE if session.get_bind().dialect.name == "sqlite" else _POSTGRES
    return {name: shape for name, shape in session.execute(query)}  # noqa: C416  # rows are no pairs to a type checker


def rows_of(session: Session, table: Table) -> dict[tuple[Any, ...], dict[str, Any]]:
    """Read all rows by their keys."""
    names = [column.name for column in table.primary_key]
    return {tuple(row[name] for name in names): dict(row) for row in session.execute(select(table)).mappings()}


def _value(table: Table, column: Column[Any], filled: dict[str, dict[str, Any]], generation: int) -> Any:
    for named in column.foreign_keys:
        there = filled.get(named.column.table.name)
        # A table that names itself, or one that comes later, can't be named yet.
        return there[named.column.name] if there else None
    if (table.name, column.name) in MEANT:
        return MEANT[table.name, column.name]
    today = Base.metadata.tables.get(table.name)
    meant = today.columns.get(column.name) if today is not None else None
    if meant is not None and isinstance(meant.type, Enum):
        return meant.type.enums[0]
    return _of_kind(column, generation)


def _of_kind(column: Column[Any], generation: int) -> Any:
    match column.type:
        case Boolean():
            return False
        case Integer():
            return generation
        case Numeric() | Float():
            return generation / 2
        case DateTime():
            return datetime(2026, 1, 1, generation % 24, tzinfo=UTC if column.type.timezone else None)
        case Date():
            return date(2026, 1, 1 + generation % 28)
        case JSON():
            return []
        case LargeBinary():
            return f"{generation}".encode()
        case kind:
            return f"{column.name} {generation}"[: getattr(kind, "length", None) or 64]
