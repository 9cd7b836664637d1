"""Notes and saved views."""

import pytest

from actors.store.errors import DocumentNotFound, NameTaken, NoteNotFound, StaleItem, ViewNotFound
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import NoteId, ViewFacts, ViewId
from actors.store.store import Store
from tests.store.making import START, at, document_id


def test_notes_stand_in_the_order_they_were_written_in_and_tell_by_whom(store: Store) -> None:
    document, other = document_id(store), document_id(store, "other")
    first = store.notes.add(document, "ada", "Ask.\nThen file.", at(1))
    second = store.notes.add(document, "bob", "Filed.", at(2))
    store.notes.add(other, "ada", "elsewhere", at(3))
    assert store.notes.list(document) == [first, second]
    changed = store.notes.change(document, first.id, "Asked.", at(4))
    assert (changed.author, changed.text, changed.create_time, changed.update_time) == ("ada", "Asked.", at(1), at(4))
    store.notes.remove(document, second.id, at(5))
    assert store.notes.list(document) == [changed]


def test_every_note_changes_its_document_and_goes_to_the_index(store: Store) -> None:
    document = document_id(store)
    note = store.notes.add(document, "ada", "hydrant", at(1))
    (entry,) = store.documents.for_index([document])
    assert entry.notes == ("hydrant",)
    revisions = [store.documents.get(document).revision]
    for act in (
        lambda: store.notes.change(document, note.id, "levy", at(2)),
        lambda: store.notes.remove(document, note.id, at(3)),
    ):
        act()
        revisions.append(store.documents.get(document).revision)
        assert store.outbox.pending(10) == [(document, revisions[-1])]
    assert revisions == sorted(set(revisions))
    (entry,) = store.documents.for_index([document])
    assert entry.notes == ()


def test_a_note_belongs_to_its_document(store: Store) -> None:
    document, other = document_id(store), document_id(store, "other")
    note = store.notes.add(document, "ada", "text", at(1))
    for act in (
        lambda: store.notes.change(other, note.id, "x", at(2)),
        lambda: store.notes.remove(other, note.id, at(2)),
        lambda: store.notes.remove(document, NoteId(99), at(2)),
    ):
        with pytest.raises(NoteNotFound):
            act()
    with pytest.raises(DocumentNotFound):
        store.notes.list(DocumentId(99))
    store.documents.delete(document, None, at(3))
    store.documents.purge(document)
    with pytest.raises(DocumentNotFound):
        store.notes.list(document)


def test_views_stand_in_their_order_and_are_kept_whole(store: Store) -> None:
    views = store.catalog.views
    facts = ViewFacts("Taxes", "tag:tax", "title desc", 20, "table", ("title", "asn"), True, True, 2)
    last, first = views.create(facts), views.create(ViewFacts("Bills", position=1))
    same = views.create(ViewFacts("another", position=1))
    assert (last.revision, last.facts) == (1, facts)
    assert views.list() == [same, first, last]
    changed = views.update(last.id, ViewFacts("Taxes", position=0), last.revision)
    assert views.list() == [changed, same, first]
    views.delete(first.id, None)
    assert views.list() == [changed, same]


def test_a_view_is_told_apart_by_its_name_and_its_revision(store: Store) -> None:
    views = store.catalog.views
    one, two = views.create(ViewFacts("One")), views.create(ViewFacts("Two"))
    with pytest.raises(NameTaken):
        views.create(ViewFacts(" ONE"))
    with pytest.raises(NameTaken):
        views.update(two.id, ViewFacts("one"), None)
    views.update(one.id, ViewFacts("ONE"), one.revision)
    with pytest.raises(StaleItem):
        views.update(one.id, ViewFacts("1"), one.revision)
    with pytest.raises(StaleItem):
        views.delete(one.id, one.revision)
    with pytest.raises(ViewNotFound):
        views.get(ViewId(99))


def test_a_note_tells_its_time_in_utc(store: Store) -> None:
    assert store.notes.add(document_id(store), "ada", "text", START).create_time == START
