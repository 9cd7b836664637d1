"""Encrypted and signed PDFs: the original stays as it is, and is read all the same where that can be."""

import pytest

import scriba
from scriba.v1.documents_pb2 import DocumentState, UnlockDocumentRequest
from tests.end_to_end.person import Person
from tests.ocr.papers import digital_pdf, encrypted_pdf, scan_pdf, signed_pdf


def test_an_encrypted_pdf_is_told_and_unlocked_by_its_password(person: Person) -> None:
    paper = encrypted_pdf("the hidden periscope", password="sesame")
    document = person.put("locked.pdf", paper)
    assert document.encrypted
    assert "ENCRYPTED" in [warning.code for warning in document.warnings]
    assert person.finds("periscope") == []
    with pytest.raises(scriba.InvalidArgument):
        person.client.documents.UnlockDocument(UnlockDocumentRequest(id=document.id, password="wrong"))
    typed = person.type("unlock", document.id, stdin="sesame\n")
    assert typed.code == 0
    person.wait(next(person.client.list_jobs(document_id=document.id, limit=1)).id)
    unlocked = person.look(document.id)
    assert (unlocked.state, unlocked.page_count, unlocked.encrypted) == (DocumentState.DOCUMENT_STATE_READY, 1, True)
    assert person.finds("periscope") == [document.id]
    assert (person.take(document.id), unlocked.sha256) == (paper, document.sha256)
    kept = [path for path in person.daemon.data.spool.rglob("*") if path.is_file()]
    assert kept == []


def test_an_encrypted_pdf_without_a_password_to_open_is_read(person: Person) -> None:
    paper = encrypted_pdf("anyone may read the gazette", password="")
    document = person.put("open.pdf", paper)
    assert document.state == DocumentState.DOCUMENT_STATE_READY
    assert person.finds("gazette") == [document.id]
    assert person.take(document.id) == paper


@pytest.mark.parametrize("paper", [digital_pdf("signed by the viscount"), scan_pdf("signed by the baroness")], ids=["digital", "scan"])
def test_a_signed_pdf_is_read_and_gets_no_archive_that_would_break_its_signature(person: Person, paper: bytes) -> None:
    signed = signed_pdf(paper)
    document = person.put("deed.pdf", signed)
    assert (document.state, document.signed, document.has_archive) == (DocumentState.DOCUMENT_STATE_READY, True, False)
    assert "SIGNED" in [warning.code for warning in document.warnings]
    assert document.id in person.finds("viscount OR baroness")
    assert person.take(document.id) == signed


def test_a_pdf_that_is_not_encrypted_needs_no_password(person: Person) -> None:
    document = person.put("plain.pdf", digital_pdf("nothing to hide in the parlour"))
    with pytest.raises(scriba.FailedPrecondition):
        person.client.documents.UnlockDocument(UnlockDocumentRequest(id=document.id, password="sesame"))
