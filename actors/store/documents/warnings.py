"""Which warnings may be told to whom."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.catalog.hidden import hidden_names, quotes
from actors.store.nouns.archive import DocumentWarning
from actors.store.rows.archive import DocumentRow
from actors.store.rows.seeing import viewer_in


def hidden_warnings(session: Session, warnings: Sequence[DocumentWarning]) -> set[DocumentWarning]:
    """Choose the warnings that name what whoever a session is narrowed for may not see: documents, labels and workflows."""
    if not warnings or viewer_in(session) is None:
        return set()
    named, unsaid = {other for warning in warnings for other in warning.documents}, hidden_names(session)
    seen = set(session.scalars(select(DocumentRow.id).where(DocumentRow.id.in_(named)))) if named else set[int]()
    return {one for one in warnings if not seen.issuperset(one.documents) or quotes(one.message, unsaid)}
