"""What is tagged and read can be learned from, and every change of it is seen."""

from collections.abc import Callable

import pytest

from actors.store.store import Store
from actors.store.types import DocumentChanges, DocumentId, DocumentState, TaggedState
from tests.store.making import START, at, deliver

RETAGGED = DocumentChanges(tags=("home",))
UNTAGGED = DocumentChanges(tags=())


def read(store: Store, content: str, *tags: str, state: DocumentState = DocumentState.READY, seconds: float = 0.0) -> DocumentId:
    """Take in a document and read it."""
    accepted = deliver(store, content, tags=tags, now=at(seconds))
    (job,) = store.jobs.lease("worker", 1, at(seconds))
    store.documents.set_result(accepted.document_id, job.fence, state, "en", [], has_archive=False, now=at(seconds))
    store.jobs.succeed(job.id, job.fence, at(seconds))
    return accepted.document_id


def test_nothing_is_tagged_at_first(store: Store) -> None:
    read(store, "without tags")
    assert store.tagged.state() == TaggedState(0, "0 0 ")
    assert store.tagged.newest(10) == []


def test_only_what_is_tagged_read_and_not_in_the_trash_counts(store: Store) -> None:
    kept = read(store, "kept", "tax", "2024")
    read(store, "untagged")
    read(store, "unreadable", "tax", state=DocumentState.FAILED)
    store.documents.delete(read(store, "trashed", "tax"), None, START)
    deliver(store, "not yet read", tags=("tax",))
    assert store.tagged.state().documents == 1
    assert store.tagged.newest(10) == [kept]


def test_the_newest_come_first(store: Store) -> None:
    first, second, third = (read(store, str(number), "tax", seconds=number) for number in range(3))
    assert store.tagged.newest(10) == [third, second, first]
    assert store.tagged.newest(2) == [third, second]


@pytest.mark.parametrize(
    "change",
    [
        lambda store, one, other: store.documents.update(one, RETAGGED, None, at(9)),
        lambda store, one, other: store.documents.update(one, UNTAGGED, None, at(9)),
        lambda store, one, other: store.documents.delete(one, None, at(9)),
        lambda store, one, other: read(store, "a third", "tax", seconds=9),
        # They make up for each other in number and revisions.
        lambda store, one, other: store.documents.update_many([(one, UNTAGGED, None), (other, RETAGGED, None)], at(9)),
        # The clock was set back.
        lambda store, one, other: store.documents.update(one, RETAGGED, None, at(-9)),
    ],
)
def test_every_change_is_seen(store: Store, change: Callable[[Store, DocumentId, DocumentId], object]) -> None:
    one, other = read(store, "one", "tax"), read(store, "other")
    before = store.tagged.state()
    assert store.tagged.state() == before
    change(store, one, other)
    assert store.tagged.state().change != before.change


def test_what_happens_to_documents_without_tags_changes_nothing(store: Store) -> None:
    read(store, "one", "tax")
    before = store.tagged.state()
    other = read(store, "other")
    store.documents.update(other, DocumentChanges(title="another"), None, at(9))
    assert store.tagged.state() == before
