"""Jobs: listed, watched over broken connections, cancelled, tried again."""

import asyncio
from collections.abc import AsyncIterator

import grpc
import pytest

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.jobs import Job, JobKind, Progress
from daemon.service.ports import Reading
from scriba.v1 import admin_pb2 as pb
from scriba.v1 import documents_pb2, permissions_pb2
from tests.service.house import NOW, House, bearer, failing, failing_stream
from tests.service.people import person


async def watched(stream: AsyncIterator[pb.WatchJobsResponse], count: int) -> list[pb.WatchJobsResponse]:
    """Take so many answers of a watch."""
    async with asyncio.timeout(5):
        return [await anext(stream) for _ in range(count)]


def watch(house: House, token: str = "", *job_ids: str) -> AsyncIterator[pb.WatchJobsResponse]:
    stream = house.admin.WatchJobs(pb.WatchJobsRequest(resume_token=token, job_ids=job_ids))
    return aiter(stream)


def states(answers: list[pb.WatchJobsResponse]) -> list[tuple[str, str]]:
    return [(answer.job.id, pb.JobState.Name(answer.job.state).removeprefix("JOB_STATE_")) for answer in answers]


def read(house: House, job: Job) -> None:
    house.store.jobs.succeed(job.id, job.fence, NOW)


async def test_jobs_are_listed_newest_first_in_pages_of_one_query(house: House) -> None:
    for text in ("one", "two", "three"):
        house.accept(text)
    first = await house.admin.ListJobs(pb.ListJobsRequest(page_size=2))
    assert [job.label for job in first.jobs] == ["three", "two"]
    second = await house.admin.ListJobs(pb.ListJobsRequest(page_size=2, page_token=first.next_page_token))
    assert ([job.label for job in second.jobs], second.next_page_token) == (["one"], "")
    other = pb.ListJobsRequest(page_token=first.next_page_token, states=[pb.JOB_STATE_FAILED])
    assert (await failing(house.admin.ListJobs(other))).reason == "PAGE_TOKEN_MISMATCH"


async def test_jobs_are_listed_by_state_and_document(house: House) -> None:
    document_id = house.accept("one")
    house.accept("two")
    read(house, house.work())
    done = await house.admin.ListJobs(pb.ListJobsRequest(states=[pb.JOB_STATE_SUCCEEDED, pb.JOB_STATE_FAILED]))
    assert [job.document_id for job in done.jobs] == [document_id]
    mine = await house.admin.ListJobs(pb.ListJobsRequest(document_id=document_id))
    assert [job.document_id for job in mine.jobs] == [document_id]
    failure = await failing(house.admin.ListJobs(pb.ListJobsRequest(states=[pb.JOB_STATE_UNSPECIFIED])))
    assert list(failure.violations) == ["states"]


async def test_a_missing_job_is_not_found(house: House) -> None:
    for call in (
        house.admin.GetJob(pb.GetJobRequest(id="5")),
        house.admin.RetryJob(pb.RetryJobRequest(id="x")),
        house.admin.CancelJob(pb.CancelJobRequest(id="5")),
    ):
        failure = await failing(call)
        assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, "JOB_NOT_FOUND")


async def test_cancelling_ends_the_job_and_stops_its_work(house: House) -> None:
    house.accept("one")
    job = house.work()
    told = (await house.admin.CancelJob(pb.CancelJobRequest(id=str(job.id)))).job
    assert told.state == pb.JOB_STATE_CANCELLED
    assert house.pipeline.cancelled == [job.id]
    failure = await failing(house.admin.CancelJob(pb.CancelJobRequest(id=str(job.id))))
    assert (failure.code, failure.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "JOB_ENDED")
    again = (await house.admin.RetryJob(pb.RetryJobRequest(id=str(job.id)))).job
    assert (again.id, again.state) == (str(job.id), pb.JOB_STATE_QUEUED)
    assert house.pipeline.woken == 1
    failure = await failing(house.admin.RetryJob(pb.RetryJobRequest(id=str(job.id))))
    assert failure.reason == "JOB_NOT_FAILED"


async def test_a_watch_begins_with_what_is_not_ended_and_goes_on_with_each_change(house: House) -> None:
    house.accept("ended")
    read(house, house.work())
    house.accept("queued")
    stream = watch(house)
    assert states(await watched(stream, 1)) == [("2", "QUEUED")]
    job = house.work()
    house.store.jobs.progress([Progress(job.id, job.fence, "read", 1, 3)], NOW)
    read(house, job)
    seen = states(await watched(stream, 1))
    while seen[-1] != ("2", "SUCCEEDED"):  # changes between two looks are told as one
        seen += states(await watched(stream, 1))
    assert [job_id for job_id, _ in seen] == ["2"] * len(seen)


async def test_a_watch_goes_on_after_its_token_without_a_gap(house: House) -> None:
    house.accept("one")
    house.accept("two")
    stream = watch(house)
    before = await watched(stream, 2)
    assert states(before) == [("1", "QUEUED"), ("2", "QUEUED")]
    del stream  # the connection is lost
    read(house, house.work())
    house.accept("three")
    resumed = await watched(watch(house, before[-1].resume_token), 2)
    assert states(resumed) == [("1", "SUCCEEDED"), ("3", "QUEUED")]
    from_the_middle = await watched(watch(house, resumed[0].resume_token), 1)
    assert states(from_the_middle) == [("3", "QUEUED")]


async def test_a_watch_that_breaks_off_in_its_snapshot_misses_nothing(house: House) -> None:
    """A job that ends while the snapshot is sent is in no later snapshot, so the token must lead back to before it."""
    house.accept("one")
    house.accept("two")
    first = await watched(watch(house), 1)
    read(house, house.work())
    resumed = await watched(watch(house, first[0].resume_token), 2)
    assert states(resumed) == [("2", "QUEUED"), ("1", "SUCCEEDED")]


async def test_a_watch_of_named_jobs_tells_them_even_when_they_are_ended(house: House) -> None:
    house.accept("one")
    house.accept("two")
    read(house, house.work())
    stream = watch(house, "", "1")
    assert states(await watched(stream, 1)) == [("1", "SUCCEEDED")]
    read(house, house.work())
    house.store.jobs.enqueue(DocumentId(1), JobKind.DOCUMENT, "one", {}, NOW)
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.5):
            await anext(stream)


@pytest.mark.parametrize("token", ["nonsense", "AAAA", "é"])
async def test_a_damaged_resume_token_is_refused(house: House, token: str) -> None:
    failure = await failing_stream(house.admin.WatchJobs(pb.WatchJobsRequest(resume_token=token)))
    assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, ["resume_token"])


async def test_a_resume_token_of_another_watch_or_archive_is_refused(house: House, elsewhere: House) -> None:
    house.accept("one")
    (answer,) = await watched(watch(house), 1)
    for stream in (
        house.admin.WatchJobs(pb.WatchJobsRequest(resume_token=answer.resume_token, job_ids=["1"])),
        elsewhere.admin.WatchJobs(pb.WatchJobsRequest(resume_token=answer.resume_token)),
    ):
        assert (await failing_stream(stream)).code is grpc.StatusCode.INVALID_ARGUMENT


async def test_many_watchers_each_hear_every_change(house: House) -> None:
    house.accept("one")
    streams = [watch(house) for _ in range(90)]
    await asyncio.gather(*(watched(stream, 1) for stream in streams))
    read(house, house.work())
    seen = await asyncio.gather(*(watched(stream, 1) for stream in streams))
    assert len(seen) == 90


async def test_a_document_is_read_again_with_the_settings_asked(house: House) -> None:
    document_id = house.accept("one")
    request = documents_pb2.ReprocessDocumentRequest(id=document_id, ocr_mode=documents_pb2.OCR_MODE_FORCE, ocr_language="deu+eng")
    failure = await failing(house.documents.ReprocessDocument(request))
    assert (failure.code, failure.reason, failure.metadata) == (grpc.StatusCode.FAILED_PRECONDITION, "JOB_ACTIVE", {"job_id": "1"})
    read(house, house.work())
    answer = await house.documents.ReprocessDocument(request)
    assert house.work().options == {"ocr_mode": "force", "ocr_language": "deu+eng"}
    assert (answer.job_id, house.pipeline.woken) == ("2", 1)


async def test_an_encrypted_document_is_opened_by_its_password_alone(house: House) -> None:
    document_id = house.accept("one")
    request = documents_pb2.UnlockDocumentRequest(id=document_id, password="opensesame")
    assert (await failing(house.documents.UnlockDocument(request))).reason == "NOT_ENCRYPTED"
    job = house.work()
    house.store.documents.set_inspection(DocumentId(1), job.fence, 1, True, False, (), NOW)
    assert (await failing(house.documents.UnlockDocument(request))).reason == "JOB_ACTIVE"
    assert house.store.unlocked.find(DocumentId(1)) is None
    read(house, job)
    wrong = documents_pb2.UnlockDocumentRequest(id=document_id, password="guessed")
    failure = await failing(house.documents.UnlockDocument(wrong))
    assert (failure.code, failure.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "WRONG_PASSWORD")
    assert "guessed" not in str(failure)
    assert (await house.documents.UnlockDocument(request)).job_id == "2"
    copy = house.store.unlocked.find(DocumentId(1))
    assert copy is not None
    assert (copy.read_bytes(), copy.stat().st_mode & 0o777) == (b"%PDF-decrypted", 0o600)


async def test_the_index_is_rebuilt_by_one_job_at_a_time(house: House) -> None:
    answer = await house.admin.RebuildIndex(pb.RebuildIndexRequest())
    job = (await house.admin.GetJob(pb.GetJobRequest(id=answer.job_id))).job
    assert (job.kind, job.document_id) == (pb.JOB_KIND_REBUILD_INDEX, "")
    assert (await failing(house.admin.RebuildIndex(pb.RebuildIndexRequest()))).reason == "JOB_ACTIVE"


async def test_it_is_told_which_machine_reads_which_page_of_what_one_may_see(house: House) -> None:
    anna, bert = person(house, "anna"), person(house, "bert")
    secret, shown = house.accept("secret"), house.accept("shown")
    await anna.call("UpdatePermissions", permissions_pb2.UpdatePermissionsRequest(document_ids=[secret], owner_id=anna.id))
    house.nodes.reading = tuple(Reading(DocumentId(int(document)), page, NOW) for document, page in ((secret, 4), (shown, 1), ("99", 1)))
    told = {}
    for each in (anna, bert):
        (node,) = (await house.admin.ListNodes(pb.ListNodesRequest(), metadata=bearer(each.id))).nodes
        told[each.id] = [(one.document_id, one.page, one.since_time.ToDatetime(NOW.tzinfo)) for one in node.reading]
        assert (node.pages_reading, node.pages_read_in_minute, node.pages_read_in_ten_minutes, node.pages_read_in_hour) == (3, 1, 3, 6)
    assert told == {anna.id: [(secret, 4, NOW), (shown, 1, NOW)], bert.id: [(shown, 1, NOW)]}


async def test_machines_and_figures_are_told(house: House) -> None:
    house.accept("one")
    (node,) = (await house.admin.ListNodes(pb.ListNodesRequest())).nodes
    assert (node.hostname, node.head, node.cores, node.pages_read) == ("head.example", True, 2, 7)
    assert node.sandbox == pb.SANDBOX_LEVEL_LANDLOCK
    house.store.catalog.labels.create(LabelKind.TAG, LabelFacts("tax"))
    figures = await house.admin.GetStatistics(pb.GetStatisticsRequest())
    assert (figures.documents, figures.jobs_queued, figures.original_bytes) == (1, 1, 3)
    assert (figures.tags, figures.correspondents, figures.database, figures.database_bytes > 100_000) == (1, 0, "sqlite", True)
    assert dict(figures.documents_by_mime_type) == {"text/plain": 1}
