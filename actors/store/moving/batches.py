"""Rows in portions, by their keys."""

import json
from collections.abc import Iterator, Sequence
from typing import Any

from sqlalchemy import Connection, RowMapping, Table, literal, select, tuple_

from actors.store.moving.tables import parent_of

Rows = Sequence[RowMapping]
# What is read at once, and is kept by one transaction.
AT_ONCE = 1_000


def batches(source: Connection, table: Table, after: str) -> Iterator[Rows]:
    """Read the rows behind a key, '' for all, in portions in the order of keys.

    Rows that refer to others of their table come in one portion, each behind the one that it refers to.
    """
    if parent_of(table):
        if not after and (tree := source.execute(select(table)).mappings().all()):
            yield parents_first(tree, parent_of(table))
        return
    last, full = after, True
    while full and (rows := source.execute(_behind(table, last)).mappings().all()):
        yield rows
        last, full = key_of(table, rows[-1]), len(rows) == AT_ONCE


def key_of(table: Table, row: RowMapping) -> str:
    """Write down the key of a row."""
    return json.dumps([row[column.name] for column in table.primary_key])


def parents_first(rows: Rows, parent: str) -> Rows:
    """Order rows of a tree by their depth."""
    above = {row["id"]: row[parent] for row in rows}

    def depth(row: RowMapping) -> int:
        steps, at = 0, above[row["id"]]
        while at is not None and steps <= len(above):
            steps, at = steps + 1, above.get(at)
        return steps

    return sorted(rows, key=depth)


def _behind(table: Table, last: str) -> Any:
    query = select(table).order_by(*table.primary_key).limit(AT_ONCE)
    if not last:
        return query
    values = (literal(value, column.type) for value, column in zip(json.loads(last), table.primary_key, strict=True))
    return query.where(tuple_(*table.primary_key) > tuple_(*values))
