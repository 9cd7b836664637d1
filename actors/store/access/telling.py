"""Changes of access, told to the audit with the names of users and groups."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy.orm import Session

from actors.store.access.naming import subject_names
from actors.store.audit.deeds import author_in, note, note_all
from actors.store.audit.watching import text_of
from actors.store.nouns.access import EVERYONE, Access, Grant, Holder, HolderKind, Subject, SubjectKind
from actors.store.nouns.audit import Act, AuditNoun, Change, Deed
from actors.store.rows.archive import DocumentRow
from actors.store.rows.catalog import LabelRow, ViewRow
from actors.store.rows.identity import UserRow
from actors.store.rows.workflows import WorkflowRow

_NOUNS: Mapping[type, AuditNoun] = {
    DocumentRow: AuditNoun.DOCUMENT,
    LabelRow: AuditNoun.LABEL,
    ViewRow: AuditNoun.VIEW,
    WorkflowRow: AuditNoun.WORKFLOW,
}

Entitled = DocumentRow | LabelRow | ViewRow | WorkflowRow


def tell_access(session: Session, changed: Sequence[tuple[Entitled, Access, Access]]) -> None:
    """Note that documents, or labels and the like, have another access than before."""
    if not changed or author_in(session) is None:
        return
    accesses = [access for _, before, after in changed for access in (before, after)]
    names = _Names(session, [grant for access in accesses for grant in access.grants], {access.owner for access in accesses})
    note_all(
        session,
        [
            Deed(Act.CHANGED, _NOUNS[type(row)], row.id, _called(row), tuple(_changes(names, before, after)))
            for row, before, after in changed
        ],
    )


def tell_grants(session: Session, holder: Holder, before: Sequence[Grant], after: Sequence[Grant]) -> None:
    """Note that a label or an owner lets others see its documents than before."""
    if author_in(session) is None or before == after:
        return
    names = _Names(session, [*before, *after])
    owned = holder.kind is HolderKind.OWNER
    noun = AuditNoun.USER if owned else AuditNoun.LABEL
    row = session.get(UserRow, holder.id) if owned else session.get(LabelRow, holder.id)
    changes = (Change("grants", names.of(before), names.of(after)),)
    note(session, Deed(Act.CHANGED, noun, holder.id, "" if row is None else row.name, changes))


def _called(row: Entitled) -> str:
    return (row.title or row.original_filename) if isinstance(row, DocumentRow) else row.name


class _Names:
    """What users and groups are called; those that are gone, by their ids."""

    def __init__(self, session: Session, grants: Iterable[Grant], users: Iterable[int | None] = ()) -> None:
        owners = (Subject(SubjectKind.USER, user_id) for user_id in users if user_id)
        self._names = subject_names(session, (*(grant.subject for grant in grants), *owners))

    def user(self, user_id: int | None) -> str:
        return self._subject(Subject(SubjectKind.USER, user_id)) if user_id else ""

    def of(self, grants: Iterable[Grant]) -> str:
        return ", ".join(f"{self._subject(grant.subject)} ({grant.level.value})" for grant in grants)

    def _subject(self, subject: Subject) -> str:
        return "everyone" if subject == EVERYONE else self._names.get(subject, f"{subject.kind.value} {subject.id}")


def _changes(names: _Names, before: Access, after: Access) -> Iterable[Change]:
    if before.owner != after.owner:
        yield Change("owner", names.user(before.owner), names.user(after.owner))
    if before.grants != after.grants:
        yield Change("grants", names.of(before.grants), names.of(after.grants))
    if before.private != after.private:
        yield Change("private", text_of(before.private), text_of(after.private))
