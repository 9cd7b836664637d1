"""Of which document the same bytes are a duplicate. What somebody may not see is not there for him: his bytes are another (decision 36).

All of it in the one transaction that is open.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from actors.store.identity.rows import user_row, users_of
from actors.store.nouns.access import Level, Viewer, viewer_of
from actors.store.nouns.archive import NewDocument
from actors.store.nouns.identity import UserId
from actors.store.rows.archive import DocumentRow
from actors.store.rows.seeing import may_reach, viewer_in
from actors.store.rows.versions import rows_with_bytes


def there_for(session: Session, new: NewDocument) -> DocumentRow | None:
    """Find the document that a delivery is a duplicate of, in the trash too: one that is seen by whom it comes for.

    That is its owner; its sender and everyone, where it is to be everyone's; and a machine's for nobody may be any. One in the trash is
    there only for who may take it out. Of several the owner's comes first.
    """
    found = rows_with_bytes(session, new.sha256, new.size_bytes, whole=True)
    viewer = _viewer(session, new) if found else None
    if viewer is not None:
        found = [row for row in found if may_reach(session, viewer, row, Level.EDIT if row.trashed else Level.VIEW)]
    return _first(found, new.owner)


def there_beside(session: Session, digest: str, size_bytes: int, origins: Iterable[DocumentRow]) -> DocumentRow | None:
    """Find the document that holds these bytes, in the trash too, among those that are seen by exactly who sees some others.

    What is made of documents must be seen by who saw them, so a hidden one can't stand in its place.
    """
    classes = {row.access_id for row in origins}
    return _first([row for row in rows_with_bytes(session, digest, size_bytes, whole=True) if classes == {row.access_id}], None)


def there_in(session: Session, digest: str, size_bytes: int, subject: DocumentRow) -> DocumentRow | None:
    """Find the document that holds these bytes, in the trash too, as whoever adds them to another one sees it."""
    if viewer_in(session) is None:
        return there_beside(session, digest, size_bytes, [subject])
    return _first(rows_with_bytes(session, digest, size_bytes), None)


def _first(rows: Sequence[DocumentRow], owner: UserId | None) -> DocumentRow | None:
    return min(rows, key=lambda row: (row.owner_id != owner, row.trashed, row.id), default=None)


def _viewer(session: Session, new: NewDocument) -> Viewer | None:
    sender = None if new.author is None else new.author.user
    user_id = sender if new.owner is None else new.owner
    if user_id is None:
        return None
    viewer = viewer_of(users_of(session, [user_row(session, user_id)])[0])
    return viewer if new.owner is not None else replace(viewer, everyone=True)
