"""A file becomes exactly one document, however often and from wherever it comes."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date
from threading import Barrier

import pytest

from actors.store.errors import OriginalMissing
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import Accepted, DocumentState, SourceKey, SourceKind
from actors.store.nouns.jobs import JobKind, JobState
from actors.store.opening import open_store
from actors.store.store import Store
from tests.store.making import START, at, deliver, new_document, staged


def test_an_accepted_file_has_a_document_a_job_and_a_place_in_the_outbox(store: Store) -> None:
    accepted = deliver(store, "letter", title="A letter", tags=("post", "2024"), created_date=date(2024, 2, 29))
    document = store.documents.get(accepted.document_id)
    assert (document.title, document.tags, document.created_date) == ("A letter", ("2024", "post"), date(2024, 2, 29))
    assert (document.state, document.revision, document.added_time) == (DocumentState.ACCEPTED, 2, START)
    assert accepted.job_id is not None
    job = store.jobs.get(accepted.job_id)
    assert (job.document_id, job.kind, job.state, job.label) == (document.id, JobKind.DOCUMENT, JobState.QUEUED, "A letter")
    assert store.outbox.pending(10) == [(document.id, 2)]


def test_the_same_delivery_gets_the_same_answer(store: Store) -> None:
    first = deliver(store, "letter", key="inbox/letter.pdf")
    assert deliver(store, "letter", key="inbox/letter.pdf") == first
    assert store.documents.get(first.document_id).duplicate_count == 0


def test_the_same_bytes_from_elsewhere_are_a_duplicate(store: Store) -> None:
    first = deliver(store, "letter", key="inbox/letter.pdf")
    second = deliver(store, "letter", key="inbox/copy.pdf", now=at(9))
    assert second == Accepted(first.document_id, None, duplicate=True)
    assert deliver(store, "letter", key="inbox/copy.pdf") == second
    document = store.documents.get(first.document_id)
    assert (document.duplicate_count, document.revision, document.update_time) == (1, 2, at(9))
    assert store.documents.count(deleted=False) == 1


def test_the_same_bytes_again_take_a_document_out_of_the_trash(store: Store) -> None:
    first = deliver(store, "letter")
    store.documents.delete(first.document_id, None, START)
    deliver(store, "letter", key="again")
    assert store.documents.get(first.document_id).delete_time is None
    assert (store.documents.count(deleted=False), store.documents.count(deleted=True)) == (1, 0)


def test_the_same_delivery_again_leaves_a_document_in_the_trash(store: Store) -> None:
    first = deliver(store, "letter")
    trashed = store.documents.delete(first.document_id, None, START)
    assert deliver(store, "letter") == first
    assert store.documents.get(first.document_id) == trashed


def test_a_finished_upload_is_found_by_its_request_id(store: Store) -> None:
    assert store.uploads.find("request-1") is None
    new = new_document(b"letter")
    store.originals.put(staged(store, b"letter"), new.sha256, ".pdf")
    accepted = store.documents.accept(new, SourceKey(SourceKind.UPLOAD, "request-1"), START)
    assert store.uploads.find("request-1") == accepted


def test_a_document_without_its_original_is_refused_and_leaves_nothing(store: Store) -> None:
    with pytest.raises(OriginalMissing):
        store.documents.accept(new_document(b"letter"), SourceKey(SourceKind.FOLDER, "letter"), START)
    assert store.documents.count(deleted=False) == 0
    assert store.outbox.pending(1) == []


def test_a_document_is_looked_up_by_its_bytes(store: Store) -> None:
    new = new_document(b"letter")
    assert store.documents.lookup(new.sha256, new.size_bytes) is None
    accepted = deliver(store, "letter")
    assert store.documents.lookup(new.sha256, new.size_bytes) == store.documents.get(accepted.document_id)


def test_a_delivery_may_have_a_key_as_long_as_a_path(store: Store) -> None:
    key = "/".join(["ü" * 120] * 30)
    new = new_document(b"letter")
    store.originals.put(staged(store, b"letter"), new.sha256, ".pdf")
    accepted = store.documents.accept(new, SourceKey(SourceKind.FOLDER, key), START)
    assert store.documents.accept(new, SourceKey(SourceKind.FOLDER, key), START) == accepted


def test_names_of_any_origin_are_stored(store: Store) -> None:
    accepted = deliver(store, "letter", title="nul \0, not UTF-8 \udcff, astral \U0001f4c4", tags=("ta\0g",))
    document = store.documents.get(accepted.document_id)
    assert (document.title, document.tags) == ("nul , not UTF-8 \ufffd, astral \U0001f4c4", ("tag",))


def test_the_same_bytes_at_the_same_moment_are_one_document(store: Store, url: str, data: DataDir) -> None:
    stores = [open_store(url, data) for _ in range(4)]
    start = Barrier(20)

    def bring(number: int) -> Accepted:
        mine = stores[number % len(stores)]
        start.wait()
        return deliver(mine, "letter", key=f"copy {number}")

    with ThreadPoolExecutor(20) as threads:
        answers = list(threads.map(bring, range(20)))
    for opened in stores:
        opened.close()
    assert sorted(answer.duplicate for answer in answers) == [False] + [True] * 19
    assert {answer.document_id for answer in answers} == {answers[0].document_id}
    assert store.documents.get(answers[0].document_id).duplicate_count == 19
    assert store.documents.count(deleted=False) == 1
