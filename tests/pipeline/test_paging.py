"""What a person orders of pages is made once, whatever comes between, and until then all is as it was."""

import asyncio
from datetime import UTC, date, datetime

import pytest

from actors.failpoints import Failpoint, Moment, Point
from actors.ocr.errors import DocumentUnreadable
from actors.paging.plans import Source, Wish, edit, join, split
from actors.store.nouns.archive import (
    DocumentChanges,
    DocumentForm,
    DocumentId,
    DocumentState,
    JobId,
    SourceKey,
    SourceKind,
)
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.jobs import JobKind, JobState
from actors.store.nouns.page_orders import Outcome, PageOrder, TurnedPage
from actors.store.nouns.workflows import Assign, Trigger, TriggerKind, WorkflowFacts
from actors.store.store import Store
from tests.pipeline.cast import ASSEMBLED, Stage, until, working
from tests.pipeline.following import all_done, documents
from tests.pipeline.killing import Killer
from tests.store.making import deliver, new_document, staged

NOW = datetime.now(UTC)
ADDED = TriggerKind.DOCUMENT_ADDED


@pytest.fixture
async def stage(store: Store) -> Stage:
    """An archive with two documents of three pages, 1 and 2."""
    made = Stage(store)
    for title in ("Bill", "Letter"):
        deliver(store, title, title=title, tags=("kept",), now=NOW)
    await all_done(made)
    made.readers.read_numbers.clear()
    return made


def source(stage: Stage, number: int) -> Source:
    document = stage.store.documents.get(DocumentId(number))
    return Source(document.id, document.version, document.page_count)


def order(stage: Stage, wanted: PageOrder, request_id: str = "request-1") -> JobId:
    return stage.store.page_orders.start(request_id, wanted, "pages", stage.now())


def turned(*pages: int | tuple[int, int]) -> tuple[TurnedPage, ...]:
    return tuple(TurnedPage(*page) if isinstance(page, tuple) else TurnedPage(page) for page in pages)


def stored(stage: Stage) -> list[bytes]:
    return sorted(path.read_bytes() for path in stage.store.data.originals.glob("*/*"))


async def test_an_edit_makes_a_version_that_is_read_and_the_document_keeps_what_it_was_given(stage: Stage) -> None:
    wanted = edit(source(stage, 1), turned(3, (1, 90)))
    job_id = order(stage, wanted)
    await all_done(stage)
    document = stage.store.documents.get(DocumentId(1))
    assert (document.version, document.page_count, document.state, document.title, document.tags) == (
        2, 2, DocumentState.READY, "Bill", ("kept",),
    )  # fmt: skip
    assert stage.store.originals.path(document).read_bytes() == ASSEMBLED + b" page 3 page 1"
    assert stage.store.versions.get(document.id, 2).facts.label == "page 1 turned, page 2 left out, in another order"
    assert sorted(stage.readers.read_numbers) == [1, 2]
    result = stage.store.page_orders.get(job_id)
    assert (result.documents, [stage.store.jobs.get(one).document_id for one in result.reading]) == ((document.id,), [document.id])
    assert list(stage.store.data.pages.iterdir()) == []


async def test_a_document_is_ready_while_its_version_is_made_and_its_texts_move_along(stage: Stage) -> None:
    order(stage, edit(source(stage, 1), turned(3, 1)))
    (job,) = stage.store.jobs.lease("test", 9, stage.now())
    assert (job.kind, job.document_id) == (JobKind.PAGES, None)
    assert stage.store.documents.get(DocumentId(1)).state is DocumentState.READY
    stage.store.jobs.release(job.id, job.fence, stage.now())
    stage.readers.gate.clear()
    stage.readers.read_numbers.append(0)
    async with working(stage.pipeline()):
        await asyncio.wait_for(stage.readers.at_gate.wait(), 10)
        assert stage.store.pages.texts(DocumentId(1)) == ["text of page 3", "text of page 1"]
        assert stage.store.documents.get(DocumentId(1)).has_archive is False


async def test_joined_documents_become_one_that_takes_over_what_the_chosen_one_has(stage: Stage) -> None:
    given = DocumentChanges(asn=7, correspondent="Bank", created_date=date(2024, 2, 29))
    stage.store.documents.update(DocumentId(2), given, None, NOW)
    wishes = [Wish(source(stage, 1), turned(2)), Wish(source(stage, 2))]
    order(stage, join(wishes, DocumentId(2), Outcome.DOCUMENTS, discard=True))
    await all_done(stage)
    (made,) = documents(stage.store)
    assert (made.title, made.asn, made.created_date, made.page_count, made.form) == ("Letter", 7, date(2024, 2, 29), 4, DocumentForm.WHOLE)
    assert (made.correspondent is not None, made.tags, made.version) == (True, ("kept",), 1)
    assert stage.store.originals.path(made).read_bytes() == ASSEMBLED + b" page 2 page 1 page 2 page 3"
    olds = documents(stage.store, deleted=True)
    assert [(one.id, one.asn, [warning.message for warning in one.warnings]) for one in olds] == [
        (number, None, [f"The pages of this document were joined into the document {made.id}."]) for number in (1, 2)
    ]
    assert stage.store.documents.undelete(DocumentId(1), NOW).state is DocumentState.READY


async def test_documents_are_joined_as_a_version_of_one(stage: Stage) -> None:
    wishes = [Wish(source(stage, 1)), Wish(source(stage, 2))]
    order(stage, join(wishes, DocumentId(1), Outcome.VERSION, discard=True))
    await all_done(stage)
    (document,) = documents(stage.store)
    assert (document.id, document.version, document.page_count, [one.id for one in documents(stage.store, deleted=True)]) == (1, 2, 6, [2])
    assert stage.store.versions.get(document.id, 2).facts.label == "joined with document 2"


@pytest.mark.parametrize("discard", [True, False])
async def test_each_group_of_pages_becomes_a_document_filed_as_the_old_one(stage: Stage, discard: bool) -> None:
    order(stage, split(source(stage, 1), [turned(1, 2), turned((3, 180))], discard))
    await all_done(stage)
    made = [one for one in documents(stage.store) if one.id > 2]
    assert [(one.title, one.tags, one.page_count) for one in made] == [("Bill (1/2)", ("kept",), 2), ("Bill (2/2)", ("kept",), 1)]
    assert [one.original_filename for one in made] == ["scan-1.pdf", "scan-2.pdf"]
    assert [one.id for one in documents(stage.store, deleted=True)] == ([1] if discard else [])
    assert stage.store.successions.successors(DocumentId(1)) == [one.id for one in made]


@pytest.mark.parametrize(
    "place",
    [Failpoint(moment, point) for point in (Point.STORED, Point.COMMITTED) for moment in Moment],
    ids=lambda place: place.name,
)
async def test_a_death_leaves_all_as_it_was_or_all_done_and_nothing_twice(stage: Stage, place: Failpoint) -> None:
    stage.checkpoint = killer = Killer(place, 1)
    order(stage, edit(source(stage, 1), turned(3, 1)))
    async with working(stage.pipeline("first life")):
        await until(lambda: killer.has_struck)
    assert stage.store.documents.get(DocumentId(1)).version in (1, 2)
    await all_done(stage)
    assert [one.number for one in stage.store.versions.list(DocumentId(1))] == [1, 2]
    assert stored(stage) == sorted([b"Bill", b"Letter", ASSEMBLED + b" page 3 page 1"])
    assert {job.state for job in stage.store.jobs.list((), None, None, 10)} == {JobState.SUCCEEDED}
    assert list(stage.store.data.pages.iterdir()) == []


async def test_what_cannot_be_made_leaves_the_document_ready(stage: Stage) -> None:
    stage.binder.assembly_failures = [DocumentUnreadable("The file is damaged.")]
    job_id = order(stage, edit(source(stage, 1), turned(3, 1)))
    await all_done(stage)
    assert (stage.store.jobs.get(job_id).state, stage.store.jobs.get(job_id).error) == (JobState.FAILED, "The file is damaged.")
    document = stage.store.documents.get(DocumentId(1))
    assert (document.state, document.version, document.has_archive) == (DocumentState.READY, 1, True)


async def test_of_two_orders_for_one_version_one_is_carried_out_and_the_other_says_why_not(stage: Stage) -> None:
    jobs = [order(stage, edit(source(stage, 1), turned(number)), f"request-{number}") for number in (1, 2)]
    await all_done(stage)
    ended = {stage.store.jobs.get(job).state: stage.store.jobs.get(job) for job in jobs}
    assert set(ended) == {JobState.SUCCEEDED, JobState.FAILED}
    assert "at version 2 by now, not 1" in ended[JobState.FAILED].error
    assert (stage.store.documents.get(DocumentId(1)).version_count, len(stored(stage))) == (2, 3)


async def test_an_order_waits_for_the_job_on_its_document(stage: Stage) -> None:
    order(stage, edit(source(stage, 1), turned(1)))
    stage.store.jobs.enqueue(DocumentId(1), JobKind.DOCUMENT, "again", {}, stage.now())
    stage.readers.gate.clear()
    stage.readers.read_numbers.append(0)
    async with working(stage.pipeline()):
        await asyncio.wait_for(stage.readers.at_gate.wait(), 10)
        await until(lambda: any(job.error.startswith("it waits for job") for job in stage.store.jobs.list((), None, None, 9)))
        assert stored(stage) == sorted([b"Bill", b"Letter"])
        stage.readers.gate.set()
        await until(lambda: stage.store.documents.get(DocumentId(1)).version == 2)
    assert stage.store.documents.get(DocumentId(1)).page_count == 1


async def test_a_cancelled_order_makes_nothing(stage: Stage) -> None:
    job_id = order(stage, edit(source(stage, 1), turned(1)))
    stage.store.jobs.cancel(job_id, stage.now())
    await all_done(stage)
    assert (stage.store.documents.get(DocumentId(1)).version, stored(stage)) == (1, sorted([b"Bill", b"Letter"]))
    assert stage.store.documents.get(DocumentId(1)).state is DocumentState.READY


DOORS = (
    ("folder", Trigger(ADDED, sources=(SourceKind.FOLDER,), path="scanner/*")),
    ("upload", Trigger(ADDED, sources=(SourceKind.UPLOAD,))),
    ("named", Trigger(ADDED, filename="scan.pdf")),
    ("begun", Trigger(TriggerKind.CONSUMPTION_STARTED)),
)


async def test_workflows_ask_where_the_pages_of_a_document_came_from_once_it_is_added(stage: Stage) -> None:
    store = stage.store
    dropped = deliver(store, "dropped", key="sha 1 2 3 /consume/scanner/dropped.pdf", now=NOW).document_id
    uploaded = accept_upload(store)
    await all_done(stage)
    for name, trigger in DOORS:
        tag = store.catalog.labels.create(LabelKind.TAG, LabelFacts(name)).id
        store.workflows.create(WorkflowFacts(name, True, (trigger,), (Assign(tags=(tag,)),)))
    order(stage, split(source(stage, dropped), [turned(1), turned(2, 3)], discard=True), "request-1")
    order(stage, edit(source(stage, uploaded), turned(2, 1)), "request-2")
    await all_done(stage)
    parts = documents(stage.store)[-2:]
    assert [one.tags for one in parts] == [("folder", "named")] * 2
    assert store.documents.get(uploaded).tags == ()
    wishes = [Wish(source(stage, parts[0].id)), Wish(source(stage, uploaded))]
    order(stage, join(wishes, uploaded, Outcome.DOCUMENTS, discard=True), "request-3")
    await all_done(stage)
    assert documents(stage.store)[-1].tags == ("named", "upload")


async def test_where_pages_came_from_is_known_while_what_they_were_taken_of_is_there(stage: Stage) -> None:
    store = stage.store
    order(stage, split(source(stage, 1), [turned(1), turned(2, 3)], discard=True))
    await all_done(stage)
    part = documents(stage.store)[-1].id
    assert store.documents.delivery(part) == store.documents.delivery(DocumentId(1)) == SourceKey(SourceKind.FOLDER, "Bill")
    store.documents.purge(DocumentId(1))
    assert (store.documents.delivery(part), store.successions.names_before(part)) == (None, [])


def accept_upload(store: Store) -> DocumentId:
    """Take in an upload."""
    new = new_document(b"uploaded")
    store.originals.put(staged(store, b"uploaded"), new.sha256, ".pdf")
    return store.documents.accept(new, SourceKey(SourceKind.UPLOAD, "request"), NOW).document_id
