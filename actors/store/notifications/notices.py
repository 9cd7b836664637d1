"""What happened and is to be told: found, kept until it was told, and never told twice."""

from collections.abc import Collection, Iterator, Sequence
from datetime import date, datetime

from sqlalchemy import delete, select, update
from sqlalchemy.orm import Session

from actors.store.database import Database
from actors.store.nouns.archive import DocumentId, DocumentState
from actors.store.nouns.jobs import JobKind
from actors.store.nouns.notifications import Event, Happening, Notice, NoticeId, NotificationId
from actors.store.rows.archive import DocumentRow, JobRow
from actors.store.rows.catalog import FieldRow, FieldValueRow
from actors.store.rows.notifications import NoticeRow, NotificationRow

# In one message; what is beyond follows in the next.
AT_ONCE = 200


class Notices:
    """Keeps happenings for each notification. What a narrowed session finds is what its viewer may see."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def ended_after(self, change: int, limit: int) -> Sequence[tuple[int, DocumentId]]:
        """List which documents' reading has ended after a change of jobs, each with its own, the earliest first; for a whole session."""
        query = select(JobRow.change, JobRow.document_id).where(
            JobRow.change > change, JobRow.kind == JobKind.DOCUMENT, JobRow.due_time.is_(None), JobRow.document_id.is_not(None)
        )
        with self._database.read() as session:
            found = session.execute(query.order_by(JobRow.change).limit(limit))
            return [(number, DocumentId(document_id)) for number, document_id in found if document_id is not None]

    def states_of(self, documents: Collection[DocumentId]) -> Sequence[tuple[DocumentId, DocumentState, bool]]:
        """Tell of documents how they are, and whether they have warnings; not of those in the trash."""
        live = DocumentRow.trashed == False  # noqa: E712  # SQL, not Python
        query = select(DocumentRow.id, DocumentRow.state, DocumentRow.warnings).where(DocumentRow.id.in_(sorted(documents)), live)
        with self._database.read() as session:
            found = session.execute(query.order_by(DocumentRow.id))
            return [(DocumentId(document_id), state, bool(warnings)) for document_id, state, warnings in found]

    def due_within(self, first: date, last: date, limit: int) -> Sequence[Happening]:
        """List the dates in custom fields between two days, both included, the earliest first."""
        live = DocumentRow.trashed == False  # noqa: E712  # SQL, not Python
        query = (
            select(FieldValueRow.document_id, FieldRow.id, FieldRow.name, FieldValueRow.day)
            .join(FieldRow, FieldRow.id == FieldValueRow.field_id)
            .join(DocumentRow, DocumentRow.id == FieldValueRow.document_id)
            .where(FieldValueRow.day.between(first, last), live)
            .order_by(FieldValueRow.day, FieldValueRow.document_id)
            .limit(limit)
        )
        with self._database.read() as session:
            return [
                Happening(DocumentId(document_id), Event.DUE, f"{field_id}:{day}", f"{name} {day}")
                for document_id, field_id, name, day in session.execute(query)
            ]

    def new_of(self, notification_id: NotificationId, happenings: Collection[Happening]) -> Sequence[Happening]:
        """Give those of some happenings that are not known yet."""
        with self._database.read() as session:
            known = set(_known(session, notification_id, {one.document for one in happenings}))
        return [one for one in happenings if (one.document, one.event, one.subject) not in known]

    def keep(self, notification_id: NotificationId, happenings: Collection[Happening], due: datetime, seen_change: int) -> int:
        """Keep what is new of some happenings, to be told from a moment on, and note how far jobs were looked at; count what is new.

        Nothing of a notification that is gone.
        """
        with self._database.write() as session:
            row = session.get(NotificationRow, notification_id)
            if row is None:
                return 0
            row.seen_change = max(row.seen_change, seen_change)
            known = set(_known(session, notification_id, {one.document for one in happenings}))
            new = {(one.document, one.event, one.subject): one for one in happenings}
            for key, one in new.items():
                if key not in known:
                    session.add(
                        NoticeRow(
                            notification_id=notification_id,
                            document_id=one.document,
                            event=one.event,
                            subject=one.subject,
                            words=one.words,
                            attempt=0,
                            due_time=due,
                        )
                    )
            return len(new.keys() - known)

    def due(self, notification_id: NotificationId, now: datetime) -> Sequence[Notice]:
        """List what is to be told now, in the order in which it happened."""
        mine = NoticeRow.notification_id == notification_id
        query = select(NoticeRow).where(mine, NoticeRow.due_time <= now).order_by(NoticeRow.id).limit(AT_ONCE)
        with self._database.read() as session:
            return [_notice_of(row) for row in session.scalars(query)]

    def told(self, notification_id: NotificationId, notices: Collection[NoticeId], now: datetime) -> None:
        """Note that some were told."""
        self._settle(notification_id, notices, {"due_time": None}, {"told_time": now, "error": "", "error_time": None})

    def put_off(self, notification_id: NotificationId, notices: Collection[NoticeId], until: datetime) -> None:
        """Wait with some; an attempt that has failed is counted."""
        self._settle(notification_id, notices, {"due_time": until, "attempt": NoticeRow.attempt + 1}, {})

    def give_up(self, notification_id: NotificationId, notices: Collection[NoticeId], words: str, now: datetime) -> None:
        """Note that some could not be told, and why; they are not tried again."""
        self._settle(notification_id, notices, {"due_time": None}, {"error": words, "error_time": now})

    def forget(self, notices: Collection[NoticeId]) -> None:
        """Forget some of which nothing is to be told any more."""
        with self._database.write() as session:
            session.execute(delete(NoticeRow).where(NoticeRow.id.in_(notices)))

    def _settle(
        self, notification_id: NotificationId, notices: Collection[NoticeId], values: dict[str, object], noted: dict[str, object]
    ) -> None:
        ours = {"synchronize_session": False}
        with self._database.write() as session:
            session.execute(update(NoticeRow).where(NoticeRow.id.in_(notices)).values(values), execution_options=ours)
            if noted:
                mine = NotificationRow.id == notification_id
                session.execute(update(NotificationRow).where(mine).values(noted), execution_options=ours)


def _known(session: Session, notification_id: NotificationId, documents: Collection[DocumentId]) -> Iterator[tuple[DocumentId, Event, str]]:
    query = select(NoticeRow.document_id, NoticeRow.event, NoticeRow.subject).where(NoticeRow.notification_id == notification_id)
    for document_id, event, subject in session.execute(query.where(NoticeRow.document_id.in_(sorted(documents)))):
        yield DocumentId(document_id), event, subject


def _notice_of(row: NoticeRow) -> Notice:
    return Notice(NoticeId(row.id), Happening(DocumentId(row.document_id), row.event, row.subject, row.words), row.attempt)
