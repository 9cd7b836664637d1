"""What permissions cost: 50 users in 8 groups, who may see between 2 and 60 of 100 documents, beside an administrator."""

import random
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import cycle, islice
from pathlib import Path

from sqlalchemy import update

from actors.index.messages import SearchRequest
from actors.index.searcher import Searcher
from actors.store.access.classes import class_of
from actors.store.access.reach import sorted_grants
from actors.store.database import Database
from actors.store.files.data_dir import DataDir
from actors.store.nouns.access import Access, Grant, Subject, SubjectKind, Viewer
from actors.store.nouns.archive import DocumentOrder
from actors.store.nouns.identity import Group, Role, User, UserFacts
from actors.store.opening import open_store
from actors.store.rows.archive import DocumentRow
from actors.store.store import Store
from scriba.v1.search_pb2 import SearchDocumentsRequest
from tests.bench.archive import BATCH, build_index, write_labels, write_rows
from tests.bench.queries import Questions
from tests.bench.report import Figures, Report
from tests.bench.search_corpus import documents, labels
from tests.bench.timing import p50, p99, time_of

DOCUMENTS = 100_000
USERS = 50
# How many of 100 documents each group may see; nobody shares the rest, and everyone sees 2 of it.
GROUPS = (1, 3, 5, 8, 10, 12, 18, 25)
EVERYONES = 2
ROUNDS = 300
PAGE = 50
NOW = datetime(2026, 1, 1, tzinfo=UTC)
Ask = Callable[[Viewer, SearchDocumentsRequest], object]


def measure(folder: Path, share: float = 1.0) -> Report:
    """Fill an archive that many share, and let each of them look."""
    data = DataDir(folder / "archive")
    count = int(DOCUMENTS * share)
    store = open_store(data.database_url, data)
    users = make_users(store)
    made = documents(count)
    write_labels(store.database, labels())
    while batch := list(islice(made, BATCH)):
        write_rows(store.database, batch)
    hand_out(store.database, store.groups.list())
    build_index(data)
    searcher = Searcher(data.index, store.pages.texts_of, store.catalog)
    figures = measure_looks(store, searcher, [store.permissions.viewer(user.id) for user in users], count)
    searcher.close()
    store.close()
    return {"access": {"documents": count, "users": USERS, "groups": len(GROUPS), **figures}}


def make_users(store: Store) -> list[User]:
    """Add users, each in one to three groups."""
    users = [store.users.create(UserFacts(f"user {number}", Role.EDITOR), NOW) for number in range(USERS)]
    for number, _ in enumerate(GROUPS):
        members = [user.id for at, user in enumerate(users) if number in groups_of(at)]
        store.groups.create(f"group {number}", members)
    return users


def groups_of(user: int) -> set[int]:
    """Choose one to three groups for a user."""
    return set(((user % 8), (user * 3 + 1) % 8, (user + 5) % 8)[: 1 + user % 3])


def hand_out(database: Database, groups: Sequence[Group]) -> None:
    """Put documents into classes by the last two digits of their ids."""
    begin = EVERYONES
    with database.write() as session:
        nobodys = class_of(session, Access(private=True))
        session.execute(update(DocumentRow).where(DocumentRow.id % 100 >= EVERYONES).values(access_id=nobodys))
        for group, part in zip(groups, GROUPS, strict=True):
            access_id = class_of(session, Access(grants=sorted_grants([Grant(Subject(SubjectKind.GROUP, group.id))])))
            session.execute(update(DocumentRow).where((DocumentRow.id % 100).between(begin, begin + part - 1)).values(access_id=access_id))
            begin += part


def measure_looks(store: Store, searcher: Searcher, viewers: list[Viewer], count: int) -> Figures:
    """Ask the same of the archive as an administrator and as each user in turn."""
    administrator = Viewer(viewers[0].user, everything=True)
    questions = [ask() for _, ask in zip(range(ROUNDS), cycle(Questions(count).kinds().values()), strict=False)]
    chance = random.Random(5)
    found: Figures = {}
    shares = [store.seen_by(viewer).documents.count(deleted=False) / count for viewer in viewers]

    def list_page(viewer: Viewer) -> object:
        seen = store.seen_by(viewer).documents
        return seen.list(DocumentOrder(), None, PAGE + 1, deleted=False), seen.count(deleted=False)

    def search(viewer: Viewer, asked: SearchDocumentsRequest) -> object:
        return searcher.search(SearchRequest(asked.query, NOW, sight=store.permissions.sight(viewer), highlight=False))

    looks: dict[str, Ask] = {"list": lambda viewer, _: list_page(viewer), "search": search}
    for name, ask in looks.items():
        for one in questions[:20]:
            ask(administrator, one)
            ask(viewers[0], one)
        whole, some = list[float](), list[float]()
        for one in questions:
            viewer = chance.choice(viewers)
            whole.append(time_of(lambda: ask(administrator, one)))  # noqa: B023  # called at once
            some.append(time_of(lambda: ask(viewer, one)))  # noqa: B023  # called at once
        found |= {f"{name}_admin_p50_ms": p50(whole), f"{name}_users_p50_ms": p50(some), f"{name}_users_p99_ms": p99(some)}
        found[f"{name}_ratio_to_admin"] = p50(some) / p50(whole)
    return {"least_share": min(shares), "most_share": max(shares), **found}
