"""Uploads and downloads, by the SDK and by the command line."""

import hashlib
import json
import random
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

import scriba
from scriba.v1.documents_pb2 import DocumentState, FileKind, GetUploadRequest, UploadDocumentRequest
from tests.end_to_end.person import Person, refusal
from tests.ocr.papers import scan_pdf

CHUNK = 64 * 1024


def test_an_upload_is_read_and_its_bytes_again_are_a_duplicate(person: Person) -> None:
    paper = scan_pdf("a receipt for a bicycle")
    answer = person.client.upload(BytesIO(paper), filename="bicycle.pdf", title="Bicycle", tags=["shop", "2024"], created_date="2024-05-06")
    job = person.wait(answer.job_id)
    document = person.look(answer.document.id)
    assert (answer.duplicate, job.step, job.pages_done, job.pages_total) == (False, "ready", 1, 1)
    assert (document.title, sorted(document.tags), document.created_date) == ("Bicycle", ["2024", "shop"], "2024-05-06")
    assert document.state == DocumentState.DOCUMENT_STATE_READY
    again = person.upload("another name.pdf", paper)
    assert (again.duplicate, again.job_id, again.document.id) == (True, "", document.id)
    assert person.finds("bicycle") == [document.id]


def test_the_command_uploads_waits_and_tells(person: Person, tmp_path: Path) -> None:
    file = tmp_path / "umbrella.pdf"
    file.write_bytes(scan_pdf("an umbrella was left", "in the waiting room"))
    typed = person.type("upload", str(file), "--wait", "--tag", "lost", "--json")
    document = json.loads(typed.out)["document"]
    assert (typed.code, document["state"], document["page_count"], document["tags"]) == (0, "DOCUMENT_STATE_READY", 2, ["lost"])
    assert document["sha256"] == hashlib.sha256(file.read_bytes()).hexdigest()
    progress = [line.split("job ")[1] for line in typed.err.splitlines() if line.startswith("job ")]
    assert any(" read " in line for line in progress)
    assert "succeeded" in progress[-1]
    again = person.type("upload", str(file), "--json")
    assert (again.code, json.loads(again.out)["duplicate"], json.loads(again.out)["document"]["id"]) == (0, True, document["id"])


def test_waiting_for_a_file_that_cannot_be_read_ends_with_1_and_words(person: Person, tmp_path: Path) -> None:
    file = tmp_path / "nonsense.pdf"
    file.write_bytes(b"%PDF-1.4 nonsense of a special kind")
    typed = person.type("upload", str(file), "--wait")
    assert typed.code == 1
    assert "damaged" in typed.err or "not a PDF" in typed.err
    assert "Traceback" not in typed.err


def test_an_upload_cut_in_the_middle_goes_on_where_it_stood(person: Person) -> None:
    content = b"the marmalade ledger\n" + "".join(f"line {number} of it\n" for number in range(40_000)).encode()
    name = scriba.new_request_id()
    half = len(content) // 2
    with pytest.raises(scriba.Error):
        person.client.documents.UploadDocument(broken_off(person, name, content, half))
    received = arrived(person, name)
    assert 0 < received <= half
    sent: list[int] = []
    answer = person.client.upload(
        BytesIO(content), filename="ledger.txt", request_id=name, on_progress=lambda passed, _: sent.append(passed)
    )
    assert min(sent) > received
    person.wait(answer.job_id)
    assert person.finds("marmalade") == [answer.document.id]
    assert person.take(answer.document.id) == content


def test_other_bytes_than_promised_are_refused(person: Person) -> None:
    with pytest.raises(scriba.Error) as refused:
        person.client.documents.UploadDocument(parts(scriba.new_request_id(), b"not what was promised", None, sha256="0" * 64))
    assert refusal(refused.value)[0] == "Aborted"


def test_every_kind_of_file_is_downloaded(person: Person, tmp_path: Path) -> None:
    paper = scan_pdf("the violin", "the trombone")
    document = person.put("orchestra.pdf", paper)
    assert person.take(document.id) == paper
    archive = person.take(document.id, FileKind.FILE_KIND_ARCHIVE)
    assert (archive[:5], archive != paper) == (b"%PDF-", True)
    assert ["violin" in page for page in person.text(document.id).split("\f")] == [True, False]
    assert "trombone" in person.take(document.id, FileKind.FILE_KIND_TEXT, page=2).decode()
    for kind, page in ((FileKind.FILE_KIND_THUMBNAIL, 0), (FileKind.FILE_KIND_PAGE, 2)):
        with Image.open(BytesIO(person.take(document.id, kind, page))) as image:
            assert image.format == "WEBP"
    with pytest.raises(scriba.OutOfRange):
        person.take(document.id, FileKind.FILE_KIND_PAGE, 3)
    typed = person.type("download", document.id, "--archive", "-o", str(tmp_path / "out.pdf"))
    assert (typed.code, (tmp_path / "out.pdf").read_bytes()) == (0, archive)


def test_a_large_upload_arrives_whole(person: Person) -> None:
    content = random.Random(1).randbytes(20 * 1024 * 1024)
    answer = person.upload("noise.bin", content)
    assert answer.document.sha256 == hashlib.sha256(content).hexdigest()
    assert person.take(answer.document.id) == content


def arrived(person: Person, name: str) -> int:
    """Ask how much of an upload is there; nothing of one that the server has not heard of."""
    try:
        return person.client.documents.GetUpload(GetUploadRequest(request_id=name)).received_bytes
    except scriba.NotFound:
        return 0


def broken_off(person: Person, name: str, content: bytes, until: int) -> Iterator[UploadDocumentRequest]:
    """Send a file up to a byte, and break off when some of it has arrived."""
    yield from parts(name, content, until)
    person.wait_until(lambda: arrived(person, name) > 0)
    raise ConnectionError("the cable was pulled")


def parts(name: str, content: bytes, until: int | None, sha256: str = "") -> Iterator[UploadDocumentRequest]:
    """Send a file up to a byte."""
    start = UploadDocumentRequest.Start(request_id=name, filename="ledger.txt", size_bytes=len(content), sha256=sha256)
    yield UploadDocumentRequest(start=start)
    for offset in range(0, until or len(content), CHUNK):
        yield UploadDocumentRequest(chunk=content[offset : min(offset + CHUNK, until or len(content))])
