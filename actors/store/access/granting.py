"""What bears grants, and what becomes of them: rows, in the one transaction that is open."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import delete, insert
from sqlalchemy.orm import Session

from actors.store.access.classes import classes_inheriting, grants_of, work_out
from actors.store.access.moves import grants_change
from actors.store.access.reach import sorted_grants
from actors.store.access.telling import tell_grants
from actors.store.nouns.access import Grant, Holder, HolderKind
from actors.store.nouns.catalog import LabelId
from actors.store.nouns.identity import UserId
from actors.store.rows.access import GrantRow


def set_grants(session: Session, holder: Holder, grants: Iterable[Grant], now: datetime) -> None:
    """Let a holder bear exactly these grants for its documents."""
    wanted = sorted_grants(grants)
    here = (GrantRow.holder_kind == holder.kind, GrantRow.holder_id == holder.id)
    before = grants_of(session, [holder]).get(holder, ())
    tell_grants(session, holder, before, wanted)
    session.execute(delete(GrantRow).where(*here))
    if wanted:
        session.execute(insert(GrantRow), [_values(holder, grant) for grant in wanted])
    grants_change(session, holder, began=bool(wanted) and not before, ceased=bool(before) and not wanted, now=now)


def forget_label(session: Session, label: LabelId, now: datetime) -> None:
    """Let nobody have anything by a label that goes."""
    set_grants(session, Holder(HolderKind.LABEL, label), (), now)


def forget_owner(session: Session, owner: UserId) -> None:
    """Let nobody have anything by an owner who goes, and has no documents any more."""
    session.execute(delete(GrantRow).where(GrantRow.holder_kind == HolderKind.OWNER, GrantRow.holder_id == owner))
    work_out(session, classes_inheriting(session, Holder(HolderKind.OWNER, owner)))


def _values(holder: Holder, grant: Grant) -> dict[str, object]:
    return {
        "holder_kind": holder.kind,
        "holder_id": holder.id,
        "subject_kind": grant.subject.kind,
        "subject_id": grant.subject.id,
        "level": grant.level,
    }
