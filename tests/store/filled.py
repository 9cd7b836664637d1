"""Rows for every table, whatever tables there are: odd values, each kind of column in each of its states."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

from sqlalchemy import JSON, BigInteger, Boolean, Column, Date, Enum, Float, Integer, LargeBinary, String, Table, insert
from sqlalchemy.types import TypeEngine

from actors.store.database import Database
from actors.store.moving.tables import parent_of
from actors.store.rows.archive import Base
from actors.store.rows.columns import CleanText, UtcDateTime

FIRST = 1_001
MOMENT = datetime(2026, 3, 29, 1, 59, 59, 999_990, tzinfo=UTC)
WORDS = ('Müller\'s "Straße"', "line\nbreak\ttab \\ % :name", "日本 😀", "")
THINGS: tuple[Any, ...] = ({"a": [1, None, "ü"], "b": {}}, 5, 2.0, -0.25, None, "5", [], True, "null")


def fill(database: Database, rows: int = 9, pages: int = 2_500) -> None:
    """Put rows into every table, of each after those that it names; there are more pages, since these come in portions."""
    with database.rebuild() as session:
        for table in Base.metadata.sorted_tables:
            many = pages if table.name == "pages" else rows
            session.execute(insert(table), [_row(table, number, rows) for number in range(many)])


def _row(table: Table, number: int, rows: int) -> dict[str, Any]:
    return {column.name: _value(table, column, number, rows) for column in table.columns}


def _value(table: Table, column: Column[Any], number: int, rows: int) -> Any:
    if column.name == parent_of(table):
        # The first has none, all others one with a higher number but for the last, which has the first.
        return None if number == 0 else FIRST + (number + 1) % rows
    if column.foreign_keys:
        return FIRST + number % rows
    if column.nullable and number % 3 == 2:
        return None
    if isinstance(column.type, Integer):
        return _number(table, column, number)
    if isinstance(column.type, JSON):
        # An index counts the warnings.
        return [{"kind": "SPLIT"}] * (number % 2) if column.name == "warnings" else THINGS[number % len(THINGS)]
    return _of_kind(column.type, number)


def _number(table: Table, column: Column[Any], number: int) -> int:
    if column.primary_key:
        return number if len(table.primary_key) > 1 else FIRST + number
    return (2**40 if isinstance(column.type, BigInteger) else FIRST) + number


def _of_kind(kind: TypeEngine[Any], number: int) -> Any:
    match kind:
        case Enum():
            members = list(kind.enum_class or ())
            return members[number % len(members)]
        case UtcDateTime():
            return MOMENT + timedelta(microseconds=7 * number)
        case CleanText() | String():
            length = getattr(kind, "length", None)
            return f"{number}"[:length] if length else f"{WORDS[number % len(WORDS)]}{number}"
        case LargeBinary():
            return bytes(range(256)) * (number % 3)
        case Boolean():
            return number % 2 == 0
        case Date():
            return date.min + timedelta(days=number)
        case Float():
            return number / 3 - 1
    raise AssertionError(f"no value for {kind}")
