"""What a household has beside its papers: a scanner that takes one side at a time, and scripts of its own."""

from dataclasses import replace
from datetime import UTC, datetime
from hashlib import sha256
from pathlib import Path

from actors.store.nouns.archive import DocumentId, ScanSide, SourceKey, SourceKind
from actors.store.store import Store
from tests.pipeline.cast import ASSEMBLED, PATIENCE
from tests.store.making import new_document, staged


def drop(store: Store, name: str, pages: int, came_ns: int, folder: str = "anna") -> DocumentId:
    """Accept a scan of one side with so many pages."""
    body = ASSEMBLED + b" page" * pages + name.encode()
    side = ScanSide(sha256(folder.encode()).hexdigest(), came_ns, PATIENCE)
    new = replace(new_document(body, title=name), side=side, original_filename=f"{name}.pdf")
    store.originals.put(staged(store, body), new.sha256, ".pdf")
    return store.documents.accept(new, SourceKey(SourceKind.FOLDER, name), datetime.now(UTC)).document_id


def script(folder: Path, *lines: str) -> Path:
    """Write a script of a shell."""
    written = folder / "script.sh"
    written.write_text("\n".join(("#!/bin/sh", *lines)))
    written.chmod(0o700)
    return written
