"""Values that were given to documents, told to the audit as people read them."""

from collections.abc import Mapping, Sequence
from typing import Any, cast

from sqlalchemy.orm import Session

from actors.store.audit.deeds import author_in, note_all
from actors.store.audit.watching import text_of
from actors.store.nouns.assignments import Aspect
from actors.store.nouns.audit import Act, AuditNoun, Change, Deed
from actors.store.nouns.catalog import Field, FieldId, FieldKind

_LABELS = frozenset({Aspect.CORRESPONDENT, Aspect.DOCUMENT_TYPE, Aspect.STORAGE_PATH})


def tell_given(session: Session, given: Sequence[Mapping[str, Any]], fields: Mapping[FieldId, Field], names: Mapping[int, str]) -> None:
    """Note what was given; `given` are rows of assignments, with pairs of the kept value and its words."""
    if author_in(session) is not None:
        note_all(
            session,
            [Deed(Act.CHANGED, AuditNoun.DOCUMENT, one["document_id"], changes=(_change(one, fields, names),)) for one in given],
        )


def _change(given: Mapping[str, Any], fields: Mapping[FieldId, Field], names: Mapping[int, str]) -> Change:
    aspect, subject = cast("Aspect", given["aspect"]), cast("int", given["subject_id"])
    (before, before_words), (after, after_words) = given["before"], given["value"]
    if aspect is Aspect.TAG:
        name = names.get(subject, "")
        return Change(aspect.value, name if before else "", name if after else "", labels=(subject,))
    words = text_of(before_words), text_of(after_words)
    if aspect in _LABELS:
        return Change(aspect.value, *words, labels=tuple(one for one in (before, after) if one))
    if aspect is Aspect.FIELD:
        field = fields[FieldId(subject)]
        named = (*(before or ()), *(after or ())) if field.kind is FieldKind.DOCUMENTS else ()
        return Change(field.facts.name, *words, documents=tuple(dict.fromkeys(named)))
    return Change(aspect.value, *words)
