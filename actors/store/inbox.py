"""The tags that every new document gets, until a person has looked at it."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.assignment_types import Aspect, Giver, Proposal, Reason
from actors.store.catalog_schema import LabelRow
from actors.store.catalog_types import LabelId, LabelKind

NEW = Reason(Giver.INBOX, "a new document")


def inbox(session: Session) -> Iterator[Proposal]:
    """Give the inbox's tags."""
    query = select(LabelRow.id).where(LabelRow.inbox == True, LabelRow.kind == LabelKind.TAG).order_by(LabelRow.id)  # noqa: E712  # SQL, not Python
    for tag in session.scalars(query):
        yield Proposal(Aspect.TAG, LabelId(tag), NEW)
