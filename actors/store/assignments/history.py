"""Assignments as whoever looks may know them."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any

from sqlalchemy.orm import Session

from actors.store.assignments.naming import LABEL_KINDS
from actors.store.catalog.hidden import hidden_labels, hidden_names, quotes
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.assignments import Aspect, Assignment, AssignmentId, Reason
from actors.store.rows.catalog import AssignmentRow, FieldRow

_SINGLE = LABEL_KINDS.keys() - {Aspect.TAG}


def told(session: Session, rows: Sequence[AssignmentRow]) -> list[Assignment]:
    """Tell assignments, without those that a session sees nothing of, and without words that quote what it does not see."""
    hidden = hidden_labels(session, {label for row in rows for label in _labels_in(row)})
    shown = [row for row in rows if not _is_hidden(row, hidden)]
    names = hidden_names(session) if any(row.words for row in shown) else set[str]()
    return [_told(session, row, hidden, names) for row in shown]


def _told(session: Session, row: AssignmentRow, hidden: Collection[int], names: Collection[str]) -> Assignment:
    told = assignment_of(row, _subject_of(session, row))
    if row.aspect in _SINGLE and row.before[0] in hidden:
        told = replace(told, before="")
    if quotes(row.words, names):
        told = replace(told, reason=replace(told.reason, words=""))
    return told


def assignment_of(row: AssignmentRow, subject: str) -> Assignment:
    """Make an assignment of its row."""
    value, before = _shown(row.value), _shown(row.before)
    reason = Reason(row.giver, row.words, row.score)
    return Assignment(AssignmentId(row.id), DocumentId(row.document_id), row.time, row.aspect, subject, value, before, reason, row.undone)


def _is_hidden(row: AssignmentRow, hidden: Collection[int]) -> bool:
    """Tell whether a row says nothing that may be told: of what is hidden, or of what was hidden until it was removed."""
    if row.aspect not in LABEL_KINDS:
        return False
    if row.aspect in _SINGLE and row.value[0] in hidden:
        return True
    return all(label in hidden for label in _labels_in(row)) or not (row.value[1] or row.before[1])


def _labels_in(row: AssignmentRow) -> set[int]:
    if row.aspect is Aspect.TAG:
        return {row.subject_id or 0}
    return {label for label in (row.value[0], row.before[0]) if label} if row.aspect in _SINGLE else set()


def _subject_of(session: Session, row: AssignmentRow) -> str:
    """Name the field that a value was given to; tags and all else need none."""
    if row.aspect is not Aspect.FIELD or row.subject_id is None:
        return ""
    field = session.get(FieldRow, row.subject_id)
    return "" if field is None else field.name


def _shown(kept: Any) -> str:
    """Give a kept pair of value and words as people read it."""
    return str(kept[1])
