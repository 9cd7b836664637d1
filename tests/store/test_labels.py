"""Labels: told apart by their names, a tree of tags, and what becomes of documents when one changes or goes."""

from collections.abc import Iterable

import pytest

from actors.store.errors import LabelNotFound, NameTaken, ParentRefused, StaleItem
from actors.store.nouns.archive import Document, DocumentChanges, DocumentId
from actors.store.nouns.catalog import MOST_LEVELS, Label, LabelFacts, LabelId, LabelKind, Matching, MatchRule
from actors.store.store import Store
from tests.store.making import START, at, document_id

ONE_OF_EACH = DocumentChanges(tags=("t",), correspondent="c", document_type="d", storage_path="s")


def tag(store: Store, name: str, parent: LabelId | None = None, inbox: bool = False) -> LabelId:
    return store.catalog.labels.create(LabelKind.TAG, LabelFacts(name, parent=parent, inbox=inbox)).id


def move(store: Store, moved: LabelId, parent: LabelId | None, seconds: float = 1.0) -> Label:
    return store.catalog.labels.update(moved, LabelFacts(store.catalog.labels.get(moved).name, parent=parent), None, at(seconds))


def names(labels: Iterable[Label]) -> list[str]:
    return [label.name for label in labels]


def marked(store: Store) -> dict[DocumentId, int]:
    """Give what waits for the index, with its revisions, and take it out."""
    waiting = store.outbox.pending(100)
    store.outbox.done(waiting)
    return dict(waiting)


def bare(document: Document) -> bool:
    return (document.tags, document.correspondent, document.document_type, document.storage_path) == ((), None, None, None)


def test_a_label_is_kept_as_it_was_made(store: Store) -> None:
    top = tag(store, "top")
    facts = LabelFacts("Größe", MatchRule(Matching.REGEX, r"size (\d+)", True), "#aabbcc", True, top)
    made = store.catalog.labels.create(LabelKind.TAG, facts)
    assert (made.kind, made.revision, made.facts) == (LabelKind.TAG, 1, facts)
    assert store.catalog.labels.get(made.id) == made
    assert store.catalog.labels.find(LabelKind.TAG, "  GRÖSSE ") == made


def test_names_are_told_apart_but_not_by_capitals_forms_or_white_space(store: Store) -> None:
    labels = store.catalog.labels
    first = labels.create(LabelKind.CORRESPONDENT, LabelFacts("Straße  7"))
    for same in ("straße 7", "STRASSE 7", " Straße 7 ", "Straße\u00a07", "Stra\u00dfe ７"):
        with pytest.raises(NameTaken) as taken:
            labels.create(LabelKind.CORRESPONDENT, LabelFacts(same))
        assert taken.value.taken_by == first.id
    other = labels.create(LabelKind.CORRESPONDENT, LabelFacts("Strasze 7"))
    with pytest.raises(NameTaken):
        labels.update(other.id, LabelFacts("STRASSE 7"), None, START)
    assert labels.update(first.id, LabelFacts("STRASSE 7"), None, START).name == "STRASSE 7"
    labels.create(LabelKind.DOCUMENT_TYPE, LabelFacts("Straße 7"))


def test_pages_by_name_hold_every_label_once_on_both_databases(store: Store) -> None:
    labels, wanted = store.catalog.labels, ["Ärger", "apple", "Banana", "banane", "中", "Zoë", "_", "10", "9"]
    for name in wanted:
        labels.create(LabelKind.TAG, LabelFacts(name))
    found, after = list[str](), None
    while page := labels.list(LabelKind.TAG, after, 2):
        found += names(page)
        after = (page[-1].name.casefold(), page[-1].id)
    assert found == sorted(wanted, key=str.casefold)
    assert names(labels.list(LabelKind.TAG, None, 10, "AN")) == ["Banana", "banane"]
    assert names(labels.list(LabelKind.TAG, None, 10, "_")) == ["_"]
    assert (labels.count(LabelKind.TAG), labels.count(LabelKind.TAG, "an"), labels.count(LabelKind.STORAGE_PATH)) == (9, 2, 0)


def test_a_tag_stands_below_none_that_stands_below_it_nor_below_another_kind(store: Store) -> None:
    labels = store.catalog.labels
    one, other = tag(store, "one"), labels.create(LabelKind.CORRESPONDENT, LabelFacts("no tag")).id
    two = tag(store, "two", one)
    three = tag(store, "three", two)
    for child, parent in ((one, one), (one, two), (one, three), (two, other), (two, LabelId(99))):
        with pytest.raises(ParentRefused):
            move(store, child, parent)
    with pytest.raises(ParentRefused):
        labels.create(LabelKind.CORRESPONDENT, LabelFacts("x", parent=one))
    assert move(store, three, one).facts.parent == one


def test_tags_stand_at_most_eight_levels_deep(store: Store) -> None:
    lowest = tag(store, "level 1")
    for level in range(2, MOST_LEVELS + 1):
        lowest = tag(store, f"level {level}", lowest)
    with pytest.raises(ParentRefused):
        tag(store, "too deep", lowest)
    pair = tag(store, "pair")
    tag(store, "below the pair", pair)
    seventh = store.catalog.labels.find(LabelKind.TAG, "level 7").id
    with pytest.raises(ParentRefused):
        move(store, pair, seventh)
    move(store, pair, store.catalog.labels.find(LabelKind.TAG, "level 6").id)


def test_a_document_gets_the_tags_above_and_loses_those_below(store: Store) -> None:
    tag(store, "leaf", tag(store, "branch", tag(store, "root")))
    document = document_id(store, tags=("leaf",))
    assert store.documents.get(document).tags == ("branch", "leaf", "root")
    assert store.documents.update(document, DocumentChanges(remove_tags=("branch",)), None, at(1)).tags == ("root",)
    assert store.documents.update(document, DocumentChanges(tags=("leaf",)), None, at(2)).tags == ("branch", "leaf", "root")
    assert store.documents.update(document, DocumentChanges(tags=()), None, at(3)).tags == ()


def test_a_moved_tag_brings_those_above_to_its_documents_and_they_go_to_the_index(store: Store) -> None:
    root = tag(store, "root")
    branch = tag(store, "branch", root)
    moved = tag(store, "moved")
    bearing, has_both, other = (
        document_id(store, "1", tags=("moved",)),
        document_id(store, "2", tags=("moved", "branch")),
        document_id(store, "3"),
    )
    store.documents.delete(bearing, None, START)
    marked(store)
    before = {one: store.documents.get(one).revision for one in (bearing, has_both, other)}
    move(store, moved, branch)
    assert [store.documents.get(one).tags for one in (bearing, has_both, other)] == [("branch", "moved", "root")] * 2 + [()]
    after = {one: store.documents.get(one).revision for one in (bearing, has_both, other)}
    assert {one for one in before if after[one] != before[one]} == {bearing}
    assert marked(store) == {bearing: after[bearing]}
    move(store, moved, None)
    assert store.documents.get(bearing).tags == ("branch", "moved", "root")


def test_another_name_touches_no_document_and_not_the_index(store: Store) -> None:
    document = document_id(store)
    store.documents.update(document, ONE_OF_EACH, None, START)
    marked(store)
    before = store.documents.get(document)
    for kind, name in zip(LabelKind, "cdts", strict=True):
        label = store.catalog.labels.find(kind, name)
        store.catalog.labels.update(label.id, LabelFacts(f"new {name}"), label.revision, at(5))
    after = store.documents.get(document)
    assert after.tags == ("new t",)
    assert [one and one.name for one in (after.correspondent, after.document_type, after.storage_path)] == ["new c", "new d", "new s"]
    assert (after.revision, after.update_time, marked(store)) == (before.revision, before.update_time, {})


@pytest.mark.parametrize("kind", LabelKind)
def test_a_deleted_label_leaves_all_documents_and_the_index_hears_of_it(store: Store, kind: LabelKind) -> None:
    live, trashed, other = document_id(store, "1"), document_id(store, "2"), document_id(store, "3")
    for one in (live, trashed):
        store.documents.update(one, ONE_OF_EACH, None, START)
    store.documents.delete(trashed, None, START)
    marked(store)
    before = {one: store.documents.get(one) for one in (live, trashed, other)}
    gone = next(label for label in store.catalog.labels.all() if label.kind is kind)
    assert store.catalog.labels.delete(gone.id, gone.revision, at(5)) == 2
    after = {one: store.documents.get(one) for one in (live, trashed, other)}
    assert after[other] == before[other]
    assert {one: after[one].revision for one in (live, trashed)} == marked(store)
    assert all(after[one].revision == before[one].revision + 1 for one in (live, trashed))
    for label in store.catalog.labels.all():
        store.catalog.labels.delete(label.id, None, at(6))
    assert all(bare(store.documents.get(one)) for one in (live, trashed))
    with pytest.raises(LabelNotFound):
        store.catalog.labels.get(gone.id)


def test_tags_below_a_deleted_one_move_up_and_stay_on_their_documents(store: Store) -> None:
    root = tag(store, "root")
    branch = tag(store, "branch", root)
    leaf = tag(store, "leaf", branch)
    document = document_id(store, tags=("leaf",))
    store.catalog.labels.delete(branch, None, at(1))
    assert store.catalog.labels.get(leaf).facts.parent == root
    assert store.documents.get(document).tags == ("leaf", "root")
    store.catalog.labels.delete(root, None, at(2))
    assert store.catalog.labels.get(leaf).facts.parent is None


def test_an_id_of_a_label_is_never_given_twice(store: Store) -> None:
    first = tag(store, "first")
    store.catalog.labels.delete(first, None, START)
    assert tag(store, "second") > first


def test_a_change_of_what_was_another_label_meanwhile_is_refused(store: Store) -> None:
    label = store.catalog.labels.create(LabelKind.TAG, LabelFacts("x"))
    store.catalog.labels.update(label.id, LabelFacts("y"), label.revision, START)
    with pytest.raises(StaleItem) as stale:
        store.catalog.labels.update(label.id, LabelFacts("z"), label.revision, START)
    assert stale.value.present == 2
    with pytest.raises(StaleItem):
        store.catalog.labels.delete(label.id, label.revision, START)
    assert store.catalog.labels.get(label.id).name == "y"


def test_documents_are_counted_by_label_outside_the_trash(store: Store) -> None:
    for content in "123":
        store.documents.update(document_id(store, content), ONE_OF_EACH, None, START)
    store.documents.delete(document_id(store, "4", tags=("t",)), None, START)
    ids = [label.id for label in store.catalog.labels.all()]
    lonely = tag(store, "lonely")
    assert store.catalog.labels.documents_of([*ids, lonely]) == dict.fromkeys(ids, 3)
    assert store.catalog.labels.documents_of([]) == {}


def test_new_documents_get_the_tags_of_the_inbox_with_those_above(store: Store) -> None:
    tag(store, "inbox", tag(store, "to do"), inbox=True)
    assert store.documents.get(document_id(store, tags=("own",))).tags == ("inbox", "own", "to do")
