"""The name of a label that not everyone saw goes with it from all that was told of documents."""

from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from actors.store.nouns.assignments import Aspect
from actors.store.nouns.catalog import LabelId, LabelKind
from actors.store.rows.catalog import AssignmentRow

_ASPECTS = {kind: Aspect[kind.name] for kind in LabelKind}


def forget_name(session: Session, kind: LabelKind, label: LabelId) -> None:
    """Let assignments of a label say no more what it was called: once it is gone, nobody knows who may not hear."""
    query = select(AssignmentRow).where(AssignmentRow.aspect == _ASPECTS[kind])
    if kind is LabelKind.TAG:
        for row in session.scalars(query.where(AssignmentRow.subject_id == label)):
            row.value, row.before = _nameless(row.value), _nameless(row.before)
        return
    given, had = AssignmentRow.value[0].as_integer() == label, AssignmentRow.before[0].as_integer() == label
    for row in session.scalars(query.where(or_(given, had))):
        row.value, row.before = _nameless(row.value, label), _nameless(row.before, label)


def _nameless(kept: Any, label: LabelId | None = None) -> list[Any]:
    return [kept[0], "" if label is None or kept[0] == label else kept[1]]
