"""What those are called to whom things belong and are granted."""

from collections.abc import Iterable, Mapping

from sqlalchemy import select
from sqlalchemy.orm import Session

from actors.store.nouns.access import Subject, SubjectKind
from actors.store.rows.identity import GroupRow, UserRow

_ROWS: Mapping[SubjectKind, type[UserRow] | type[GroupRow]] = {SubjectKind.USER: UserRow, SubjectKind.GROUP: GroupRow}


def subject_names(session: Session, subjects: Iterable[Subject]) -> dict[Subject, str]:
    """Read the names of users and groups, with one query for each of both; who is gone has none, nor has everyone."""
    wanted, found = set(subjects), dict[Subject, str]()
    for kind, row in _ROWS.items():
        if ids := {subject.id for subject in wanted if subject.kind is kind}:
            told = session.execute(select(row.id, row.name).where(row.id.in_(ids)))
            found |= {Subject(kind, subject_id): name for subject_id, name in told}
    return found
