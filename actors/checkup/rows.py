"""Whether the rows of the database agree with each other."""

import base64
from collections.abc import Iterator
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Table, delete, func, select, update
from sqlalchemy.orm import Session

from actors.checkup.findings import MENDED, Finding, Kind, Outcome, Treated
from actors.checkup.messages import CheckOrder
from actors.checkup.quarantine import Quarantine
from actors.checkup.queueing import at_work, read_again
from actors.checkup.subject import Plain
from actors.store.access import totals
from actors.store.nouns.archive import DocumentForm, DocumentId, DocumentState
from actors.store.nouns.jobs import JobState
from actors.store.nouns.pages import PageState
from actors.store.rows import counters
from actors.store.rows.archive import Base, CounterRow, DocumentRow, JobRow, PageRow
from actors.store.store import Store

_ROWS_AT_ONCE = 500
_CLASS = "class of access "
_OF_DOCUMENTS = ("jobs", "pages", "document_tags", "document_origins", "document_versions", "sides", "sources")


class Rows(Plain):
    """Counts what is counted elsewhere, and looks for rows whose document is gone."""

    def __init__(self, store: Store, order: CheckOrder) -> None:
        super().__init__(order)
        self._store = store
        self._quarantine = Quarantine(store.data)

    def total(self) -> int:
        """Count the documents, those in the trash too."""
        return self._store.documents.count(deleted=False) + self._store.documents.count(deleted=True)

    def look(self) -> Iterator[Finding | int]:
        """Look at the pages of each document, at the counters, and at rows without a document."""
        after = DocumentId(0)
        ids = select(DocumentRow.id).order_by(DocumentRow.id).limit(_ROWS_AT_ONCE)
        while True:
            with self._store.database.read() as session:
                block = session.scalars(ids.where(DocumentRow.id > after)).all()
                found = wrong_pages(session, DocumentId(block[0]), DocumentId(block[-1])) if block else []
            yield from found
            if not block:
                break
            yield len(block)
            after = DocumentId(block[-1])
        with self._store.database.read() as session:
            found = [*wrong_counters(session), *wrong_totals(session), *orphans(session)]
        yield from found

    def confirm(self, session: Session, suspect: Finding, now: datetime) -> bool:  # noqa: ARG002  # the port's signature
        """Count again."""
        if suspect.kind is Kind.COUNTER_WRONG:
            return suspect.evidence in {found.evidence for found in [*wrong_counters(session), *wrong_totals(session)]}
        if suspect.kind is Kind.ROW_ORPHANED:
            return suspect in orphans(session, suspect.evidence)
        one = DocumentId(suspect.document_id or 0)
        return suspect in wrong_pages(session, one, one)

    def mend(self, session: Session, finding: Finding, now: datetime) -> Treated:
        """Set a count right, read a document again, or put rows aside."""
        if finding.kind is Kind.COUNTER_WRONG:
            if finding.evidence.startswith(_CLASS):
                totals.set_right(session, int(finding.evidence.removeprefix(_CLASS)))
                return MENDED
            right = counted(session)[finding.evidence]
            session.execute(update(CounterRow).where(CounterRow.name == finding.evidence).values(value=right))
            return MENDED
        document_id = DocumentId(finding.document_id or 0)
        if finding.kind is not Kind.ROW_ORPHANED:
            return read_again(session, self._store.originals, document_id, now)
        table = Base.metadata.tables[finding.evidence]
        place = ""
        for row in session.execute(select(table).where(table.c.document_id == document_id)).mappings().all():
            place = self._quarantine.relative(self._quarantine.take_row(table.name, _plain(row), finding, now))
        session.execute(delete(table).where(table.c.document_id == document_id))
        return Treated(Outcome.QUARANTINED, place)


def wrong_pages(session: Session, first: DocumentId, last: DocumentId) -> list[Finding]:
    """Tell which documents of a range are ready, at rest, and have other pages than they should."""
    pending = func.count().filter(PageRow.state == PageState.PENDING)
    sums = select(PageRow.document_id, func.count(), pending).where(PageRow.document_id.between(first, last)).group_by(PageRow.document_id)
    pages = {document_id: (count, unread) for document_id, count, unread in session.execute(sums)}
    # One that others replaced before it was read is read when it comes out of the trash.
    replaced = (DocumentRow.form == DocumentForm.REPLACED) & DocumentRow.trashed
    at_rest = DocumentRow.id.between(first, last) & (DocumentRow.state == DocumentState.READY) & ~replaced
    busy = at_work(session, first, last)
    found = []
    for document_id, page_count in session.execute(select(DocumentRow.id, DocumentRow.page_count).where(at_rest)):
        count, unread = pages.get(document_id, (0, 0))
        if document_id in busy or (count == page_count and not unread):
            continue
        if count != page_count:
            found.append(Finding(Kind.PAGES_MISCOUNTED, DocumentId(document_id), "", f"{count} pages are there, {page_count} are counted"))
        elif not _was_cancelled(session, document_id):
            found.append(Finding(Kind.PAGES_UNREAD, DocumentId(document_id), "", f"{unread} of {count} pages"))
    return found


def _was_cancelled(session: Session, document_id: int) -> bool:
    """Tell whether a person has taken back the wish to read a document again: its pages then wait for another."""
    newest = select(JobRow.state).where(JobRow.document_id == document_id).order_by(JobRow.id.desc()).limit(1)
    return session.scalars(newest).first() is JobState.CANCELLED


def counted(session: Session) -> dict[str, int]:
    """Count what counters count."""
    kept = counters.value(session, counters.JOB_CHANGE)
    return {
        counters.LIVE: _count(session, DocumentRow.trashed.is_(False)),
        counters.TRASHED: _count(session, DocumentRow.trashed.is_(True)),
        # Purged jobs took their numbers with them, so more is right as well.
        counters.JOB_CHANGE: max(kept, session.scalars(select(func.max(JobRow.change))).one() or 0),
    }


def _count(session: Session, which: ColumnElement[bool]) -> int:
    return session.scalars(select(func.count()).select_from(DocumentRow).where(which)).one()


def wrong_counters(session: Session) -> list[Finding]:
    """Compare each counter with what it counts."""
    kept = {name: counters.value(session, name) for name in counters.COUNTERS}
    return [
        Finding(Kind.COUNTER_WRONG, None, "", f"{name} is {kept[name]}, counted are {right}", name)
        for name, right in counted(session).items()
        if kept[name] != right
    ]


def wrong_totals(session: Session) -> list[Finding]:
    """Compare how many documents each class of access is said to have with how many it has, outside the trash and in it."""
    right = totals.counted(session)
    return [
        Finding(
            Kind.COUNTER_WRONG,
            None,
            "",
            "{}{} has {} documents and {} in the trash, counted are {} and {}".format(_CLASS, one, *kept, *right[one]),
            f"{_CLASS}{one}",
        )
        for one, kept in totals.kept(session).items()
        if kept != right[one]
    ]


def orphans(session: Session, *names: str) -> list[Finding]:
    """List the documents that are gone and have rows in a table all the same."""
    found = []
    for name in names or _OF_DOCUMENTS:
        table: Table = Base.metadata.tables[name]
        gone = table.c.document_id.is_not(None) & table.c.document_id.not_in(select(DocumentRow.id))
        numbers = session.scalars(select(table.c.document_id).where(gone).distinct().order_by(table.c.document_id))
        found += [Finding(Kind.ROW_ORPHANED, DocumentId(number), "", f"in the table {name}", name) for number in numbers]
    return found


def _plain(row: Any) -> dict[str, Any]:
    return {name: base64.b64encode(value).decode() if isinstance(value, bytes) else value for name, value in row.items()}
