"""Labels are counted from what stands in indexes, and as by looking at each document that may be seen."""

from collections import Counter
from collections.abc import Callable

import pytest
from sqlalchemy import select

from actors.store.nouns.access import AccessChange, Grant, Holder, HolderKind, Subject, SubjectKind, Viewer
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentOrder
from actors.store.nouns.catalog import LabelFacts, LabelId, LabelKind
from actors.store.nouns.identity import Role, UserFacts, UserId
from actors.store.rows.catalog import DocumentTagRow
from actors.store.store import Store
from tests.store.access.bringing import brought
from tests.store.making import START

TAGS = ("bill", "tax", "house")


class Family:
    """Anna's and Bert's documents, and nobody's, with labels of each kind."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.anna, self.bert = (store.users.create(UserFacts(name, Role.EDITOR), START).id for name in ("anna", "bert"))
        self.documents: list[DocumentId] = []
        for number in range(12):
            owner = (self.anna, self.bert, None)[number % 3]
            one = brought(store, f"{number}", owner, tags=TAGS[: number % 4])
            filed = DocumentChanges(correspondent=f"c{number % 2}", document_type=f"t{number % 5}", storage_path=f"p{number % 3}")
            store.documents.update(one, filed, None, START)
            self.documents.append(one)

    def label(self, kind: LabelKind, name: str) -> LabelId:
        return self.store.catalog.labels.find(kind, name).id

    def grant(self, holder: Holder, *users: UserId) -> None:
        self.store.permissions.set_grants(holder, [Grant(Subject(SubjectKind.USER, user)) for user in users], START)


def counted(store: Store) -> dict[LabelId, int]:
    return dict(store.catalog.labels.documents_of([label.id for label in store.catalog.labels.all()]))


def by_hand(store: Store) -> dict[LabelId, int]:
    tags = {label.facts.name: label.id for label in store.catalog.labels.all() if label.kind is LabelKind.TAG}
    found = Counter[LabelId]()
    for document in store.documents.list(DocumentOrder(), None, 100, deleted=False):
        others = (document.correspondent, document.document_type, document.storage_path)
        found.update([*(tags[tag] for tag in document.tags), *(label.id for label in others if label)])
    return dict(found)


CHANGES: list[Callable[[Family], object]] = [
    lambda family: None,
    lambda family: family.store.documents.delete(family.documents[7], None, START),
    lambda family: family.store.permissions.change(family.documents[:6], AccessChange(owner=family.bert), None, START),
    lambda family: family.store.permissions.change(family.documents, AccessChange(clear_owner=True), None, START),
    lambda family: family.grant(Holder(HolderKind.LABEL, family.label(LabelKind.TAG, "tax")), family.anna, family.bert),
    lambda family: family.grant(Holder(HolderKind.LABEL, family.label(LabelKind.STORAGE_PATH, "p1")), family.anna),
    lambda family: family.grant(Holder(HolderKind.OWNER, family.bert), family.anna),
    lambda family: family.store.documents.update(family.documents[0], DocumentChanges(tags=("tax", "new")), None, START),
    lambda family: family.store.catalog.labels.update(
        family.label(LabelKind.TAG, "bill"),
        LabelFacts("bill", parent=family.store.catalog.labels.create(LabelKind.TAG, LabelFacts("above")).id),
        None,
        START,
    ),
]


@pytest.mark.parametrize("change", CHANGES)
def test_labels_are_counted_as_by_hand_for_everybody(store: Store, change: Callable[[Family], object]) -> None:
    family = Family(store)
    change(family)
    for who in (store, *(store.seen_by(store.permissions.viewer(user)) for user in (family.anna, family.bert))):
        assert counted(who) == by_hand(who)
    assert counted(store.seen_by(Viewer(family.anna, everything=True))) == by_hand(store)


def test_who_is_narrowed_reads_no_tag_of_a_hidden_document(store: Store) -> None:
    family = Family(store)
    anna = store.seen_by(store.permissions.viewer(family.anna))
    seen = {one.id for one in anna.documents.list(DocumentOrder(), None, 100, deleted=False)}
    with store.database.read() as whole, anna.database.read() as session:
        borne = {row.document_id for row in whole.scalars(select(DocumentTagRow))}
        assert {row.document_id for row in session.scalars(select(DocumentTagRow))} == borne & seen
        assert borne - seen
