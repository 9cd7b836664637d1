"""What somebody may not see is not there: not in any list, count or error; and what he may not change stays as it is."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import timedelta

import pytest
from sqlalchemy import event
from sqlalchemy.engine import Engine

from actors.pipeline.endings import Ending, ending_of
from actors.store.errors import AsnTaken, DocumentNotEditable, DocumentNotFound, JobNotFound, StoreError
from actors.store.identity.errors import OrdererGone
from actors.store.nouns.access import AccessChange, Grant, Level, Subject, SubjectKind, Viewer
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentOrder, DocumentWarning, JobId, SourceKey, SourceKind
from actors.store.nouns.assignments import Giver
from actors.store.nouns.audit import Author, AuthorKind
from actors.store.nouns.bulk_edits import BulkAction, BulkOrder
from actors.store.nouns.catalog import FieldFacts, FieldId, FieldKind, LabelKind, NoteId
from actors.store.nouns.folders import Folder, Place, Placed
from actors.store.nouns.identity import Role, UserFacts, UserId
from actors.store.nouns.jobs import JobKind
from actors.store.nouns.likeness import Compared, Fingerprint, NearDuplicate
from actors.store.nouns.versions import VersionFacts
from actors.store.store import Store
from tests.store.access.bringing import brought
from tests.store.making import START, at, new_document, staged

CANARY = "canary"
NEWEST = DocumentOrder()


@dataclass(frozen=True)
class House:
    """Anna's document, which Bert may not see, one that he may view, and his own; each is like, and linked with, the others."""

    store: Store
    bert: UserId
    seen: Store
    hidden: DocumentId
    shown: DocumentId
    own: DocumentId
    hidden_job: JobId
    field: FieldId
    note: NoteId

    @property
    def visible(self) -> set[DocumentId]:
        return {self.shown, self.own}


@pytest.fixture
def house(store: Store) -> House:
    anna, bert = (store.users.create(UserFacts(name, Role.EDITOR), START).id for name in ("anna", "bert"))
    hidden, shown, own = brought(store, CANARY, anna), brought(store, "shown", anna), brought(store, "own", bert)
    store.permissions.change([shown], AccessChange(grants=(Grant(Subject(SubjectKind.USER, bert)),)), None, START)
    field = store.catalog.fields.create(FieldKind.DOCUMENTS, FieldFacts("links"), ()).id
    store.documents.update(hidden, DocumentChanges(tags=("tax",), storage_path="home", asn=7, fields=((field, (shown, own)),)), None, START)
    store.documents.update(own, DocumentChanges(tags=("tax",)), None, START)
    note = store.notes.add(hidden, "anna", CANARY, START).id
    marks = {one.document_id: one.mark for one in store.places.unplaced(10)}
    places = {hidden: "secret/" + CANARY, shown: "home", own: "home/bert"}
    store.places.put(marks, [Placed(document, Place(folder, f"{document}", "")) for document, folder in places.items()])
    job = next(job for job in store.jobs.lease("worker", 10, START) if job.document_id == hidden)
    store.jobs.fail(job.id, job.fence, CANARY, retryable=False, now=START, jitter=0.0)
    near = tuple(NearDuplicate(document, 0.9) for document in (shown, own))
    for document in (shown, own):
        store.likenesses.keep(document, store.documents.get(document).revision, Compared(Fingerprint(1, b"", ()), frozenset(), ()))
    store.likenesses.keep(hidden, store.documents.get(hidden).revision, Compared(Fingerprint(1, b"", ()), frozenset(), near))
    seen = store.seen_by(store.permissions.viewer(bert))
    return House(store, bert, seen, hidden, shown, own, job.id, field, note)


NOT_THERE: list[Callable[[House], object]] = [
    lambda house: house.seen.documents.get(house.hidden),
    lambda house: house.seen.documents.get_many([house.own, house.hidden]),
    lambda house: house.seen.documents.update(house.hidden, DocumentChanges(title="x"), None, START),
    lambda house: house.seen.documents.update_many(
        [(house.own, DocumentChanges(title="x"), None), (house.hidden, DocumentChanges(), None)], START
    ),
    lambda house: house.seen.documents.foresee(house.hidden, [], START),
    lambda house: house.seen.documents.delete(house.hidden, None, START),
    lambda house: house.seen.documents.delete_many([house.hidden], START),
    lambda house: house.seen.documents.undelete(house.hidden, START),
    lambda house: house.seen.documents.purge(house.hidden),
    lambda house: house.seen.documents.update(house.own, DocumentChanges(fields=((house.field, (house.hidden,)),)), None, START),
    lambda house: house.seen.notes.list(house.hidden),
    lambda house: house.seen.notes.add(house.hidden, "bert", "x", START),
    lambda house: house.seen.notes.change(house.hidden, house.note, "x", START),
    lambda house: house.seen.notes.remove(house.hidden, house.note, START),
    lambda house: house.seen.assignments.list(house.hidden),
    lambda house: house.seen.assignments.propose(house.hidden, [], START),
    lambda house: house.seen.likenesses.of(house.hidden, 10),
    lambda house: house.seen.versions.list(house.hidden),
    lambda house: house.seen.versions.label(house.hidden, 1, "x", START),
    lambda house: house.seen.jobs.enqueue(house.hidden, JobKind.DOCUMENT, "x", {}, START),
    lambda house: house.seen.permissions.of([house.hidden]),
    lambda house: house.seen.permissions.change([house.hidden], AccessChange(owner=house.bert), None, START),
]


@pytest.mark.parametrize("ask", NOT_THERE)
def test_a_hidden_document_is_answered_as_one_that_is_not_there(house: House, ask: Callable[[House], object]) -> None:
    before = house.store.documents.get(house.hidden), house.store.documents.get(house.own)
    with pytest.raises(DocumentNotFound, match=rf"^there is no document {house.hidden}$"):
        ask(house)
    assert (house.store.documents.get(house.hidden), house.store.documents.get(house.own)) == before


def test_lists_and_counts_hold_what_may_be_seen_alone(house: House) -> None:
    seen = house.seen
    assert {document.id for document in seen.documents.list(NEWEST, None, 10, deleted=False)} == house.visible
    assert (seen.documents.count(deleted=False), seen.documents.count(deleted=True)) == (2, 0)
    assert set(seen.documents.ids(None, 10)) == house.visible
    assert {entry.document.id for entry in seen.documents.for_index([house.hidden, house.own])} == {house.own}
    assert seen.documents.lookup(house.store.documents.get(house.hidden).sha256, len(CANARY)) is None
    tag = seen.catalog.labels.find(LabelKind.TAG, "tax").id
    assert seen.catalog.labels.documents_of([tag]) == {tag: 1}
    assert seen.places.folders("", None, 10) == [Folder("home", 2, has_folders=True)]
    assert seen.places.folders("home", None, 10) == [Folder("home/bert", 1)]
    assert [seen.places.count(folder) for folder in ("", "home", "secret", f"secret/{CANARY}")] == [2, 2, 0, 0]
    assert seen.places.documents(f"secret/{CANARY}", None, 10) == []
    assert (seen.pages.texts(house.hidden), seen.pages.records(house.hidden), seen.pages.texts_of([house.hidden], 1, 9)) == ([], [], {})
    assert (seen.successions.origins(house.hidden), seen.successions.successors(house.hidden)) == ([], [])
    assert seen.documents.delivery(house.hidden) is None
    figures = seen.statistics()
    assert (figures.documents, figures.documents_failed, figures.jobs_failed, figures.index_bytes) == (2, 0, 0, 0)


def test_links_and_near_duplicates_tell_of_no_hidden_document(house: House) -> None:
    assert house.store.documents.get(house.own).fields[0].value == (house.hidden,)
    assert house.seen.documents.get(house.own).fields == ()
    assert house.seen.likenesses.of(house.own, 10) == []
    assert house.seen.likenesses.groups(None, 10) == []
    house.seen.documents.update(house.own, DocumentChanges(fields=((house.field, None),)), None, START)
    assert house.store.documents.get(house.own).fields[0].value == (house.hidden,)


def test_the_jobs_of_a_hidden_document_are_hidden(house: House) -> None:
    assert house.hidden_job not in {job.id for job in house.seen.jobs.list([], None, None, 10)}
    assert house.hidden_job not in {job.id for job in house.seen.jobs.changed_since(0, 10)}
    with pytest.raises(JobNotFound):
        house.seen.jobs.get(house.hidden_job)
    with pytest.raises(JobNotFound):
        house.seen.jobs.retry(house.hidden_job, START)


def test_what_belongs_to_no_document_is_shown_to_whoever_ordered_it(house: House) -> None:
    order = BulkOrder(BulkAction.DELETE)
    anothers = house.store.bulk_edits.start(order, [house.hidden], CANARY, START)
    mine = house.seen.bulk_edits.start(order, [house.own], "mine", START)
    assert [job.id for job in house.seen.jobs.list([], None, None, 10) if job.document_id is None] == [mine]
    assert house.seen.bulk_edits.documents(mine) == [house.own]
    for ask in (house.seen.bulk_edits.documents, house.seen.bulk_edits.order):
        with pytest.raises(JobNotFound):
            ask(anothers)


def test_a_bulk_edit_does_what_whoever_ordered_it_may_do(house: House) -> None:
    job_id = house.seen.bulk_edits.start(BulkOrder(BulkAction.DELETE), [house.hidden, house.shown, house.own], "all", START)
    (job,) = [job for job in house.store.jobs.lease("worker", 10, at(120)) if job.id == job_id]
    house.store.bulk_edits.step(job_id, job.fence, 0, [house.hidden, house.shown, house.own], 3, at(120))
    told = house.store.bulk_edits.get(job_id, 10)
    assert [(failure.document_id, failure.reason) for failure in told.failures] == [
        (house.hidden, f"there is no document {house.hidden}"),
        (house.shown, f"document {house.shown} may not be changed by you"),
    ]
    assert {document.id for document in house.store.documents.list(NEWEST, None, 10, deleted=True)} == {house.own}


GONE: list[Callable[[Store, UserId], object]] = [
    lambda store, bert: store.users.delete(bert, None),
    lambda store, bert: store.users.update(bert, UserFacts("bert", Role.EDITOR, enabled=False), None),
    lambda store, bert: store.users.update(bert, UserFacts("bert", Role.VIEWER), None),
]


@pytest.mark.parametrize("go", GONE)
def test_a_job_of_who_may_change_nothing_any_more_stops_at_its_next_step(store: Store, go: Callable[[Store, UserId], object]) -> None:
    documents = [brought(store, content, None) for content in ("one", "two", "three")]
    bert = store.users.create(UserFacts("bert", Role.EDITOR), START).id
    his = store.acting(Author(AuthorKind.USER, "bert", bert), lambda: START).seen_by(store.permissions.viewer(bert))
    job_id = his.bulk_edits.start(BulkOrder(BulkAction.DELETE), documents, "all", START)
    (job,) = [job for job in store.jobs.lease("worker", 10, at(120)) if job.id == job_id]
    store.bulk_edits.step(job_id, job.fence, 0, documents[:1], 3, at(120))
    go(store, bert)
    with pytest.raises(OrdererGone):
        store.bulk_edits.step(job_id, job.fence, 1, documents[1:], 3, at(121))
    assert [store.documents.get(one).delete_time is not None for one in documents] == [True, False, False]
    assert ending_of(OrdererGone(), 1)[0] is Ending.HOPELESS


UNCHANGED: list[Callable[[House], object]] = [
    lambda house: house.seen.documents.update(house.shown, DocumentChanges(title="x"), None, START),
    lambda house: house.seen.documents.delete(house.shown, None, START),
    lambda house: house.seen.notes.add(house.shown, "bert", "x", START),
    lambda house: house.seen.versions.label(house.shown, 1, "x", START),
    lambda house: house.seen.jobs.enqueue(house.shown, JobKind.DOCUMENT, "x", {}, START),
    lambda house: house.seen.pages.reset(house.shown),
    lambda house: house.seen.jobs.cancel(house.store.jobs.list([], house.shown, None, 1)[0].id, START),
    lambda house: house.seen.permissions.change([house.shown], AccessChange(private=True), None, START),
    lambda house: house.seen.documents.update(house.own, DocumentChanges(fields=((house.field, (house.shown,)),)), None, START),
]


@pytest.mark.parametrize("ask", UNCHANGED)
def test_what_may_only_be_viewed_is_not_changed(house: House, ask: Callable[[House], object]) -> None:
    before = house.store.documents.get(house.shown), house.store.notes.list(house.shown)
    with pytest.raises(DocumentNotEditable):
        ask(house)
    assert (house.store.documents.get(house.shown), house.store.notes.list(house.shown)) == before


def test_a_trashed_document_that_may_only_be_viewed_is_not_purged(house: House) -> None:
    house.store.documents.delete(house.shown, None, START)
    with pytest.raises(DocumentNotEditable):
        house.seen.documents.purge(house.shown)
    assert house.seen.documents.count(deleted=True) == 1


def test_a_number_on_a_hidden_document_is_taken_and_nothing_more_is_told(house: House) -> None:
    with pytest.raises(AsnTaken, match=r"^the archive serial number 7 is taken$"):
        house.seen.documents.update(house.own, DocumentChanges(asn=7), None, START)


def test_a_file_that_a_hidden_document_has_may_be_a_version_of_another_and_stays_when_that_goes(house: House) -> None:
    house.store.jobs.cancel(house.store.jobs.list([], house.own, None, 1)[0].id, START)
    file = staged(house.store, CANARY.encode())
    version = house.seen.versions.add(house.own, file, VersionFacts("application/pdf", "scan.pdf", 1, "", Giver.USER, ""), START)
    house.store.jobs.cancel(house.store.jobs.list([], house.own, None, 1)[0].id, START)
    house.seen.versions.delete(house.own, version.number, START)
    assert house.store.originals.require(house.store.documents.get(house.hidden).sha256).read_bytes() == CANARY.encode()


def test_a_label_that_goes_leaves_hidden_documents_too_which_the_index_hears_of_and_its_remover_does_not(house: House) -> None:
    house.store.outbox.done(house.store.outbox.pending(10))
    tag = house.seen.catalog.labels.find(LabelKind.TAG, "tax")
    assert house.seen.catalog.labels.delete(tag.id, None, START) == 1
    assert {document for document, _ in house.store.outbox.pending(10)} == {house.hidden, house.own}


def test_who_lets_a_document_go_is_told_what_it_is_now(house: House) -> None:
    house.seen.permissions.change([house.own], AccessChange(clear_owner=True, private=True), None, START)
    with pytest.raises(DocumentNotFound):
        house.seen.documents.get(house.own)


def test_an_administrator_sees_the_whole_store(house: House) -> None:
    assert house.store.seen_by(Viewer(house.bert, everything=True)) is house.store


READS: list[Callable[[Store, DocumentId], object]] = [
    lambda seen, one: seen.documents.list(NEWEST, None, 10, deleted=False),
    lambda seen, one: seen.documents.count(deleted=False),
    lambda seen, one: seen.documents.get(one),
    lambda seen, one: seen.documents.trashed_before(START + timedelta(days=1), DocumentId(0), 10),
    lambda seen, one: seen.documents.delivery(one),
    lambda seen, one: seen.notes.list(one),
    lambda seen, one: seen.assignments.list(one),
    lambda seen, one: seen.assignments.latest(),
    lambda seen, one: seen.pages.texts(one),
    lambda seen, one: seen.pages.records(one),
    lambda seen, one: seen.pages.pending(one),
    lambda seen, one: seen.versions.list(one),
    lambda seen, one: seen.likenesses.of(one, 10),
    lambda seen, one: seen.likenesses.groups(None, 10),
    lambda seen, one: seen.places.folders("", None, 10),
    lambda seen, one: seen.places.documents("", None, 10),
    lambda seen, one: seen.jobs.list([], one, None, 10),
    lambda seen, one: seen.jobs.documents_at_work(),
    lambda seen, one: seen.uploads.find("request"),
    lambda seen, one: seen.statistics(),
    lambda seen, one: seen.visits.runs(one),
    lambda seen, one: seen.filed.newest(10),
    lambda seen, one: seen.catalog.next_asn(),
]
# Tables of what belongs to documents; of a statement that asks one of them for documents that were loaded, the values alone are told. Links
# are read whole, and each other document is asked for (the test of links above).
TABLES = (
    "documents",
    "notes",
    "assignments",
    "pages",
    "jobs",
    "sources",
    "places",
    "near_duplicates",
    "document_origins",
)


@pytest.mark.parametrize("read", READS)
def test_no_statement_looks_at_documents_without_asking_who_may_see_them(house: House, read: Callable[[Store, DocumentId], object]) -> None:
    with statements() as said, suppress(StoreError):
        read(house.seen, house.own)
    asking = [one for one in said if any(f"FROM {table}" in one or f"JOIN {table}" in one for table in TABLES)]
    assert [one for one in asking if "access_reach" not in one] == []


@contextmanager
def statements() -> Iterator[list[str]]:
    """Gather what is said to any database meanwhile."""
    said = list[str]()

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        said.append(" ".join(statement.split()))

    event.listen(Engine, "before_cursor_execute", note)
    try:
        yield said
    finally:
        event.remove(Engine, "before_cursor_execute", note)


def test_whoever_may_edit_may_do_all_to_a_document(house: House) -> None:
    house.store.permissions.change(
        [house.hidden], AccessChange(grants=(Grant(Subject(SubjectKind.USER, house.bert), Level.EDIT),)), None, START
    )
    house.seen.documents.update(house.hidden, DocumentChanges(title="x"), None, START)
    house.seen.documents.delete(house.hidden, None, START)
    house.seen.documents.undelete(house.hidden, START)
    assert house.seen.documents.get(house.hidden).title == "x"


def test_a_warning_that_names_what_is_hidden_is_not_told(house: House) -> None:
    warnings = [DocumentWarning("A", CANARY, documents=(house.own, house.hidden)), DocumentWarning("B", "shown", documents=(house.shown,))]
    for warning in warnings:
        house.store.documents.warn(house.own, warning, START)
    assert house.store.documents.get(house.own).warnings == tuple(warnings)
    assert house.seen.documents.get(house.own).warnings == (warnings[1],)
    assert [document.warnings for document in house.seen.documents.list(NEWEST, None, 10, deleted=False) if document.warnings] == [
        (warnings[1],)
    ]


def test_a_number_that_a_hidden_document_bears_is_warned_of_without_its_name(house: House) -> None:
    new = replace(new_document(b"numbered"), owner=house.bert, given=DocumentChanges(asn=7))
    house.store.originals.put(staged(house.store, b"numbered"), new.sha256, ".pdf")
    made = house.store.documents.accept(new, SourceKey(SourceKind.UPLOAD, "numbered"), START).document_id
    (warning,) = house.seen.documents.get(made).warnings
    assert warning.message == "the archive serial number 7 is taken; this document has none"
