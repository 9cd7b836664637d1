"""Links by which anybody can read some documents."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, and_, or_, select, update
from sqlalchemy.orm import Session

from actors.store.audit.deeds import note_read
from actors.store.database import Database
from actors.store.errors import StaleItem
from actors.store.identity.rows import users_of
from actors.store.nouns.access import Viewer, viewer_of
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.audit import AuditNoun
from actors.store.nouns.identity import Role, UserId
from actors.store.nouns.sharing import NewShareLink, OpenLink, SharedDocument, ShareLink, ShareLinkFacts, ShareLinkId
from actors.store.rows.archive import DocumentRow
from actors.store.rows.identity import UserRow
from actors.store.rows.revisions import document_rows
from actors.store.rows.sharing import SharedDocumentRow, ShareLinkRow
from actors.store.sharing.errors import ShareLinkNotFound

# Sharing is giving away: who may only look, gives nothing.
_SHARING = (Role.EDITOR, Role.ADMIN)
# Who has the machine has its archive; no user has this id.
_MACHINE = Viewer(UserId(0), everything=True)


class ShareLinks:
    """Keeps links by the digests of their secrets. A session that is narrowed sees those alone that its viewer made."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def create(self, new: NewShareLink, now: datetime) -> ShareLink:
        """Keep a link; a document that is named twice is given once. Raises DocumentNotFound."""
        with self._database.write() as session:
            documents = list(dict.fromkeys(new.documents))
            document_rows(session, documents)
            row = ShareLinkRow(
                revision=1, maker_id=new.maker, digest=new.digest, content=new.content, downloads=0, create_time=now, download_time=None
            )
            _fill(row, new.facts, new.password_hash)
            session.add(row)
            session.flush()
            places = enumerate(documents, 1)
            session.add_all(SharedDocumentRow(link_id=row.id, place=place, document_id=document) for place, document in places)
            session.flush()
            return _links_of(session, [row])[0]

    def list(self, after: ShareLinkId | None, limit: int, document: DocumentId | None = None) -> Sequence[ShareLink]:
        """List links, the newest first, beginning after one; those alone that give a document, where one is named."""
        query = select(ShareLinkRow)
        if after is not None:
            query = query.where(ShareLinkRow.id < after)
        if document is not None:
            query = query.where(ShareLinkRow.id.in_(select(SharedDocumentRow.link_id).where(SharedDocumentRow.document_id == document)))
        with self._database.read() as session:
            return _links_of(session, session.scalars(query.order_by(ShareLinkRow.id.desc()).limit(limit)).all())

    def get(self, link_id: ShareLinkId) -> ShareLink:
        """Give one link. Raises ShareLinkNotFound."""
        with self._database.read() as session:
            return _links_of(session, [_link_row(session, link_id)])[0]

    def update(
        self, link_id: ShareLinkId, facts: ShareLinkFacts, password_hash: str | None, expected_revision: int | None = None
    ) -> ShareLink:
        """Change a link; without a hash the password stays, '' asks for none. Raises ShareLinkNotFound, StaleItem."""
        with self._database.write() as session:
            row = _link_row(session, link_id, expected_revision)
            _fill(row, facts, row.password_hash if password_hash is None else password_hash)
            row.revision += 1
            session.flush()
            return _links_of(session, [row])[0]

    def delete(self, link_id: ShareLinkId, expected_revision: int | None = None) -> None:
        """Take a link back. Raises ShareLinkNotFound, StaleItem."""
        with self._database.write() as session:
            session.delete(_link_row(session, link_id, expected_revision))

    def find(self, digest: str, now: datetime) -> OpenLink | None:
        """Give the link of a secret; None for one that is not there, has ended, or whose maker may no longer share. Asked of the whole."""
        query = select(ShareLinkRow, UserRow).outerjoin(UserRow, UserRow.id == ShareLinkRow.maker_id)
        with self._database.read() as session:
            found = session.execute(query.where(ShareLinkRow.digest == digest, _live(now))).one_or_none()
            if found is None:
                return None
            row, maker = found
            if maker is not None and not (maker.enabled and maker.role in _SHARING):
                return None
            viewer = _MACHINE if maker is None else viewer_of(users_of(session, [maker])[0])
            return OpenLink(
                id=ShareLinkId(row.id),
                name=row.name,
                content=row.content,
                password_hash=row.password_hash,
                expire_time=row.expire_time,
                viewer=viewer,
                maker=None if maker is None else UserId(maker.id),
                maker_name="" if maker is None else maker.name,
            )

    def documents(self, link_id: ShareLinkId) -> Sequence[SharedDocument]:
        """List what stands behind a link, without what is in the trash. Asked of the store as its maker sees it."""
        query = (
            select(SharedDocumentRow.place, SharedDocumentRow.document_id)
            .join(DocumentRow, DocumentRow.id == SharedDocumentRow.document_id)
            .where(SharedDocumentRow.link_id == link_id, DocumentRow.trashed == False)  # noqa: E712  # SQL, not Python
            .order_by(SharedDocumentRow.place)
        )
        with self._database.read() as session:
            return [SharedDocument(place, DocumentId(document)) for place, document in session.execute(query)]

    def take(self, link_id: ShareLinkId, now: datetime, documents: Sequence[DocumentId] = ()) -> bool:
        """Count a download before it begins, and note that documents are read; False when the link has ended or was used up meanwhile."""
        taken = (
            update(ShareLinkRow)
            .where(ShareLinkRow.id == link_id, _live(now))
            .values(downloads=ShareLinkRow.downloads + 1, download_time=now)
            .returning(ShareLinkRow.id)
        )
        with self._database.write() as session:
            if session.scalars(taken, execution_options={"synchronize_session": False}).one_or_none() is None:
                return False
            for document in documents:
                note_read(session, AuditNoun.DOCUMENT, document)
            return True


def _live(now: datetime) -> ColumnElement[bool]:
    return and_(
        ShareLinkRow.disabled == False,  # noqa: E712  # SQL, not Python
        or_(ShareLinkRow.expire_time.is_(None), ShareLinkRow.expire_time > now),
        or_(ShareLinkRow.max_downloads == 0, ShareLinkRow.downloads < ShareLinkRow.max_downloads),
    )


def _link_row(session: Session, link_id: ShareLinkId, expected_revision: int | None = None) -> ShareLinkRow:
    row = session.get(ShareLinkRow, link_id)
    if row is None:
        raise ShareLinkNotFound(link_id)
    if expected_revision is not None and row.revision != expected_revision:
        raise StaleItem(row.name or f"link {row.id}", expected_revision, row.revision)
    return row


def _fill(row: ShareLinkRow, facts: ShareLinkFacts, password_hash: str) -> None:
    row.name, row.expire_time, row.password_hash = facts.name, facts.expire_time, password_hash
    row.max_downloads, row.disabled = facts.max_downloads, facts.disabled


def _links_of(session: Session, rows: Sequence[ShareLinkRow]) -> Sequence[ShareLink]:
    """Make links of their rows, with one query for the documents of all and one for the makers."""
    documents = dict[int, tuple[DocumentId, ...]]()
    query = select(SharedDocumentRow.link_id, SharedDocumentRow.document_id).where(SharedDocumentRow.link_id.in_([row.id for row in rows]))
    for link_id, document in session.execute(query.order_by(SharedDocumentRow.link_id, SharedDocumentRow.place)):
        documents[link_id] = (*documents.get(link_id, ()), DocumentId(document))
    makers = {row.maker_id for row in rows if row.maker_id is not None}
    names = dict(session.execute(select(UserRow.id, UserRow.name).where(UserRow.id.in_(makers))).all())
    return [
        ShareLink(
            id=ShareLinkId(row.id),
            revision=row.revision,
            maker=None if row.maker_id is None else UserId(row.maker_id),
            maker_name="" if row.maker_id is None else names[row.maker_id],
            content=row.content,
            facts=ShareLinkFacts(row.name, row.expire_time, row.max_downloads, row.disabled),
            documents=documents.get(row.id, ()),
            has_password=bool(row.password_hash),
            downloads=row.downloads,
            create_time=row.create_time,
            download_time=row.download_time,
        )
        for row in rows
    ]
