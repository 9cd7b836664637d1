"""Rows that a session is writing become deeds, by what watched.py says of their tables."""

import json
from collections.abc import Iterator, Mapping
from datetime import date, datetime
from enum import StrEnum
from typing import Any, cast

from sqlalchemy import inspect
from sqlalchemy.orm import InstanceState, LoaderCallableStatus, Session

from actors.store.audit.watched import TOLD, Own, Part
from actors.store.nouns.audit import UNTOLD, Act, AuditNoun, Change, Deed
from actors.store.nouns.identity import TokenKind
from actors.store.nouns.jobs import JobState
from actors.store.rows.archive import Base, DocumentRow, JobRow
from actors.store.rows.identity import TokenRow

# Of a value so much is told; a long text is told to be long.
MOST_TOLD = 500
# What a person makes of a job; all else that becomes of it is machines' work.
_ORDERED_STATES = frozenset({JobState.CANCELLED, JobState.QUEUED})


def deeds_of(session: Session) -> Iterator[Deed]:
    """Tell what is being written, while the values before are still known: in the event after a flush."""
    for rows, act in ((session.new, Act.CREATED), (session.deleted, Act.DELETED), (session.dirty, Act.CHANGED)):
        for row in rows:
            told = TOLD.get(cast("Base", row).__tablename__)
            if told is not None:
                deed = _of_thing(row, told, act) if isinstance(told, Own) else _of_part(row, told, act)
                if deed is not None:
                    yield deed


def text_of(value: object, most: int = MOST_TOLD) -> str:
    """Write a value for people, up to a length."""
    match value:
        case None:
            return ""
        case bool():
            return "yes" if value else "no"
        case StrEnum():
            text = value.value
        case datetime() | date():
            return value.isoformat()
        case list() | dict():
            text = json.dumps(value, ensure_ascii=False, separators=(",", ":")) if value else ""
        case _:
            text = str(value)
    return text if len(text) <= most else f"{text[: most - 1]}…"


def _of_thing(row: Any, told: Own, act: Act) -> Deed | None:
    before = _before(row)
    changes = tuple(_changes(row, told, act, before))
    if isinstance(row, JobRow):
        return _of_job(row, act, changes)
    if isinstance(row, DocumentRow) and act is Act.CHANGED and "trashed" in before:
        act = Act.DELETED if row.trashed else Act.RESTORED
    if isinstance(row, TokenRow) and row.kind is TokenKind.SESSION and act is Act.CREATED:
        act, changes = Act.SIGNED_IN, ()
    if act is Act.CHANGED and not changes:
        return None
    return Deed(act, told.noun, row.id, text_of(getattr(row, told.name)), changes)


def _of_job(row: JobRow, act: Act, changes: tuple[Change, ...]) -> Deed | None:
    """Tell a job as what it does: to its document, or by itself where it has none."""
    if act is Act.CHANGED and (not changes or row.state not in _ORDERED_STATES):
        return None
    noun, subject, name = (AuditNoun.JOB, row.id, row.label) if row.document_id is None else (AuditNoun.DOCUMENT, row.document_id, "")
    if act is Act.CREATED:
        return Deed(Act.ORDERED, noun, subject, name, (Change("job", after=row.kind.value),))
    return Deed(Act.CHANGED, noun, subject, name, tuple(Change("job", one.before, one.after) for one in changes))


def _of_part(row: Any, told: Part, act: Act) -> Deed | None:
    before = _before(row)
    if act is Act.CHANGED and not before:
        return None
    field = f"{told.field} {getattr(row, told.numbered)}" if told.numbered else told.field
    change: Change | None = Change(field, "" if act is Act.CREATED else UNTOLD, "" if act is Act.DELETED else UNTOLD)
    if told.shown and act is not Act.DELETED:
        change = _shown(row, told.shown, before.get(told.shown, "" if act is Act.CREATED else getattr(row, told.shown)), field)
    return None if change is None else Deed(Act.CHANGED, told.noun, getattr(row, told.owner), changes=(change,))


def _changes(row: Any, told: Own, act: Act, before: Mapping[str, object]) -> Iterator[Change]:
    for column in told.shown:
        if act is Act.CREATED and (after := text_of(getattr(row, column))):
            yield Change(column, "", after)
        elif act is Act.CHANGED and column in before and (change := _shown(row, column, before[column])):
            yield change
    for column in told.untold:
        if act is Act.CHANGED and column in before and before[column] != (after := getattr(row, column)):
            yield Change(column, UNTOLD if before[column] else "", UNTOLD if after else "")


def _shown(row: Any, column: str, before: object, field: str = "") -> Change | None:
    after = getattr(row, column)
    return None if before == after else Change(field or column, text_of(before), text_of(after))


def _before(row: Any) -> Mapping[str, object]:
    """Give the values before of the columns that were set; None for one that nobody had read."""
    kept = cast("InstanceState[Any]", inspect(row)).committed_state
    return {name: None if isinstance(value, LoaderCallableStatus) else value for name, value in kept.items()}
