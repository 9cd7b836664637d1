"""Encrypted and signed PDFs: the original stays as it is, and is read all the same where that can be."""

import json
from collections.abc import Iterator
from contextlib import contextmanager

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


@contextmanager
def workflow(person: Person, name: str, trigger: str, action: str) -> Iterator[None]:
    """Make a workflow, for a while."""
    file = person.daemon.data.root.parent / "workflow.toml"
    file.write_text(f'name = "{name}"\n[[triggers]]\n{trigger}\n[[actions]]\n{action}\n')
    assert person.type("workflows", "create", "--from", str(file)).code == 0
    yield
    assert person.type("workflows", "delete", name, "--yes").code == 0


def version_of(person: Person, name: str) -> int:
    """Tell at which version the document of a file is, 0 where there is none."""
    document = person.find_file(name)
    return 0 if document is None else document.version


def opening(*passwords: str) -> str:
    """Write down that passwords are tried."""
    return f"remove_password = {{ passwords = {json.dumps(passwords)} }}"


@pytest.mark.parametrize("when", ["consumption_started", "document_added"])
def test_a_workflow_takes_the_password_off_and_the_document_is_read_and_found(person: Person, when: str) -> None:
    name, word = (f"statement of {when}.pdf", f"dulcimer{when.replace('_', '')}")
    paper = encrypted_pdf(f"the account of the {word}", password="sesame 17")
    named, says = f'kind = "{when}"\nfilename = "{name}"', f'kind = "document_added"\nmatching = "exact"\npattern = "{word}"'
    by_text = workflow(person, f"file {when}", says, 'assign = { title = "Account" }')
    with workflow(person, f"bank {when}", named, opening("tulip 23", "sesame 17")), by_text:
        person.drop(name, paper)
        person.wait_until(lambda: version_of(person, name) == 2)
        shown = person.type("workflows", "show", f"bank {when}", "--json").out
        document = person.find_file(name)
        assert document is not None
        person.wait(person.job_of(document.id).id)
    assert person.finds(word) == [document.id]
    document = person.look(document.id)
    assert (document.original_filename, document.version, document.version_count, document.encrypted) == (name, 2, 2, False)
    assert document.title == "Account"
    assert "ENCRYPTED" not in [warning.code for warning in document.warnings]
    file = person.daemon.data.root.parent / "came.pdf"
    assert person.type("download", document.id, "--version", "1", "-o", str(file)).code == 0
    assert file.read_bytes() == paper
    assert [word for word in ("tulip 23", "sesame 17") if word in shown + person.daemon.log.read_text()] == []


def test_where_no_password_of_a_workflow_fits_the_document_says_so_and_stays(person: Person) -> None:
    paper = encrypted_pdf("the account of the hurdygurdy", password="sesame 17")
    with workflow(person, "bank, in vain", 'kind = "document_added"\nfilename = "vain.pdf"', opening("tulip 23", "crocus 42")):
        document = person.put("vain.pdf", paper)
        person.wait_until(lambda: "WORKFLOW_FAILED" in [warning.code for warning in person.look(document.id).warnings])
        assert "failed" in person.type("workflows", "show", "bank, in vain").out
        dry = person.type("workflows", "dry-run", "bank, in vain", document.id).out
    told = [warning.message for warning in person.look(document.id).warnings if warning.code == "WORKFLOW_FAILED"]
    assert told == ["The workflow 'bank, in vain': none of the 2 passwords opens the PDF"]
    assert "+ tries 2 passwords on the locked PDF" in dry
    assert (person.look(document.id).version_count, person.take(document.id)) == (1, paper)
    assert [word for word in ("tulip 23", "crocus 42") if word in person.daemon.log.read_text()] == []
