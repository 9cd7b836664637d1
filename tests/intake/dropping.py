"""What tests of the intake do over and over: drop a file, order it in, look at the archive."""

import hashlib
from collections.abc import Callable
from pathlib import Path

from actors.failpoints import Checkpoint, pass_by
from actors.intake.intake import Intake, free_bytes, nobody
from actors.intake.messages import AcceptFile
from actors.intake.ports import Archive, Owner
from actors.intake.settings import IntakeSettings
from actors.store.nouns.archive import Document, DocumentOrder
from actors.store.store import Store
from tests.intake.archive import CountingPipeline, fixed_now


def intake_on(
    store: Store,
    archive: Archive | None = None,
    settings: IntakeSettings | None = None,
    checkpoint: Checkpoint = pass_by,
    free: Callable[[Path], int] = free_bytes,
    pipeline: CountingPipeline | None = None,
    drops_owner: Owner = nobody,
) -> Intake:
    return Intake(
        archive or store,
        store.data.incoming,
        pipeline or CountingPipeline(),
        settings or IntakeSettings(min_free_bytes=0),
        now=fixed_now,
        free=free,
        checkpoint=checkpoint,
        drops_owner=drops_owner,
    )


def dropped(store: Store, name: str = "letter.txt", data: bytes = b"Dear archive") -> Path:
    path = store.data.consume / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(data)
    return path


def order_for(path: Path, folder: Path | None = None, tags: tuple[str, ...] = ()) -> AcceptFile:
    found = path.lstat()
    return AcceptFile(path, folder or path.parent, found.st_size, found.st_mtime_ns, found.st_ino, tags)


def documents_in(store: Store) -> list[Document]:
    return list(store.documents.list(DocumentOrder(), None, 1000, deleted=False))


def original_of(store: Store, document: Document) -> bytes:
    return store.originals.path(document).read_bytes()


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def spool_files(store: Store) -> list[str]:
    return [path.name for path in store.data.spool.rglob("*") if path.is_file()]
