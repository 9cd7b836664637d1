"""What lies in an archive, or came with a mail, becomes documents beside it."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from itertools import pairwise
from zipfile import ZipFile

import pytest

from actors.ocr.errors import DocumentUnreadable
from actors.store.nouns.archive import Document, DocumentChanges, DocumentId, DocumentState, JobId, SourceKey, SourceKind
from actors.store.nouns.jobs import JobKind
from actors.store.store import Store
from tests.pipeline.cast import Stage
from tests.pipeline.following import all_done, documents
from tests.store.making import new_document, staged

ZIP, MAIL = "application/zip", "message/rfc822"
NO_DOCUMENTS = "The files in it are no documents of their own. "


@pytest.fixture(autouse=True)
def nothing_to_read(stage: Stage) -> None:
    stage.binder.pages, stage.binder.own_text, stage.binder.archivable = 1, {1}, False


def take_in(store: Store, content: str, mime_type: str = ZIP, kind: SourceKind = SourceKind.UPLOAD) -> tuple[DocumentId, JobId]:
    """Take in a box of files, given a tag and a correspondent."""
    body, given = content.encode(), DocumentChanges(tags=("tax",), correspondent="Office")
    new = replace(new_document(body), mime_type=mime_type, original_filename=f"{content}.zip", given=given)
    store.originals.put(staged(store, body), new.sha256, ".zip")
    answer = store.documents.accept(new, SourceKey(kind, content), datetime.now(UTC))
    assert answer.job_id is not None
    return answer.document_id, answer.job_id


def zipped(name: str) -> bytes:
    """Give a zip that is another than others."""
    data = BytesIO()
    with ZipFile(data, "w") as file:
        file.writestr(name, b"")
    return data.getvalue()


def told(document: Document) -> list[tuple[str, str]]:
    return [(one.code, one.message) for one in document.warnings]


async def test_each_file_that_can_be_read_is_a_document_with_what_the_archive_was_given(stage: Stage) -> None:
    stage.binder.inner[b"box"] = [("a/letter.txt", b"Dear all"), ("program.bin", b"\0\x01\x02"), ("bill.txt", b"7 EUR")]
    box, _ = take_in(stage.store, "box")
    await all_done(stage)
    parent, *parts = documents(stage.store)
    assert (parent.id, parent.state, parent.delete_time) == (box, DocumentState.READY, None)
    assert told(parent) == [
        ("UNPACKED", f"The files in it are documents of their own: {parts[0].id}, {parts[1].id}."),
        ("NOT_UNPACKED", "Some files in it can't be read and lie in it alone: program.bin."),
    ]
    assert parent.warnings[0].documents == (parts[0].id, parts[1].id)
    assert [(one.original_filename, one.title, one.mime_type, one.state) for one in parts] == [
        ("letter.txt", "letter", "text/plain", DocumentState.READY),
        ("bill.txt", "bill", "text/plain", DocumentState.READY),
    ]
    assert {(one.tags, one.correspondent.name if one.correspondent else "", one.access) for one in parts} == {
        (("tax",), "Office", parent.access)
    }
    assert [stage.store.originals.path(one).read_bytes() for one in parts] == [b"Dear all", b"7 EUR"]
    assert [stage.store.successions.origins(one.id) for one in parts] == [[box], [box]]
    assert list(stage.store.data.pages.iterdir()) == []


async def test_to_read_it_again_makes_no_second_document(stage: Stage) -> None:
    stage.binder.inner[b"box"] = [("letter.txt", b"Dear all")]
    box, _ = take_in(stage.store, "box")
    await all_done(stage)
    before = documents(stage.store)
    stage.store.jobs.enqueue(box, JobKind.DOCUMENT, "again", {}, datetime.now(UTC))
    await all_done(stage)
    after = documents(stage.store)
    assert [(one.id, one.duplicate_count, told(one)) for one in after] == [(one.id, one.duplicate_count, told(one)) for one in before]


async def test_archives_in_archives_are_opened_three_deep(stage: Stage) -> None:
    boxes = [b"box", *(zipped(str(depth)) for depth in range(1, 5))]
    for depth, (outer, inner) in enumerate(pairwise(boxes), 1):
        stage.binder.inner[outer] = [(f"{depth}.zip", inner)]
    take_in(stage.store, "box")
    await all_done(stage)
    found = documents(stage.store)
    assert [one.original_filename for one in found] == ["box.zip", "1.zip", "2.zip", "3.zip"]
    assert told(found[3]) == [
        ("NOT_UNPACKED", "The files in it are no documents of their own. It lies more than 2 deep in other archives.")
    ]


async def test_one_that_does_not_open_is_kept_and_told_of(stage: Stage) -> None:
    stage.binder.unpack_failures = [DocumentUnreadable("It is locked.")]
    take_in(stage.store, "box")
    await all_done(stage)
    (box,) = documents(stage.store)
    assert (box.state, told(box)) == (
        DocumentState.READY,
        [("NOT_UNPACKED", "The files in it are no documents of their own. It is locked.")],
    )


async def test_a_decoder_that_lies_about_sizes_makes_no_document(stage: Stage) -> None:
    stage.binder.inner[b"box"], stage.binder.lie = [("letter.txt", b"Dear all")], 1
    take_in(stage.store, "box")
    await all_done(stage)
    assert len(documents(stage.store)) == 1


@pytest.mark.parametrize(("kind", "count"), [(SourceKind.UPLOAD, 2), (SourceKind.MAIL, 1)])
async def test_the_files_of_a_mail_are_documents_unless_a_rule_has_chosen_of_them(stage: Stage, kind: SourceKind, count: int) -> None:
    stage.binder.inner[b"mail"] = [("letter.txt", b"Dear all")]
    take_in(stage.store, "mail", MAIL, kind)
    await all_done(stage)
    assert len(documents(stage.store)) == count
