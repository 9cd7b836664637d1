"""What becomes of the documents of a user who goes, in the one transaction that is open."""

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from actors.store.access.granting import forget_owner
from actors.store.access.moves import owner_changes
from actors.store.audit.deeds import note
from actors.store.identity.errors import OwnsDocuments, UserNotFound
from actors.store.nouns.audit import Act, AuditNoun, Change, Deed
from actors.store.nouns.identity import Bequest, UserId
from actors.store.rows.archive import DocumentRow
from actors.store.rows.identity import UserRow


def bequeath(session: Session, row: UserRow, bequest: Bequest | None) -> None:
    """Give the documents of a user who goes to his heir, who must be another. Raises OwnsDocuments, UserNotFound."""
    owned = session.scalars(select(func.count()).select_from(DocumentRow).where(DocumentRow.owner_id == row.id)).one()
    if owned and bequest is None:
        raise OwnsDocuments(row.name, owned)
    if bequest is not None:
        if bequest.heir == row.id or session.get(UserRow, bequest.heir) is None:
            raise UserNotFound(str(bequest.heir))
        owner_changes(session, UserId(row.id), bequest.heir, bequest.time)
        heir = session.get_one(UserRow, bequest.heir).name
        note(session, Deed(Act.DELETED, AuditNoun.USER, row.id, row.name, (Change("documents", str(owned), f"given to {heir}"),)))
    forget_owner(session, UserId(row.id))
