"""Numbers that change in the same transaction as what they count."""

from sqlalchemy import bindparam, select, update
from sqlalchemy.orm import Session

from actors.store.rows.archive import Base, CounterRow

JOB_CHANGE = "job_change"
LIVE = "documents"
TRASHED = "documents_deleted"
CATALOGUE_CHANGE = "catalog_change"
PLACED_BY = "placed_by"
IDENTITY_CHANGE = "identity_change"
ACCESS_CHANGE = "access_change"
COUNTERS = (JOB_CHANGE, LIVE, TRASHED, CATALOGUE_CHANGE, PLACED_BY, IDENTITY_CHANGE, ACCESS_CHANGE)

_TABLE = Base.metadata.tables[CounterRow.__tablename__]
# Made once, and on the table: every write of a job counts, and through the mapped class a third of its time went here.
_ADD = (
    update(_TABLE).where(_TABLE.c.name == bindparam("counter")).values(value=_TABLE.c.value + bindparam("amount")).returning(_TABLE.c.value)
)


def add(session: Session, name: str, amount: int) -> int:
    """Change a counter and answer its new value."""
    return int(session.scalars(_ADD, {"counter": name, "amount": amount}).one())


def next_change(session: Session) -> int:
    """Give a job's write its number. Writers take turns, so the numbers grow in the order in which the writes become visible."""
    return add(session, JOB_CHANGE, 1)


def catalogue_changed(session: Session) -> None:
    """Note that a label or a field is another, so that whoever remembers names reads them again."""
    add(session, CATALOGUE_CHANGE, 1)


def identity_changed(session: Session) -> None:
    """Note that a user or a group is another, so that whoever remembers who may do what asks again."""
    add(session, IDENTITY_CHANGE, 1)


def access_changed(session: Session) -> None:
    """Note that a class of access is new or reached by others, so that whoever remembers what somebody sees asks again."""
    add(session, ACCESS_CHANGE, 1)


def value(session: Session, name: str) -> int:
    """Read a counter."""
    return session.scalars(select(CounterRow.value).where(CounterRow.name == name)).one()
