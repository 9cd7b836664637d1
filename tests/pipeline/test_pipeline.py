"""What becomes of a document on its way, whatever happens to those who work on it."""

import asyncio
import errno
import json
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from actors.index.errors import IndexNotWritten
from actors.ocr.errors import DecoderKilled, DecoderStopped, DiskTrouble, DocumentUnreadable, PageUnreadable
from actors.ocr.messages import Notice, OcrMode
from actors.pipeline.tally import Tally
from actors.store.errors import StoreUnavailable
from actors.store.files.health import StoreHealth
from actors.store.nouns.archive import DocumentId, DocumentState
from actors.store.nouns.jobs import JobKind, JobState
from actors.store.store import Store
from tests.pipeline.cast import ReaderLost, Stage, until, working
from tests.pipeline.following import accepted, finished, state_of
from tests.store.making import deliver


async def one_page_kept(stage: Stage, document: DocumentId) -> None:
    """Wait until the first page is in the store and the second is in a reader's hands."""
    await stage.readers.at_gate.wait()
    await until(lambda: len(stage.store.pages.pending(document)) == 2)


async def test_a_document_goes_all_the_way(stage: Stage) -> None:
    document, job = accepted(stage.store)
    await finished(stage, job)
    done, ended = stage.store.documents.get(document), stage.store.jobs.get(job)
    assert (done.state, done.page_count, done.language, done.has_archive, done.warnings) == (DocumentState.READY, 3, "en", True, ())
    assert (ended.step, ended.pages_done, ended.pages_total) == ("ready", 3, 3)
    assert stage.store.pages.texts(document) == ["text of page 1", "text of page 2", "text of page 3"]
    assert json.loads(zlib.decompress(stage.store.pages.record(document, 2).words)) == [["word2", 0, 0, 10, 10, 95, 0]]
    assert [page.number for page in stage.binder.bound[0].pages] == [1, 2, 3]
    assert list(stage.store.data.pages.iterdir()) == []
    assert stage.store.outbox.pending(10) == []


async def test_a_page_that_fails_is_marked_and_stops_nothing(stage: Stage) -> None:
    stage.readers.script[2] = [PageUnreadable("the image is cut off")]
    document, job = accepted(stage.store)
    state = await finished(stage, job)
    done = stage.store.documents.get(document)
    assert (done.state, state.tally) == (DocumentState.READY, Tally(pages_failed=1))
    assert [(warning.code, warning.page, warning.message) for warning in done.warnings] == [("PAGE_UNREADABLE", 2, "the image is cut off")]
    assert [page.number for page in stage.binder.bound[0].pages] == [1, 3]


async def test_a_document_of_which_no_page_can_be_read_has_failed(stage: Stage) -> None:
    stage.binder.pages = 1
    stage.readers.script[1] = [PageUnreadable("the image is cut off")]
    document, job = accepted(stage.store)
    await finished(stage, job, JobState.FAILED)
    assert stage.store.documents.get(document).state is DocumentState.FAILED
    assert "the image is cut off" in stage.store.jobs.get(job).error


@pytest.mark.parametrize(("error", "tries"), [(DecoderKilled("crashed"), 3), (DecoderStopped("took longer than 180 s"), 2)])
async def test_a_page_that_kills_its_decoder_is_tried_again_but_not_for_ever(stage: Stage, error: DecoderKilled, tries: int) -> None:
    stage.readers.script[2] = [error]
    document, job = accepted(stage.store)
    await finished(stage, job)
    assert stage.readers.read_numbers.count(2) == tries
    assert [warning.page for warning in stage.store.documents.get(document).warnings] == [2]


@pytest.mark.parametrize("kills", [1, 2])
async def test_a_decoder_killed_from_outside_costs_no_archive_and_no_preview(stage: Stage, kills: int) -> None:
    stage.binder.bind_failures = [DecoderKilled("crashed") for _ in range(kills)]
    stage.binder.thumbnail_failures = [DecoderKilled("crashed") for _ in range(kills)]
    document, job = accepted(stage.store)
    await finished(stage, job)
    done = stage.store.documents.get(document)
    assert (done.has_archive, done.warnings, stage.store.thumbnails.path(document).read_bytes()) == (True, (), b"RIFF-webp")


@pytest.mark.parametrize(("error", "tries"), [(DecoderKilled("crashed"), 3), (DecoderStopped("took longer than 600 s"), 1)])
async def test_a_document_that_always_kills_its_binder_is_ready_without_an_archive(stage: Stage, error: DecoderKilled, tries: int) -> None:
    stage.binder.bind_failures = [error] * 10
    document, job = accepted(stage.store)
    await finished(stage, job)
    assert [warning.code for warning in stage.store.documents.get(document).warnings] == ["NO_ARCHIVE"]
    assert len(stage.binder.bound) == tries


async def test_a_page_whose_reader_is_lost_is_read_by_another(stage: Stage) -> None:
    stage.readers.script[2] = [ReaderLost(), ReaderLost(), None]
    document, job = accepted(stage.store)
    assert (await finished(stage, job)).tally == Tally(readers_lost=2)
    assert stage.readers.read_numbers.count(2) == 3
    assert stage.store.documents.get(document).warnings == ()


async def test_an_unreadable_document_fails_at_once_and_says_why(stage: Stage) -> None:
    stage.binder.failures = [DocumentUnreadable("this is no PDF")]
    document, job = accepted(stage.store)
    async with working(stage.pipeline()):
        await until(lambda: state_of(stage.store, job) is JobState.FAILED and stage.store.outbox.pending(10) == [])
    failed = stage.store.documents.get(document)
    assert (failed.state, failed.warnings[0].message) == (DocumentState.FAILED, "this is no PDF")


async def test_an_unexpected_error_is_tried_again_later(stage: Stage) -> None:
    stage.binder.failures = [RuntimeError("what was that")]
    _, job = accepted(stage.store)
    await finished(stage, job, JobState.RETRYING)
    assert stage.store.jobs.get(job).retry_time is not None


async def test_what_the_first_look_finds_is_shown(stage: Stage) -> None:
    stage.binder.signed, stage.binder.archivable = True, False
    stage.binder.notices = (Notice("SIGNED", "the signature stays valid"),)
    document, job = accepted(stage.store)
    await finished(stage, job)
    done = stage.store.documents.get(document)
    assert (done.signed, done.has_archive, done.warnings[0].code) == (True, False, "SIGNED")
    assert stage.binder.bound == []


async def test_the_pages_in_the_readers_hands_are_told_with_their_document(stage: Stage) -> None:
    document, job = accepted(stage.store)
    stage.readers.gate.clear()
    async with working(stage.pipeline()) as pipeline:
        await one_page_kept(stage, document)
        kept = next(number for number in (1, 2, 3) if number not in stage.store.pages.pending(document))
        (reader,) = (await pipeline.state()).readers
        assert {(page.document_id, page.number) for page in reader.reading} <= {(document, number) for number in {1, 2, 3} - {kept}}
        assert reader.reading
        stage.readers.gate.set()
        await until(lambda: state_of(stage.store, job) is JobState.SUCCEEDED)
        (reader,) = (await pipeline.state()).readers
        assert (reader.reading, reader.done) == ((), 3)


async def test_after_a_stop_in_the_middle_only_missing_pages_are_read(stage: Stage) -> None:
    document, job = accepted(stage.store)
    stage.readers.gate.clear()
    async with working(stage.pipeline("first life")):
        await one_page_kept(stage, document)
    assert state_of(stage.store, job) is JobState.QUEUED
    read_before = set(stage.readers.read_numbers)
    assert len(read_before) == 1
    stage.readers.gate.set()
    stage.readers.read_numbers.clear()
    await finished(stage, job)
    assert set(stage.readers.read_numbers) == {1, 2, 3} - read_before
    assert stage.store.documents.get(document).state is DocumentState.READY


async def test_the_pipeline_may_die_any_number_of_times_without_the_document_failing(stage: Stage) -> None:
    _, job = accepted(stage.store)
    for _ in range(6):
        stage.store.jobs.take_over(datetime.now(UTC))
        assert [leased.id for leased in stage.store.jobs.lease("a life that is killed", 10, datetime.now(UTC))] == [job]
    await finished(stage, job)


async def test_a_former_life_can_write_nothing_more(stage: Stage) -> None:
    document, job = accepted(stage.store)
    stage.readers.gate.clear()
    async with working(stage.pipeline("former")):
        await one_page_kept(stage, document)
        stage.store.jobs.take_over(datetime.now(UTC))
        (taken,) = stage.store.jobs.lease("next life", 1, datetime.now(UTC))
        stage.readers.gate.set()
        await until(lambda: len(stage.readers.read_numbers) >= 2)
    assert stage.store.jobs.get(job).fence == taken.fence
    assert len(stage.store.pages.pending(document)) == 2


async def test_a_job_whose_lease_has_run_out_under_its_own_work_is_begun_anew_and_done_once(stage: Stage) -> None:
    document, job = accepted(stage.store)
    failures: list[dict[str, object]] = []
    asyncio.get_running_loop().set_exception_handler(lambda _, failure: failures.append(failure))
    stage.readers.gate.clear()
    async with working(stage.pipeline()) as pipeline:
        await one_page_kept(stage, document)
        await until(lambda: stage.store.jobs.get(job).pages_done == 1)  # what is noted later would renew the lease
        former = stage.store.jobs.get(job).fence
        stage.store.jobs.clock_moved(timedelta(), stage.now() - timedelta(minutes=5))  # as a clock of the past ends it
        await pipeline.wake()
        await until(lambda: stage.store.jobs.get(job).fence != former)
        stage.readers.gate.set()
        await until(lambda: state_of(stage.store, job) is JobState.SUCCEEDED)
        while (state := await pipeline.state()).documents_at_work:
            await asyncio.sleep(0.005)
    assert (state.documents_done, stage.store.pages.pending(document), failures) == (1, [], [])


async def test_a_cancelled_job_stops_and_keeps_what_was_read(stage: Stage) -> None:
    document, job = accepted(stage.store)
    stage.readers.gate.clear()
    async with working(stage.pipeline()) as pipeline:
        await one_page_kept(stage, document)
        stage.store.jobs.cancel(job, datetime.now(UTC))
        await pipeline.cancel(job)
        state = await pipeline.state()
        assert state.documents_at_work <= 1
    assert state_of(stage.store, job) is JobState.CANCELLED
    assert len(stage.readers.read_numbers) == 1
    assert len(stage.store.pages.pending(document)) == 2


async def test_a_job_may_ask_for_another_language_and_mode(stage: Stage) -> None:
    document, job = accepted(stage.store)
    await finished(stage, job)
    options = {"ocr_mode": "force", "ocr_language": "deu+fra"}
    again = stage.store.jobs.enqueue(document, JobKind.DOCUMENT, "again", options, datetime.now(UTC))
    await finished(stage, again)
    assert stage.binder.bound[1].settings == replace(stage.settings, mode=OcrMode.FORCE, languages=("deu", "fra"), detect_language=False)
    assert all(page.replaces for page in stage.binder.bound[1].pages)


async def test_the_index_is_rebuilt_by_a_job(stage: Stage) -> None:
    job = stage.store.jobs.enqueue(None, JobKind.REBUILD_INDEX, "rebuild", {}, datetime.now(UTC))
    await finished(stage, job)
    assert stage.index.rebuilt == 1


async def test_an_unlocked_copy_becomes_the_archive_and_is_gone_from_the_spool(stage: Stage) -> None:
    document, job = accepted(stage.store)
    (held,) = stage.store.jobs.lease("test", 1, stage.now())
    stage.store.documents.set_inspection(document, held.fence, 3, encrypted=True, signed=False, warnings=(), now=stage.now())
    stage.store.jobs.release(held.id, held.fence, stage.now())
    copy = stage.store.data.incoming / "copy"
    copy.write_bytes(b"%PDF-unlocked")
    stage.store.unlocked.put(copy, document)
    stage.binder.archivable = False
    await finished(stage, job)
    done = stage.store.documents.get(document)
    assert (done.encrypted, done.has_archive) == (True, True)
    assert stage.store.archives.path(document).read_bytes() == b"%PDF-unlocked"
    assert stage.store.unlocked.find(document) is None


DISK_FULL = OSError(errno.ENOSPC, "No space left on device")


@pytest.mark.parametrize("trouble", [DISK_FULL, DiskTrouble("full"), IndexNotWritten("full"), StoreUnavailable("away")], ids=type)
async def test_a_job_that_meets_a_full_disk_waits_and_loses_no_attempt(stage: Stage, trouble: Exception) -> None:
    stage.binder.failures = [trouble]
    _, job = accepted(stage.store)
    async with working(stage.pipeline()):
        await until(lambda: state_of(stage.store, job) is JobState.RETRYING)
    waiting = stage.store.jobs.get(job)
    assert (waiting.attempt, "waits for the store" in waiting.error, waiting.retry_time is not None) == (0, True, True)


async def test_no_job_is_begun_while_the_store_is_not_sound(stage: Stage) -> None:
    pipeline = stage.pipeline()
    await pipeline.heed(StoreHealth(accepting=False, working=False))
    _, job = accepted(stage.store)
    async with working(pipeline):
        await pipeline.wake()
        await until(lambda: stage.looks > 2)
        assert state_of(stage.store, job) is JobState.QUEUED
        await pipeline.heed(StoreHealth(accepting=False, working=True))
        await until(lambda: state_of(stage.store, job) is JobState.SUCCEEDED)


async def test_what_became_of_a_job_is_written_when_the_database_is_back(stage: Stage, store: Store) -> None:
    stage.readers.gate.clear()
    document, job = accepted(store)
    async with working(stage.pipeline()) as pipeline:
        await one_page_kept(stage, document)
        with away(store):
            stage.readers.gate.set()
            while (await pipeline.state()).documents_at_work:
                await asyncio.sleep(0.01)
        await until(lambda: state_of(store, job) is JobState.RETRYING)
    assert store.jobs.get(job).attempt == 0


@contextmanager
def away(store: Store) -> Iterator[None]:
    """Let nobody open the database for a while."""
    hidden = store.data.database.with_suffix(".hidden")
    store.close()
    store.data.database.rename(hidden)
    store.data.database.mkdir()
    yield
    store.data.database.rmdir()
    hidden.rename(store.data.database)


@pytest.mark.parametrize("hours", [-24 * 365 * 56, -24, -1, 1, 24])
async def test_a_clock_that_is_set_loses_no_lease_and_delays_no_job(stage: Stage, hours: int) -> None:
    stage.readers.gate.clear()
    _, at_work = accepted(stage.store)
    async with working(stage.pipeline()) as pipeline:
        await stage.readers.at_gate.wait()
        queued = deliver(stage.store, "queued before", now=stage.now()).job_id
        stage.ahead = timedelta(hours=hours)
        later = deliver(stage.store, "queued after", now=stage.now()).job_id
        looks = stage.looks
        await pipeline.wake()
        await until(lambda: stage.looks > looks + 2)
        stage.readers.gate.set()
        for job in (at_work, queued, later):
            assert job is not None
            await until(lambda job=job: state_of(stage.store, job) is JobState.SUCCEEDED)  # type: ignore[misc]  # mypy can't infer the default
    assert sorted(stage.readers.read_numbers) == [1, 1, 1, 2, 2, 2, 3, 3, 3]
    assert {job.attempt for job in stage.store.jobs.list([], None, None, 10)} == {1}
