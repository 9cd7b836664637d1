"""An archive that 50 people share: who may see a hundredth of it, a sixth, 60 of 100 documents, or all without being an administrator.

Each owns a hundredth; the rest is nobody's. Half is granted to a household, a tenth to an office, everything to a third group, and two
usual tags grant the documents that bear them, so there are some hundred classes of access.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import islice

from sqlalchemy.orm import Session

from actors.index.source import IndexDocument
from actors.store.access.classes import class_of
from actors.store.access.reach import sorted_grants
from actors.store.files.data_dir import DataDir
from actors.store.nouns.access import Access, AccessId, Grant, Holder, HolderKind, Subject, SubjectKind, Viewer
from actors.store.nouns.catalog import LabelId
from actors.store.nouns.identity import GroupId, Role, UserFacts, UserId
from actors.store.opening import open_store
from actors.store.store import Store
from tests.bench.archive import BATCH, build_index, write_labels, write_rows
from tests.bench.search_corpus import documents, labels

NOW = datetime(2026, 1, 1, tzinfo=UTC)
# How many people are in none of the groups, in the office, in the household, and among those who see all.
PEOPLE = {"one of 100": 5, "a sixth": 20, "60 of 100": 20, "all": 5}
HOUSEHOLDS, OFFICES = 50, 60
GRANTING_TAGS = (LabelId(1), LabelId(2))
# Short texts make searches fast, and what permissions cost beside them great.
WORDS_EACH = 100


@dataclass(frozen=True, slots=True)
class Circle:
    """Whom documents are handed out to."""

    people: tuple[UserId, ...]
    household: GroupId
    office: GroupId
    all: GroupId

    def access(self, document: IndexDocument) -> Access:
        """Say who may see a document: by its number and its tags."""
        part, owner = document.id * 37 % 100, document.id * 7919 % 100
        groups = [self.all, *([self.household] if part < HOUSEHOLDS else [self.office] if part < OFFICES else [])]
        grants = sorted_grants(Grant(Subject(SubjectKind.GROUP, group)) for group in groups)
        granting = tuple(tag for tag in GRANTING_TAGS if tag in document.tags)
        return Access(self.people[owner] if owner < len(self.people) else None, grants, labels=granting)


def build(data: DataDir, count: int, url: str = "") -> dict[str, Sequence[Viewer]]:
    """Make the archive with its index; give who looks, by how much he may see."""
    store = open_store(url or data.database_url, data)
    circle = _circle(store)
    write_labels(store.database, labels())
    for tag, group in zip(GRANTING_TAGS, (circle.office, circle.household), strict=True):
        store.permissions.set_grants(Holder(HolderKind.LABEL, tag), [Grant(Subject(SubjectKind.GROUP, group))], NOW)
    made, known = documents(count, WORDS_EACH), dict[Access, AccessId]()
    while batch := list(islice(made, BATCH)):
        with store.database.write() as session:
            classes = [_class(session, known, circle.access(document)) for document in batch]
        write_rows(store.database, batch, classes)
    viewers = [store.permissions.viewer(user) for user in circle.people]
    store.close()
    build_index(data, url)
    some, by_share = iter(viewers), dict[str, Sequence[Viewer]]()
    for share, people in PEOPLE.items():
        by_share[share] = list(islice(some, people))
    return by_share


def _circle(store: Store) -> Circle:
    people = [store.users.create(UserFacts(f"user {number}", Role.EDITOR), NOW).id for number in range(sum(PEOPLE.values()))]
    begin, members = PEOPLE["one of 100"], list[GroupId]()
    for name in ("a sixth", "60 of 100", "all"):
        members.append(store.groups.create(name, people[begin : begin + PEOPLE[name]]).id)
        begin += PEOPLE[name]
    office, household, everything = members
    return Circle(tuple(people), household, office, everything)


def _class(session: Session, known: dict[Access, AccessId], access: Access) -> AccessId:
    if access not in known:
        known[access] = class_of(session, access)
    return known[access]
