"""Documents come into other classes, in the one transaction that is open."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from actors.store.access.classes import access_of, accesses, class_of, classes_inheriting, work_out
from actors.store.catalog.label_rows import tag_ids_of
from actors.store.nouns.access import Access, AccessId, Holder, HolderKind
from actors.store.nouns.catalog import LabelId, LabelKind
from actors.store.nouns.identity import UserId
from actors.store.rows import counters
from actors.store.rows.access import AccessClassRow, GrantRow
from actors.store.rows.archive import DocumentRow
from actors.store.rows.catalog import LabelRow, ViewRow
from actors.store.rows.many import DocumentIds, change_many, documents_with
from actors.store.rows.workflows import WorkflowRow

_GRANTING = select(GrantRow.holder_id).where(GrantRow.holder_kind == HolderKind.LABEL).distinct()


_UNSYNCHRONISED = {"synchronize_session": False}


def classify(session: Session, rows: Sequence[DocumentRow]) -> None:
    """Put documents whose tags or storage path have changed into the classes that these make; cheap where no label bears grants.

    The caller raises their revisions.
    """
    granting = set(session.scalars(_GRANTING)) if rows else set()
    if not granting:
        return  # and no document is in a class of such a label: it left that one when the last of them ceased to bear grants
    session.flush()
    rows = list(dict.fromkeys(rows))  # one that has got two tags stands here twice
    own, tags = accesses(session, {row.access_id for row in rows}), tag_ids_of(session, [row.id for row in rows])
    for row in rows:
        labels = granting.intersection((*tags.get(row.id, ()), row.path_id))
        access = own[AccessId(row.access_id)]
        if labels != set(access.labels):
            row.access_id = class_of(session, replace(access, labels=tuple(LabelId(label) for label in sorted(labels))))


def entitle(session: Session, row: DocumentRow, access: Access) -> None:
    """Give a document another owner, or grants of its own; the labels are those that it has."""
    labels = accesses(session, [row.access_id])[AccessId(row.access_id)].labels
    row.owner_id = access.owner
    row.access_id = class_of(session, replace(access, labels=labels))


def label_begins(session: Session, label: LabelId, now: datetime) -> None:
    """Let the documents of a label inherit from it."""
    chosen = documents_with(session.get_one(LabelRow, label).kind, label)
    for access_id, access in _classes_among(session, chosen):
        labels = tuple(sorted({*access.labels, label}))
        _move(session, access_id, replace(access, labels=labels), now, chosen)


def label_ceases(session: Session, label: LabelId, now: datetime) -> None:
    """Let no document inherit from a label any more, also from one that is gone."""
    for row in _with_label(session, label):
        access = access_of(row)
        _move(session, AccessId(row.id), replace(access, labels=tuple(one for one in access.labels if one != label)), now)


def label_spreads(session: Session, label: LabelId, now: datetime) -> None:
    """Let the documents inherit from a label that have got it together, where it bears grants."""
    if label in set(session.scalars(_GRANTING)):
        label_begins(session, label, now)


def owner_changes(session: Session, before: UserId, heir: UserId, now: datetime) -> int:
    """Give all that one user owns to another, and count the documents."""
    count = 0
    for row in session.scalars(select(AccessClassRow).where(AccessClassRow.owner_id == before).order_by(AccessClassRow.id)).all():
        access = replace(access_of(row), owner=heir)
        count += _move(session, AccessId(row.id), access, now)
        for entity in (LabelRow, ViewRow, WorkflowRow):
            moved = update(entity).where(entity.owner_id == before, entity.access_id == row.id)
            session.execute(moved.values(owner_id=heir, access_id=class_of(session, access)), execution_options=_UNSYNCHRONISED)
    counters.catalogue_changed(session)
    return count


def grants_change(session: Session, holder: Holder, began: bool, ceased: bool, now: datetime) -> None:
    """Let who reaches documents follow from the grants that a holder bears now."""
    work_out(session, classes_inheriting(session, holder))  # also those that have no documents now: they may come back
    if holder.kind is HolderKind.LABEL and began:
        label_begins(session, LabelId(holder.id), now)
    elif holder.kind is HolderKind.LABEL and ceased:
        label_ceases(session, LabelId(holder.id), now)


def bears_grants(kind: LabelKind) -> bool:
    """Tell whether labels of a kind may bear grants for their documents."""
    return kind in (LabelKind.TAG, LabelKind.STORAGE_PATH)


def _with_label(session: Session, label: LabelId) -> list[AccessClassRow]:
    return [row for row in session.scalars(select(AccessClassRow).order_by(AccessClassRow.id)) if label in row.labels]


def _classes_among(session: Session, chosen: DocumentIds) -> list[tuple[AccessId, Access]]:
    found = session.scalars(select(DocumentRow.access_id).where(DocumentRow.id.in_(chosen)).distinct())
    return sorted(accesses(session, found).items(), key=lambda pair: pair[0])


def _move(session: Session, before: AccessId, access: Access, now: datetime, among: DocumentIds | None = None) -> int:
    """Move the documents of a class to that of another access, and count them."""
    after = class_of(session, access)
    if after == before:
        return 0
    chosen = select(DocumentRow.id).where(DocumentRow.access_id == before)
    if among is not None:
        chosen = chosen.where(DocumentRow.id.in_(among))
    count = change_many(session, chosen, now)
    session.execute(
        update(DocumentRow).where(DocumentRow.id.in_(chosen)).values(access_id=after, owner_id=access.owner),
        execution_options=_UNSYNCHRONISED,
    )
    return count
