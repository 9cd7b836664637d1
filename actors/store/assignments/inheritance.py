"""What a document that is made of another takes over from it."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from typing import cast

from sqlalchemy.orm import Session

from actors.store.access.classes import accesses
from actors.store.access.moves import entitle
from actors.store.assignments.given import Standing
from actors.store.assignments.giving import LABEL_KINDS, give, standings_of
from actors.store.catalog.field_rows import fields_by_id
from actors.store.catalog.field_values import value_of
from actors.store.nouns.access import AccessId
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import Field, FieldId, LabelId
from actors.store.rows.archive import DocumentRow


def inherit(session: Session, old: DocumentRow, row: DocumentRow, now: datetime) -> None:
    """Give a new document what the one that it was made of was given, with whoever gave it; owner and grants too, if it has no owner.

    Title and number are its own.
    """
    if row.owner_id is None:
        entitle(session, row, accesses(session, [old.access_id])[AccessId(old.access_id)])
    standing = standings_of(session, [old])[old.id]
    fields = fields_by_id(session, {FieldId(place.subject) for place in standing.values if place.aspect is Aspect.FIELD})
    proposals = list(_proposals(standing, fields, f"with document {old.id}, whose pages these are"))
    if proposals:
        give(session, [row], {DocumentId(row.id): proposals}, now)


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
