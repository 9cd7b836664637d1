"""Owners and grants are kept, and decide at once; what a grant changes touches classes, and documents only where they change class."""

import pytest

from actors.store.errors import DocumentNotFound, LabelNotFound, StaleRevision
from actors.store.identity.errors import OwnsDocuments, UserNotFound
from actors.store.nouns.access import Access, AccessChange, Grant, Holder, HolderKind, Level, Subject, SubjectKind, Viewer
from actors.store.nouns.archive import DocumentChanges, DocumentId
from actors.store.nouns.catalog import LabelFacts, LabelId, LabelKind
from actors.store.nouns.identity import Bequest, Role, UserFacts, UserId
from actors.store.store import Store
from tests.store.access.bringing import brought
from tests.store.making import START, document_id


def user(store: Store, name: str, role: Role = Role.EDITOR) -> UserId:
    return store.users.create(UserFacts(name, role), START).id


def to(user_id: UserId, level: Level = Level.VIEW) -> Grant:
    return Grant(Subject(SubjectKind.USER, user_id), level)


def sees(store: Store, user_id: UserId, document: DocumentId, level: Level = Level.VIEW) -> bool:
    return store.documents.get(document).access in store.permissions.reachable(store.permissions.viewer(user_id), level)


def test_a_document_of_nobody_is_everyones_but_not_an_uploaders(store: Store) -> None:
    document, anna, carl = document_id(store), user(store, "anna"), user(store, "carl", Role.UPLOADER)
    assert (sees(store, anna, document, Level.EDIT), sees(store, carl, document)) == (True, False)
    assert store.permissions.of([document]) == [Access()]


def test_what_somebody_brings_is_his_alone_until_he_grants_it(store: Store) -> None:
    anna, bert = user(store, "anna"), user(store, "bert")
    document = brought(store, "letter", anna)
    assert (store.documents.get(document).owner, sees(store, anna, document, Level.EDIT), sees(store, bert, document)) == (
        anna,
        True,
        False,
    )
    store.permissions.change([document], AccessChange(grants=(to(bert),)), 1, START)
    assert (sees(store, bert, document), sees(store, bert, document, Level.EDIT)) == (True, False)
    assert store.documents.get(document).revision == 2
    with pytest.raises(StaleRevision):
        store.permissions.change([document], AccessChange(clear_owner=True), 1, START)


def test_a_group_sees_what_is_granted_to_it_as_long_as_one_is_in_it(store: Store) -> None:
    anna, bert = user(store, "anna"), user(store, "bert")
    family = store.groups.create("family", [bert])
    store.permissions.set_grants(Holder(HolderKind.OWNER, anna), [Grant(Subject(SubjectKind.GROUP, family.id))], START)
    document, private = brought(store, "letter", anna), brought(store, "diary", anna)
    store.permissions.change([private], AccessChange(private=True), None, START)
    assert (sees(store, bert, document), sees(store, bert, private)) == (True, False)
    store.groups.update(family.id, "family", [], None)
    assert not sees(store, bert, document)
    store.groups.delete(family.id, None)
    assert store.permissions.grants([Holder(HolderKind.OWNER, anna)]) != {}


def test_a_group_that_goes_leaves_nothing_to_everyone(store: Store) -> None:
    bert, family = user(store, "bert"), store.groups.create("family", [])
    document, tagged = document_id(store, "a"), document_id(store, "b", tags=("tax",))
    grant = Grant(Subject(SubjectKind.GROUP, family.id))
    store.permissions.change([document], AccessChange(grants=(grant,)), None, START)
    store.permissions.set_grants(Holder(HolderKind.LABEL, store.catalog.labels.find(LabelKind.TAG, "tax").id), [grant], START)
    store.groups.delete(family.id, None)
    assert (sees(store, bert, document), sees(store, bert, tagged)) == (False, False)


@pytest.mark.parametrize("kind", [LabelKind.TAG, LabelKind.STORAGE_PATH])
def test_documents_inherit_from_tag_and_path(store: Store, kind: LabelKind) -> None:
    anna, bert = user(store, "anna"), user(store, "bert")
    document, other = brought(store, "letter", anna), brought(store, "other", anna)
    label = store.catalog.labels.create(kind, LabelFacts("tax"))
    changes = DocumentChanges(tags=("tax",)) if kind is LabelKind.TAG else DocumentChanges(storage_path="tax")
    store.documents.update(document, changes, None, START)
    before = store.documents.get(document).revision
    store.permissions.set_grants(Holder(HolderKind.LABEL, label.id), [to(bert)], START)
    assert (sees(store, bert, document), sees(store, bert, other)) == (True, False)
    assert (store.documents.get(document).revision, store.documents.get(other).revision) == (before + 1, 1)
    store.permissions.set_grants(Holder(HolderKind.LABEL, label.id), [to(bert, Level.EDIT)], START)
    assert (sees(store, bert, document, Level.EDIT), store.documents.get(document).revision) == (True, before + 1)
    store.catalog.labels.delete(label.id, None, START)
    assert not sees(store, bert, document)
    assert store.permissions.of([document]) == [Access(anna)]


def test_only_what_there_is_can_own_and_grant(store: Store) -> None:
    document = document_id(store)
    correspondent = store.catalog.labels.create(LabelKind.CORRESPONDENT, LabelFacts("bank"))
    with pytest.raises(UserNotFound):
        store.permissions.change([document], AccessChange(owner=UserId(9)), None, START)
    with pytest.raises(DocumentNotFound):
        store.permissions.change([DocumentId(9)], AccessChange(private=True), None, START)
    with pytest.raises(LabelNotFound, match="among tags and storage paths"):
        store.permissions.set_grants(Holder(HolderKind.LABEL, correspondent.id), [], START)
    with pytest.raises(LabelNotFound):
        store.permissions.set_grants(Holder(HolderKind.LABEL, LabelId(99)), [], START)
    with pytest.raises(UserNotFound):
        store.permissions.set_grants(Holder(HolderKind.OWNER, 9), [], START)


def test_who_owns_documents_leaves_them_to_an_heir_and_never_to_everyone(store: Store) -> None:
    anna, bert, cleo = (user(store, name) for name in ("anna", "bert", "cleo"))
    document = brought(store, "letter", anna)
    store.permissions.change([document], AccessChange(grants=(to(cleo),)), None, START)
    with pytest.raises(OwnsDocuments, match="anna owns 1 documents: name an heir"):
        store.users.delete(anna, None)
    for heir in (anna, UserId(9)):
        with pytest.raises(UserNotFound):
            store.users.delete(anna, None, Bequest(heir, START))
    store.users.delete(anna, None, Bequest(bert, START))
    assert store.permissions.of([document]) == [Access(bert, (to(cleo),))]
    assert store.documents.get(document).owner == bert
    store.users.delete(cleo, None)


def test_the_stamp_is_another_when_somebody_reaches_more_or_less(store: Store) -> None:
    anna = user(store, "anna")
    brought(store, "letter", anna)
    before = store.permissions.stamp()
    brought(store, "another", anna)
    assert store.permissions.stamp() == before
    store.permissions.set_grants(Holder(HolderKind.OWNER, anna), [to(anna)], START)
    assert store.permissions.stamp() > before


def test_an_administrator_sees_everything(store: Store) -> None:
    assert store.permissions.viewer(user(store, "root", Role.ADMIN)) == Viewer(UserId(1), everything=True)
