"""Classes of access as rows, in the one transaction that is open: found, made, and worked out again."""

import json
from collections.abc import Iterable, Sequence
from hashlib import sha256
from typing import Any

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import Session

from actors.store.access.reach import Grants, Reach, holders, reach
from actors.store.nouns.access import Access, AccessId, Grant, Holder, HolderKind, Level, Subject, SubjectKind
from actors.store.nouns.catalog import LabelId
from actors.store.nouns.identity import UserId
from actors.store.rows import counters
from actors.store.rows.access import AccessClassRow, GrantRow, ReachRow


def class_of(session: Session, access: Access) -> AccessId:
    """Find the class of an access, and make it where there is none."""
    digest = digest_of(access)
    known = session.scalars(select(AccessClassRow.id).where(AccessClassRow.digest == digest)).one_or_none()
    if known is not None:
        return AccessId(known)
    row = AccessClassRow(
        digest=digest, owner_id=access.owner, private=access.private, grants=kept_grants(access), labels=list(access.labels)
    )
    session.add(row)
    session.flush()
    work_out(session, [row])
    return AccessId(row.id)


def access_of(row: AccessClassRow) -> Access:
    """Make an access of its row."""
    owner = None if row.owner_id is None else UserId(row.owner_id)
    grants = tuple(Grant(Subject(SubjectKind(kind), subject), Level(level)) for kind, subject, level in row.grants)
    return Access(owner, grants, row.private, tuple(map(LabelId, row.labels)))


def accesses(session: Session, access_ids: Iterable[int]) -> dict[AccessId, Access]:
    """Read classes with one query."""
    rows = session.scalars(select(AccessClassRow).where(AccessClassRow.id.in_(set(access_ids))))
    return {AccessId(row.id): access_of(row) for row in rows}


def reach_of(session: Session, access_id: AccessId) -> Reach:
    """Tell who reaches the documents of a class."""
    rows = session.scalars(select(ReachRow).where(ReachRow.access_id == access_id))
    return {Subject(SubjectKind(row.subject_kind), row.subject_id): Level(row.level) for row in rows}


def classes_inheriting(session: Session, holder: Holder) -> list[AccessClassRow]:
    """List the classes whose documents inherit from a holder."""
    query = select(AccessClassRow).order_by(AccessClassRow.id)
    if holder.kind is HolderKind.OWNER:
        query = query.where(AccessClassRow.owner_id == holder.id)
    return [row for row in session.scalars(query) if holder in holders(access_of(row))]


def work_out(session: Session, rows: Sequence[AccessClassRow]) -> None:
    """Work out anew who reaches classes."""
    if not rows:
        return
    all_of = {row.id: access_of(row) for row in rows}
    granted = grants_of(session, {holder for access in all_of.values() for holder in holders(access)})
    session.execute(delete(ReachRow).where(ReachRow.access_id.in_(all_of)))
    reached = [
        {"access_id": access_id, "subject_kind": subject.kind, "subject_id": subject.id, "level": level}
        for access_id, access in all_of.items()
        for subject, level in reach(access, granted).items()
    ]
    if reached:
        session.execute(insert(ReachRow), reached)
    counters.access_changed(session)


def grants_of(session: Session, wanted: Iterable[Holder]) -> Grants:
    """Read what holders bear, in its order; one that bears nothing has no entry."""
    found, asked = dict[Holder, tuple[Grant, ...]](), list(wanted)
    for kind in HolderKind:
        ids = [holder.id for holder in asked if holder.kind is kind]
        if not ids:
            continue
        order = (GrantRow.holder_id, GrantRow.subject_kind, GrantRow.subject_id)
        for row in session.scalars(select(GrantRow).where(GrantRow.holder_kind == kind, GrantRow.holder_id.in_(ids)).order_by(*order)):
            holder = Holder(kind, row.holder_id)
            found[holder] = (*found.get(holder, ()), Grant(Subject(row.subject_kind, row.subject_id), row.level))
    return found


def kept_grants(access: Access) -> list[list[Any]]:
    """Write the own grants of documents as JSON."""
    return [[grant.subject.kind.value, grant.subject.id, grant.level.value] for grant in access.grants]


def digest_of(access: Access) -> str:
    """Give what accesses are told apart by."""
    parts = [access.owner, access.private, kept_grants(access), list(access.labels)]
    return sha256(json.dumps(parts, separators=(",", ":")).encode()).hexdigest()
