"""The audit as people ask for it: queried, told of one document, and pruned by age."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, delete, select
from sqlalchemy.orm import InstrumentedAttribute, Session

from actors.store.audit.as_json import change_of
from actors.store.audit.deeds import keep, note
from actors.store.database import Database
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.audit import THE_ARCHIVE, Act, AuditEntry, AuditFilter, AuditId, AuditNoun, Author, Change, Deed
from actors.store.nouns.identity import TokenId, UserId
from actors.store.rows.archive import DocumentRow
from actors.store.rows.audit import AuditRow
from actors.store.rows.catalog import LabelRow
from actors.store.rows.revisions import document_row
from actors.store.rows.seeing import viewer_in


class AuditEntries:
    """Keeps the entries, the newest first."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def note(self, deed: Deed) -> None:
        """Note a deed that has no transaction of its own, as whoever the store acts for (`Store.acting`)."""
        with self._database.write() as session:
            note(session, deed)

    def list(self, wanted: AuditFilter, before: AuditId | None, limit: int) -> Sequence[AuditEntry]:
        """List entries, beginning before one."""
        query = select(AuditRow).where(*_conditions(wanted))
        with self._database.read() as session:
            return [entry_of(row) for row in session.scalars(_page(query, before, limit))]

    def history(self, document_id: DocumentId, before: AuditId | None, limit: int) -> tuple[Sequence[AuditEntry], AuditId | None]:
        """List what was done to one document, and where to go on; what names labels or documents that the caller does not see is left out.

        Raises DocumentNotFound.
        """
        query = select(AuditRow).where(AuditRow.noun == AuditNoun.DOCUMENT, AuditRow.subject_id == document_id)
        with self._database.read() as session:
            document_row(session, document_id)
            entries = [entry_of(row) for row in session.scalars(_page(query, before, limit + 1))]
            more = entries[limit - 1].id if len(entries) > limit else None
            told = entries[:limit] if viewer_in(session) is None else _seen(session, entries[:limit])
            return told, more

    def prune(self, moment: datetime, limit: int) -> int:
        """Remove some of the entries that are older than a moment, and count them."""
        old = select(AuditRow.id).where(AuditRow.time < moment).order_by(AuditRow.time).limit(limit)
        with self._database.write() as session:
            return len(session.scalars(delete(AuditRow).where(AuditRow.id.in_(old)).returning(AuditRow.id)).all())

    def tell_pruned(self, moment: datetime, count: int, now: datetime) -> None:
        """Note that entries are gone: how many, and up to when."""
        with self._database.write() as session:
            changes = (Change("entries", before=str(count)), Change("older_than", after=moment.isoformat()))
            keep(session, THE_ARCHIVE, [Deed(Act.PURGED, AuditNoun.AUDIT, changes=changes)], now)


def entry_of(row: AuditRow) -> AuditEntry:
    """Make an entry of its row."""
    author = Author(
        kind=row.author_kind,
        name=row.author_name,
        user=None if row.user_id is None else UserId(row.user_id),
        token=None if row.token_id is None else TokenId(row.token_id),
        token_name=row.token_name,
        address=row.address,
    )
    deed = Deed(row.act, row.noun, row.subject_id, row.subject_name, tuple(change_of(kept) for kept in row.changes))
    return AuditEntry(AuditId(row.id), row.time, author, deed)


def _seen(session: Session, entries: Sequence[AuditEntry]) -> list[AuditEntry]:
    """Leave out the changes that name what a narrowed session does not see, and changes of nothing else."""
    changes = [change for entry in entries for change in entry.deed.changes]
    labels = _there(session, LabelRow.id, (one for change in changes for one in change.labels))
    documents = _there(session, DocumentRow.id, (one for change in changes for one in change.documents))
    told = list[AuditEntry]()
    for entry in entries:
        kept = tuple(one for one in entry.deed.changes if labels.issuperset(one.labels) and documents.issuperset(one.documents))
        if kept or not entry.deed.changes or entry.deed.act is not Act.CHANGED:
            told.append(replace(entry, deed=replace(entry.deed, changes=kept)))
    return told


def _there(session: Session, column: InstrumentedAttribute[int], ids: Iterable[int]) -> set[int]:
    wanted = sorted(set(ids))
    return set(session.scalars(select(column).where(column.in_(wanted)))) if wanted else set()


def _page(query: Select[AuditRow], before: AuditId | None, limit: int) -> Select[AuditRow]:
    if before is not None:
        query = query.where(AuditRow.id < before)
    return query.order_by(AuditRow.id.desc()).limit(limit)


def _conditions(wanted: AuditFilter) -> list[ColumnElement[bool]]:
    conditions: list[ColumnElement[bool] | None] = [
        None if wanted.user is None else AuditRow.user_id == wanted.user,
        None if wanted.act is None else AuditRow.act == wanted.act,
        None if wanted.noun is None else AuditRow.noun == wanted.noun,
        None if wanted.subject is None else AuditRow.subject_id == wanted.subject,
        None if wanted.since is None else AuditRow.time >= wanted.since,
        None if wanted.until is None else AuditRow.time < wanted.until,
    ]
    return [one for one in conditions if one is not None]
