"""What people want to be told, each his own."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actors.store.catalog.label_rows import name_key
from actors.store.database import Database
from actors.store.errors import NameTaken, StaleItem
from actors.store.notifications.errors import NotificationNotFound
from actors.store.nouns.catalog import ViewId
from actors.store.nouns.identity import UserId
from actors.store.nouns.notifications import Event, Notification, NotificationFacts, NotificationId
from actors.store.nouns.sealed import Sealed
from actors.store.rows.archive import JobRow
from actors.store.rows.columns import clean_text
from actors.store.rows.notifications import NotificationRow
from actors.store.rows.seeing import WHOLE


class Notifications:
    """Keeps notifications. A session that is narrowed sees those alone that its viewer owns."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> Sequence[Notification]:
        """List all by their names."""
        query = select(NotificationRow).order_by(NotificationRow.name_key, NotificationRow.id)
        with self._database.read() as session:
            return [_notification_of(row) for row in session.scalars(query)]

    def get(self, notification_id: NotificationId) -> Notification:
        """Give one. Raises NotificationNotFound."""
        with self._database.read() as session:
            return _notification_of(_row(session, notification_id))

    def count_of(self, owner: UserId | None) -> int:
        """Count those of an owner."""
        query = select(func.count()).select_from(NotificationRow).where(NotificationRow.owner_id.is_not_distinct_from(owner))
        with self._database.read() as session:
            return session.scalars(query).one()

    def create(self, owner: UserId | None, facts: NotificationFacts, secret: Sealed) -> Notification:
        """Keep one, which tells of what happens from now on. Raises NameTaken where its owner has one of that name."""
        with self._database.write() as session:
            row = NotificationRow(revision=1, owner_id=owner, secret=secret, told_time=None, error="", error_time=None)
            row.seen_change = _newest_change(session)
            _fill(session, row, facts)
            session.add(row)
            session.flush()
            return _notification_of(row)

    def update(
        self, notification_id: NotificationId, facts: NotificationFacts, secret: Sealed | None, expected_revision: int | None = None
    ) -> Notification:
        """Change one; without a secret it keeps its own, and its last error is forgotten. One that is enabled anew begins now.

        Raises NotificationNotFound, StaleItem, NameTaken.
        """
        with self._database.write() as session:
            row = _row(session, notification_id, expected_revision)
            if facts.enabled and not row.enabled:
                row.seen_change = _newest_change(session)
            _fill(session, row, facts)
            row.secret = row.secret if secret is None else secret
            row.revision, row.error, row.error_time = row.revision + 1, "", None
            session.flush()
            return _notification_of(row)

    def delete(self, notification_id: NotificationId, expected_revision: int | None = None) -> None:
        """Remove one with all that it has to tell. Raises NotificationNotFound, StaleItem."""
        with self._database.write() as session:
            session.delete(_row(session, notification_id, expected_revision))


def _row(session: Session, notification_id: NotificationId, expected_revision: int | None = None) -> NotificationRow:
    row = session.scalars(select(NotificationRow).where(NotificationRow.id == notification_id)).one_or_none()
    if row is None:
        raise NotificationNotFound(notification_id)
    if expected_revision is not None and row.revision != expected_revision:
        raise StaleItem(row.name, expected_revision, row.revision)
    return row


def _newest_change(session: Session) -> int:
    return session.scalars(select(func.max(JobRow.change)), execution_options=WHOLE).one() or 0


def _fill(session: Session, row: NotificationRow, facts: NotificationFacts) -> None:
    key = name_key(facts.name)
    same_owner = NotificationRow.owner_id.is_not_distinct_from(row.owner_id)
    namesakes = select(NotificationRow.id).where(NotificationRow.name_key == key, same_owner, NotificationRow.id != (row.id or 0))
    with session.no_autoflush:
        holder = session.scalars(namesakes.limit(1)).one_or_none()
    if holder is not None:
        raise NameTaken(facts.name, holder)
    row.name, row.name_key, row.enabled = clean_text(facts.name), key, facts.enabled
    row.events, row.views = [event.value for event in facts.events], [int(view) for view in facts.views]
    row.way, row.url, row.due_days = facts.way, facts.url, facts.due_days


def _notification_of(row: NotificationRow) -> Notification:
    views = tuple(ViewId(view) for view in row.views)
    return Notification(
        id=NotificationId(row.id),
        revision=row.revision,
        owner=None if row.owner_id is None else UserId(row.owner_id),
        facts=NotificationFacts(row.name, tuple(map(Event, row.events)), row.way, row.url, views, row.due_days, row.enabled),
        secret=Sealed(row.secret),
        seen_change=row.seen_change,
        told_time=row.told_time,
        error=row.error,
        error_time=row.error_time,
    )
