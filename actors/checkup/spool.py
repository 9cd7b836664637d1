"""Whether files lie about that nothing will ask for again."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.checkup.findings import Finding, Kind, Outcome, Treated
from actors.checkup.messages import CheckOrder
from actors.checkup.quarantine import Quarantine
from actors.checkup.queueing import at_work
from actors.checkup.subject import Plain
from actors.store.nouns.archive import DocumentId, DocumentState
from actors.store.rows.archive import DocumentRow, LeftoverRow
from actors.store.store import Store

LEFT_OVER_AFTER = timedelta(days=1)
# Unfinished uploads are kept for a week, and the daemon removes them at its start.
UPLOAD_AFTER = timedelta(days=8)


class LooseFiles(Plain):
    """Looks into the spool, and for made files whose documents are gone."""

    def __init__(self, store: Store, order: CheckOrder, now: datetime) -> None:
        super().__init__(order)
        self._store = store
        self._now = now
        self._quarantine = Quarantine(store.data)

    def total(self) -> int:
        """Count the folders."""
        return len(self._folders())

    def look(self) -> Iterator[Finding | int]:
        """Look at everything that is old enough."""
        for folder, age, suffix in self._folders():
            for path in sorted(folder.iterdir()):
                if self._is_old(path, age, self._now):
                    yield self._suspect(path, suffix)
            yield 1

    def confirm(self, session: Session, suspect: Finding, now: datetime) -> bool:
        """See that the file is as old as it was, and that no document needs it."""
        path = self._store.data.root / suspect.path
        age = next(age for folder, age, _ in self._folders() if folder == path.parent)
        if not self._is_old(path, age, now):
            return False
        return suspect.document_id is None or not self._is_needed(session, suspect.document_id, path.parent)

    def mend(self, session: Session, finding: Finding, now: datetime) -> Treated:  # noqa: ARG002  # the port's signature
        """Put it aside."""
        place = self._quarantine.take(self._store.data.root / finding.path, finding, now)
        return Treated(Outcome.QUARANTINED, self._quarantine.relative(place))

    def _folders(self) -> list[tuple[Path, timedelta, str | None]]:
        """List folders, the age at which what lies there counts, and the suffix behind a document's id, if files are named for it."""
        data = self._store.data
        return [
            (data.incoming, LEFT_OVER_AFTER, None),
            (data.uploads, UPLOAD_AFTER, None),
            (data.pages, LEFT_OVER_AFTER, ""),
            (data.unlocked, LEFT_OVER_AFTER, ".pdf"),
            (data.archive, LEFT_OVER_AFTER, ".pdf"),
            (data.thumbnails, LEFT_OVER_AFTER, ".webp"),
        ]

    def _suspect(self, path: Path, suffix: str | None) -> Finding:
        name = self._quarantine.relative(path)
        number = path.name.removesuffix(suffix) if suffix is not None and path.name.endswith(suffix) else ""
        if number.isascii() and number.isdigit():
            return Finding(Kind.FILE_EXTRA, DocumentId(int(number)), name)
        return Finding(Kind.LEFT_OVER, None, name)

    def _is_needed(self, session: Session, document_id: DocumentId, folder: Path) -> bool:
        if session.scalars(select(LeftoverRow.document_id).where(LeftoverRow.document_id == document_id)).first() is not None:
            return True  # its purge is about to remove it
        row = session.get(DocumentRow, document_id)
        if row is None:
            return False
        if folder in (self._store.data.archive, self._store.data.thumbnails):
            return True
        return row.state is not DocumentState.READY or bool(at_work(session, document_id, document_id))

    def _is_old(self, path: Path, age: timedelta, now: datetime) -> bool:
        try:
            return now.timestamp() - path.lstat().st_mtime >= age.total_seconds()
        except FileNotFoundError:
            return False
