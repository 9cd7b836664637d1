"""What is filed and read can be learned from, and every change of it is seen."""

from collections.abc import Callable

import pytest

from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentState, FiledDocument, FiledState
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import LabelFacts, LabelId, LabelKind
from actors.store.store import Store
from tests.store.making import START, at, deliver

RETAGGED = DocumentChanges(tags=("home",))
UNTAGGED = DocumentChanges(tags=())
Change = Callable[[Store, DocumentId, DocumentId], object]


def read(store: Store, content: str, *tags: str, state: DocumentState = DocumentState.READY, seconds: float = 0.0) -> DocumentId:
    """Take in a document and read it."""
    accepted = deliver(store, content, tags=tags, now=at(seconds))
    (job,) = store.jobs.lease("worker", 1, at(seconds))
    store.documents.set_result(accepted.document_id, job.fence, state, "en", [], has_archive=False, now=at(seconds))
    store.jobs.succeed(job.id, job.fence, at(seconds))
    return accepted.document_id


def newest(store: Store, limit: int = 10) -> list[DocumentId]:
    return [document.id for document in store.filed.newest(limit)]


def label(store: Store, kind: LabelKind, name: str) -> LabelId:
    return store.catalog.labels.find(kind, name).id


def test_nothing_is_filed_at_first(store: Store) -> None:
    read(store, "without labels")
    assert store.filed.state() == FiledState(0, "0 0 ")
    assert store.filed.newest(10) == []


def test_only_what_is_filed_read_and_not_in_the_trash_counts(store: Store) -> None:
    kept = read(store, "kept", "tax", "2024")
    read(store, "not filed")
    read(store, "unreadable", "tax", state=DocumentState.FAILED)
    store.documents.delete(read(store, "trashed", "tax"), None, START)
    deliver(store, "not yet read", tags=("tax",))
    assert store.filed.state().documents == 1
    assert newest(store) == [kept]


def test_a_filed_document_tells_its_labels_of_each_kind(store: Store) -> None:
    changes = DocumentChanges(correspondent="Power Ltd", document_type="invoice", storage_path="home")
    one, other = read(store, "one", "tax", "energy"), read(store, "other")
    store.documents.update(one, changes, None, at(1))
    store.documents.update(other, DocumentChanges(document_type="invoice"), None, at(1))
    tags = sorted(label(store, LabelKind.TAG, name) for name in ("tax", "energy"))
    invoice = label(store, LabelKind.DOCUMENT_TYPE, "invoice")
    labels = {
        LabelKind.CORRESPONDENT: (label(store, LabelKind.CORRESPONDENT, "Power Ltd"),),
        LabelKind.DOCUMENT_TYPE: (invoice,),
        LabelKind.STORAGE_PATH: (label(store, LabelKind.STORAGE_PATH, "home"),),
        LabelKind.TAG: tuple(tags),
    }
    revisions = {document_id: store.documents.get(document_id).revision for document_id in (one, other)}
    assert list(store.filed.newest(10)) == [
        FiledDocument(other, revisions[other], {LabelKind.DOCUMENT_TYPE: (invoice,)}),
        FiledDocument(one, revisions[one], labels),
    ]


def test_what_is_in_the_inbox_is_not_filed_yet(store: Store) -> None:
    document_id = read(store, "letter", "tax", "new")
    inbox = store.catalog.labels.get(label(store, LabelKind.TAG, "new"))
    assert newest(store) == [document_id]
    store.catalog.labels.update(inbox.id, LabelFacts("new", inbox=True), None, at(1))
    assert newest(store) == []
    store.documents.update(document_id, DocumentChanges(remove_tags=("new",)), None, at(2))
    assert newest(store) == [document_id]


def test_what_was_learned_does_not_teach_itself(store: Store) -> None:
    read(store, "filed by a person", "tax")
    document_id = read(store, "filed by the classifier")
    tax = label(store, LabelKind.TAG, "tax")
    store.assignments.propose(document_id, [Proposal(Aspect.TAG, tax, Reason(Giver.CLASSIFIER, score=0.99))], at(1))
    assert document_id not in newest(store)
    store.documents.update(document_id, DocumentChanges(title="a person has looked at it"), None, at(2))
    assert document_id in newest(store)


def test_the_newest_come_first(store: Store) -> None:
    first, second, third = (read(store, str(number), "tax", seconds=number) for number in range(3))
    assert newest(store) == [third, second, first]
    assert newest(store, 2) == [third, second]


@pytest.mark.parametrize(
    "change",
    [
        lambda store, one, other: store.documents.update(one, RETAGGED, None, at(9)),
        lambda store, one, other: store.documents.update(one, UNTAGGED, None, at(9)),
        lambda store, one, other: store.documents.update(one, DocumentChanges(correspondent="Power Ltd"), None, at(9)),
        lambda store, one, other: store.documents.delete(one, None, at(9)),
        lambda store, one, other: store.catalog.labels.delete(label(store, LabelKind.TAG, "tax"), None, at(9)),
        lambda store, one, other: read(store, "a third", "tax", seconds=9),
        # They make up for each other in number and revisions.
        lambda store, one, other: store.documents.update_many([(one, UNTAGGED, None), (other, RETAGGED, None)], at(9)),
        # The clock was set back.
        lambda store, one, other: store.documents.update(one, RETAGGED, None, at(-9)),
    ],
)
def test_every_change_is_seen(store: Store, change: Change) -> None:
    one, other = read(store, "one", "tax"), read(store, "other")
    before = store.filed.state()
    assert store.filed.state() == before
    change(store, one, other)
    assert store.filed.state().change != before.change


@pytest.mark.parametrize(
    "change",
    [
        lambda store, one, other: store.documents.update(other, DocumentChanges(title="another"), None, at(9)),
        lambda store, one, other: store.catalog.labels.update(label(store, LabelKind.TAG, "tax"), LabelFacts("taxes"), None, at(9)),
        lambda store, one, other: store.catalog.labels.create(LabelKind.TAG, LabelFacts("new")),
    ],
    ids=["a document that is not filed", "a new name of a label", "a new label"],
)
def test_what_teaches_nothing_new_changes_nothing(store: Store, change: Change) -> None:
    one, other = read(store, "one", "tax"), read(store, "other")
    before = store.filed.state()
    change(store, one, other)
    assert store.filed.state() == before
