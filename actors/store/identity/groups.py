"""The groups of users."""

from collections.abc import Iterable, Mapping, Sequence

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from actors.store.audit.deeds import note
from actors.store.catalog.label_rows import name_key
from actors.store.catalog.names import require_free_name
from actors.store.database import Database
from actors.store.errors import StaleItem
from actors.store.identity.errors import GroupNotFound, MemberNotFound
from actors.store.nouns.audit import Act, AuditNoun, Change, Deed
from actors.store.nouns.identity import Group, GroupId, UserId
from actors.store.rows import counters
from actors.store.rows.columns import clean_text
from actors.store.rows.identity import GroupRow, MemberRow, UserRow


class Groups:
    """Keeps the groups, by name."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def list(self) -> Sequence[Group]:
        """List all groups by name."""
        with self._database.read() as session:
            return groups(session, session.scalars(select(GroupRow).order_by(GroupRow.name_key)))

    def get(self, group_id: GroupId) -> Group:
        """Give one group."""
        with self._database.read() as session:
            return groups(session, [group_row(session, group_id)])[0]

    def create(self, name: str, members: Sequence[UserId]) -> Group:
        """Add a group. Raises NameTaken, MemberNotFound."""
        with self._database.write() as session:
            require_free_name(session, GroupRow, name, None)
            row = GroupRow(revision=1, name=clean_text(name), name_key=name_key(name))
            session.add(row)
            session.flush()
            set_members(session, GroupId(row.id), members)
            counters.identity_changed(session)
            return groups(session, [row])[0]

    def update(self, group_id: GroupId, name: str, members: Sequence[UserId], expected_revision: int | None) -> Group:
        """Change a group's name and members. Raises NameTaken, StaleItem, MemberNotFound."""
        with self._database.write() as session:
            row = group_row(session, group_id, expected_revision)
            require_free_name(session, GroupRow, name, group_id)
            row.name, row.name_key = clean_text(name), name_key(name)
            row.revision += 1
            set_members(session, group_id, members)
            counters.identity_changed(session)
            return groups(session, [row])[0]

    def delete(self, group_id: GroupId, expected_revision: int | None) -> None:
        """Remove a group; its users stay."""
        with self._database.write() as session:
            session.delete(group_row(session, group_id, expected_revision))
            counters.identity_changed(session)


def group_row(session: Session, group_id: GroupId, expected_revision: int | None = None) -> GroupRow:
    """Load a group to change it, if it is still what the caller saw."""
    row = session.get(GroupRow, group_id)
    if row is None:
        raise GroupNotFound(str(group_id))
    if expected_revision is not None and row.revision != expected_revision:
        raise StaleItem(row.name, expected_revision, row.revision)
    return row


def groups(session: Session, rows: Iterable[GroupRow]) -> Sequence[Group]:
    """Make groups of their rows, with one query for the members of all."""
    loaded = list(rows)
    members = members_of(session, [row.id for row in loaded])
    return [Group(GroupId(row.id), row.revision, row.name, members.get(row.id, ())) for row in loaded]


def members_of(session: Session, group_ids: Sequence[int]) -> Mapping[int, tuple[UserId, ...]]:
    """Tell who is in groups; an empty one has no entry."""
    found = dict[int, tuple[UserId, ...]]()
    query = select(MemberRow.group_id, MemberRow.user_id).where(MemberRow.group_id.in_(group_ids)).order_by(MemberRow.user_id)
    for group_id, user_id in session.execute(query):
        found[group_id] = (*found.get(group_id, ()), UserId(user_id))
    return found


def set_members(session: Session, group_id: GroupId, members: Sequence[UserId]) -> None:
    """Let exactly these users be in a group. Raises MemberNotFound."""
    known = dict(session.execute(select(UserRow.id, UserRow.name).where(UserRow.id.in_(members))).all())
    _tell_members(session, group_id, known)
    for user in members:
        if user not in known:
            raise MemberNotFound(group_id, user)
    session.execute(delete(MemberRow).where(MemberRow.group_id == group_id))
    session.add_all(MemberRow(group_id=group_id, user_id=user) for user in sorted(known))
    session.flush()


def _tell_members(session: Session, group_id: GroupId, after: Mapping[int, str]) -> None:
    before = select(UserRow.id, UserRow.name).join(MemberRow, MemberRow.user_id == UserRow.id).where(MemberRow.group_id == group_id)
    names = dict(session.execute(before).all()), after
    was, now = (", ".join(sorted(one.values())) for one in names)
    name = session.get_one(GroupRow, group_id).name
    note(session, Deed(Act.CHANGED, AuditNoun.GROUP, group_id, name, (Change("members", was, now),)))
