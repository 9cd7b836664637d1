"""Labels, saved views and workflows have owners and grants; what one may not see of them stands in nothing that he sees."""

from collections.abc import Callable
from dataclasses import dataclass

import pytest

from actors.store.errors import (
    ItemNotEditable,
    ItemOwned,
    LabelNotFound,
    NamedByWorkflows,
    NameTaken,
    StoreError,
    ViewNotFound,
    WorkflowNotFound,
)
from actors.store.identity.errors import OwnsDocuments
from actors.store.nouns.access import Access, AccessChange, Grant, Item, ItemKind, Level, Subject, SubjectKind
from actors.store.nouns.archive import DocumentChanges, DocumentId, DocumentState
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import LabelFacts, LabelId, LabelKind, ViewFacts, ViewId
from actors.store.nouns.folders import Folder, Place, Placed
from actors.store.nouns.identity import Bequest, Role, UserFacts, UserId
from actors.store.nouns.workflows import Assign, Trigger, TriggerKind, WorkflowFacts, WorkflowId
from actors.store.store import Store
from tests.store.access.bringing import brought
from tests.store.making import START, document_id, leased

CANARY = "canarybird"
KINDS = tuple(LabelKind)


@dataclass(frozen=True)
class House:
    """A document of everyone's with a label of each kind that Anna alone sees, her view and her workflow; and the same as Bert sees it."""

    store: Store
    anna: UserId
    bert: UserId
    document: DocumentId
    labels: dict[LabelKind, LabelId]
    view: ViewId
    workflow: WorkflowId

    @property
    def seen(self) -> Store:
        return self.store.seen_by(self.store.permissions.viewer(self.bert))

    @property
    def annas(self) -> Store:
        return self.store.seen_by(self.store.permissions.viewer(self.anna))

    def give(self, item: Item, change: AccessChange) -> None:
        self.store.item_permissions.change([item], change)


def label(label_id: LabelId) -> Item:
    return Item(ItemKind.LABEL, label_id)


def to(user: UserId, level: Level = Level.VIEW) -> AccessChange:
    return AccessChange(grants=(Grant(Subject(SubjectKind.USER, user), level),))


def workflow(name: str, tag: LabelId) -> WorkflowFacts:
    return WorkflowFacts(name, triggers=(Trigger(TriggerKind.DOCUMENT_UPDATED),), actions=(Assign(tags=(tag,)),))


@pytest.fixture
def house(store: Store) -> House:
    anna, bert = (store.users.create(UserFacts(name, Role.EDITOR), START).id for name in ("anna", "bert"))
    labels = {kind: store.catalog.labels.create(kind, LabelFacts(f"{CANARY} {kind}")).id for kind in KINDS}
    document = document_id(store)
    tags, correspondent, document_type, path = (
        (f"{CANARY} tag", "shown"),
        *(f"{CANARY} {kind}" for kind in KINDS if kind is not LabelKind.TAG),
    )
    changes = DocumentChanges(tags=tags, correspondent=correspondent, document_type=document_type, storage_path=path)
    store.documents.update(document, changes, None, START)
    view = store.catalog.views.create(ViewFacts(CANARY), anna).id
    flow = store.workflows.create(workflow(CANARY, labels[LabelKind.TAG])).id
    items = [*map(label, labels.values()), Item(ItemKind.WORKFLOW, flow)]
    store.item_permissions.change(items, AccessChange(owner=anna))
    return House(store, anna, bert, document, labels, view, flow)


def test_a_label_on_a_document_is_shown_to_those_alone_who_see_it(house: House) -> None:
    whole, seen = (store.documents.get(house.document) for store in (house.annas, house.seen))
    assert (whole.tags, len(whole.tag_ids)) == ((f"{CANARY} tag", "shown"), 2)
    assert None not in (whole.correspondent, whole.document_type, whole.storage_path)
    assert (seen.tags, len(seen.tag_ids)) == (("shown",), 1)
    assert (seen.correspondent, seen.document_type, seen.storage_path) == (None, None, None)


def test_hidden_items_are_in_no_list_and_no_count(house: House) -> None:
    catalog = house.seen.catalog
    assert [one.name for one in catalog.labels.all()] == ["shown"]
    for kind, label_id in house.labels.items():
        assert [one.name for one in catalog.labels.list(kind, None, 10)] == ["shown"] * (kind is LabelKind.TAG)
        assert catalog.labels.count(kind) == (kind is LabelKind.TAG)
        assert catalog.labels.still_there([label_id]) == {}
        assert catalog.names().labels[kind].keys().isdisjoint({label_id})
        with pytest.raises(LabelNotFound):
            catalog.labels.find(kind, f"{CANARY} {kind}")
    assert (list(catalog.views.list()), list(house.seen.workflows.list())) == ([], [])
    assert (len(house.annas.catalog.labels.all()), len(house.annas.catalog.views.list())) == (1 + len(KINDS), 1)


def test_what_is_hidden_can_be_neither_got_nor_changed(house: House) -> None:
    tag = house.labels[LabelKind.TAG]
    calls: tuple[Callable[[], object], ...] = (
        lambda: house.seen.catalog.labels.get(tag),
        lambda: house.seen.catalog.labels.update(tag, LabelFacts("x"), None, START),
        lambda: house.seen.catalog.labels.delete(tag, None, START),
        lambda: house.seen.item_permissions.of([label(tag)]),
        lambda: house.seen.item_permissions.change([label(tag)], AccessChange(owner=house.bert)),
        lambda: house.seen.workflows.create(workflow("mine", tag)),
    )
    for call in calls:
        with pytest.raises(LabelNotFound):
            call()
    calls = (lambda: house.seen.catalog.views.get(house.view), lambda: house.seen.catalog.views.delete(house.view, None))
    for call in calls:
        with pytest.raises(ViewNotFound):
            call()
    calls = (lambda: house.seen.workflows.get(house.workflow), lambda: house.seen.workflows.delete(house.workflow, None))
    for call in calls:
        with pytest.raises(WorkflowNotFound):
            call()


def test_who_may_view_an_item_may_not_change_it_until_he_may_edit(house: House) -> None:
    tag, view = house.labels[LabelKind.TAG], Item(ItemKind.VIEW, house.view)
    for item in (label(tag), view):
        house.give(item, to(house.bert))
    assert house.seen.catalog.labels.get(tag).owner == house.anna
    for refused in (
        lambda: house.seen.catalog.labels.update(tag, LabelFacts("x"), None, START),
        lambda: house.seen.catalog.labels.delete(tag, None, START),
        lambda: house.seen.catalog.views.update(house.view, ViewFacts("x"), None),
        lambda: house.seen.catalog.views.delete(house.view, None),
        lambda: house.seen.item_permissions.change([view], AccessChange(owner=house.bert)),
    ):
        with pytest.raises(ItemNotEditable):
            refused()
    for item in (label(tag), view):
        house.give(item, to(house.bert, Level.EDIT))
    assert house.seen.catalog.labels.update(tag, LabelFacts("renamed"), None, START).name == "renamed"
    assert house.seen.catalog.views.update(house.view, ViewFacts("renamed"), None).facts.name == "renamed"
    with pytest.raises(ItemOwned):
        house.seen.item_permissions.change([view], AccessChange(owner=house.bert))


def test_owners_share_what_is_theirs_and_anybody_takes_what_is_nobodys(house: House) -> None:
    tag = house.labels[LabelKind.TAG]
    house.annas.item_permissions.change([label(tag)], to(house.bert))
    assert house.seen.documents.get(house.document).tags == (f"{CANARY} tag", "shown")
    shown = house.seen.catalog.labels.find(LabelKind.TAG, "shown").id
    house.seen.item_permissions.change([label(shown)], AccessChange(owner=house.bert))
    assert house.annas.documents.get(house.document).tags == (f"{CANARY} tag",)
    house.annas.item_permissions.change([label(tag)], AccessChange(clear_owner=True, grants=()))
    assert house.store.item_permissions.of([label(tag)])[0].access == Access()


def test_items_change_together_or_not_at_all(house: House) -> None:
    shown = house.store.catalog.labels.find(LabelKind.TAG, "shown").id
    with pytest.raises(LabelNotFound):
        house.seen.item_permissions.change([label(shown), label(house.labels[LabelKind.TAG])], AccessChange(owner=house.bert))
    assert house.store.item_permissions.of([label(shown)])[0].access == Access()


def test_who_edits_a_document_leaves_the_labels_that_he_does_not_see(house: House) -> None:
    changes = DocumentChanges(tags=("other",), correspondent="", document_type="", storage_path="", title="new")
    seen = house.seen.documents.update(house.document, changes, None, START)
    assert (seen.tags, seen.correspondent, seen.title) == (("other",), None, "new")
    whole = house.store.documents.get(house.document)
    assert whole.tags == (f"{CANARY} tag", "other")
    assert None not in (whole.correspondent, whole.document_type, whole.storage_path)
    house.seen.documents.update(house.document, DocumentChanges(correspondent="bank"), None, START)
    assert house.seen.documents.get(house.document).correspondent == house.store.documents.get(house.document).correspondent


def test_history_tells_nothing_of_hidden_labels_also_after_they_are_gone(house: House) -> None:
    def told(store: Store) -> str:
        return "".join(f"{one.value} {one.before} {one.reason.words};" for one in store.assignments.list(house.document))

    house.annas.documents.update(house.document, DocumentChanges(correspondent="bank"), None, START)
    assert (CANARY in told(house.annas), CANARY in told(house.seen)) == (True, False)
    assert "bank" in told(house.seen)
    unseen = [one for one in house.store.assignments.list(house.document) if one.value == f"{CANARY} tag"]
    with pytest.raises(StoreError, match=r"^there is no assignment"):
        house.seen.assignments.undo(house.document, unseen[0].id, START)
    house.store.workflows.delete(house.workflow, None)
    for label_id in house.labels.values():
        house.store.catalog.labels.delete(label_id, None, START)
    assert CANARY not in told(house.store)


def test_a_value_that_comes_back_may_be_hidden_and_makes_no_label(house: House) -> None:
    house.annas.documents.update(house.document, DocumentChanges(correspondent="bank"), None, START)
    last = house.seen.assignments.list(house.document)[-1]
    house.seen.assignments.undo(house.document, last.id, START)
    assert house.seen.documents.get(house.document).correspondent is None
    assert house.store.documents.get(house.document).correspondent is not None
    assert house.store.catalog.labels.count(LabelKind.CORRESPONDENT) == 2


def test_hidden_tags_above_and_below_follow_without_a_word(house: House) -> None:
    tag, labels = house.labels[LabelKind.TAG], house.store.catalog.labels
    below = labels.create(LabelKind.TAG, LabelFacts("below", parent=tag)).id
    assert house.seen.catalog.labels.get(below).facts.parent is None
    renamed = house.seen.catalog.labels.update(below, LabelFacts("lower"), None, START)
    assert (renamed.facts.parent, labels.get(below).facts.parent) == (None, tag)
    other = brought(house.store, "other", None)
    house.seen.documents.update(other, DocumentChanges(tags=("lower",)), None, START)
    assert (house.seen.documents.get(other).tags, house.store.documents.get(other).tags) == (("lower",), (f"{CANARY} tag", "lower"))
    assert all(CANARY not in one.reason.words for one in house.store.assignments.list(other))
    top = labels.create(LabelKind.TAG, LabelFacts("top")).id
    labels.update(tag, LabelFacts(f"{CANARY} tag", parent=top), None, START)
    house.seen.documents.update(other, DocumentChanges(tags=()), None, START)
    assert (house.seen.documents.get(other).tags, house.store.documents.get(other).tags) == ((), (f"{CANARY} tag",))


def test_names_that_nobody_sees_both_of_are_free(house: House) -> None:
    name = f"{CANARY} tag"
    berts = house.seen.catalog.labels.create(LabelKind.TAG, LabelFacts(name.upper()))
    assert berts.id != house.labels[LabelKind.TAG]
    with pytest.raises(NameTaken):
        house.annas.catalog.labels.create(LabelKind.TAG, LabelFacts(name))
    with pytest.raises(NameTaken):
        house.store.catalog.labels.create(LabelKind.TAG, LabelFacts(name))
    for number in range(3):  # pages go on after the right one of equal names
        house.give(label(house.seen.catalog.labels.create(LabelKind.TAG, LabelFacts(f"twin {number}")).id), AccessChange(owner=house.bert))
        house.annas.catalog.labels.create(LabelKind.TAG, LabelFacts(f"Twin {number}"))
    after, met = None, list[LabelId]()
    while page := house.store.catalog.labels.list(LabelKind.TAG, after, 1):
        met.append(page[0].id)
        after = " ".join(page[0].name.casefold().split()), page[0].id
    assert sorted(met) == sorted(one.id for one in house.store.catalog.labels.all() if one.kind is LabelKind.TAG)
    assert house.seen.catalog.views.create(ViewFacts(CANARY), house.bert).owner == house.bert


def test_a_name_means_everyones_label_before_ones_own(house: House) -> None:
    mine = house.labels[LabelKind.TAG]
    assert house.annas.documents.update(house.document, DocumentChanges(tags=(f"{CANARY} tag",)), None, START).tag_ids == (mine,)
    everyones = house.seen.catalog.labels.create(LabelKind.TAG, LabelFacts(f"{CANARY} tag")).id
    annas, berts, nobodys = (
        brought(house.store, f"paper of {owner}", owner, tags=(f"{CANARY} tag",)) for owner in (house.anna, house.bert, None)
    )
    assert {house.store.documents.get(one).tag_ids for one in (annas, berts, nobodys)} == {(everyones,)}
    house.store.catalog.labels.update(everyones, LabelFacts("other"), None, START)
    mine_again = brought(house.store, "again", house.anna, tags=(f"{CANARY} tag",))
    made = brought(house.store, "once more", house.bert, tags=(f"{CANARY} tag",))
    assert house.store.documents.get(mine_again).tag_ids == (mine,)
    assert house.store.documents.get(made).tag_ids not in ((mine,), (everyones,))


def test_machines_give_what_somebody_owns_to_documents_that_he_may_see(house: House) -> None:
    tag, bank = house.labels[LabelKind.TAG], house.labels[LabelKind.CORRESPONDENT]
    reason = Reason(Giver.RULE, "the words fit")
    proposals = [Proposal(Aspect.TAG, tag, reason), Proposal(Aspect.CORRESPONDENT, bank, reason)]
    berts, annas = brought(house.store, "bert's", house.bert), brought(house.store, "anna's", house.anna)
    for document in (berts, annas):
        house.store.assignments.propose(document, proposals, START)
    assert house.store.documents.get(annas).tag_ids == (tag,)
    assert (house.store.documents.get(berts).tag_ids, house.store.documents.get(berts).correspondent) == ((), None)
    house.store.permissions.change([berts], to(house.anna), None, START)
    house.store.assignments.propose(berts, proposals, START)
    assert house.store.documents.get(berts).tag_ids == (tag,)


def test_a_rule_is_rehearsed_as_whoever_asks_may_know(house: House) -> None:
    job = leased(house.store, "bare")
    assert job.document_id is not None
    house.store.documents.set_result(job.document_id, job.fence, DocumentState.READY, "en", (), False, START)
    wanted = {job.document_id: [Proposal(Aspect.TAG, house.labels[LabelKind.TAG], Reason(Giver.RULE))]}
    viewers = {user: house.store.permissions.viewer(user) for user in (house.anna, house.bert)}
    told = {user: house.store.assignments.foresee(wanted, lambda standing: standing, START, viewer) for user, viewer in viewers.items()}
    assert ([one.value for one in told[house.anna]], list(told[house.bert])) == ([f"{CANARY} tag"], [])


def test_a_workflow_that_is_hidden_is_named_in_no_refusal_and_no_warning(house: House) -> None:
    tag = house.labels[LabelKind.TAG]
    house.give(label(tag), to(house.bert, Level.EDIT))
    with pytest.raises(NamedByWorkflows, match=r"is named by a workflow that you may not see") as refused:
        house.seen.catalog.labels.delete(tag, None, START)
    assert CANARY not in "".join(refused.value.workflows)


def test_an_edit_wakes_the_workflows_that_the_person_does_not_see(house: House) -> None:
    house.seen.documents.update(house.document, DocumentChanges(title="other"), None, START)
    assert [document for document, _ in house.store.workflows.edited(10)] == [house.document]


def test_an_order_of_workflows_leaves_hidden_ones_in_their_places(house: House) -> None:
    shown = house.store.catalog.labels.find(LabelKind.TAG, "shown").id
    first, second = (house.seen.workflows.create(workflow(name, shown)).id for name in ("first", "second"))
    house.seen.workflows.reorder([second, first])
    assert [one.id for one in house.store.workflows.list()] == [house.workflow, second, first]


def test_folders_are_not_called_by_hidden_labels(house: House) -> None:
    places, other = house.store.places, brought(house.store, "tagged", None)
    house.annas.documents.update(other, DocumentChanges(tags=(f"{CANARY} tag",)), None, START)
    plain = brought(house.store, "plain", None)
    marks = {one.document_id: one.mark for one in places.unplaced(10)}
    folders = {house.document: "plain/x", other: f"tags/{CANARY}", plain: "plain"}
    places.put(marks, [Placed(document, Place(folder, "paper", "")) for document, folder in folders.items()])
    assert house.seen.places.folders("", None, 10) == [Folder("plain", 1)]
    assert Folder("plain", 2, has_folders=True) in house.annas.places.folders("", None, 10)
    assert (house.seen.places.count("plain/x"), house.seen.places.count(f"tags/{CANARY}"), house.seen.places.count("")) == (0, 0, 1)
    assert (list(house.seen.places.documents("plain/x", None, 10)), house.annas.places.count("")) == ([], 3)


def test_who_inherits_gets_items_too_and_views_go_without_an_heir(house: House) -> None:
    with pytest.raises(OwnsDocuments):
        house.store.users.delete(house.anna, None)
    house.store.users.delete(house.anna, None, Bequest(house.bert, START))
    assert house.seen.catalog.labels.get(house.labels[LabelKind.TAG]).owner == house.bert
    assert (house.seen.catalog.views.get(house.view).owner, house.seen.workflows.get(house.workflow).owner) == (house.bert, house.bert)
    carl = house.store.users.create(UserFacts("carl", Role.EDITOR), START).id
    view = house.store.catalog.views.create(ViewFacts("carl's"), carl).id
    house.store.users.delete(carl, None)
    with pytest.raises(ViewNotFound):
        house.store.catalog.views.get(view)


def test_uploaders_see_what_is_everyones_and_nothing_else(house: House) -> None:
    carl = house.store.users.create(UserFacts("carl", Role.UPLOADER), START).id
    seen = house.store.seen_by(house.store.permissions.viewer(carl))
    assert [one.name for one in seen.catalog.labels.all()] == ["shown"]
