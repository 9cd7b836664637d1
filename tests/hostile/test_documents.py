"""Documents that are made to do harm end as any other: read, or failed in words; and the daemon goes on with the next."""

import pytest

from scriba.v1.admin_pb2 import Job
from scriba.v1.documents_pb2 import Document, DocumentState
from tests.end_to_end.invariants import work_that_is_stuck
from tests.end_to_end.person import Person
from tests.hostile.papers import MADE

# Each stays far below what one document may take (600 s), so that they all fit into this.
SECONDS = 400
LONGEST_WORDS = 500


@pytest.mark.timeout(SECONDS)
def test_documents_that_mean_harm_are_read_or_fail_in_words_and_hold_up_nothing(person: Person) -> None:
    answers = {name: person.upload(name, make()) for name, make in MADE.items()}
    last = person.upload("the last in the row.txt", b"the last in the row, wordafterharm")
    jobs = {name: person.wait(answer.job_id) for name, answer in answers.items()}
    assert person.wait(last.job_id).error == ""
    assert person.finds("wordafterharm") == [last.document.id]
    documents = {name: person.look(answer.document.id) for name, answer in answers.items()}
    assert [wrong for name, document in documents.items() for wrong in ends_badly(document, jobs[name])] == []
    assert work_that_is_stuck(person, list(documents.values())) == []


def ends_badly(document: Document, job: Job) -> list[str]:
    """Tell what a person would not understand of how a document has ended."""
    words = [job.error, *(warning.message for warning in document.warnings)]
    if document.state == DocumentState.DOCUMENT_STATE_READY:
        return []
    if document.state != DocumentState.DOCUMENT_STATE_FAILED or not job.error or not document.warnings:
        return [f"{document.original_filename}: {document.state} {words}"]
    odd = [each for each in words if not each.isprintable() or len(each) > LONGEST_WORDS or "Traceback" in each or "Error(" in each]
    return [f"{document.original_filename}: {each}" for each in odd]
