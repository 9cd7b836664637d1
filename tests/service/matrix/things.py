"""Makes things to which callers stand in one way or another."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from actors.store.access.classes import class_of
from actors.store.nouns.access import EVERYONE, Access, Grant, Holder, HolderKind, Level, Subject, SubjectKind
from actors.store.nouns.catalog import LabelFacts, LabelKind
from actors.store.nouns.identity import Role, UserFacts, UserId
from actors.store.rows.archive import Base
from actors.store.rows.catalog import DocumentTagRow
from actors.store.store import Store
from tests.service.house import NOW
from tests.service.matrix.callers import Caller
from tests.service.matrix.relations import Relation, Standing, Way
from tests.service.matrix.rows import rows_of, upload_of
from tests.service.matrix.thing import Thing, new_thing


@dataclass(frozen=True, slots=True)
class Cell:
    """One call: who asks, and how he stands to what he names."""

    caller: Caller
    standing: Standing

    def __str__(self) -> str:
        return f"{self.caller.name}, {self.standing}"


class Things:
    """Keeps a thing for each cell until it is spent."""

    def __init__(self, store: Store, callers: list[Caller]) -> None:
        self._store = store
        self._unspent = dict[Cell, Thing]()
        self._other, self._generous = (store.users.create(UserFacts(name, Role.EDITOR), NOW).id for name in ("Olga", "Gustav"))
        people = [caller.user for caller in callers]
        self._group, self._others = (store.groups.create("Readers", people).id, store.groups.create("Strangers", [self._other]).id)
        self._tag = store.catalog.labels.create(LabelKind.TAG, LabelFacts("shared")).id
        self._path = store.catalog.labels.create(LabelKind.STORAGE_PATH, LabelFacts("cabinet")).id
        named = [Grant(Subject(SubjectKind.USER, user)) for user in people]
        store.permissions.set_grants(Holder(HolderKind.LABEL, self._tag), named, NOW)
        for holder in (Holder(HolderKind.LABEL, self._path), Holder(HolderKind.OWNER, self._generous)):
            store.permissions.set_grants(holder, [Grant(Subject(SubjectKind.GROUP, self._group))], NOW)

    def of(self, cell: Cell) -> Thing:
        """Give what the call of a cell names."""
        return self._unspent[cell]

    def spend(self, cell: Cell) -> None:
        """Use a thing no more: a call may have changed it."""
        del self._unspent[cell]

    def provide(self, cells: Iterable[Cell]) -> None:
        """Make what cells lack."""
        with self._store.database.write() as session:
            made = dict[type[Base], list[dict[str, Any]]]()
            for cell in cells:
                if cell in self._unspent:
                    continue
                self._unspent[cell] = thing = new_thing()
                if cell.standing.relation is not Relation.ABSENT:
                    for table, row in self._rows(session, thing, cell):
                        made.setdefault(table, []).append(row)
            for table, rows in made.items():
                session.execute(insert(table), rows)

    def _rows(self, session: Session, thing: Thing, cell: Cell) -> Iterable[tuple[type[Base], dict[str, Any]]]:
        way, user = cell.standing.way, cell.caller.user
        access = self._access(user, cell.standing)
        path = self._path if way in (Way.PATH, Way.PRIVATE) else None
        owned = {"owner_id": access.owner, "access_id": class_of(session, access), "path_id": path}
        yield from rows_of(thing, owned, user if cell.standing.relation is Relation.OWNER else self._other)
        yield from upload_of(thing, user if cell.caller.is_user else None)
        if way in (Way.TAG, Way.PRIVATE):
            for document in thing.documents:
                yield DocumentTagRow, {"document_id": int(document), "tag_id": self._tag}

    def _access(self, user: UserId, standing: Standing) -> Access:
        level = Level.EDIT if standing.relation is Relation.EDITOR else Level.VIEW
        accesses = {
            Way.OWN: Access(user),
            Way.DIRECT: self._granted(Subject(SubjectKind.USER, user), level),
            Way.GROUP: self._granted(Subject(SubjectKind.GROUP, self._group), level),
            Way.EVERYONE: self._granted(EVERYONE, level),
            Way.OTHER_GROUP: self._granted(Subject(SubjectKind.GROUP, self._others), Level.EDIT),
            Way.TAG: Access(self._other, labels=(self._tag,)),
            Way.PATH: Access(self._other, labels=(self._path,)),
            Way.GENEROUS: Access(self._generous),
            Way.PRIVATE: Access(self._generous, private=True, labels=tuple(sorted((self._tag, self._path)))),
            Way.NOBODYS: Access(),
            Way.OTHERS: Access(self._other),
        }
        return accesses[standing.way]

    def _granted(self, subject: Subject, level: Level) -> Access:
        return Access(self._other, (Grant(subject, level),))
