"""Uploads part by part, for who cannot stream: in order, again, out of order, at once, and with the other door."""

import asyncio
import hashlib
from collections.abc import AsyncIterator
from typing import Any

import grpc
import pytest

from actors.store.files.health import StoreHealth
from actors.store.store import Store
from scriba.v1 import documents_pb2 as pb
from scriba.v1 import documents_pb2_grpc
from tests.service.house import MOST_UPLOAD_BYTES, House, bearer, failing, failure_of, open_house
from tests.service.people import person

MIB = 1_048_576
DATA = b"".join(hashlib.sha256(str(number).encode()).digest() for number in range(80_000))  # 2.56 MB, three parts
ID = "3f2c9f1e-upload"


def part(offset: int, chunk: bytes, **values: object) -> pb.WriteUploadRequest:
    fields = {"request_id": ID, "filename": "scan.txt", "size_bytes": len(DATA)} | values
    return pb.WriteUploadRequest(start=pb.UploadDocumentRequest.Start(offset=offset, **fields), chunk=chunk)  # type: ignore[arg-type]  # by name


def parts(data: bytes = DATA, begin: int = 0, **values: object) -> list[pb.WriteUploadRequest]:
    return [part(offset, data[offset : offset + MIB], **values) for offset in range(begin, len(data), MIB)]


async def written(house: House, *requests: pb.WriteUploadRequest) -> list[pb.WriteUploadResponse]:
    return [await house.documents.WriteUpload(request) for request in requests]


async def received(house: House) -> int:
    answer: pb.GetUploadResponse = await house.documents.GetUpload(pb.GetUploadRequest(request_id=ID))
    return answer.received_bytes


async def test_parts_become_a_document_with_their_bytes_unharmed(house: House) -> None:
    sha256 = hashlib.sha256(DATA).hexdigest()
    first, second, last = await written(house, *parts(title="My scan", tags=["tax"], sha256=sha256))
    assert (first, second) == (pb.WriteUploadResponse(received_bytes=MIB), pb.WriteUploadResponse(received_bytes=2 * MIB))
    document = last.upload.document
    assert (last.received_bytes, last.upload.duplicate, last.upload.job_id != "") == (len(DATA), False, True)
    assert (document.title, list(document.tags), document.sha256, document.size_bytes) == ("My scan", ["tax"], sha256, len(DATA))
    accepted = house.store.uploads.find(ID)
    assert accepted is not None
    assert house.store.originals.path(house.store.documents.get(accepted.document_id)).read_bytes() == DATA
    assert not house.store.data.upload_file(ID).exists()
    progress = await house.documents.GetUpload(pb.GetUploadRequest(request_id=ID))
    assert progress == pb.GetUploadResponse(received_bytes=len(DATA), document_id=document.id)


async def test_a_part_that_comes_again_is_answered_and_not_written_twice(house: House) -> None:
    first, second, last = parts()
    await written(house, first, second)
    assert [answer.received_bytes for answer in await written(house, first, second)] == [2 * MIB, 2 * MIB]
    (done,) = await written(house, last)
    assert done.upload.document.sha256 == hashlib.sha256(DATA).hexdigest()


async def test_what_a_part_lacks_is_written_where_a_former_call_was_cut(house: House) -> None:
    house.store.data.upload_file(ID).write_bytes(DATA[: MIB + 1_000])
    *_, last = await written(house, *parts())
    assert last.upload.document.sha256 == hashlib.sha256(DATA).hexdigest()


async def test_a_finished_upload_asked_again_answers_its_document_whatever_part_is_sent(house: House) -> None:
    requests = parts()
    *_, last = await written(house, *requests)
    for again in (*requests, part(0, b""), part(0, b"other bytes")):
        assert await house.documents.WriteUpload(again) == last
    assert house.store.documents.count(deleted=False) == 1


async def test_bytes_that_are_all_there_are_taken_in_when_the_last_part_comes_again(house: House) -> None:
    house.store.data.upload_file(ID).write_bytes(DATA)
    (answer,) = await written(house, parts()[-1])
    assert answer.upload.document.sha256 == hashlib.sha256(DATA).hexdigest()


async def test_the_last_part_alone_ends_an_upload_also_with_no_bytes_in_it(house: House) -> None:
    house.store.data.upload_file(ID).write_bytes(DATA)
    (answer,) = await written(house, part(len(DATA), b""))
    assert answer.upload.document.size_bytes == len(DATA)


async def test_an_empty_file_is_one_part(house: House) -> None:
    (answer,) = await written(house, part(0, b"", size_bytes=0))
    assert (answer.received_bytes, answer.upload.document.sha256) == (0, hashlib.sha256(b"").hexdigest())


async def test_an_empty_chunk_begins_an_upload_and_tells_how_far_it_is(house: House) -> None:
    assert await written(house, part(0, b"")) == [pb.WriteUploadResponse(received_bytes=0)]
    assert await received(house) == 0
    await written(house, parts()[0])
    assert await written(house, part(0, b"")) == [pb.WriteUploadResponse(received_bytes=MIB)]


async def test_a_part_that_comes_too_early_is_refused_and_told_where_the_upload_stands(house: House) -> None:
    first, second, last = parts()
    failure = await failing(house.documents.WriteUpload(second))
    assert (failure.code, failure.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "UPLOAD_OFFSET_WRONG")
    assert failure.metadata == {"received_bytes": "0"}
    assert not house.store.data.upload_file(ID).exists()
    await written(house, first)
    failure = await failing(house.documents.WriteUpload(last))
    assert (failure.reason, failure.metadata) == ("UPLOAD_OFFSET_WRONG", {"received_bytes": str(MIB)})
    assert await received(house) == MIB


async def test_another_file_under_the_same_id_is_refused_and_harms_nothing(house: House) -> None:
    await written(house, parts()[0])
    for offset in (0, MIB - 1):
        failure = await failing(house.documents.WriteUpload(part(offset, b"other bytes")))
        assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, ["chunk"])
    assert house.store.data.upload_file(ID).read_bytes() == DATA[:MIB]


async def test_nothing_is_written_beyond_what_was_announced(house: House) -> None:
    failure = await failing(house.documents.WriteUpload(part(0, b"four", size_bytes=3)))
    assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, ["chunk"])
    assert not house.store.data.upload_file(ID).exists()
    await written(house, part(0, b"four"))
    failure = await failing(house.documents.WriteUpload(part(0, b"fou", size_bytes=3)))
    assert list(failure.violations) == ["chunk"]
    assert await received(house) == 4


async def test_the_same_part_many_times_at_once_is_written_once(house: House) -> None:
    async def until_taken(request: pb.WriteUploadRequest) -> pb.WriteUploadResponse:
        while True:
            try:
                answer: pb.WriteUploadResponse = await house.documents.WriteUpload(request)
            except grpc.aio.AioRpcError as error:
                if failure_of(error).reason != "UPLOAD_BUSY":
                    raise
            else:
                return answer

    for request in parts():
        answers = await asyncio.gather(*(until_taken(request) for _ in range(8)))
        assert len({answer.received_bytes for answer in answers}) == 1
    assert {answer.upload.document.sha256 for answer in answers} == {hashlib.sha256(DATA).hexdigest()}
    assert house.store.documents.count(deleted=False) == 1


async def test_a_part_while_a_stream_sends_the_same_upload_is_refused(house: House) -> None:
    async def slow() -> AsyncIterator[pb.UploadDocumentRequest]:
        yield pb.UploadDocumentRequest(start=part(0, b"").start)
        yield pb.UploadDocumentRequest(chunk=DATA[:10])
        await asyncio.Event().wait()

    call = house.documents.UploadDocument(slow())
    path = house.store.data.upload_file(ID)
    async with asyncio.timeout(5):
        while not path.exists() or path.stat().st_size < 10:  # a file tells nobody when it grows
            await asyncio.sleep(0.01)
    failure = await failing(house.documents.WriteUpload(part(0, DATA[:MIB])))
    assert (failure.code, failure.reason) == (grpc.StatusCode.ABORTED, "UPLOAD_BUSY")
    assert failure.retry_seconds > 0
    call.cancel()


async def test_each_door_goes_on_with_what_came_by_the_other(house: House) -> None:
    await written(house, parts()[0])
    stream = [pb.UploadDocumentRequest(start=part(MIB, b"").start), pb.UploadDocumentRequest(chunk=DATA[MIB : MIB + 1_000])]
    failure = await failing(house.documents.UploadDocument(iter(stream)))
    assert failure.metadata == {"received_bytes": str(MIB + 1_000)}
    *_, last = await written(house, *(part(offset, DATA[offset : offset + MIB]) for offset in range(MIB + 1_000, len(DATA), MIB)))
    assert last.upload.document.sha256 == hashlib.sha256(DATA).hexdigest()
    assert await house.documents.UploadDocument(iter([pb.UploadDocumentRequest(start=part(0, b"").start)])) == last.upload


async def test_other_bytes_than_announced_are_refused_and_dropped(house: House) -> None:
    first, second, last = parts(sha256="0" * 64)
    await written(house, first, second)
    failure = await failing(house.documents.WriteUpload(last))
    assert (failure.code, failure.reason) == (grpc.StatusCode.ABORTED, "CHECKSUM_MISMATCH")
    failure = await failing(house.documents.GetUpload(pb.GetUploadRequest(request_id=ID)))
    assert failure.reason == "UPLOAD_NOT_FOUND"


async def test_a_file_above_the_limit_is_refused_with_its_first_part(house: House) -> None:
    failure = await failing(house.documents.WriteUpload(part(0, DATA[:MIB], size_bytes=MOST_UPLOAD_BYTES + 1)))
    assert (failure.code, failure.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "UPLOAD_TOO_LARGE")
    assert not house.store.data.upload_file(ID).exists()


async def test_no_part_is_taken_while_the_disk_is_nearly_full(store: Store) -> None:
    async with open_house(store, health=StoreHealth(accepting=False, problem="the disk is nearly full")) as house:
        failure = await failing(house.documents.WriteUpload(parts()[0]))
        assert (failure.code, failure.reason) == (grpc.StatusCode.RESOURCE_EXHAUSTED, "NO_SPACE")
        assert not store.data.upload_file(ID).exists()


@pytest.mark.parametrize(
    ("request_", "field"),
    [
        (pb.WriteUploadRequest(chunk=b"x"), "start"),
        (part(0, b"", request_id="../../etc"), "start.request_id"),
        (part(0, b"", created_date="2024-13-01"), "start.created_date"),
        (part(0, b"", tags=["a", ""]), "start.tags[1]"),
        (part(0, bytes(MIB + 1)), "chunk"),
    ],
)
async def test_a_part_that_breaks_a_rule_is_refused_with_its_field(house: House, request_: pb.WriteUploadRequest, field: str) -> None:
    failure = await failing(house.documents.WriteUpload(request_))
    assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, [field])


async def test_nobody_goes_on_with_the_parts_of_another(house: House) -> None:
    def write(request: pb.WriteUploadRequest, metadata: Any) -> Any:
        return documents_pb2_grpc.DocumentServiceStub(house.channel).WriteUpload(request, metadata=metadata)

    anna, bert = person(house, "Anna"), person(house, "Bert")
    first, second, last = parts()
    assert (await write(first, bearer(anna.id))).received_bytes == MIB
    failure = await failing(write(second, bearer(bert.id)))
    assert failure.metadata == {"received_bytes": "0"}
    await write(second, bearer(anna.id))
    done = await write(last, bearer(anna.id))
    assert (await anna.sees(done.upload.document.id), await bert.sees(done.upload.document.id)) == (True, False)


async def test_a_link_in_the_spool_is_neither_followed_nor_read(house: House) -> None:
    victim = house.store.data.root / "victim"
    victim.write_bytes(DATA[:MIB])
    house.store.data.upload_file(ID).symlink_to(victim)
    for request in parts()[:2]:
        assert (await failing(house.documents.WriteUpload(request))).code is grpc.StatusCode.INTERNAL
    assert victim.read_bytes() == DATA[:MIB]
