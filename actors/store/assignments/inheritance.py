"""What a document that is made of another takes over from it."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime
from typing import cast

from sqlalchemy.orm import Session

from actors.store.access.classes import accesses, reach_of
from actors.store.access.moves import entitle
from actors.store.access.reach import shared
from actors.store.assignments.given import Standing
from actors.store.assignments.giving import give, standings_of
from actors.store.assignments.naming import LABEL_KINDS
from actors.store.catalog.field_rows import fields_by_id
from actors.store.catalog.field_values import value_of
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import Field, FieldId, LabelId
from actors.store.rows.archive import DocumentRow

OF_ITS_PAGES, OF_ITS_FILE = "with the document whose pages these are", "with the document that this file lies in"


def inherit(session: Session, old: DocumentRow, row: DocumentRow, now: datetime, why: str = OF_ITS_PAGES) -> None:
    """Give a new document what the one that it was made of was given, with whoever gave it. Title and number are its own."""
    standing = standings_of(session, [old])[old.id]
    fields = fields_by_id(session, {FieldId(place.subject) for place in standing.values if place.aspect is Aspect.FIELD})
    proposals = list(_proposals(standing, fields, why))
    if proposals:
        give(session, [row], {DocumentId(row.id): proposals}, now)


def inherit_access(session: Session, olds: Sequence[DocumentRow], row: DocumentRow) -> None:
    """Give a new document the owner and the grants of those that it was made of; who may not see all of them does not see it."""
    known = accesses(session, {old.access_id for old in olds})
    if len(known) == 1:
        entitle(session, row, *known.values())
        return
    reached = [reach_of(session, access_id) for access_id in known]
    entitle(session, row, shared(list(known.values()), reached))


def _proposals(standing: Standing, fields: Mapping[FieldId, Field], words: str) -> Iterator[Proposal]:
    for place, value in standing.values.items():
        reason = Reason(standing.givers.get(place, Giver.DELIVERY), words)
        if place.aspect is Aspect.TAG:
            yield Proposal(place.aspect, LabelId(place.subject), reason)
        elif place.aspect in LABEL_KINDS:
            yield Proposal(place.aspect, LabelId(cast("int", value)), reason)
        elif place.aspect is Aspect.CREATED_DATE:
            yield Proposal(place.aspect, date.fromisoformat(cast("str", value)), reason)
        elif place.aspect is Aspect.FIELD:
            field = fields[FieldId(place.subject)]
            yield Proposal(place.aspect, value_of(field.kind, value), reason, field=field.id)
