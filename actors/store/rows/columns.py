"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime
from enum import StrEnum

from sqlalchemy import DateTime, Dialect, Enum, Text
from sqlalchemy.types import TypeDecorator


def clean_text(text: str) -> str:
    """Turn any Python string into one that both databases store.

    PostgreSQL knows no NUL, and neither encodes a lone surrogate, which is what a file name that is not UTF-8 holds.
    """
    return text.replace("\0", "").encode("utf-16", "surrogatepass").decode("utf-16", "replace")


class CleanText(TypeDecorator[str]):
    """Text of any origin, cleaned on its way in; compared by code point on both databases."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:  # noqa: ARG002  # SQLAlchemy's signature
        return None if value is None else clean_text(value)


class UtcDateTime(TypeDecorator[datetime]):
    """A moment, stored as UTC. A naive datetime is refused, since nobody can tell what it means."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value} has no time zone")
        moment = value.astimezone(UTC)
        # SQLite keeps text and knows no zone; without one, text sorts as time.
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def state_column(states: type[StrEnum]) -> Enum:
    """Store an enum by its value, as text: a new member needs no migration."""
    return Enum(
        states, native_enum=False, create_constraint=False, length=32, values_callable=lambda members: [member.value for member in members]
    )
