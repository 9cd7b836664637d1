"""Pages are turned, left out, split and merged, and what came in stays."""

import json
from io import BytesIO

import pikepdf
import pypdfium2 as pdfium  # type: ignore[import-untyped]  # pypdfium2 ships no types
import pytest

import scriba
from scriba.v1.admin_pb2 import JobState
from scriba.v1.documents_pb2 import DeleteDocumentRequest, DocumentState, PurgeDocumentRequest
from scriba.v1.versions_pb2 import EditPagesRequest, ListVersionsRequest, TurnedPage
from tests.end_to_end.invariants import files_left_over
from tests.end_to_end.person import Person
from tests.ocr.papers import digital_pdf, encrypted_pdf, lines, picture, scan_pdf, tiff

READY = DocumentState.DOCUMENT_STATE_READY


def page_texts(content: bytes) -> list[str]:
    with pdfium.PdfDocument(content) as pdf:
        return [page.get_textpage().get_text_range().strip() for page in pdf]


def originals(person: Person, *digests: str) -> list[bool]:
    return [bool(list(person.daemon.data.originals.glob(f"*/{digest}*"))) for digest in digests]


def test_an_edit_is_a_version_that_is_found_and_shown_and_the_file_that_came_stays(person: Person) -> None:
    content = digital_pdf("the mandolin of the aunt", "the zither of the uncle", "the ocarina of the niece")
    document = person.put("instruments.pdf", content)
    typed = person.type("pages", "edit", document.id, "--keep", "3,1", "--turn", "1:90")
    assert (typed.code, typed.out, typed.err.splitlines()[-1]) == (0, "", f"document {document.id}, version 2: {document.title} (2 pages)")
    edited = person.look(document.id)
    assert (edited.version, edited.version_count, edited.page_count, edited.state) == (2, 2, 2, READY)
    assert (person.finds("zither"), person.finds("mandolin")) == ([], [document.id])
    assert person.text(document.id).split("\f")[0].strip() == "the ocarina of the niece"
    taken = person.take(document.id)
    with pikepdf.open(BytesIO(taken)) as pdf:
        assert [page.obj.get("/Rotate", 0) for page in pdf.pages] == [0, 90]
    file = person.daemon.data.root.parent / "first.pdf"
    assert person.type("download", document.id, "--version", "1", "-o", str(file)).code == 0
    assert file.read_bytes() == content
    again = person.upload("again.pdf", taken)
    assert (again.duplicate, again.document.id) == (True, document.id)
    assert person.upload("instruments.pdf", content).duplicate


def test_a_version_is_labelled_and_deleted_and_the_document_falls_back(person: Person) -> None:
    document = person.put("fall.pdf", digital_pdf("the first snowfall", "the second snowfall"))
    assert person.type("pages", "edit", document.id, "--drop", "2").code == 0
    newest = person.look(document.id)
    listed = person.type("versions", "list", document.id)
    assert "as it came in" in listed.out
    assert "page 2 left out, now" in listed.out
    assert all(len(line) <= 80 for line in listed.out.splitlines())
    assert "only the first" in person.type("versions", "label", document.id, "2", "only the first").out
    typed = person.type("versions", "delete", document.id, "2", "--json")
    fallen = json.loads(typed.out)
    assert (fallen["version"]["number"], person.wait(fallen["job_id"]).state) == (1, JobState.JOB_STATE_SUCCEEDED)
    now = person.look(document.id)
    assert (now.version, now.version_count, now.page_count, now.sha256) == (1, 1, 2, document.sha256)
    assert originals(person, document.sha256, newest.sha256) == [True, False]
    assert "what came in, and stays" in person.type("versions", "delete", document.id, "1", "--yes").err


def test_a_scan_is_read_again_as_it_is_turned(person: Person) -> None:
    pictures = [picture(lines("the periwinkle blooms")), picture(lines("the foxglove fades"))]
    document = person.put("scan.tiff", tiff(pictures))
    assert person.type("pages", "edit", document.id, "--drop", "2", "--turn", "all:180").code == 0
    edited = person.look(document.id)
    assert (edited.mime_type, edited.original_filename, edited.page_count) == ("application/pdf", "scan.pdf", 1)
    assert (person.finds("periwinkle"), person.finds("foxglove")) == ([document.id], [])


def test_a_document_is_split_and_its_parts_merged(person: Person) -> None:
    document = person.put("batch.pdf", digital_pdf("the heron", "the egret", "the bittern"))
    assert person.type("edit", document.id, "--add-tag", "birds", "--asn", "4711").code == 0
    typed = person.type("pages", "split", document.id, "1", "2-", "--delete", "--json")
    heron, others = json.loads(typed.out)["document_ids"]
    assert [(person.look(one).page_count, list(person.look(one).tags)) for one in (heron, others)] == [(1, ["birds"]), (2, ["birds"])]
    assert person.look(document.id).HasField("delete_time")
    assert (person.finds("heron"), person.finds("bittern")) == ([heron], [others])
    typed = person.type("pages", "merge", f"{others}:2", heron, "--like", heron, "--json")
    (whole,) = json.loads(typed.out)["document_ids"]
    assert page_texts(person.take(whole)) == ["the bittern", "the heron"]
    assert (person.look(whole).title, not person.look(heron).HasField("delete_time")) == (person.look(heron).title, True)


def test_what_cannot_be_edited_says_what_to_do(person: Person) -> None:
    locked = person.put("locked.pdf", encrypted_pdf("secret", password="word"))
    text = person.put("note.txt", b"a note on the armadillo")
    paper = person.put("paper.pdf", digital_pdf("the capybara", "the tapir"))
    for words, code, told in (
        (("pages", "edit", locked.id, "--turn", "1:90"), 1, "locked with a password"),
        (("pages", "edit", text.id, "--turn", "1:90"), 1, "is a text"),
        (("pages", "edit", paper.id, "--keep", "3"), 2, "there is no page 3"),
        (("pages", "edit", paper.id, "--keep", "1-"), 1, "nothing would change"),
        (("pages", "edit", paper.id), 2, "nothing to change"),
        (("pages", "merge", paper.id), 1, "one document alone"),
    ):
        typed = person.type(*words)
        assert (typed.code, told in " ".join(typed.err.split())) == (code, True), typed
    assert person.look(paper.id).version == 1


def test_the_same_order_twice_is_one_version_and_a_purge_takes_all(person: Person) -> None:
    document = person.put("twice.pdf", scan_pdf("the marmot whistles"))
    request = EditPagesRequest(request_id="the-same-order", document_id=document.id, pages=[TurnedPage(number=1, turn=180)], label="turned")
    job_id = person.client.versions.EditPages(request).job_id
    assert person.wait(job_id).state == JobState.JOB_STATE_SUCCEEDED
    person.wait(person.job_of(document.id).id)
    assert person.client.versions.EditPages(request).job_id == job_id
    versions = person.client.versions.ListVersions(ListVersionsRequest(document_id=document.id)).versions
    assert [(one.number, one.label, one.current) for one in versions] == [(1, "", False), (2, "turned", True)]
    person.client.documents.DeleteDocument(DeleteDocumentRequest(id=document.id))
    with pytest.raises(scriba.FailedPrecondition, match="restore it first"):
        person.client.versions.EditPages(
            EditPagesRequest(request_id="another-order", document_id=document.id, pages=[TurnedPage(number=1)])
        )
    person.client.documents.PurgeDocument(PurgeDocumentRequest(id=document.id))
    assert originals(person, *(one.sha256 for one in versions)) == [False, False]
    assert files_left_over(person.daemon.data) == []
