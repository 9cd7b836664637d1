"""What becomes of all that a user owned who goes, in the one transaction that is open."""

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from actors.store.access.granting import forget_owner
from actors.store.access.moves import owner_changes
from actors.store.audit.deeds import note
from actors.store.identity.errors import OwnsDocuments, UserNotFound
from actors.store.nouns.audit import Act, AuditNoun, Change, Deed
from actors.store.nouns.identity import Bequest, UserId
from actors.store.rows.archive import DocumentRow
from actors.store.rows.catalog import LabelRow, ViewRow
from actors.store.rows.identity import UserRow
from actors.store.rows.workflows import WorkflowRow


def bequeath(session: Session, row: UserRow, bequest: Bequest | None) -> None:
    """Give what a user who goes owns to his heir, who must be another; without one, saved views go with him.

    Raises OwnsDocuments, UserNotFound.
    """
    owned = {entity: _owned(session, entity, row) for entity in (DocumentRow, LabelRow, WorkflowRow)}
    if bequest is None:
        if total := sum(owned.values()):
            raise OwnsDocuments(row.name, total)
        session.execute(delete(ViewRow).where(ViewRow.owner_id == row.id))
    else:
        if bequest.heir == row.id or session.get(UserRow, bequest.heir) is None:
            raise UserNotFound(str(bequest.heir))
        owner_changes(session, UserId(row.id), bequest.heir, bequest.time)
        heir = session.get_one(UserRow, bequest.heir).name
        note(
            session,
            Deed(Act.DELETED, AuditNoun.USER, row.id, row.name, (Change("documents", str(owned[DocumentRow]), f"given to {heir}"),)),
        )
    forget_owner(session, UserId(row.id))


def _owned(session: Session, entity: type[DocumentRow | LabelRow | WorkflowRow], row: UserRow) -> int:
    return session.scalars(select(func.count()).select_from(entity).where(entity.owner_id == row.id)).one()
