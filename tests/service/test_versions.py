"""Versions and page orders through the real server."""

from typing import Any

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.jobs import JobKind
from actors.store.nouns.page_orders import Outcome, Piece, TurnedPage
from actors.store.nouns.versions import VersionFacts
from scriba.v1 import documents_pb2
from scriba.v1 import versions_pb2 as pb
from scriba.v1.assignments_pb2 import Giver
from tests.service.house import NOW, House, failing, failing_stream

FACTS = VersionFacts("application/pdf", "letter.pdf", 1, "opened")


def scan(house: House, title: str = "scan", pages: int = 3, encrypted: bool = False, signed: bool = False) -> str:
    """Take in a picture of some pages, and read it."""
    document_id = house.accept(title, title=title, suffix=".tiff", mime_type="image/tiff")
    job = house.work()
    numbers = [(number, "text", False) for number in range(1, pages + 1)]
    house.store.pages.begin(DocumentId(int(document_id)), job.id, job.fence, numbers)
    house.store.documents.set_inspection(DocumentId(int(document_id)), job.fence, pages, encrypted, signed, (), NOW)
    house.bind(job, b"%PDF-archive")
    house.store.jobs.succeed(job.id, job.fence, NOW)
    return document_id


def add(house: House, document_id: str, content: bytes = b"%PDF-two") -> None:
    """Give a document a version, and read it."""
    staged = house.store.data.incoming / "version"
    staged.write_bytes(content)
    house.store.versions.add(DocumentId(int(document_id)), staged, FACTS, NOW)
    house.bind(job := house.work(["text"]), b"%PDF-archive")
    house.store.jobs.succeed(job.id, job.fence, NOW)


def edit(document_id: str, *pages: tuple[int, int], request_id: str = "request-1", **more: Any) -> pb.EditPagesRequest:
    wanted = [pb.TurnedPage(number=number, turn=turn) for number, turn in pages]
    return pb.EditPagesRequest(request_id=request_id, document_id=document_id, pages=wanted, **more)


async def test_an_edit_of_pages_is_queued_once_and_told_of(house: House) -> None:
    document_id = scan(house)
    request = edit(document_id, (3, 0), (1, 90), label="  mine ", version=1)
    queued = await house.versions.EditPages(request)
    assert (await house.versions.EditPages(request), house.pipeline.woken > 0) == (queued, True)
    (job,) = house.store.jobs.lease("test", 9, NOW)
    assert (str(job.id), job.kind, job.label) == (queued.job_id, JobKind.PAGES, "edit pages: scan")
    order = house.store.page_orders.get(job.id).order
    assert (order.label, order.parts) == ("mine", ((Piece(DocumentId(int(document_id)), 1, (TurnedPage(3), TurnedPage(1, 90))),),))
    told = await house.versions.GetPageOrder(pb.GetPageOrderRequest(job_id=queued.job_id))
    assert told == pb.GetPageOrderResponse(job_id=queued.job_id)


async def test_merging_takes_over_from_the_first_unless_another_is_named(house: House) -> None:
    one, other = scan(house, "one"), scan(house, "other")
    sources = [
        pb.MergeDocumentsRequest.Source(document_id=one),
        pb.MergeDocumentsRequest.Source(document_id=other, pages=[pb.TurnedPage(number=2)]),
    ]
    first = await house.versions.MergeDocuments(pb.MergeDocumentsRequest(request_id="request-1", sources=sources))
    second = await house.versions.MergeDocuments(
        pb.MergeDocumentsRequest(request_id="request-2", sources=sources, subject_id=other, as_version=True, delete_sources=True)
    )
    orders = [house.store.page_orders.get(job.id).order for job in house.store.jobs.lease("test", 9, NOW)]
    assert [(str(order.subject), order.outcome, order.discard) for order in orders] == [
        (one, Outcome.DOCUMENTS, False), (other, Outcome.VERSION, True),
    ]  # fmt: skip
    assert [[len(piece.pages) for piece in order.parts[0]] for order in orders] == [[3, 1], [3, 1]]
    assert first.job_id != second.job_id


async def test_splitting_names_the_pages_of_each_part(house: House) -> None:
    document_id = scan(house)
    parts = [pb.SplitDocumentRequest.Part(pages=[pb.TurnedPage(number=number)]) for number in (1, 2)]
    await house.versions.SplitDocument(pb.SplitDocumentRequest(request_id="request-1", document_id=document_id, parts=parts))
    (job,) = house.store.jobs.lease("test", 9, NOW)
    assert (job.label, len(house.store.page_orders.get(job.id).order.parts)) == ("split: scan", 2)


@pytest.mark.parametrize(
    ("pages", "reason"),
    [([], "PAGES_REFUSED"), ([(4, 0)], "PAGES_REFUSED"), ([(1, 0), (1, 90)], "PAGES_REFUSED"), ([(1, 45)], "INVALID_REQUEST")],
)
async def test_pages_that_cannot_be_are_refused_with_their_field(house: House, pages: list[tuple[int, int]], reason: str) -> None:
    failure = await failing(house.versions.EditPages(edit(scan(house), *pages)))
    assert (failure.code, failure.reason) == (grpc.StatusCode.INVALID_ARGUMENT, reason)
    assert all(field.startswith("pages") for field in failure.violations)


async def test_documents_that_cannot_be_edited_say_what_to_do(house: House) -> None:
    text = house.read("a text", "page")
    gone, outdated = scan(house, "gone"), scan(house, "outdated")
    busy = house.accept("busy", suffix=".pdf", mime_type="application/pdf")
    house.store.documents.delete(DocumentId(int(gone)), None, NOW)
    job = house.work(["one", "two"])
    refused = [
        (edit(text, (1, 90)), "PAGES_LOCKED"),
        (edit(gone, (1, 90)), "IN_TRASH"),
        (edit(busy, (1, 90)), "JOB_ACTIVE"),
        (edit(outdated, (1, 90), version=2), "VERSION_OUTDATED"),
    ]
    for request, reason in refused:
        failure = await failing(house.versions.EditPages(request))
        assert (failure.code, failure.reason) == (grpc.StatusCode.FAILED_PRECONDITION, reason)
    house.store.jobs.cancel(job.id, NOW)
    for secret in ({"encrypted": True}, {"signed": True}):
        failure = await failing(house.versions.EditPages(edit(scan(house, str(secret), **secret), (1, 90))))
        assert failure.reason == "PAGES_LOCKED"


async def test_versions_are_listed_labelled_taken_out_and_deleted(house: House) -> None:
    document_id = scan(house)
    add(house, document_id)
    document = (await house.documents.GetDocument(documents_pb2.GetDocumentRequest(id=document_id))).document
    assert (document.version, document.version_count, document.original_filename) == (2, 2, "letter.pdf")
    listed = (await house.versions.ListVersions(pb.ListVersionsRequest(document_id=document_id))).versions
    assert [(one.number, one.current, one.label, one.giver, one.page_count) for one in listed] == [
        (1, False, "", Giver.GIVER_DELIVERY, 3), (2, True, "opened", Giver.GIVER_USER, 1),
    ]  # fmt: skip
    wanted = pb.Version(document_id=document_id, number=1, label="as it came")
    mask = FieldMask(paths=["label"])
    assert (await house.versions.UpdateVersion(pb.UpdateVersionRequest(version=wanted, update_mask=mask))).version.label == "as it came"
    fallen = await house.versions.DeleteVersion(pb.DeleteVersionRequest(document_id=document_id, number=2))
    assert (fallen.version.number, fallen.version.current, fallen.job_id != "", house.index.applied > 0) == (1, True, True, True)
    assert house.store.documents.get(DocumentId(int(document_id))).original_filename == "letter.tiff"


async def test_what_is_not_there_and_what_stays_is_refused(house: House) -> None:
    document_id = scan(house)
    for call, reason in (
        (house.versions.ListVersions(pb.ListVersionsRequest(document_id="77")), "DOCUMENT_NOT_FOUND"),
        (house.versions.DeleteVersion(pb.DeleteVersionRequest(document_id=document_id, number=1)), "FIRST_VERSION"),
        (house.versions.DeleteVersion(pb.DeleteVersionRequest(document_id=document_id, number=2)), "VERSION_NOT_FOUND"),
        (house.versions.GetPageOrder(pb.GetPageOrderRequest(job_id="1")), "JOB_NOT_FOUND"),
    ):
        assert (await failing(call)).reason == reason
    wanted = pb.Version(document_id=document_id, number=1, label="x" * 513)
    update = pb.UpdateVersionRequest(version=wanted, update_mask=FieldMask(paths=["label"]))
    assert list((await failing(house.versions.UpdateVersion(update))).violations) == ["version.label"]


async def test_each_version_is_taken_out_under_its_own_name(house: House) -> None:
    document_id = scan(house)
    add(house, document_id)
    for number, name, content in ((0, "letter.pdf", b"%PDF-two"), (1, "letter.tiff", b"scan"), (2, "letter.pdf", b"%PDF-two")):
        request = documents_pb2.DownloadDocumentRequest(id=document_id, version=number)
        parts = [part async for part in house.documents.DownloadDocument(request)]
        assert (parts[0].info.filename, b"".join(part.chunk for part in parts)) == (name, content)
    for kind, number, reason in (
        (documents_pb2.FILE_KIND_ARCHIVE, 1, "INVALID_REQUEST"),
        (documents_pb2.FILE_KIND_ORIGINAL, 3, "VERSION_NOT_FOUND"),
    ):
        call = house.documents.DownloadDocument(documents_pb2.DownloadDocumentRequest(id=document_id, version=number, kind=kind))
        assert (await failing_stream(call)).reason == reason
