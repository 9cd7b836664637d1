"""Who may see and change which documents."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from actors.store.access.classes import accesses, grants_of
from actors.store.access.granting import set_grants
from actors.store.access.moves import bears_grants, entitle
from actors.store.access.naming import subject_names
from actors.store.access.reach import sorted_grants
from actors.store.access.telling import tell_access
from actors.store.catalog.labels import label_row
from actors.store.database import Database
from actors.store.errors import DocumentOwned, LabelNotFound
from actors.store.identity.groups import group_row
from actors.store.identity.rows import user_row, users_of
from actors.store.nouns.access import (
    Access,
    AccessChange,
    AccessId,
    Grant,
    Holder,
    HolderKind,
    Level,
    Subject,
    SubjectKind,
    Viewer,
    viewer_of,
)
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import LabelId
from actors.store.nouns.identity import GroupId, UserId
from actors.store.rows import counters
from actors.store.rows.access import ReachRow
from actors.store.rows.archive import DocumentRow
from actors.store.rows.revisions import document_row, document_rows, mark_rows, raise_revision
from actors.store.rows.seeing import reached, reached_of, require_editable, viewer_in

# Viewers whose classes are remembered.
_MOST_KNOWN = 1_000


class Permissions:
    """Keeps owners and grants, and knows what follows from them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._known = dict[Viewer, tuple[int, tuple[AccessId, ...]]]()

    def viewer(self, user_id: UserId) -> Viewer:
        """Tell what somebody sees."""
        with self._database.read() as session:
            return viewer_of(users_of(session, [user_row(session, user_id)])[0])

    def of(self, document_ids: Sequence[DocumentId]) -> Sequence[Access]:
        """Tell what the access to documents follows from, in the order asked."""
        with self._database.read() as session:
            rows = document_rows(session, document_ids)
            known = accesses(session, {row.access_id for row in rows})
            return [known[AccessId(row.access_id)] for row in rows]

    def change(self, document_ids: Sequence[DocumentId], change: AccessChange, expected_revision: int | None, now: datetime) -> None:
        """Give documents another owner, or grants of their own: all or none.

        Raises UserNotFound, GroupNotFound, DocumentNotEditable, and DocumentOwned where somebody else owns one.
        """
        with self._database.write() as session:
            require_there(session, change)
            viewer = viewer_in(session)
            rows = document_rows(session, document_ids)
            known = accesses(session, {row.access_id for row in rows})
            told = list[tuple[DocumentRow, Access, Access]]()
            for row in rows:
                document_row(session, DocumentId(row.id), expected_revision)
                before = known[AccessId(row.access_id)]
                require_editable(row)
                if viewer is not None and before.owner not in (None, viewer.user):
                    raise DocumentOwned(DocumentId(row.id))
                after = changed(before, change)
                if after != before:
                    raise_revision(row, now)
                    entitle(session, row, after)
                    told.append((row, before, after))
            tell_access(session, told)
            mark_rows(session, rows)

    def grants(self, holders: Iterable[Holder]) -> Mapping[Holder, tuple[Grant, ...]]:
        """Give what tags, storage paths and owners grant for their documents; one that grants nothing has no entry."""
        with self._database.read() as session:
            return grants_of(session, holders)

    def granted_by(self, holder: Holder) -> tuple[Grant, ...]:
        """Give what a tag, a storage path or an owner grants for its documents. Raises LabelNotFound, UserNotFound."""
        with self._database.read() as session:
            _require(session, holder)
            return grants_of(session, [holder]).get(holder, ())

    def names(self, subjects: Iterable[Subject]) -> Mapping[Subject, str]:
        """Give what users and groups are called; who is gone has no entry."""
        with self._database.read() as session:
            return subject_names(session, subjects)

    def set_grants(self, holder: Holder, grants: Iterable[Grant], now: datetime) -> None:
        """Let a tag, a storage path or an owner grant exactly this for its documents. Raises LabelNotFound, UserNotFound."""
        with self._database.whole.write() as session:
            _require(session, holder)
            wanted = tuple(grants)
            require_subjects(session, wanted)
            set_grants(session, holder, wanted, now)

    def reachable(self, viewer: Viewer, level: Level = Level.VIEW) -> tuple[AccessId, ...]:
        """List the classes of documents that somebody who may not see everything may view, or edit."""
        with self._database.read() as session:
            found = session.scalars(reached(viewer, level).distinct().order_by(ReachRow.access_id))
            return tuple(map(AccessId, found))

    def sight(self, viewer: Viewer) -> tuple[AccessId, ...] | None:
        """Give what `reachable` lists, remembered as long as it holds; None for who sees everything."""
        if viewer.everything:
            return None
        stamp = self.stamp()  # first: a change meanwhile makes the next look ask again
        known = self._known.get(viewer)
        if known is None or known[0] != stamp:
            known = self._known[viewer] = stamp, self.reachable(viewer)
            while len(self._known) > _MOST_KNOWN:
                self._known.pop(next(iter(self._known)), None)
        return known[1]

    def barred(self, document_id: DocumentId, users: Iterable[UserId]) -> frozenset[UserId]:
        """Tell which of some users may not edit a document."""
        with self._database.read() as session:
            access_id = document_row(session, document_id).access_id
            viewers = [viewer_of(user) for user in users_of(session, [user_row(session, one) for one in users])]
            return frozenset(one.user for one in viewers if not reached_of(session, one, [access_id], Level.EDIT))

    def stamp(self) -> int:
        """Tell one state of what `reachable` answers from another; costs one read of one row."""
        with self._database.read() as session:
            return counters.value(session, counters.ACCESS_CHANGE)


def require_there(session: Session, change: AccessChange) -> None:
    """Make sure that whoever is named is there. Raises UserNotFound, GroupNotFound."""
    if change.owner is not None:
        user_row(session, change.owner)
    require_subjects(session, change.grants or ())


def require_subjects(session: Session, grants: Iterable[Grant]) -> None:
    """Make sure that something is granted only to who is there. Raises UserNotFound, GroupNotFound."""
    for grant in grants:
        match grant.subject.kind:
            case SubjectKind.USER:
                user_row(session, UserId(grant.subject.id))
            case SubjectKind.GROUP:
                group_row(session, GroupId(grant.subject.id))
            case SubjectKind.EVERYONE:
                continue


def changed(access: Access, change: AccessChange) -> Access:
    """Change an access."""
    owner = change.owner if change.owner is not None else access.owner
    return replace(
        access,
        owner=None if change.clear_owner else owner,
        grants=access.grants if change.grants is None else sorted_grants(change.grants),
        private=access.private if change.private is None else change.private,
    )


def _require(session: Session, holder: Holder) -> None:
    if holder.kind is HolderKind.OWNER:
        user_row(session, UserId(holder.id))
        return
    row = label_row(session, LabelId(holder.id))
    if not bears_grants(row.kind):
        raise LabelNotFound(f"'{row.name}' among tags and storage paths")
