"""Bulk edits through the real server."""

from typing import Any

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from actors.index.messages import Hit, SearchAnswer, SearchRequest
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.jobs import Job, JobKind, JobState
from scriba.v1 import bulk_edits_pb2 as pb
from scriba.v1.catalog_pb2 import FieldValue
from scriba.v1.documents_pb2 import Document, OcrMode
from tests.service.fakes import FakeSearcher
from tests.service.house import NOW, House, failing, open_house

TITLE = {"changes": Document(title="All"), "update_mask": FieldMask(paths=["title"])}


async def start(house: House, *ids: str, **what: Any) -> pb.StartBulkEditResponse:
    answer: pb.StartBulkEditResponse = await house.bulk_edits.StartBulkEdit(
        pb.StartBulkEditRequest(documents=pb.DocumentIds(ids=ids), **what)
    )
    return answer


def carry_out(house: House) -> Job:
    """Do the bulk edit that waits, as the pipeline does."""
    job = next(job for job in house.store.jobs.lease("test", 100, NOW) if job.kind is JobKind.BULK_EDIT)
    ids = house.store.bulk_edits.documents(job.id)
    house.store.bulk_edits.step(job.id, job.fence, 0, ids, len(ids), NOW)
    house.store.jobs.succeed(job.id, job.fence, NOW)
    return job


async def result(house: House, job_id: str) -> pb.BulkEdit:
    answer: pb.GetBulkEditResponse = await house.bulk_edits.GetBulkEdit(pb.GetBulkEditRequest(job_id=job_id))
    return answer.bulk_edit


async def test_named_documents_are_changed_by_one_job_and_changed_back(house: House) -> None:
    one, other = house.read("one"), house.read("other")
    started = await start(house, one, other, one, "77", **TITLE)
    assert (started.document_count, house.pipeline.woken > 0) == (3, True)
    job = carry_out(house)
    assert (str(job.id), job.label) == (started.job_id, "edit title: 3 documents")
    edit = await result(house, started.job_id)
    assert (edit.document_count, edit.changed_count, edit.failed_count) == (3, 2, 1)
    assert [(each.document_id, each.message) for each in edit.failures] == [("77", "there is no document 77")]
    undoing = await house.bulk_edits.UndoBulkEdit(pb.UndoBulkEditRequest(job_id=started.job_id))
    assert undoing.document_count == 2
    carry_out(house)
    assert (await result(house, undoing.job_id)).undone_job_id == started.job_id
    assert [house.store.documents.get(DocumentId(int(each))).title for each in (one, other)] == ["one", "other"]


async def test_a_dry_run_counts_and_changes_nothing(house: House) -> None:
    one = house.read("one")
    answer = await start(house, one, validate_only=True, **TITLE)
    assert (answer.document_count, answer.job_id) == (1, "")
    assert not [job for job in house.store.jobs.list((), None, None, 10) if job.kind is JobKind.BULK_EDIT]


async def test_a_request_that_comes_again_starts_nothing_and_is_answered_as_the_first_time(house: House) -> None:
    one, other = house.read("one"), house.read("other")
    started = await start(house, one, other, request_id="request-1", **TITLE)
    again = await start(house, one, request_id="request-1", **TITLE)
    another = await start(house, other, request_id="request-1", action=pb.BULK_ACTION_DELETE)
    assert (again, another) == (started, started)
    carry_out(house)
    assert await start(house, one, other, request_id="request-1", **TITLE) == started
    assert (await start(house, one, request_id="request-1", validate_only=True, **TITLE)).document_count == 1
    jobs = [job for job in house.store.jobs.list((), None, None, 10) if job.kind is JobKind.BULK_EDIT]
    assert [str(job.id) for job in jobs] == [started.job_id]
    assert (await start(house, one, request_id="request-2", **TITLE)).job_id != started.job_id


async def test_documents_are_read_again_as_it_is_asked(house: House) -> None:
    one, other = house.read("one"), house.read("other")
    await start(house, one, other, action=pb.BULK_ACTION_REPROCESS, ocr_mode=OcrMode.OCR_MODE_FORCE, ocr_language="deu+eng")
    carry_out(house)
    jobs = [job for job in house.store.jobs.list((JobState.QUEUED,), None, None, 10) if job.kind is JobKind.DOCUMENT]
    assert [(str(job.document_id), job.options) for job in jobs] == [
        (each, {"ocr_mode": "force", "ocr_language": "deu+eng"}) for each in (other, one)
    ]


async def test_the_whole_trash_is_restored(house: House) -> None:
    one = house.read("one")
    house.read("other")
    house.store.documents.delete(DocumentId(int(one)), None, NOW)
    asked = pb.StartBulkEditRequest(whole_trash=True, action=pb.BULK_ACTION_UNDELETE)
    assert (await house.bulk_edits.StartBulkEdit(asked)).document_count == 1
    assert carry_out(house).label == "restore: 1 document"
    assert house.store.documents.get(DocumentId(int(one))).delete_time is None


class Pages(FakeSearcher):
    """Finds the documents of an archive on two pages, whatever is asked."""

    def __init__(self, ids: list[int]) -> None:
        self.ids = ids

    def search(self, request: SearchRequest) -> SearchAnswer:
        some, after = (self.ids[:1], "more") if not request.after else (self.ids[1:], "")
        return SearchAnswer(tuple(Hit(DocumentId(each), 0.0) for each in some), len(self.ids), next_after=after)


async def test_a_query_chooses_all_that_it_finds(house: House) -> None:
    ids = [int(house.read(title)) for title in ("one", "two", "three")]
    async with open_house(house.store, searcher=Pages(ids)) as finding:
        answer = await finding.bulk_edits.StartBulkEdit(pb.StartBulkEditRequest(query="*", action=pb.BULK_ACTION_DELETE))
    assert answer.document_count == 3
    carry_out(house)
    assert house.store.documents.count(deleted=True) == 3


async def test_a_query_that_finds_nothing_makes_no_job(house: House) -> None:
    answer = await house.bulk_edits.StartBulkEdit(pb.StartBulkEditRequest(query="nothing", action=pb.BULK_ACTION_DELETE))
    assert (answer.document_count, answer.job_id) == (0, "")


@pytest.mark.parametrize(
    ("what", "field"),
    [
        ({}, "update_mask"),
        ({"action": pb.BULK_ACTION_DELETE, **TITLE}, "update_mask"),
        ({"changes": Document(tags=["a"]), "update_mask": FieldMask(paths=["tags"]), "add_tags": ["b"]}, "update_mask"),
        ({"changes": Document(title="x" * 600), "update_mask": FieldMask(paths=["title"])}, "document.title"),
        ({"update_mask": FieldMask(paths=["archive_serial_number"])}, "update_mask"),
        ({"add_tags": [""]}, "add_tags[0]"),
        ({"request_id": "short", **TITLE}, "request_id"),
        ({"ocr_language": "deu", **TITLE}, "action"),
        ({"ocr_language": "deu;", "action": pb.BULK_ACTION_REPROCESS}, "ocr_language"),
    ],
)
async def test_what_many_documents_cannot_be_given_is_refused(house: House, what: dict[str, Any], field: str) -> None:
    failure = await failing(start(house, "1", **what))
    assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, [field])


async def test_a_field_that_is_not_there_is_not_found(house: House) -> None:
    changes = Document(fields=[FieldValue(field="Nowhere", text="x")])
    failure = await failing(start(house, "1", changes=changes, update_mask=FieldMask(paths=["fields"])))
    assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, "FIELD_NOT_FOUND")


async def test_only_a_bulk_edit_that_has_ended_is_undone(house: House) -> None:
    started = await start(house, house.read("one"), **TITLE)
    active = await failing(house.bulk_edits.UndoBulkEdit(pb.UndoBulkEditRequest(job_id=started.job_id)))
    missing = await failing(house.bulk_edits.UndoBulkEdit(pb.UndoBulkEditRequest(job_id="99")))
    assert (active.reason, missing.reason) == ("JOB_ACTIVE", "JOB_NOT_FOUND")
