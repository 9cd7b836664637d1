"""Documents and jobs for tests, made the way that intake and pipeline make them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from hashlib import sha256
from pathlib import Path

from actors.store.nouns.archive import Accepted, DocumentChanges, DocumentId, NewDocument, SourceKey, SourceKind
from actors.store.nouns.jobs import Job
from actors.store.store import Store

START = datetime(2026, 11, 25, 12, 0, tzinfo=UTC)


def at(seconds: float) -> datetime:
    """Give a moment of the test's clock."""
    return START + timedelta(seconds=seconds)


def staged(store: Store, content: bytes, name: str = "staged") -> Path:
    """Write a file into the spool."""
    path = store.data.incoming / name
    path.write_bytes(content)
    return path


def new_document(content: bytes, title: str = "", tags: tuple[str, ...] = (), created_date: date | None = None) -> NewDocument:
    """Describe a file."""
    return NewDocument(
        sha256=sha256(content).hexdigest(),
        size_bytes=len(content),
        mime_type="application/pdf",
        original_filename="scan.pdf",
        title=title or content.decode(),
        given=DocumentChanges(tags=tags, created_date=created_date),
    )


def deliver(
    store: Store,
    content: str = "letter",
    *,
    key: str = "",
    title: str = "",
    tags: tuple[str, ...] = (),
    created_date: date | None = None,
    asn: int | None = None,
    now: datetime = START,
) -> Accepted:
    """Store an original and accept its document."""
    body = content.encode()
    new = new_document(body, title, tags, created_date)
    new = replace(new, given=replace(new.given, asn=asn))
    store.originals.put(staged(store, body, f"{new.sha256}.{key.replace('/', '_')}"), new.sha256, ".pdf")
    return store.documents.accept(new, SourceKey(SourceKind.FOLDER, key or content), now)


def document_id(store: Store, content: str = "letter", **options: object) -> DocumentId:
    """Deliver a document and give its id."""
    return deliver(store, content, **options).document_id  # type: ignore[arg-type]  # passes deliver's own options on


def leased(store: Store, content: str = "letter", now: datetime = START) -> Job:
    """Deliver a document and lease its job."""
    accepted = deliver(store, content, now=now)
    job = next(job for job in store.jobs.lease("worker", 100, now) if job.id == accepted.job_id)
    assert job.document_id == accepted.document_id
    return job
