"""Links by which anybody can add documents."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, or_, select, update
from sqlalchemy.orm import Session

from actors.store.database import Database
from actors.store.errors import StaleItem
from actors.store.identity.makers import still_may
from actors.store.identity.rows import user_row
from actors.store.nouns.catalog import LabelId
from actors.store.nouns.identity import UserId
from actors.store.nouns.receiving import Bounds, NewUploadLink, OpenUploadLink, Received, UploadLink, UploadLinkFacts, UploadLinkId
from actors.store.receiving.errors import UploadLinkNotFound
from actors.store.rows.receiving import UploadLinkRow


class UploadLinks:
    """Keeps links by the digests of their secrets. A session that is narrowed sees those alone that its viewer made."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, new: NewUploadLink, now: datetime) -> UploadLink:
        """Keep a link. Raises UserNotFound for an owner who is gone."""
        with self._database.write() as session:
            row = UploadLinkRow(revision=1, maker_id=new.maker, digest=new.digest, files=0, bytes=0, create_time=now, use_time=None)
            _fill(session, row, new.facts, new.password_hash)
            session.add(row)
            session.flush()
            return _link_of(row)

    def list(self, after: UploadLinkId | None, limit: int) -> Sequence[UploadLink]:
        """List links, the newest first, beginning after one."""
        query = select(UploadLinkRow) if after is None else select(UploadLinkRow).where(UploadLinkRow.id < after)
        with self._database.read() as session:
            return [_link_of(row) for row in session.scalars(query.order_by(UploadLinkRow.id.desc()).limit(limit))]

    def get(self, link_id: UploadLinkId) -> UploadLink:
        """Give one link. Raises UploadLinkNotFound."""
        with self._database.read() as session:
            return _link_of(_row(session, link_id))

    def update(
        self, link_id: UploadLinkId, facts: UploadLinkFacts, password_hash: str | None, expected_revision: int | None = None
    ) -> UploadLink:
        """Change a link; without a hash the password stays, '' asks for none. Raises UploadLinkNotFound, StaleItem, UserNotFound."""
        with self._database.write() as session:
            row = _row(session, link_id, expected_revision)
            _fill(session, row, facts, row.password_hash if password_hash is None else password_hash)
            row.revision += 1
            session.flush()
            return _link_of(row)

    def delete(self, link_id: UploadLinkId, expected_revision: int | None = None) -> None:
        """Take a link back. Raises UploadLinkNotFound, StaleItem."""
        with self._database.write() as session:
            session.delete(_row(session, link_id, expected_revision))

    def find(self, digest: str, now: datetime) -> OpenUploadLink | None:
        """Give the link of a secret, also one that is full; None where there is none, it has ended, or its maker may make none any more.

        Asked of the whole.
        """
        with self._database.read() as session:
            row = session.scalars(_open(now).where(UploadLinkRow.digest == digest)).one_or_none()
            if row is None:
                return None
            maker = None if row.maker_id is None else user_row(session, UserId(row.maker_id))
            opened = OpenUploadLink(UploadLinkId(row.id), _facts_of(row), row.password_hash, Received(row.files, row.bytes))
            return opened if maker is None else replace(opened, maker=UserId(maker.id), maker_name=maker.name)

    def take(self, link_id: UploadLinkId, size: int, now: datetime) -> bool:
        """Count a file before it is accepted; False when it would be too much, or the link has ended meanwhile. Asked of the whole."""
        with self._database.write() as session:
            open_ids = _open(now).where(UploadLinkRow.id == link_id, _room(size)).with_only_columns(UploadLinkRow.id)
            taken = (
                update(UploadLinkRow)
                .where(UploadLinkRow.id.in_(open_ids))
                .values(files=UploadLinkRow.files + 1, bytes=UploadLinkRow.bytes + size, use_time=now)
                .returning(UploadLinkRow.id)
            )
            return session.scalars(taken, execution_options={"synchronize_session": False}).one_or_none() is not None

    def give_back(self, link_id: UploadLinkId, size: int) -> None:
        """Count a file less, which was not accepted after all; nothing where the link is gone. Asked of the whole."""
        returned = update(UploadLinkRow).where(UploadLinkRow.id == link_id)
        with self._database.write() as session:
            session.execute(
                returned.values(files=UploadLinkRow.files - 1, bytes=UploadLinkRow.bytes - size),
                execution_options={"synchronize_session": False},
            )


def _open(now: datetime) -> Select[UploadLinkRow]:
    return select(UploadLinkRow).where(
        UploadLinkRow.disabled == False,  # noqa: E712  # SQL, not Python
        or_(UploadLinkRow.expire_time.is_(None), UploadLinkRow.expire_time > now),
        still_may(UploadLinkRow.maker_id),
    )


def _room(size: int) -> ColumnElement[bool]:
    return and_(
        or_(UploadLinkRow.max_files == 0, UploadLinkRow.files < UploadLinkRow.max_files),
        or_(UploadLinkRow.max_file_bytes == 0, UploadLinkRow.max_file_bytes >= size),
        or_(UploadLinkRow.max_total_bytes == 0, UploadLinkRow.bytes + size <= UploadLinkRow.max_total_bytes),
    )


def _row(session: Session, link_id: UploadLinkId, expected_revision: int | None = None) -> UploadLinkRow:
    row = session.scalars(select(UploadLinkRow).where(UploadLinkRow.id == link_id)).one_or_none()
    if row is None:
        raise UploadLinkNotFound(link_id)
    if expected_revision is not None and row.revision != expected_revision:
        raise StaleItem(row.name, expected_revision, row.revision)
    return row


def _fill(session: Session, row: UploadLinkRow, facts: UploadLinkFacts, password_hash: str) -> None:
    if facts.owner is not None:
        user_row(session, facts.owner)
    bounds = facts.bounds
    row.name, row.owner_id, row.tags = facts.name, facts.owner, list(facts.tags)
    row.correspondent_id, row.document_type_id, row.storage_path_id = facts.correspondent, facts.document_type, facts.storage_path
    row.max_files, row.max_file_bytes, row.max_total_bytes = bounds.files, bounds.file_bytes, bounds.total_bytes
    row.mime_types, row.expire_time, row.disabled = list(bounds.mime_types), facts.expire_time, facts.disabled
    row.password_hash = password_hash


def _facts_of(row: UploadLinkRow) -> UploadLinkFacts:
    return UploadLinkFacts(
        name=row.name,
        owner=None if row.owner_id is None else UserId(row.owner_id),
        tags=tuple(map(LabelId, row.tags)),
        correspondent=_label(row.correspondent_id),
        document_type=_label(row.document_type_id),
        storage_path=_label(row.storage_path_id),
        bounds=Bounds(row.max_files, row.max_file_bytes, row.max_total_bytes, tuple(row.mime_types)),
        expire_time=row.expire_time,
        disabled=row.disabled,
    )


def _label(label_id: int | None) -> LabelId | None:
    return None if label_id is None else LabelId(label_id)


def _link_of(row: UploadLinkRow) -> UploadLink:
    return UploadLink(
        id=UploadLinkId(row.id),
        revision=row.revision,
        maker=None if row.maker_id is None else UserId(row.maker_id),
        facts=_facts_of(row),
        has_password=bool(row.password_hash),
        received=Received(row.files, row.bytes),
        create_time=row.create_time,
        use_time=row.use_time,
    )
