"""What a person changes, as values that are given."""

from collections.abc import Iterator, Sequence

from actors.store.catalog.label_rows import name_key
from actors.store.nouns.archive import DocumentChanges, NewDocument
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason

BY_USER = Reason(Giver.USER)


def proposals_of(changes: DocumentChanges, borne: Sequence[str], reason: Reason) -> Iterator[Proposal]:
    """Say what is given and what is taken away; `borne` are the names of the document's tags now.

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


def _tags(changes: DocumentChanges, borne: Sequence[str], reason: Reason) -> Iterator[Proposal]:
    wanted = {name_key(name) for name in (*(borne if changes.tags is None else changes.tags), *changes.add_tags)}
    removed = {name_key(name) for name in changes.remove_tags}
    present = {name_key(name) for name in borne}
    for name in borne:
        if name_key(name) not in wanted - removed:
            yield Proposal(Aspect.TAG, name, reason, remove=True)
    for name in (*(changes.tags or ()), *changes.add_tags):
        if name_key(name) not in present | removed:
            yield Proposal(Aspect.TAG, name, reason)


def delivered(new: NewDocument) -> Iterator[Proposal]:
    """Say what came with a file."""
    return proposals_of(new.given, (), Reason(Giver.DELIVERY, new.by))
