"""A check finds what is wrong and nothing else; repair mends it, and a second check is clean."""

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from actors.checkup.findings import WORDS, Kind
from actors.checkup.messages import Subject
from actors.index.generation import current
from actors.index.writer import GenerationWriter
from actors.store.access import totals
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentId, DocumentState
from actors.store.nouns.jobs import JobKind, JobState
from actors.store.nouns.pages import PageState
from actors.store.nouns.versions import VersionFacts
from actors.store.rows.access import AccessClassRow
from actors.store.rows.archive import CounterRow, DocumentRow, JobRow, PageRow
from daemon.cast.shelf import Shelf
from tests.archives import open_archive
from tests.checkup.archive import NOW, PDF, PICTURE, Shown, age

# What is about files need not be shown on each database.
ON_FILES = pytest.mark.parametrize("url", ["sqlite"], indirect=True)


def test_a_sound_archive_has_no_findings(shown: Shown) -> None:
    assert shown.found() == []


def test_every_kind_of_finding_has_its_words() -> None:
    assert set(WORDS) == set(Kind)


@ON_FILES
def test_a_rotten_original_goes_to_quarantine_and_the_right_bytes_heal_it(shown: Shown) -> None:
    path, document_id = shown.original("hydrant"), shown.documents["hydrant"]
    path.chmod(0o644)
    path.write_bytes(b"hydrunt")
    assert shown.found() == [(Kind.ORIGINAL_CHANGED, document_id)]
    assert shown.repair() == ["quarantined", "needs_person"]
    assert shown.found() == [(Kind.ORIGINAL_MISSING, document_id)]
    assert [kept.read_bytes() for kept in shown.store.data.quarantine.glob("*/*.pdf")] == [b"hydrunt"]
    path.write_bytes(b"hydrant")
    assert shown.found() == [(Kind.ORIGINAL_WRITABLE, document_id)]
    assert shown.repair() == ["mended"]
    assert shown.found() == []


@ON_FILES
def test_swapped_originals_find_their_places(shown: Shown) -> None:
    one, other = shown.original("hydrant"), shown.original("whisky")
    aside = one.with_name("aside")
    one.rename(aside)
    other.rename(one)
    aside.rename(other)
    assert sorted(shown.found()) == sorted((Kind.ORIGINAL_CHANGED, shown.documents[word]) for word in ("hydrant", "whisky"))
    shown.repair()
    assert shown.found() == []
    assert (shown.original("hydrant").read_bytes(), shown.original("whisky").read_bytes()) == (b"hydrant", b"whisky")


@ON_FILES
def test_an_original_under_a_wrong_name_finds_its_place(shown: Shown) -> None:
    path = shown.original("hydrant")
    path.rename(path.with_name("scan.pdf"))
    age(path.with_name("scan.pdf"))
    assert sorted(shown.found()) == [(Kind.ORIGINAL_EXTRA, None), (Kind.ORIGINAL_MISSING, shown.documents["hydrant"])]
    shown.repair()
    assert shown.found() == []
    assert shown.original("hydrant").read_bytes() == b"hydrant"


@ON_FILES
def test_an_original_without_a_row_is_left_alone_until_its_accept_must_have_ended(shown: Shown) -> None:
    extra = shown.original("hydrant").with_name("ab" * 32 + ".pdf")
    extra.write_bytes(b"on its way")
    assert shown.found() == []
    age(extra)
    assert shown.found() == [(Kind.ORIGINAL_EXTRA, None)]


def test_derived_files_are_made_again(shown: Shown) -> None:
    data, ids = shown.store.data, shown.documents
    data.archive_file(ids["hydrant"]).unlink()
    data.archive_file(ids["whisky"]).write_bytes(PDF[:10])
    data.archive_file(ids["invoice"]).write_bytes(PDF + b"%%EOF")
    data.thumbnail_file(ids["invoice"]).unlink()
    data.thumbnail_file(ids["ledger"]).write_bytes(PICTURE[:-1])
    assert shown.found() == [
        (Kind.ARCHIVE_MISSING, ids["hydrant"]),
        (Kind.ARCHIVE_DAMAGED, ids["whisky"]),
        (Kind.ARCHIVE_MISCOUNTED, ids["invoice"]),
        (Kind.THUMBNAIL_MISSING, ids["invoice"]),
        (Kind.THUMBNAIL_DAMAGED, ids["ledger"]),
    ]
    assert shown.repair() == ["queued", "queued", "mended", "mended", "mended"]
    assert shown.found() == []
    shown.work()
    assert shown.found() == []
    assert data.archive_file(ids["whisky"]).read_bytes() == PDF


@ON_FILES
def test_a_preview_that_cannot_be_drawn_is_told_and_asked_for_no_more(shown: Shown) -> None:
    shown.store.data.thumbnail_file(shown.documents["ledger"]).unlink()
    shown.painter.refuses = "the page is black"
    assert shown.repair() == ["mended"]
    shown.work()
    assert shown.found() == []
    assert shown.store.documents.get(shown.documents["ledger"]).warnings[0].code == "NO_THUMBNAIL"


@ON_FILES
def test_a_document_without_its_original_is_not_read_again(shown: Shown) -> None:
    shown.original("hydrant").rename(shown.store.data.root / "backup.pdf")
    shown.store.data.archive_file(shown.documents["hydrant"]).unlink()
    assert shown.repair() == ["needs_person", "needs_person"]
    assert shown.store.documents.get(shown.documents["hydrant"]).state == "ready"


@ON_FILES
def test_what_work_has_left_over_goes_to_quarantine_when_it_is_old(shown: Shown) -> None:
    data = shown.store.data
    left = [data.incoming / "copy", data.unlocked / "77.pdf", data.archive / "78.pdf", data.thumbnails / ".1.webp.part", data.pages / "79"]
    for path in left:
        path.mkdir() if path.name == "79" else path.write_bytes(b"x")
    young = data.incoming / "young"
    young.write_bytes(b"x")
    for path in left:
        age(path)
    assert len(shown.found(Subject.SPOOL)) == len(left)
    assert shown.repair() == ["quarantined"] * len(left)
    assert not any(path.exists() for path in left)
    assert young.exists()
    assert shown.found() == []


@pytest.mark.parametrize("daemon_works", [True, False])
def test_a_document_that_was_just_accepted_is_no_finding(shown: Shown, daemon_works: bool) -> None:
    shown.store.jobs.enqueue(shown.documents["hydrant"], JobKind.DOCUMENT, "again", {}, NOW)
    assert shown.found(daemon_works=daemon_works) == []


def test_the_index_is_compared_with_the_database(shown: Shown) -> None:
    ids = shown.documents
    with GenerationWriter(current(shown.store.data.index)) as writer:  # type: ignore[arg-type]  # there is one
        entry = Shelf(shown.store).for_index([ids["whisky"]])[ids["whisky"]]
        writer.remove([ids["hydrant"]])
        writer.put([replace(entry, revision=1), replace(entry, id=DocumentId(99))])
        writer.commit()
    wrong = [(Kind.INDEX_MISSING, ids["hydrant"]), (Kind.INDEX_STALE, ids["whisky"]), (Kind.INDEX_GHOST, 99)]
    assert shown.found() == wrong
    assert shown.repair() == ["mended"] * 3
    assert shown.found() == []
    shown.apply()
    assert shown.found() == []


@ON_FILES
def test_a_flip_that_tantivy_passes_over_in_silence_is_found(shown: Shown) -> None:
    (part,) = (current(shown.store.data.index)).documents.glob("*.pos")  # type: ignore[union-attr]  # there is one
    content = bytearray(part.read_bytes())
    content[3] ^= 1
    part.write_bytes(content)
    assert shown.found() == [(Kind.INDEX_DAMAGED, None)]
    assert shown.repair() == ["queued"]
    assert shown.found() == []
    shown.work()
    assert shown.found() == []


def test_jobs_and_documents_that_would_wait_for_ever_are_queued(shown: Shown) -> None:
    ids = shown.documents
    jobs = {job.document_id: job.id for job in shown.store.jobs.list([], None, None, 100)}
    with shown.store.database.write() as session:
        long_ago = NOW - timedelta(hours=1)
        changes: dict[str, dict[str, object]] = {
            "hydrant": {"state": JobState.RUNNING, "due_time": long_ago},
            "whisky": {"state": JobState.QUEUED, "due_time": None},
            "invoice": {"due_time": NOW + timedelta(days=1)},
        }
        for word, values in changes.items():
            session.execute(update(JobRow).where(JobRow.id == jobs[ids[word]]).values(**values))
        session.execute(update(DocumentRow).where(DocumentRow.id == ids["ledger"]).values(state=DocumentState.PROCESSING))
    stuck = [(Kind.JOB_STUCK, ids[word]) for word in ("hydrant", "whisky", "invoice")]
    forgotten = [(Kind.DOCUMENT_FORGOTTEN, ids["ledger"])]
    assert shown.found(Subject.JOBS) == stuck + forgotten
    assert shown.found(Subject.JOBS, daemon_works=False) == stuck[1:] + forgotten
    assert shown.repair(Subject.JOBS) == ["queued", "queued", "mended", "queued"]
    shown.work()
    assert shown.found() == []


def test_rows_that_disagree_are_set_right_and_orphans_are_kept_as_json(shown: Shown) -> None:
    ids = shown.documents
    database = shown.store.database
    with database.write() as session:
        session.execute(update(DocumentRow).where(DocumentRow.id == ids["hydrant"]).values(page_count=3))
        session.execute(update(PageRow).where(PageRow.document_id == ids["whisky"]).values(state=PageState.PENDING))
        session.execute(update(CounterRow).where(CounterRow.name == "documents").values(value=77))
    assert shown.found() == [(Kind.PAGES_MISCOUNTED, ids["hydrant"]), (Kind.PAGES_UNREAD, ids["whisky"]), (Kind.COUNTER_WRONG, None)]
    assert shown.repair() == ["queued", "queued", "mended"]
    shown.work()
    assert shown.found() == []


def test_a_class_of_access_that_is_said_to_have_other_documents_is_set_right(shown: Shown) -> None:
    with shown.store.database.write() as session:
        right = totals.kept(session)
        session.execute(update(AccessClassRow).values(live=AccessClassRow.live + 3))
    assert shown.found() == [(Kind.COUNTER_WRONG, None)] * len(right)
    assert set(shown.repair()) == {"mended"}
    assert shown.found() == []
    with shown.store.database.read() as session:
        assert totals.kept(session) == right


def test_rows_without_their_document_are_kept_as_json(tmp_path: Path) -> None:
    data = DataDir(tmp_path / "archive")
    store = open_archive(data)
    shown = Shown(store)
    shown.read("hydrant")
    store.close()
    with closing(sqlite3.connect(data.database)) as raw, raw:
        columns = ", ".join(row[1] for row in raw.execute("PRAGMA table_info(pages)") if row[1] != "document_id")
        raw.execute(f"INSERT INTO pages (document_id, {columns}) SELECT 77, {columns} FROM pages")  # noqa: S608  # names of the table's own
    assert shown.found() == [(Kind.ROW_ORPHANED, 77)]
    assert shown.repair() == ["quarantined"]
    assert shown.found() == []
    (note,) = data.quarantine.glob("*/note.json")
    assert json.loads(note.read_text())["row"]["text"] == "a page with hydrant"


@ON_FILES
def test_the_files_of_earlier_versions_are_looked_at_as_all_are(shown: Shown) -> None:
    store, document = shown.store, shown.documents["hydrant"]
    (store.data.incoming / "new").write_bytes(b"second")
    store.versions.add(document, store.data.incoming / "new", VersionFacts("application/pdf", "scan.pdf", 1, ""), NOW)
    shown.work()
    assert shown.found() == []
    first = store.originals.require(store.versions.get(document, 1).file.sha256)
    first.chmod(0o644)
    assert shown.found() == [(Kind.ORIGINAL_WRITABLE, document)]
    first.write_bytes(b"rotten!")
    assert shown.found() == [(Kind.ORIGINAL_CHANGED, document)]
    first.unlink()
    assert shown.found() == [(Kind.ORIGINAL_MISSING, document)]
    store.documents.delete(document, None, NOW)
    store.documents.purge(document)
    shown.apply()
    assert shown.found() == []
