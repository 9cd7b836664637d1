"""Changing documents, the trash, and reading again."""

import json

import pytest
from google.protobuf.field_mask_pb2 import FieldMask

import scriba
from scriba.v1.documents_pb2 import (
    DeleteDocumentRequest,
    Document,
    DocumentState,
    OcrMode,
    PurgeDocumentRequest,
    ReprocessDocumentRequest,
    UndeleteDocumentRequest,
    UpdateDocumentRequest,
)
from tests.end_to_end.person import Person
from tests.ocr.papers import Spot, scan_pdf, with_layer


def test_a_new_title_and_tags_are_found_at_once_and_a_stale_change_is_refused(person: Person) -> None:
    document = person.put("ferry.txt", b"timetable of the ferry across the sound")
    changed = Document(id=document.id, etag=document.etag, title="Zanzibar crossing", tags=["travel"])
    order = UpdateDocumentRequest(document=changed, update_mask=FieldMask(paths=["title", "tags"]))
    answer = person.client.documents.UpdateDocument(order).document
    assert (answer.title, list(answer.tags), answer.etag != document.etag) == ("Zanzibar crossing", ["travel"], True)
    assert person.finds("title:zanzibar") == [document.id]
    assert document.id in person.finds("tag:travel")
    with pytest.raises(scriba.Aborted):
        person.client.documents.UpdateDocument(order)
    typed = person.type("edit", document.id, "--title", "Pemba crossing", "--add-tag", "island", "--json")
    assert (typed.code, json.loads(typed.out)["document"]["tags"]) == (0, ["island", "travel"])
    assert (person.finds("title:pemba"), person.finds("title:zanzibar")) == ([document.id], [])
    assert person.finds("tag:island ferry") == [document.id]


def test_an_unknown_path_in_the_mask_is_refused(person: Person) -> None:
    document = person.put("mask.txt", b"the mask of the carnival")
    with pytest.raises(scriba.InvalidArgument):
        person.client.documents.UpdateDocument(
            UpdateDocumentRequest(document=Document(id=document.id, sha256="0" * 64), update_mask=FieldMask(paths=["sha256"]))
        )


def test_a_deleted_document_is_not_found_until_it_is_restored(person: Person) -> None:
    document = person.put("orchid.txt", b"how to water the orchid")
    person.client.documents.DeleteDocument(DeleteDocumentRequest(id=document.id))
    assert person.finds("orchid") == []
    assert document.id in [each.id for each in person.client.list_documents(show_deleted=True)]
    assert person.type("restore", document.id).code == 0
    assert person.finds("orchid") == [document.id]


def test_a_purged_document_is_gone_with_its_files(person: Person) -> None:
    document = person.put("secret.pdf", scan_pdf("the secret recipe of the gherkin"))
    with pytest.raises(scriba.FailedPrecondition):
        person.client.documents.PurgeDocument(PurgeDocumentRequest(id=document.id))
    person.client.documents.DeleteDocument(DeleteDocumentRequest(id=document.id))
    person.client.documents.PurgeDocument(PurgeDocumentRequest(id=document.id))
    with pytest.raises(scriba.NotFound):
        person.look(document.id)
    assert person.finds("gherkin") == []
    data = person.daemon.data
    left = [
        *data.originals.glob(f"*/{document.sha256}*"),
        *data.archive.glob(f"{document.id}.*"),
        *data.thumbnails.glob(f"{document.id}.*"),
    ]
    assert left == []
    with pytest.raises(scriba.NotFound):
        person.client.documents.UndeleteDocument(UndeleteDocumentRequest(id=document.id))


def test_the_bytes_of_a_purged_document_may_come_again(person: Person) -> None:
    content = b"the cucumber comes back"
    document = person.put("again.txt", content)
    person.client.documents.DeleteDocument(DeleteDocumentRequest(id=document.id))
    person.client.documents.PurgeDocument(PurgeDocumentRequest(id=document.id))
    anew = person.put("again.txt", content)
    assert (anew.state, anew.id != document.id) == (DocumentState.DOCUMENT_STATE_READY, True)
    assert person.finds("cucumber") == [anew.id]


def test_reading_again_by_force_replaces_an_older_layer(person: Person) -> None:
    paper = with_layer(scan_pdf("the true word is porcelain"), [Spot("the false word is earthenware", 50, 80, 14)])
    document = person.put("layer.pdf", paper)
    assert (person.finds("earthenware"), person.finds("porcelain")) == ([document.id], [])
    order = ReprocessDocumentRequest(id=document.id, ocr_mode=OcrMode.OCR_MODE_FORCE)
    person.wait(person.client.documents.ReprocessDocument(order).job_id)
    assert (person.finds("earthenware"), person.finds("porcelain")) == ([], [document.id])
    assert person.look(document.id).state == DocumentState.DOCUMENT_STATE_READY
    assert person.take(document.id) == paper
