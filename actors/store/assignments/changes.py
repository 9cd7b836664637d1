"""What a person changes, as values that are given."""

from collections.abc import Iterator, Sequence

from actors.store.catalog.label_rows import name_key
from actors.store.nouns.archive import DocumentChanges, NewDocument
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import NamedLabel

BY_USER = Reason(Giver.USER)


def proposals_of(changes: DocumentChanges, borne: Sequence[NamedLabel], reason: Reason) -> Iterator[Proposal]:
    """Say what is given and what is taken away; `borne` are the tags that the document has now, as far as they are seen.

    Tags are taken away first: a new tag below one that goes brings it back.
    """
    if changes.title is not None:
        yield Proposal(Aspect.TITLE, changes.title, reason)
    if changes.created_date is not None or changes.clear_created_date:
        yield Proposal(Aspect.CREATED_DATE, changes.created_date, reason)
    if changes.asn is not None or changes.clear_asn:
        yield Proposal(Aspect.ASN, changes.asn, reason)
    singles = (
        (Aspect.CORRESPONDENT, changes.correspondent),
        (Aspect.DOCUMENT_TYPE, changes.document_type),
        (Aspect.STORAGE_PATH, changes.storage_path),
    )
    for aspect, name in singles:
        if name is not None:
            yield Proposal(aspect, name or None, reason)
    yield from _tags(changes, borne, reason)
    for field, value in changes.fields:
        yield Proposal(Aspect.FIELD, value, reason, field=field)


def _tags(changes: DocumentChanges, borne: Sequence[NamedLabel], reason: Reason) -> Iterator[Proposal]:
    present = {name_key(tag.name) for tag in borne}
    wanted = {name_key(name) for name in changes.add_tags} | (
        present if changes.tags is None else {name_key(name) for name in changes.tags}
    )
    removed = {name_key(name) for name in changes.remove_tags}
    for tag in borne:
        if name_key(tag.name) not in wanted - removed:
            yield Proposal(Aspect.TAG, tag.id, reason, remove=True)
    for name in (*(changes.tags or ()), *changes.add_tags):
        if name_key(name) not in present | removed:
            yield Proposal(Aspect.TAG, name, reason)


def delivered(new: NewDocument) -> Iterator[Proposal]:
    """Say what came with a file."""
    return proposals_of(new.given, (), Reason(Giver.DELIVERY, new.by))
