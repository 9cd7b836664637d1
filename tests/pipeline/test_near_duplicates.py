"""A paper that comes again is told as such, and nothing is done about it."""

import asyncio
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from actors.ocr.messages import ReadPage
from actors.pipeline.near_duplicates import CODE, compare_with_archive
from actors.store.nouns.archive import DocumentId, DocumentState, JobId
from actors.store.nouns.jobs import JobKind, JobState
from actors.store.store import Store
from tests.pipeline.cast import ScriptedBinder, ScriptedReaders, Stage, until, working
from tests.similarity.papers import text_of, write
from tests.store.making import START, deliver, leased

BILL = text_of(write("invoice", 1, 3))
NEXT_BILL = text_of(write("invoice", 1, 4))
SCANNED_AGAIN = BILL.replace("Telephone", "Te1ephone").replace("Dear customer", "Dear customcr").replace("Kind regards", "Kind rcgards")


@pytest.fixture
def stage(store: Store) -> Stage:
    stage = Stage(store)
    stage.binder = ScriptedBinder(pages=1)
    return stage


async def read(stage: Stage, text: str, title: str) -> DocumentId:
    """Let a document of one page come, and be read to its end."""
    stage.readers.texts = {"eng": (text, 95.0)}
    answer = deliver(stage.store, title, now=datetime.now(UTC))
    await worked(stage, [answer.job_id])
    return answer.document_id


async def worked(stage: Stage, jobs: Sequence[JobId | None]) -> None:
    """Let the pipeline work until jobs are done."""
    async with working(stage.pipeline()):
        await until(lambda: all(job is not None and stage.store.jobs.get(job).state is JobState.SUCCEEDED for job in jobs))


def told(store: Store, document_id: DocumentId) -> list[str]:
    document = store.documents.get(document_id)
    assert document.state is DocumentState.READY
    assert {warning.code for warning in document.warnings} <= {CODE}
    return [warning.message for warning in document.warnings]


async def test_a_paper_that_is_scanned_again_names_the_first_scan(stage: Stage) -> None:
    first = await read(stage, BILL, "the bill")
    again = await read(stage, SCANNED_AGAIN, "scan0002")
    assert told(stage.store, first) == []
    (words,) = told(stage.store, again)
    assert words.startswith(f"it seems to be the same paper as document {first}, 'the bill': ")
    assert words.endswith(" % of the text is in both, and both are kept")
    assert [one.document.id for one in stage.store.likenesses.of(first, 10)] == [again]


async def test_the_bill_of_the_next_month_is_no_duplicate(stage: Stage) -> None:
    first = await read(stage, BILL, "the bill")
    following = await read(stage, NEXT_BILL, "the next bill")
    assert (told(stage.store, following), stage.store.likenesses.of(first, 10)) == ([], [])


async def test_a_text_that_says_little_is_compared_with_nothing(stage: Stage) -> None:
    await read(stage, "Thank you!", "card")
    assert told(stage.store, await read(stage, "Thank you!", "another card")) == []


async def test_a_paper_in_the_trash_is_not_told_of(stage: Stage) -> None:
    first = await read(stage, BILL, "the bill")
    stage.store.documents.delete(first, None, datetime.now(UTC))
    again = await read(stage, BILL, "the bill again")
    assert told(stage.store, again) == []
    stage.store.documents.undelete(first, datetime.now(UTC))
    assert [one.document.id for one in stage.store.likenesses.of(again, 10)] == [first]


async def test_reading_again_says_it_once(stage: Stage) -> None:
    await read(stage, BILL, "the bill")
    again = await read(stage, SCANNED_AGAIN, "scan0002")
    said = told(stage.store, again)
    job = stage.store.jobs.enqueue(again, JobKind.DOCUMENT, "again", {}, datetime.now(UTC))
    await worked(stage, [job])
    assert told(stage.store, again) == said


async def test_many_copies_are_told_by_three_names(stage: Stage) -> None:
    for number in range(4):
        await read(stage, BILL, f"copy {number}")
    assert len(told(stage.store, await read(stage, BILL, "copy 5"))) == 3


class SameMoment(ScriptedReaders):
    """Lets all pages be read at the same moment."""

    def __init__(self, pages: int) -> None:
        super().__init__()
        self.places = pages
        self.meeting = asyncio.Barrier(pages)

    async def read(self, request: ReadPage):  # type: ignore[no-untyped-def]  # as its parent's
        await self.meeting.wait()
        return await super().read(request)


async def test_of_two_that_come_at_the_same_moment_one_names_the_other(stage: Stage) -> None:
    for round_ in range(5):
        stage.readers = SameMoment(2)
        stage.readers.texts = {"eng": (text_of(write("invoice", 50 + round_, 1)), 95.0)}
        both = [deliver(stage.store, f"{name} {round_}", now=datetime.now(UTC)) for name in ("left", "right")]
        await worked(stage, [one.job_id for one in both])
        assert sorted(len(told(stage.store, one.document_id)) for one in both) == [0, 1]


def filed(store: Store, title: str, text: str) -> DocumentId:
    """File a document of one page as the pipeline does."""
    job = leased(store, title)
    assert job.document_id is not None
    store.pages.begin(job.document_id, job.id, job.fence, [(1, text, False)])
    compared = compare_with_archive(store, job.document_id, [text])
    assert store.documents.set_result(job.document_id, job.fence, DocumentState.READY, "en", (), False, START, compared=compared)
    return job.document_id


def test_among_many_bills_of_one_sender_the_one_that_was_scanned_twice_is_found(store: Store) -> None:
    ids = [filed(store, f"receipt {turn}", text_of(write("rent", 2, turn))) for turn in range(40)]
    found = compare_with_archive(store, DocumentId(0), [text_of(write("rent", 2, 11)).replace("confirm", "conflrm")])
    assert [near.document_id for near in found.near] == [ids[11]]
    assert [store.likenesses.of(each, 10) for each in ids] == [[]] * 40
