"""Uploads: whole, broken off, continued, refused."""

import asyncio
import hashlib
import os
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import grpc
import pytest

from daemon.service.documents.parts import boot_id, remove_old_parts, remove_parts_of_former_boots
from scriba.v1 import assignments_pb2, catalog_pb2
from scriba.v1 import documents_pb2 as pb
from tests.service.house import MOST_UPLOAD_BYTES, House, failing, failure_of

# Streams that are refused in their middle end with the message that is refused: grpc.aio's client forgets the status when it still
# has something to send. (grpc's other Python client, which the SDK uses, does not.)
CHUNK = 262_144
DATA = b"".join(hashlib.sha256(str(number).encode()).digest() for number in range(40_000))  # 1.2 MB, five chunks
ID = "3f2c9f1e-upload"


def start(**values: object) -> pb.UploadDocumentRequest:
    fields = {"request_id": ID, "filename": "scan.txt", "size_bytes": len(DATA)} | values
    return pb.UploadDocumentRequest(start=pb.UploadDocumentRequest.Start(**fields))  # type: ignore[arg-type]  # each test names its fields


def chunks(data: bytes, offset: int = 0) -> list[pb.UploadDocumentRequest]:
    return [pb.UploadDocumentRequest(chunk=data[begin : begin + CHUNK]) for begin in range(offset, len(data), CHUNK)]


async def received(house: House) -> int:
    answer: pb.GetUploadResponse = await house.documents.GetUpload(pb.GetUploadRequest(request_id=ID))
    return answer.received_bytes


async def unless_busy(house: House, stream: Iterator[pb.UploadDocumentRequest]) -> pb.UploadDocumentResponse | None:
    """Upload, or give None when the server still holds the former stream."""
    try:
        answer: pb.UploadDocumentResponse = await house.documents.UploadDocument(stream)
    except grpc.aio.AioRpcError as error:
        if failure_of(error).reason == "UPLOAD_BUSY":
            return None
        raise
    return answer


async def until_received(house: House, count: int) -> None:
    """Wait until the part file holds so many bytes."""
    part = house.store.data.upload_file(ID)
    async with asyncio.timeout(5):
        while not part.exists() or part.stat().st_size < count:  # a file tells nobody when it grows
            await asyncio.sleep(0.01)


async def test_an_upload_becomes_a_document_with_its_bytes_unharmed(house: House) -> None:
    sha256 = hashlib.sha256(DATA).hexdigest()
    first = start(title="My scan", tags=["tax"], created_date="2024-02-29", sha256=sha256)
    answer = await house.documents.UploadDocument(iter([first, *chunks(DATA)]))
    document = answer.document
    assert (document.title, document.original_filename, document.created_date, list(document.tags)) == (
        "My scan",
        "scan.txt",
        "2024-02-29",
        ["tax"],
    )
    assert (document.sha256, document.size_bytes, answer.duplicate) == (sha256, len(DATA), False)
    assert answer.job_id
    assert house.store.originals.path(house.store.documents.get(house.store.uploads.find(ID).document_id)).read_bytes() == DATA  # type: ignore[union-attr]  # it is there
    assert not house.store.data.upload_file(ID).exists()
    progress = await house.documents.GetUpload(pb.GetUploadRequest(request_id=ID))
    assert progress == pb.GetUploadResponse(received_bytes=len(DATA), document_id=document.id)


async def test_what_a_sender_says_of_a_file_is_what_its_document_bears(house: House) -> None:
    for name, kind in (("Total", catalog_pb2.FIELD_KIND_MONEY), ("Belongs to", catalog_pb2.FIELD_KIND_DOCUMENTS)):
        await house.catalog.CreateField(catalog_pb2.CreateFieldRequest(field=catalog_pb2.Field(name=name, kind=kind)))
    other = house.accept("other")
    fields = [
        catalog_pb2.FieldValue(field="total", money=catalog_pb2.FieldValue.Money(amount="12.3", currency="EUR")),
        catalog_pb2.FieldValue(field="Belongs to", documents=catalog_pb2.FieldValue.Ids(ids=[other])),
    ]
    names = {"correspondent": "ACME", "document_type": "Invoice", "storage_path": "Bills"}
    first = start(title=" Bill ", tags=["a"], archive_serial_number=7, fields=fields, **names)
    document = (await house.documents.UploadDocument(iter([first, *chunks(DATA)]))).document
    assert (document.title, list(document.tags)) == ("Bill", ["a"])
    assert (document.correspondent, document.document_type, document.storage_path) == ("ACME", "Invoice", "Bills")
    assert (document.archive_serial_number, list(document.warnings)) == (7, [])
    assert [(value.field, value.money.amount, list(value.documents.ids)) for value in document.fields] == [
        ("Belongs to", "", [other]),
        ("Total", "12.30", []),
    ]
    given = await house.assignments.ListAssignments(assignments_pb2.ListAssignmentsRequest(document_id=document.id))
    assert {one.giver for one in given.assignments} == {assignments_pb2.GIVER_DELIVERY}
    assert len(given.assignments) == 8


async def test_a_file_whose_number_is_taken_comes_in_without_it_and_says_so(house: House) -> None:
    await house.documents.UploadDocument(iter([start(archive_serial_number=7), *chunks(DATA)]))
    more = start(request_id="another-request", archive_serial_number=7, size_bytes=5, title="kept")
    second = (await house.documents.UploadDocument(iter([more, *chunks(b"other")]))).document
    assert (second.title, second.archive_serial_number) == ("kept", 0)
    (warning,) = second.warnings
    assert warning.code == "ASN_TAKEN"
    assert "by document" not in warning.message


async def test_a_custom_field_that_is_wrong_is_refused_before_the_bytes(house: House) -> None:
    kind = catalog_pb2.FIELD_KIND_DOCUMENTS
    await house.catalog.CreateField(catalog_pb2.CreateFieldRequest(field=catalog_pb2.Field(name="Link", kind=kind)))
    links = catalog_pb2.FieldValue.Ids(ids=["99"])
    refused = {
        "FIELD_NOT_FOUND": catalog_pb2.FieldValue(field="Total", integer=1),
        "INVALID_REQUEST": catalog_pb2.FieldValue(field="Link", integer=1),
        "DOCUMENT_NOT_FOUND": catalog_pb2.FieldValue(field="Link", documents=links),
    }
    for reason, value in refused.items():
        failure = await failing(house.documents.UploadDocument(iter([start(fields=[value])])))
        assert failure.reason == reason
    assert not house.store.data.upload_file(ID).exists()


async def test_the_same_request_again_gets_the_same_answer_without_its_bytes(house: House) -> None:
    first = await house.documents.UploadDocument(iter([start(), *chunks(DATA)]))
    again = await house.documents.UploadDocument(iter([start()]))
    assert again == first


async def test_the_same_bytes_by_another_request_are_a_duplicate(house: House) -> None:
    first = await house.documents.UploadDocument(iter([start(), *chunks(DATA)]))
    again = await house.documents.UploadDocument(iter([start(request_id="another-request"), *chunks(DATA)]))
    assert (again.duplicate, again.job_id, again.document.id) == (True, "", first.document.id)
    assert again.document.duplicate_count == 1


async def test_an_upload_goes_on_where_it_was_cut(house: House) -> None:
    cut = CHUNK + 1_000

    async def broken() -> AsyncIterator[pb.UploadDocumentRequest]:
        yield start()
        yield pb.UploadDocumentRequest(chunk=DATA[:CHUNK])
        yield pb.UploadDocumentRequest(chunk=DATA[CHUNK:cut])
        await asyncio.Event().wait()

    call = house.documents.UploadDocument(broken())
    await until_received(house, cut)
    call.cancel()
    assert await received(house) == cut
    part = house.store.data.upload_file(ID)
    assert part.stat().st_mode & 0o777 == 0o600
    async with asyncio.timeout(1):  # as long as a stream that was cut may take to let go
        while (answer := await unless_busy(house, iter([start(offset=cut), *chunks(DATA, cut)]))) is None:
            pass
    assert answer.document.sha256 == hashlib.sha256(DATA).hexdigest()


async def test_a_second_stream_of_the_same_upload_is_refused(house: House) -> None:
    async def slow() -> AsyncIterator[pb.UploadDocumentRequest]:
        yield start()
        yield pb.UploadDocumentRequest(chunk=DATA[:10])
        await asyncio.Event().wait()

    call = house.documents.UploadDocument(slow())
    await until_received(house, 10)
    failure = await failing(house.documents.UploadDocument(iter([start(offset=10)])))
    assert (failure.code, failure.reason) == (grpc.StatusCode.ABORTED, "UPLOAD_BUSY")
    assert failure.retry_seconds > 0
    call.cancel()


async def test_a_wrong_offset_is_refused_and_tells_the_right_one(house: House) -> None:
    failure = await failing(house.documents.UploadDocument(iter([start(offset=5)])))
    assert (failure.code, failure.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "UPLOAD_OFFSET_WRONG")
    assert failure.metadata == {"received_bytes": "0"}
    assert not house.store.data.upload_file(ID).exists()
    await failing(house.documents.UploadDocument(iter([start(), *chunks(DATA)[:1]])))
    failure = await failing(house.documents.UploadDocument(iter([start()])))
    assert failure.metadata == {"received_bytes": str(CHUNK)}


async def test_a_stream_that_ends_early_keeps_what_arrived(house: House) -> None:
    failure = await failing(house.documents.UploadDocument(iter([start(), *chunks(DATA)[:2]])))
    assert (failure.code, failure.reason) == (grpc.StatusCode.INVALID_ARGUMENT, "UPLOAD_INCOMPLETE")
    assert failure.metadata == {"received_bytes": str(2 * CHUNK)}
    assert await received(house) == 2 * CHUNK


async def test_other_bytes_than_announced_are_refused_and_dropped(house: House) -> None:
    failure = await failing(house.documents.UploadDocument(iter([start(sha256="0" * 64), *chunks(DATA)])))
    assert (failure.code, failure.reason) == (grpc.StatusCode.ABORTED, "CHECKSUM_MISMATCH")
    assert house.store.documents.count(deleted=False) == 0
    failure = await failing(house.documents.GetUpload(pb.GetUploadRequest(request_id=ID)))
    assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, "UPLOAD_NOT_FOUND")


async def test_never_more_is_written_than_announced(house: House) -> None:
    failure = await failing(house.documents.UploadDocument(iter([start(size_bytes=CHUNK + 1), *chunks(DATA)[:2]])))
    assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, ["chunk"])
    assert await received(house) == CHUNK


@pytest.mark.parametrize(("size", "accepted"), [(CHUNK - 1, True), (CHUNK, True), (CHUNK + 1, False)])
async def test_a_chunk_has_at_most_a_quarter_of_a_mebibyte(house: House, size: int, accepted: bool) -> None:
    stream = iter([start(size_bytes=size), pb.UploadDocumentRequest(chunk=DATA[:size])])
    if accepted:
        await house.documents.UploadDocument(stream)
    else:
        failure = await failing(house.documents.UploadDocument(stream))
        assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, ["chunk"])


async def test_a_file_above_the_limit_is_refused_before_its_bytes(house: House) -> None:
    failure = await failing(house.documents.UploadDocument(iter([start(size_bytes=MOST_UPLOAD_BYTES + 1)])))
    assert (failure.code, failure.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "UPLOAD_TOO_LARGE")
    assert not house.store.data.upload_file(ID).exists()


@pytest.mark.parametrize(
    ("stream", "field"),
    [
        ([], "start"),
        ([pb.UploadDocumentRequest(chunk=b"x")], "start"),
        ([start(), start()], "start"),
        ([pb.UploadDocumentRequest()], "part"),
        ([start(request_id="../../etc")], "start.request_id"),
        ([start(filename="")], "start.filename"),
        ([start(created_date="2024-13-01")], "start.created_date"),
        ([start(tags=["a", ""])], "start.tags[1]"),
    ],
)
async def test_a_stream_out_of_order_is_refused_with_its_field(house: House, stream: list[pb.UploadDocumentRequest], field: str) -> None:
    failure = await failing(house.documents.UploadDocument(iter(stream)))
    assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, [field])


async def test_a_link_in_the_spool_is_not_followed(house: House) -> None:
    victim = house.store.data.root / "victim"
    victim.write_bytes(b"")
    house.store.data.upload_file(ID).symlink_to(victim)
    failure = await failing(house.documents.UploadDocument(iter([start()])))
    assert failure.code is grpc.StatusCode.INTERNAL
    assert victim.read_bytes() == b""


def test_parts_are_kept_a_week(house: House) -> None:
    now = datetime(2026, 11, 25, tzinfo=UTC)
    for name, age in (("old-upload", timedelta(days=7, seconds=1)), ("new-upload", timedelta(days=6, hours=23))):
        part = house.store.data.upload_file(name)
        part.write_bytes(b"x")
        os.utime(part, ((now - age).timestamp(),) * 2)
    assert remove_old_parts(house.store.data, now) == 1
    assert [part.stem for part in house.store.data.uploads.iterdir()] == ["new-upload"]


def test_parts_of_a_former_boot_are_dropped_since_a_power_cut_may_have_torn_them(house: House) -> None:
    part = house.store.data.upload_file("torn")
    remove_parts_of_former_boots(house.store.data, "first")
    part.write_bytes(b"arrived")
    assert remove_parts_of_former_boots(house.store.data, "first") == 0
    assert part.exists()
    assert remove_parts_of_former_boots(house.store.data, "second") == 1
    assert not part.exists()
    assert boot_id() == boot_id() != ""
