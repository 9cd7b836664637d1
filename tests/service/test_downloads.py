"""Downloads: every kind of file, from any offset, and the end of a stream nobody reads."""

import asyncio
from pathlib import Path

import grpc
import pytest

from actors.store.nouns.archive import DocumentId
from daemon.service.documents.downloads import CHUNK_BYTES
from scriba.v1 import documents_pb2 as pb
from tests.service.house import House, failing_stream

LONG = "Scriba reads. " * 60_000  # 840 KB, four chunks


async def download(house: House, **request: object) -> tuple[pb.DownloadDocumentResponse.Info, bytes]:
    stream = house.documents.DownloadDocument(pb.DownloadDocumentRequest(**request))  # type: ignore[arg-type]  # each test names its fields
    parts = [part async for part in stream]
    assert [part.WhichOneof("part") for part in parts] == ["info"] + ["chunk"] * (len(parts) - 1)
    assert all(0 < len(part.chunk) <= CHUNK_BYTES for part in parts[1:])
    return parts[0].info, b"".join(part.chunk for part in parts[1:])


async def test_an_original_comes_back_unharmed_in_chunks(house: House) -> None:
    document_id = house.accept(LONG, title="long")
    info, data = await download(house, id=document_id)
    assert data == LONG.encode()
    assert (info.filename, info.mime_type, info.size_bytes) == ("letter.txt", "text/plain", len(data))
    assert info.sha256 == house.store.documents.get(DocumentId(int(document_id))).sha256
    assert await download(house, id=document_id, kind=pb.FILE_KIND_ORIGINAL) == (info, data)


@pytest.mark.parametrize("offset", [0, 1, CHUNK_BYTES, len(LONG) - 1, len(LONG)])
async def test_a_download_goes_on_from_any_offset(house: House, offset: int) -> None:
    info, data = await download(house, id=house.accept(LONG, title="long"), offset=offset)
    assert data == LONG.encode()[offset:]
    assert info.size_bytes == len(LONG)


@pytest.mark.parametrize("most", [1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, len(LONG), len(LONG) + 1, 2**62])
@pytest.mark.parametrize("offset", [0, 7, len(LONG) - 1, len(LONG)])
async def test_a_download_gives_no_more_than_is_asked_for(house: House, offset: int, most: int) -> None:
    document_id = house.accept(LONG, title="long")
    info, data = await download(house, id=document_id, offset=offset, max_bytes=most)
    assert data == LONG.encode()[offset : offset + most]
    assert info.size_bytes == len(LONG)


async def test_a_piece_may_be_of_any_file(house: House) -> None:
    document_id = house.read("letter", "page one", "page two")
    assert (await download(house, id=document_id, kind=pb.FILE_KIND_TEXT, page=2, offset=5, max_bytes=2))[1] == b"tw"
    assert (await download(house, id=document_id, kind=pb.FILE_KIND_PAGE, page=2, max_bytes=4))[1] == b"page"


async def test_an_offset_behind_the_end_is_out_of_range(house: House) -> None:
    request = pb.DownloadDocumentRequest(id=house.accept("text"), offset=5, max_bytes=1)
    failure = await failing_stream(house.documents.DownloadDocument(request))
    assert (failure.code, failure.reason, list(failure.violations)) == (grpc.StatusCode.OUT_OF_RANGE, "OUT_OF_RANGE", ["offset"])


@pytest.mark.parametrize(
    ("kind", "reason"),
    [(pb.FILE_KIND_ARCHIVE, "NO_ARCHIVE"), (pb.FILE_KIND_THUMBNAIL, "NO_THUMBNAIL"), (pb.FILE_KIND_TEXT, "NO_TEXT")],
)
async def test_a_file_that_a_document_has_not_is_not_found(house: House, kind: pb.FileKind.ValueType, reason: str) -> None:
    failure = await failing_stream(house.documents.DownloadDocument(pb.DownloadDocumentRequest(id=house.accept("text"), kind=kind)))
    assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, reason)


async def test_archive_and_thumbnail_come_under_their_own_names(house: House) -> None:
    document_id = house.accept("text")
    house.bind(house.work(), b"%PDF-archive")
    house.store.data.thumbnail_file(DocumentId(int(document_id))).write_bytes(b"RIFFwebp")
    archive, data = await download(house, id=document_id, kind=pb.FILE_KIND_ARCHIVE)
    assert (archive.filename, archive.mime_type, archive.sha256, data) == ("letter.pdf", "application/pdf", "", b"%PDF-archive")
    thumbnail, data = await download(house, id=document_id, kind=pb.FILE_KIND_THUMBNAIL)
    assert (thumbnail.filename, thumbnail.mime_type, data) == ("letter.webp", "image/webp", b"RIFFwebp")


async def test_text_comes_whole_with_form_feeds_or_by_the_page(house: House) -> None:
    document_id = house.accept("text")
    house.work(pages=["Seite eins", "Seite zwei – ü"])
    info, data = await download(house, id=document_id, kind=pb.FILE_KIND_TEXT)
    assert data.decode() == "Seite eins\fSeite zwei – ü"
    assert (info.filename, info.mime_type, info.size_bytes) == ("letter.txt", "text/plain; charset=utf-8", len(data))
    assert (await download(house, id=document_id, kind=pb.FILE_KIND_TEXT, page=2))[1].decode() == "Seite zwei – ü"
    request = pb.DownloadDocumentRequest(id=document_id, kind=pb.FILE_KIND_TEXT, page=3)
    assert (await failing_stream(house.documents.DownloadDocument(request))).code is grpc.StatusCode.OUT_OF_RANGE


async def test_a_page_is_drawn_from_the_archive_once_there_is_one(house: House) -> None:
    document_id = house.accept("text")
    job = house.work(pages=["one", "two"])
    info, data = await download(house, id=document_id, kind=pb.FILE_KIND_PAGE, page=2)
    assert (info.filename, info.mime_type, data) == ("letter-2.webp", "image/webp", b"page 2 of .txt")
    house.bind(job, b"%PDF-archive")
    assert (await download(house, id=document_id, kind=pb.FILE_KIND_PAGE, page=1))[1] == b"page 1 of .pdf"
    assert [order.mime_type for order in house.binder.rendered] == ["text/plain", "application/pdf"]
    for page in (0, 3):
        request = pb.DownloadDocumentRequest(id=document_id, kind=pb.FILE_KIND_PAGE, page=page)
        failure = await failing_stream(house.documents.DownloadDocument(request))
        assert (failure.code, list(failure.violations)) == (grpc.StatusCode.OUT_OF_RANGE, ["page"])


async def test_an_archive_of_an_earlier_version_is_given_out_no_more(house: House) -> None:
    document_id = house.accept("text")
    house.store.data.archive_file(DocumentId(int(document_id))).write_bytes(b"%PDF of an earlier version")
    failure = await failing_stream(house.documents.DownloadDocument(pb.DownloadDocumentRequest(id=document_id, kind=pb.FILE_KIND_ARCHIVE)))
    assert failure.reason == "NO_ARCHIVE"
    house.work(pages=["one"])
    assert (await download(house, id=document_id, kind=pb.FILE_KIND_PAGE, page=1))[1] == b"page 1 of .txt"


async def test_an_original_that_is_gone_is_data_loss(house: House) -> None:
    document_id = house.accept("text")
    house.store.originals.path(house.store.documents.get(DocumentId(int(document_id)))).unlink()
    failure = await failing_stream(house.documents.DownloadDocument(pb.DownloadDocumentRequest(id=document_id)))
    assert (failure.code, failure.reason) == (grpc.StatusCode.DATA_LOSS, "ORIGINAL_MISSING")


def open_files(folder: Path) -> list[str]:
    """List what this process holds open below a folder."""
    links = [link.readlink() for link in Path("/proc/self/fd").iterdir() if link.is_symlink()]
    return [str(link) for link in links if str(link).startswith(str(folder))]


async def test_a_download_that_is_cancelled_lets_go_of_its_file_within_a_second(house: House) -> None:
    document_id = house.accept("x" * 30_000_000, title="long")  # more than the windows of the connection hold
    stream = house.documents.DownloadDocument(pb.DownloadDocumentRequest(id=document_id))
    assert (await stream.read()).HasField("info")
    assert open_files(house.store.data.originals)
    stream.cancel()
    async with asyncio.timeout(1):
        while open_files(house.store.data.originals):  # a descriptor tells nobody when it closes
            await asyncio.sleep(0.01)
    samples = {
        sample.labels["code"]
        for metric in house.registry.collect()
        for sample in metric.samples
        if "Download" in sample.labels.get("method", "")
    }
    assert samples == {"CANCELLED"}
