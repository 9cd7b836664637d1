"""What a document that a person makes of another's pages takes over from it."""

from datetime import datetime

from sqlalchemy.orm import Session

from actors.store.assignments.giving import give
from actors.store.assignments.inheritance import inherit
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.rows.archive import DocumentRow


def take_over(session: Session, old: DocumentRow, row: DocumentRow, with_number: bool, now: datetime) -> None:
    """Give a new document what the one was given whose pages it has; its number too where it takes its place."""
    inherit(session, old, row, now)
    if not with_number or old.asn is None:
        return
    number, goes = old.asn, Reason(Giver.USER, "goes to the document that has its pages")
    give(session, [old], {DocumentId(old.id): [Proposal(Aspect.ASN, None, goes)]}, now)
    session.flush()
    came = Reason(Giver.USER, "with the document whose pages these are")
    give(session, [row], {DocumentId(row.id): [Proposal(Aspect.ASN, number, came)]}, now)
