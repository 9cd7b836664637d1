"""Numbers that change in the same transaction as what they count."""

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from actors.store.schema import CounterRow

JOB_CHANGE = "job_change"
LIVE = "documents"
TRASHED = "documents_deleted"
COUNTERS = (JOB_CHANGE, LIVE, TRASHED)


def add(session: Session, name: str, amount: int) -> int:
    """Change a counter and answer its new value."""
    changed = update(CounterRow).where(CounterRow.name == name).values(value=CounterRow.value + amount)
    return session.scalars(changed.returning(CounterRow.value)).one()


def next_change(session: Session) -> int:
    """Give a job's write its number. Writers take turns, so the numbers grow in the order in which the writes become visible."""
    return add(session, JOB_CHANGE, 1)


def value(session: Session, name: str) -> int:
    """Read a counter."""
    return session.scalars(select(CounterRow.value).where(CounterRow.name == name)).one()
