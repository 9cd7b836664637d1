"""What has no pages goes its way as the PDF that is made of it, and for its words alone where none can be made."""

from dataclasses import replace
from datetime import UTC, date, datetime

from actors.ocr.errors import DecoderKilled, DecoderStopped, DocumentUnreadable
from actors.ocr.messages import LetterFacts
from actors.store.nouns.archive import DocumentId, DocumentState, JobId, SourceKey, SourceKind
from actors.store.nouns.jobs import JobKind
from actors.store.store import Store
from tests.pipeline.cast import MADE, Stage
from tests.pipeline.following import finished
from tests.store.making import new_document, staged

WORDS_ALONE = "Its pages can't be shown, only the words in it can be searched. "


def mail_accepted(store: Store) -> tuple[DocumentId, JobId]:
    """Take a mail in."""
    body = b"From: a@example.org\r\n\r\nHello"
    new = replace(new_document(body), mime_type="message/rfc822", original_filename="hello.eml")
    store.originals.put(staged(store, body), new.sha256, ".eml")
    answer = store.documents.accept(new, SourceKey(SourceKind.FOLDER, "hello"), datetime.now(UTC))
    assert answer.job_id is not None
    return answer.document_id, answer.job_id


def asked_again(store: Store, document: DocumentId) -> JobId:
    """Have a document read again."""
    return store.jobs.enqueue(document, JobKind.DOCUMENT, "again", {}, datetime.now(UTC))


async def test_the_pdf_is_the_archive_when_nothing_in_it_was_read(stage: Stage) -> None:
    stage.binder.own_text, stage.binder.archivable = {1, 2, 3}, False
    document, job = mail_accepted(stage.store)
    await finished(stage, job)
    done = stage.store.documents.get(document)
    assert (done.state, done.mime_type, done.has_archive, done.warnings) == (DocumentState.READY, "message/rfc822", True, ())
    assert stage.store.data.archive_file(document).read_bytes() == MADE
    assert stage.store.pages.texts(document) == ["own text"] * 3
    assert stage.binder.bound == []
    assert list(stage.store.data.pages.iterdir()) == []


async def test_pictures_in_it_are_read_as_in_any_pdf(stage: Stage) -> None:
    stage.binder.own_text = {1, 2}
    document, job = mail_accepted(stage.store)
    await finished(stage, job)
    assert stage.readers.read_numbers == [3]
    assert stage.store.pages.texts(document) == ["own text", "own text", "text of page 3"]
    assert [(order.mime_type, [page.number for page in order.pages]) for order in stage.binder.bound] == [("application/pdf", [3])]


async def test_without_a_pdf_its_words_are_found_and_a_person_is_told(stage: Stage) -> None:
    stage.binder.own_text, stage.binder.archivable = {1, 2, 3}, False
    stage.binder.conversion_failures = [DocumentUnreadable("It is damaged.")]
    document, job = mail_accepted(stage.store)
    await finished(stage, job)
    done = stage.store.documents.get(document)
    assert (done.state, done.has_archive) == (DocumentState.READY, False)
    assert [(one.code, one.message) for one in done.warnings] == [("NOT_CONVERTED", f"{WORDS_ALONE}It is damaged.")]


async def test_a_killed_converter_is_asked_again_and_a_stopped_one_is_not(stage: Stage) -> None:
    stage.binder.conversion_failures = [DecoderKilled("it was killed")]
    _, job = mail_accepted(stage.store)
    await finished(stage, job)
    assert len(stage.binder.converted) == 2
    stage.binder.conversion_failures = [DecoderStopped("took longer than 300 s"), DecoderStopped("not asked")]
    stage.binder.converted.clear()
    again = asked_again(stage.store, DocumentId(1))
    await finished(stage, again)
    assert len(stage.binder.converted) == 1
    assert [one.message for one in stage.store.documents.get(DocumentId(1)).warnings] == [f"{WORDS_ALONE}took longer than 300 s"]


async def test_to_read_it_again_makes_its_pdf_anew(stage: Stage) -> None:
    stage.binder.own_text, stage.binder.archivable = {1, 2, 3}, False
    document, job = mail_accepted(stage.store)
    await finished(stage, job)
    stage.store.archives.drop(document)
    await finished(stage, asked_again(stage.store, document))
    assert len(stage.binder.converted) == 2
    assert stage.store.data.archive_file(document).read_bytes() == MADE


async def test_what_the_mail_says_of_itself_is_understood(stage: Stage) -> None:
    stage.binder.letter = LetterFacts("Hello", "Erika Muster", "erika@example.org", date(2026, 11, 2))
    _, job = mail_accepted(stage.store)
    await finished(stage, job)
    assert [facts.letter for facts in stage.understanding.asked] == [stage.binder.letter]
