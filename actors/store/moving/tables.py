"""Every table with plain columns, whose values are the same on both databases, each after those that it refers to."""

from functools import cache
from typing import Any

from sqlalchemy import JSON, Column, ColumnElement, Dialect, Enum, MetaData, String, Table, Text, cast, type_coerce
from sqlalchemy.types import TypeDecorator, TypeEngine

from actors.store.rows import (  # noqa: F401  # know the rest of the tables
    access,
    audit,
    bulk_edits,
    catalog,
    folders,
    identities,
    identity,
    likeness,
    mail,
    nodes,
    notifications,
    page_orders,
    receiving,
    sharing,
    tasks,
    versions,
    workflows,
)
from actors.store.rows.archive import Base
from actors.store.rows.columns import CleanText


class JsonText(TypeDecorator[str]):
    """JSON by its words: read and written again, SQL's NULL and JSON's null would become one."""

    impl = Text
    cache_ok = True

    def column_expression(self, column: ColumnElement[str]) -> ColumnElement[str]:
        # SQLite gives a number for JSON that is one, PostgreSQL what it has read of it.
        return type_coerce(cast(column, Text), self)

    def process_result_value(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's signature
        # SQLite keeps 1.0 as 1.
        return value.removesuffix(".0") if value is not None and value[:1] in "-0123456789" else value


@cache
def plain_tables() -> tuple[Table, ...]:
    """Give all tables but Alembic's."""
    there = MetaData()
    return tuple(
        Table(table.name, there, *(Column(column.name, plain(column.type), primary_key=column.primary_key) for column in table.columns))
        for table in Base.metadata.sorted_tables
    )


def plain(kind: TypeEngine[Any]) -> TypeEngine[Any]:
    """Choose the type that neither changes a value nor refuses one."""
    if isinstance(kind, JSON):
        return JsonText()
    return Text() if isinstance(kind, CleanText | Enum | String) else kind


def parent_of(table: Table) -> str:
    """Name the column by which rows of a table refer to others of it, '' where none does."""
    own = (key.parent.name for key in Base.metadata.tables[table.name].foreign_keys if key.column.table.name == table.name)
    return next(own, "")


def numbered(table: Table) -> bool:
    """Tell whether the database numbers the rows."""
    return Base.metadata.tables[table.name].autoincrement_column is not None
