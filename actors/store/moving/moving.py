"""Moves all rows of one database into another, of the other kind or the same."""

from collections.abc import Callable, Mapping

from sqlalchemy import Table
from sqlalchemy.exc import IntegrityError

from actors.store.database import Database
from actors.store.migration import NEWEST, revision_of
from actors.store.moving.batches import AT_ONCE, Rows, batches
from actors.store.moving.digests import TableDigest, digest
from actors.store.moving.errors import RowsDiffer, SchemasDiffer
from actors.store.moving.numbering import last_given
from actors.store.moving.tables import plain_tables
from actors.store.moving.target import Target

Told = Callable[[str, int], None]


def move(source: Database, target: Database, told: Told = lambda _table, _rows: None) -> Mapping[str, TableDigest]:
    """Move all that one state of the source holds, compare both sides row by row, and give what each table holds.

    Broken off at any moment it is gone on with by the same call, and begun anew where the source is another since; `told` hears of each
    portion. Raises TargetNotEmpty, SchemasDiffer, RowsDiffer.
    """
    to = Target(target)
    went_on = to.prepare()
    try:
        expected = _copy(source, to, told)
        different = _different(expected, target)
    except IntegrityError:
        if not went_on:
            raise
        different = ["references"]
    if went_on and different:
        to.empty()
        expected = _copy(source, to, told)
        different = _different(expected, target)
    if different:
        raise RowsDiffer(different)
    to.open()
    return expected


def _copy(source: Database, target: Target, told: Told) -> dict[str, TableDigest]:
    with source.read() as session:
        connection = session.connection()
        if (revision := revision_of(session)) != NEWEST:
            raise SchemasDiffer(revision)
        progress, held = target.progress(), list[tuple[Table, Rows]]()
        for table in plain_tables():
            for rows in batches(connection, table, progress.get(table.name, "")):
                held.append((table, rows))
                if sum(len(some) for _, some in held) >= AT_ONCE:
                    _keep(held, target, told)
        _keep(held, target, told)
        target.number({table.name: last_given(connection, table) for table in plain_tables()})
        # Of the same state, and all of them now: a server ends a transaction in which nothing is asked for a minute.
        return {table.name: digest(connection, table) for table in plain_tables()}


def _keep(held: list[tuple[Table, Rows]], target: Target, told: Told) -> None:
    target.take(held)
    for table, rows in held:
        told(table.name, len(rows))
    held.clear()


def _different(expected: Mapping[str, TableDigest], target: Database) -> list[str]:
    with target.read() as session:
        return [table.name for table in plain_tables() if digest(session.connection(), table) != expected[table.name]]
