"""Many documents as one zip, through the real server."""

import io
import tracemalloc
import zipfile

import grpc
import pytest

from actors.store.nouns.archive import DocumentChanges, DocumentId
from daemon.service.documents.zip_names import ZipNames
from daemon.service.documents.zipping import zipped
from scriba.v1 import documents_pb2 as pb
from tests.service.house import NOW, House, failing


async def fetched(house: House, *ids: str, content: int = 0) -> zipfile.ZipFile:
    request = pb.DownloadZipRequest(ids=ids, content=content)  # type: ignore[arg-type]  # a number is as good
    body = b"".join([answer.chunk async for answer in house.documents.DownloadZip(request)])
    found = zipfile.ZipFile(io.BytesIO(body))
    assert found.testzip() is None
    return found


async def test_originals_are_named_as_people_would_and_no_two_alike(house: House) -> None:
    one, other, third = (house.accept(text, title="Water / Bill") for text in ("one", "two", "three"))
    house.store.documents.update(DocumentId(int(third)), DocumentChanges(correspondent="Town", created_date=NOW.date()), None, NOW)
    found = await fetched(house, one, other, third, one)
    names = ["Water _ Bill.txt", "Water _ Bill (2).txt", f"{NOW.date()} Town Water _ Bill.txt"]
    assert {each.filename: found.read(each) for each in found.infolist()} == dict(zip(names, (b"one", b"two", b"three"), strict=True))
    assert {each.compress_type for each in found.infolist()} == {zipfile.ZIP_STORED}


async def test_both_lie_in_folders_and_a_document_without_an_archive_gives_its_original(house: House) -> None:
    one = house.accept("one")
    assert (await fetched(house, one, content=pb.ZIP_CONTENT_BOTH)).namelist() == ["originals/one.txt"]
    assert (await fetched(house, one, content=pb.ZIP_CONTENT_ARCHIVES)).namelist() == ["one.txt"]


def test_names_that_differ_in_case_alone_are_alike(house: House) -> None:
    names = ZipNames()
    documents = [house.store.documents.get(DocumentId(int(house.accept(text, title=text)))) for text in ("Bill", "bill", "..")]
    named = [names.name(document, "", ".pdf") for document in documents]
    assert named == ["Bill.pdf", "bill (2).pdf", f"document {documents[2].id}.pdf"]


def test_it_never_holds_more_than_some_chunks(house: House) -> None:
    ids = [DocumentId(int(house.accept(f"{number}" * 4_000_000, title=f"book {number}"))) for number in range(5)]
    tracemalloc.start()
    total = sum(map(len, zipped(house.store, ids, 0)))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert total > 20_000_000
    assert peak < 4_000_000


@pytest.mark.parametrize("request_", [pb.DownloadZipRequest(), pb.DownloadZipRequest(ids=["1"], query="x")])
async def test_it_must_be_said_which(house: House, request_: pb.DownloadZipRequest) -> None:
    failure = await failing(house.documents.DownloadZip(request_).read())
    assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, ["ids"])


async def test_a_missing_document_is_told_before_the_first_byte(house: House) -> None:
    failure = await failing(house.documents.DownloadZip(pb.DownloadZipRequest(ids=[house.accept("one"), "77"])).read())
    assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, "DOCUMENT_NOT_FOUND")
