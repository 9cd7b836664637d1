"""Fronts and backs that were scanned one after the other become one document; whatever goes wrong, both are kept."""

from datetime import UTC, datetime, timedelta

import pytest

from actors.failpoints import Failpoint, Moment, Point
from actors.ocr.errors import DocumentUnreadable
from actors.store.nouns.archive import Document, DocumentForm, DocumentState
from actors.store.nouns.jobs import JobState
from actors.store.store import Store
from tests.pipeline.bringing import drop
from tests.pipeline.cast import PATIENCE, Stage, until, working
from tests.pipeline.following import all_done, documents
from tests.pipeline.killing import Killer


def ready(store: Store) -> list[Document]:
    return [one for one in documents(store) if one.state is DocumentState.READY]


def codes(document: Document) -> list[str]:
    return [warning.code for warning in document.warnings]


async def test_fronts_and_backs_become_one_document_with_its_pages_in_order(stage: Stage, store: Store) -> None:
    fronts, backs = drop(store, "fronts", 3, 1), drop(store, "backs", 2, 2)
    await all_done(stage)
    (whole,) = documents(store)
    assert (whole.title, whole.original_filename, whole.page_count, codes(whole)) == ("fronts", "fronts.pdf", 5, [])
    assert stage.binder.assembled == [(1, 2, 2, 1, 3)]
    assert [(one.id, one.form, codes(one)) for one in documents(store, deleted=True)] == [
        (fronts, DocumentForm.REPLACED, ["JOINED"]),
        (backs, DocumentForm.REPLACED, ["JOINED"]),
    ]
    assert {job.state for job in store.jobs.list((), None, None, 9)} == {JobState.SUCCEEDED}
    assert list(store.data.pages.iterdir()) == []


async def test_fronts_wait_over_a_restart_and_say_for_what(stage: Stage, store: Store) -> None:
    fronts = drop(store, "fronts", 1, 1)
    async with working(stage.pipeline("first life")):
        await until(lambda: store.jobs.list((), fronts, None, 1)[0].error != "")
    (job,) = store.jobs.list((), fronts, None, 1)
    assert (job.state, job.error, ready(store)) == (JobState.QUEUED, "it waits for the other side of its sheets", [])
    assert store.documents.get(fronts).page_count == 0  # nothing was begun, and no script or workflow has seen it
    async with working(stage.pipeline("second life")) as pipeline:
        drop(store, "backs", 1, 2)
        await pipeline.wake()
        await until(lambda: len(ready(store)) == 1)
    assert [one.page_count for one in documents(store)] == [2]


async def test_backs_that_are_taken_in_before_their_fronts_still_come_second(stage: Stage, store: Store) -> None:
    async with working(stage.pipeline()) as pipeline:
        backs = drop(store, "backs", 2, 9)
        await until(lambda: store.jobs.list((), backs, None, 1)[0].error != "")
        drop(store, "fronts", 2, 5)
        await pipeline.wake()
        await until(lambda: len(ready(store)) == 1)
    assert [one.title for one in documents(store)] == ["fronts"]


async def test_two_people_who_scan_at_once_get_each_their_own(stage: Stage, store: Store) -> None:
    drop(store, "fronts of anna", 2, 1, "anna")
    drop(store, "fronts of bert", 3, 2, "bert")
    drop(store, "backs of anna", 2, 3, "anna")
    drop(store, "backs of bert", 3, 4, "bert")
    async with working(stage.pipeline()):
        await until(lambda: len(ready(store)) == 2)
    assert {one.title: one.page_count for one in documents(store)} == {"fronts of anna": 4, "fronts of bert": 6}


async def test_more_backs_than_fronts_are_told_and_both_are_documents(stage: Stage, store: Store) -> None:
    fronts, backs = drop(store, "fronts", 1, 1), drop(store, "backs", 2, 2)
    async with working(stage.pipeline()):
        await until(lambda: len(ready(store)) == 2)
    assert [(one.id, one.page_count, codes(one)) for one in documents(store)] == [
        (fronts, 1, ["NOT_JOINED"]),
        (backs, 2, ["NOT_JOINED"]),
    ]
    words = {one.warnings[0].message for one in documents(store)}
    assert len(words) == 1
    assert words.pop().endswith("each is a document of its own: its fronts have 1 pages and its backs 2")


async def test_many_sheets_without_a_back_are_joined_and_told(stage: Stage, store: Store) -> None:
    drop(store, "fronts", 5, 1)
    drop(store, "backs", 2, 2)
    async with working(stage.pipeline()):
        await until(lambda: len(ready(store)) == 1)
    (whole,) = documents(store)
    assert (whole.page_count, codes(whole)) == (7, ["SHEETS_WITHOUT_BACK"])


@pytest.mark.parametrize("signed", [True, False])
async def test_sides_that_cannot_be_joined_are_documents_of_their_own(stage: Stage, store: Store, signed: bool) -> None:
    stage.binder.signed = signed
    stage.binder.assembly_failures = [DocumentUnreadable("the file is torn")]
    drop(store, "fronts", 1, 1)
    drop(store, "backs", 1, 2)
    async with working(stage.pipeline()):
        await until(lambda: len(ready(store)) == 2)
    assert [codes(one) for one in documents(store)] == [["NOT_JOINED"], ["NOT_JOINED"]]


async def test_fronts_whose_backs_do_not_come_in_time_are_a_document_of_their_own(stage: Stage, store: Store) -> None:
    fronts = drop(store, "fronts", 1, 1)
    stage.ahead = PATIENCE + timedelta(seconds=1)
    async with working(stage.pipeline()):
        await until(lambda: len(ready(store)) == 1)
    (alone,) = documents(store)
    assert (alone.id, codes(alone), store.sides.find(fronts)) == (fronts, ["NOT_JOINED"], None)
    assert "within 30 minutes" in alone.warnings[0].message


async def test_fronts_that_are_thrown_away_leave_their_backs_waiting(stage: Stage, store: Store) -> None:
    fronts, backs = drop(store, "fronts", 1, 1), drop(store, "backs", 1, 2)
    store.documents.delete(fronts, None, datetime.now(UTC))
    async with working(stage.pipeline()):
        await until(lambda: store.jobs.list((), backs, None, 1)[0].error != "")
    assert [one.form for one in documents(store)] == [DocumentForm.OPEN]


@pytest.mark.parametrize(
    "place",
    [Failpoint(Moment.BEFORE, Point.STORED), Failpoint(Moment.AFTER, Point.STORED), Failpoint(Moment.BEFORE, Point.COMMITTED),
     Failpoint(Moment.AFTER, Point.COMMITTED)],
    ids=lambda place: place.name,
)  # fmt: skip
async def test_a_death_while_sides_are_joined_leaves_both_or_the_whole(stage: Stage, store: Store, place: Failpoint) -> None:
    sides = [drop(store, "fronts", 2, 1), drop(store, "backs", 2, 2)]
    stage.checkpoint = killer = Killer(place, 1)
    async with working(stage.pipeline("first life")):
        await until(lambda: killer.has_struck)
    there = [one.id for one in documents(store)]
    assert (there == sides) != (len(there) == 1)
    async with working(stage.pipeline("second life")):
        await until(lambda: len(ready(store)) == 1)
    assert [one.page_count for one in documents(store)] == [4]
    assert [one.id for one in documents(store, deleted=True)] == sides
    assert len(list(store.data.originals.glob("*/*"))) == 3
