"""What a class is said to have is what it has, whoever writes and however."""

import random

import pytest
from sqlalchemy import delete, func, insert, select, update
from sqlalchemy.orm import Session

from actors.store.access import totals
from actors.store.access.classes import class_of
from actors.store.nouns.access import Access, AccessChange, Grant, Holder, HolderKind, Subject, SubjectKind, Viewer
from actors.store.nouns.archive import DocumentChanges, DocumentOrder
from actors.store.nouns.catalog import LabelKind
from actors.store.nouns.identity import Role, UserFacts, UserId
from actors.store.rows.access import AccessClassRow
from actors.store.rows.archive import Base, DocumentRow
from actors.store.store import Store
from tests.store.access.bringing import bring
from tests.store.making import START

_TABLE = Base.metadata.tables[DocumentRow.__tablename__]


@pytest.fixture
def people(store: Store) -> list[UserId]:
    return [store.users.create(UserFacts(name, Role.EDITOR), START).id for name in ("anna", "bert", "carl")]


def test_whatever_statement_writes_documents_the_database_counts(store: Store, people: list[UserId]) -> None:
    for number in range(12):
        bring(store, f"{number}", people[number % 3])
    chance = random.Random(7)
    with store.database.write() as session:
        classes = [class_of(session, Access(user, private=private)) for user in people for private in (False, True)]
    for _ in range(40):
        with store.database.write() as session:
            ids = session.scalars(select(DocumentRow.id)).all()
            some = _TABLE.c.id.in_(chance.sample(ids, min(len(ids), chance.randrange(5))))
            access_id, trashed = chance.choice(classes), chance.random() < 0.5
            match chance.randrange(5):
                case 0:
                    session.execute(update(_TABLE).where(some).values(access_id=access_id, trashed=trashed))
                case 1:
                    session.execute(update(_TABLE).where(some).values(trashed=~_TABLE.c.trashed))
                case 2:
                    session.execute(update(_TABLE).where(some).values(access_id=access_id, title="other"))
                case 3:
                    session.execute(delete(_TABLE).where(_TABLE.c.id.in_(chance.sample(ids, min(len(ids), 1)))))
                case _:
                    copy_some(session, chance.randrange(3), access_id, trashed)
            assert_counted(session)


def copy_some(session: Session, count: int, access_id: int, trashed: bool) -> None:
    """Write documents in bulk, like others but for their class."""
    rows = [dict(row) for row in session.execute(select(_TABLE).limit(count)).mappings()]
    highest = session.scalars(select(func.max(_TABLE.c.id))).one() or 0
    given = [row | {"id": highest + 1 + number, "access_id": access_id, "trashed": trashed} for number, row in enumerate(rows)]
    if given:
        session.execute(insert(_TABLE), given)


def assert_counted(session: Session) -> None:
    """Count each class by itself, otherwise than the code that is asked does."""
    for row in session.scalars(select(AccessClassRow)):
        session.refresh(row)
        found = session.scalars(select(_TABLE.c.trashed).where(_TABLE.c.access_id == row.id)).all()
        assert (row.live, row.trashed) == (found.count(False), found.count(True))
    assert totals.kept(session) == totals.counted(session)


def test_a_transaction_that_fails_leaves_the_totals_as_they_were(store: Store, people: list[UserId]) -> None:
    bring(store, "a", people[0])
    with pytest.raises(ZeroDivisionError):
        throw_all_away_and_fail(store)
    with store.database.read() as session:
        assert_counted(session)


def throw_all_away_and_fail(store: Store) -> None:
    with store.database.write() as session:
        session.execute(update(DocumentRow).values(trashed=True))
        assert_counted(session)
        raise ZeroDivisionError


def test_each_is_told_as_many_as_he_is_shown(store: Store, people: list[UserId]) -> None:
    anna, bert, carl = people
    papers = [bring(store, f"{number}", (anna, bert, None)[number % 3]).document_id for number in range(12)]
    store.documents.update(papers[1], DocumentChanges(tags=("shared",)), None, START)
    tag = store.catalog.labels.find(LabelKind.TAG, "shared").id
    store.permissions.set_grants(Holder(HolderKind.LABEL, tag), [Grant(Subject(SubjectKind.USER, anna))], START)
    store.permissions.change(papers[3:4], AccessChange(grants=(Grant(Subject(SubjectKind.USER, bert)),)), None, START)
    for paper in papers[:5]:
        store.documents.delete(paper, None, START)
    store.documents.undelete(papers[0], START)
    store.documents.purge(papers[2])
    shown = {user: (shown_to(store, user, deleted=False), shown_to(store, user, deleted=True)) for user in people}
    assert shown == {anna: (6, 2), bert: (5, 3), carl: (3, 0)}
    for user, (live, trashed) in shown.items():
        seen = store.seen_by(store.permissions.viewer(user))
        assert (seen.documents.count(deleted=False), seen.documents.count(deleted=True)) == (live, trashed)
        figures = seen.statistics()
        assert (figures.documents, figures.documents_deleted) == (live, trashed)
    assert store.documents.count(deleted=False) == 8
    assert store.seen_by(Viewer(UserId(99), everyone=False)).documents.count(deleted=False) == 0


def shown_to(store: Store, user: UserId, deleted: bool) -> int:
    """Count what a list shows somebody."""
    return len(store.seen_by(store.permissions.viewer(user)).documents.list(DocumentOrder(), None, 100, deleted))
