"""The index hears of every change, and a change that comes while it looks is not lost."""

from actors.store.nouns.archive import DocumentChanges, DocumentId
from actors.store.store import Store
from tests.store.making import START, document_id


def test_a_document_stays_until_the_index_has_seen_its_last_revision(store: Store) -> None:
    changed = document_id(store)
    ((_, seen),) = store.outbox.pending(10)
    store.documents.update(changed, DocumentChanges(title="meanwhile"), None, START)
    store.outbox.done([(changed, seen)])
    assert store.outbox.pending(10) == [(changed, seen + 1)]
    store.outbox.done([(changed, seen + 1)])
    assert store.outbox.pending(10) == []


def test_the_index_takes_as_many_as_it_asks_for(store: Store) -> None:
    ids = [document_id(store, f"{number}") for number in range(3)]
    assert store.outbox.pending(2) == [(ids[0], 1), (ids[1], 1)]


def test_documents_can_be_marked_again_there_or_gone(store: Store) -> None:
    marked = document_id(store)
    store.outbox.done([(marked, 1)])
    store.outbox.mark([marked, DocumentId(99)])
    assert store.outbox.pending(10) == [(marked, 1), (DocumentId(99), 0)]
    store.outbox.done([(marked, 1), (DocumentId(99), 0)])
    assert store.outbox.pending(10) == []
