"""The tags that every new document gets, until a person has looked at it."""

from collections.abc import Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import LabelId, LabelKind
from actors.store.rows.catalog import LabelRow

NEW = Reason(Giver.INBOX, "a new document")


def inbox(session: Session) -> Iterator[Proposal]:
    """Give the inbox's tags."""
    query = select(LabelRow.id).where(LabelRow.inbox == True, LabelRow.kind == LabelKind.TAG).order_by(LabelRow.id)  # noqa: E712  # SQL, not Python
    for tag in session.scalars(query):
        yield Proposal(Aspect.TAG, LabelId(tag), NEW)
