"""Each document stands in the folder that its storage path's template names, whatever changes."""

from datetime import date

import pytest

from actors.filing.filer import Filer
from actors.filing.rules import FilingRules
from actors.store.nouns.archive import DocumentChanges, DocumentId
from actors.store.nouns.catalog import FieldFacts, FieldKind, LabelFacts, LabelId, LabelKind
from actors.store.nouns.folders import Folder
from actors.store.store import Store
from tests.store.making import START, at, deliver, document_id

BY_YEAR = FilingRules("{{ created_year }}/{{ correspondent }}/{{ title }}")


def change(store: Store, document: DocumentId, **changes: object) -> None:
    store.documents.update(document, DocumentChanges(**changes), None, at(1))  # type: ignore[arg-type]  # each test names its fields


def storage_path(store: Store, name: str, template: str) -> LabelId:
    return store.catalog.labels.create(LabelKind.STORAGE_PATH, LabelFacts(name, template=template)).id


def rename(store: Store, kind: LabelKind, name: str, new: LabelFacts) -> None:
    store.catalog.labels.update(store.catalog.labels.find(kind, name).id, new, None, at(2))


def standing(store: Store) -> dict[DocumentId, str]:
    """Walk the whole tree, and give the path of each document; the counts must agree."""
    found = dict[DocumentId, str]()

    def walk(path: str) -> int:
        here = store.places.documents(path, None, 1_000)
        found.update({one.document_id: f"{path}/{one.place.name}" if path else one.place.name for one in here})
        below = 0
        for folder in store.places.folders(path, None, 1_000):
            assert walk(folder.path) == folder.documents == store.places.count(folder.path)
            below += folder.documents
        return len(here) + below

    assert walk("") == store.places.count("")
    return found


def test_documents_stand_where_the_template_says(store: Store) -> None:
    bill = document_id(store, "bill", created_date=date(2024, 5, 1))
    change(store, bill, correspondent="ACME/Co")
    letter = document_id(store, "letter")
    filer = Filer(store, BY_YEAR)
    filer.keep_up()
    assert standing(store) == {bill: "2024/ACME-Co/bill", letter: "none/none/letter"}
    assert store.places.folders("", None, 9) == [Folder("2024", 1, has_folders=True), Folder("none", 1, has_folders=True)]
    assert store.places.waiting() == filer.step() == 0


def test_a_storage_path_goes_before_the_setting_and_without_both_a_document_has_its_number(store: Store) -> None:
    storage_path(store, "taxes", "tax/{{ title }}")
    storage_path(store, "bare", "")
    first, second, third = (document_id(store, name) for name in ("one", "two", "three"))
    change(store, first, storage_path="taxes")
    change(store, second, storage_path="bare")
    Filer(store, FilingRules()).keep_up()
    assert standing(store) == {first: "tax/one", second: f"{second:07}", third: f"{third:07}"}
    Filer(store, FilingRules("all/{{ title }}")).keep_up()
    assert standing(store) == {first: "tax/one", second: "all/two", third: "all/three"}


def test_a_changed_document_moves_and_one_in_the_trash_stands_nowhere(store: Store) -> None:
    document = document_id(store, "letter")
    filer = Filer(store, BY_YEAR)
    filer.keep_up()
    change(store, document, correspondent="Bank", created_date=date(2023, 1, 1), title="Statement")
    filer.keep_up()
    assert standing(store) == {document: "2023/Bank/Statement"}
    store.documents.delete(document, None, at(3))
    filer.keep_up()
    assert standing(store) == {}
    store.documents.undelete(document, at(4))
    filer.keep_up()
    assert standing(store) == {document: "2023/Bank/Statement"}
    store.documents.delete(document, None, at(5))
    store.documents.purge(document)
    filer.keep_up()
    assert (standing(store), store.places.waiting()) == ({}, 0)


def test_a_new_name_moves_those_alone_whose_template_asks_for_it(store: Store) -> None:
    storage_path(store, "plain", "plain/{{ title }}")
    moving, staying = document_id(store, "moving"), document_id(store, "staying")
    change(store, moving, correspondent="Bank", tags=("due",))
    change(store, staying, correspondent="Bank", storage_path="plain")
    filer = Filer(store, BY_YEAR)
    filer.keep_up()
    rename(store, LabelKind.TAG, "due", LabelFacts("paid"))
    assert filer.step() == 0
    rename(store, LabelKind.CORRESPONDENT, "Bank", LabelFacts("Building society"))
    assert filer.step() == 1
    assert standing(store) == {moving: "none/Building society/moving", staying: "plain/staying"}


def test_another_template_moves_the_documents_of_its_path(store: Store) -> None:
    path = storage_path(store, "taxes", "tax/{{ title }}")
    document, _ = document_id(store, "one"), document_id(store, "two")
    change(store, document, storage_path="taxes")
    filer = Filer(store, BY_YEAR)
    filer.keep_up()
    store.catalog.labels.update(path, LabelFacts("taxes", template="{{ storage_path }}/{{ doc_pk }}"), None, at(2))
    assert filer.step() == 1
    assert standing(store)[document] == f"taxes/{document:07}"
    store.catalog.labels.delete(path, None, at(3))
    filer.keep_up()
    assert standing(store)[document] == "none/none/one"


def test_another_name_of_an_option_moves_documents(store: Store) -> None:
    field = store.catalog.fields.create(FieldKind.CHOICE, FieldFacts("Size"), ("small", "large"))
    document = document_id(store, "box")
    change(store, document, fields=((field.id, 2),))
    filer = Filer(store, FilingRules("{{ custom_fields|get_cf_value('Size') }}/{{ title }}"))
    filer.keep_up()
    assert standing(store) == {document: "large/box"}
    store.catalog.fields.update(field.id, FieldFacts("Size"), [(1, "small"), (2, "huge")], None, at(2))
    filer.keep_up()
    assert standing(store) == {document: "huge/box"}


def test_a_template_that_fails_leaves_the_document_at_the_top_with_the_reason(store: Store) -> None:
    document = document_id(store, "letter")
    Filer(store, FilingRules("{{ title.lower }}")).keep_up()
    (placed,) = store.places.documents("", None, 10)
    assert (placed.document_id, placed.place.name) == (document, f"{document:07}")
    assert placed.place.problem.startswith("line 1: something to call")


def test_the_text_of_a_document_may_decide(store: Store) -> None:
    document = document_id(store, "letter")
    Filer(store, FilingRules("{% if 'invoice' in document.content %}invoices{% else %}others{% endif %}/{{ title }}")).keep_up()
    assert standing(store) == {document: "others/letter"}


def test_a_list_goes_on_after_a_place(store: Store) -> None:
    documents = [document_id(store, name, title=title) for name, title in (("1", "b"), ("2", "A"), ("3", "b"), ("4", "C"))]
    Filer(store, FilingRules("{{ title }}")).keep_up()
    first = store.places.documents("", None, 2)
    assert [one.place.name for one in first] == ["A", "b"]
    rest = store.places.documents("", ("b", first[-1].document_id), 9)
    assert [one.document_id for one in rest] == [documents[2], documents[3]]


def test_folders_that_begin_alike_are_told_apart(store: Store) -> None:
    for title in ("a/x", "a!/x", "a0/x", "ab/x", "a/b/x"):
        deliver(store, title, title="x", tags=(title.rpartition("/")[0].replace("/", "+"),), now=START)
    Filer(store, FilingRules("{{ tag_list|replace('+', '/') }}/{{ title }}")).keep_up()
    assert [(folder.path, folder.documents) for folder in store.places.folders("", None, 9)] == [("a", 2), ("a!", 1), ("a0", 1), ("ab", 1)]
    assert [folder.path for folder in store.places.folders("", ("a", "a"), 2)] == ["a!", "a0"]
    assert store.places.folders("a", None, 9) == [Folder("a/b", 1)]


@pytest.mark.parametrize("rules", [FilingRules("x"), FilingRules(remove_none=True), FilingRules(time_zone="Europe/Berlin")])
def test_other_rules_have_another_number(rules: FilingRules) -> None:
    assert rules.number not in (FilingRules().number, 0)
    assert rules.number < 2**63
