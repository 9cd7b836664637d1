"""Notes, and who gave documents what, through the real server."""

import grpc
import pytest
from google.protobuf.field_mask_pb2 import FieldMask

from actors.store.nouns.archive import DocumentId
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from scriba.v1 import assignments_pb2, documents_pb2
from scriba.v1 import notes_pb2 as pb
from tests.service.house import NOW, House, failing


async def write(house: House, document_id: str, text: str) -> pb.Note:
    answer: pb.CreateNoteResponse = await house.notes.CreateNote(pb.CreateNoteRequest(document_id=document_id, text=text))
    return answer.note


async def notes(house: House, document_id: str) -> list[pb.Note]:
    answer: pb.ListNotesResponse = await house.notes.ListNotes(pb.ListNotesRequest(document_id=document_id))
    return list(answer.notes)


async def assignments(house: House, document_id: str) -> list[assignments_pb2.Assignment]:
    request = assignments_pb2.ListAssignmentsRequest(document_id=document_id)
    answer: assignments_pb2.ListAssignmentsResponse = await house.assignments.ListAssignments(request)
    return list(answer.assignments)


async def undo(house: House, document_id: str, assignment_id: str) -> None:
    await house.assignments.UndoAssignment(assignments_pb2.UndoAssignmentRequest(document_id=document_id, id=assignment_id))


def propose(house: House, document_id: str, *proposals: Proposal) -> None:
    """Give a document values as a machine does."""
    house.store.assignments.propose(DocumentId(int(document_id)), proposals, NOW)


async def get(house: House, document_id: str) -> documents_pb2.Document:
    answer: documents_pb2.GetDocumentResponse = await house.documents.GetDocument(documents_pb2.GetDocumentRequest(id=document_id))
    return answer.document


async def test_a_note_tells_who_wrote_it(house: House) -> None:
    document = house.accept("text")
    first = await write(house, document, "  Ask Ada.\nThen file it. ")
    assert (first.author, first.text, first.create_time.ToJsonString()) == ("local", "Ask Ada.\nThen file it.", "2026-11-25T12:00:00Z")
    house.tokens.name = "ada"
    second = await write(house, document, "Filed.")
    assert second.author == "ada"
    assert await notes(house, document) == [first, second]


async def test_notes_are_changed_and_removed_and_the_index_hears_of_each(house: House) -> None:
    document = house.accept("text")
    before = (await get(house, document)).etag
    one, two = await write(house, document, "one"), await write(house, document, "two")
    changed = (await house.notes.UpdateNote(pb.UpdateNoteRequest(document_id=document, id=one.id, text="uno"))).note
    assert [note.text for note in await notes(house, document)] == ["uno", "two"]
    await house.notes.DeleteNote(pb.DeleteNoteRequest(document_id=document, id=two.id))
    assert await notes(house, document) == [changed]
    assert house.index.applied == 4
    assert (await get(house, document)).etag != before


async def test_a_note_of_another_document_is_not_found(house: House) -> None:
    document, other = house.accept("text"), house.accept("other")
    note = await write(house, document, "one")
    calls = {
        "NOTE_NOT_FOUND": house.notes.DeleteNote(pb.DeleteNoteRequest(document_id=other, id=note.id)),
        "DOCUMENT_NOT_FOUND": house.notes.ListNotes(pb.ListNotesRequest(document_id="99")),
    }
    for reason, call in calls.items():
        failure = await failing(call)
        assert (failure.code, failure.reason) == (grpc.StatusCode.NOT_FOUND, reason)
    assert (await failing(house.notes.DeleteNote(pb.DeleteNoteRequest(document_id=other, id="x")))).metadata == {"note_id": "'x'"}


@pytest.mark.parametrize("text", ["", "  \n\t ", "\0", "x" * 65_537])
async def test_a_note_without_words_or_with_too_many_is_refused(house: House, text: str) -> None:
    document = house.accept("text")
    failure = await failing(house.notes.CreateNote(pb.CreateNoteRequest(document_id=document, text=text)))
    assert (failure.code, list(failure.violations)) == (grpc.StatusCode.INVALID_ARGUMENT, ["text"])


async def test_every_value_tells_who_gave_it_and_why(house: House) -> None:
    document = house.accept("text", tags=("inbox",))
    propose(
        house,
        document,
        Proposal(Aspect.CORRESPONDENT, "ACME", Reason(Giver.RULE, "the word 'acme'")),
        Proposal(Aspect.TAG, "bills", Reason(Giver.CLASSIFIER, "like 12 other documents", 0.75)),
    )
    delivered, rule, learned = await assignments(house, document)
    assert (delivered.aspect, delivered.value, delivered.giver) == (assignments_pb2.ASPECT_TAG, "inbox", assignments_pb2.GIVER_DELIVERY)
    assert (rule.value, rule.before, rule.giver, rule.reason) == ("ACME", "", assignments_pb2.GIVER_RULE, "the word 'acme'")
    assert not rule.HasField("score")
    assert (learned.score, learned.time.ToJsonString()) == (0.75, "2026-11-25T12:00:00Z")
    assert (await get(house, document)).correspondent == "ACME"


async def test_an_undone_assignment_gives_the_value_before_back_for_good(house: House) -> None:
    document = house.accept("text")
    by_rule = Proposal(Aspect.CORRESPONDENT, "ACME", Reason(Giver.RULE))
    propose(house, document, by_rule)
    (given,) = await assignments(house, document)
    await undo(house, document, given.id)
    assert ((await get(house, document)).correspondent, house.index.applied) == ("", 1)
    propose(house, document, by_rule)
    assert (await get(house, document)).correspondent == ""
    undone, by_user = await assignments(house, document)
    assert (undone.undone, by_user.giver, by_user.before, by_user.value) == (True, assignments_pb2.GIVER_USER, "ACME", "")


async def test_what_does_not_hold_any_more_cannot_be_undone(house: House) -> None:
    document = house.accept("text")
    propose(house, document, Proposal(Aspect.CORRESPONDENT, "ACME", Reason(Giver.RULE)))
    (given,) = await assignments(house, document)
    change = documents_pb2.Document(id=document, correspondent="Ada")
    await house.documents.UpdateDocument(
        documents_pb2.UpdateDocumentRequest(document=change, update_mask=FieldMask(paths=["correspondent"]))
    )
    request = assignments_pb2.UndoAssignmentRequest(document_id=document, id=given.id)
    failure = await failing(house.assignments.UndoAssignment(request))
    assert (failure.code, failure.reason) == (grpc.StatusCode.FAILED_PRECONDITION, "ASSIGNMENT_UNDONE")
    for text in ("99", "x"):
        missing = assignments_pb2.UndoAssignmentRequest(document_id=document, id=text)
        assert (await failing(house.assignments.UndoAssignment(missing))).reason == "ASSIGNMENT_NOT_FOUND"
