"""The store as the index and the searcher see it: documents with ids, and names of now."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest

from actors.index.index import Index
from actors.index.messages import FacetCount, FacetField, SearchRequest
from actors.index.searcher import Searcher
from actors.store.files.data_dir import DataDir
from actors.store.nouns.archive import DocumentChanges, DocumentId
from actors.store.nouns.catalog import FieldFacts, FieldKind, LabelFacts, LabelKind, Money
from actors.store.store import Store
from daemon.cast.shelf import Shelf
from tests.archives import open_archive
from tests.store.making import START, document_id

LETTER = DocumentChanges(
    tags=("taxes", "to do"), correspondent="Revenue Office", document_type="Notice", storage_path="archive/taxes", asn=7
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    data = DataDir(tmp_path / "data")
    opened = open_archive(data)
    yield opened
    opened.close()


@pytest.fixture
def letter(store: Store) -> DocumentId:
    """Take in a letter with a value of everything."""
    total = store.catalog.fields.create(FieldKind.MONEY, FieldFacts("total"), ())
    status = store.catalog.fields.create(FieldKind.CHOICE, FieldFacts("status"), ("open", "in work"))
    due = store.catalog.fields.create(FieldKind.DATE, FieldFacts("due date"), ())
    letter = document_id(store)
    values = ((total.id, Money(Decimal("99.5"), "EUR")), (status.id, 2), (due.id, date(2026, 12, 24)))
    store.documents.update(letter, replace(LETTER, fields=values), None, START)
    store.notes.add(letter, "Ada", "paid in cash", START)
    return letter


class Desk:
    """A searcher, and an index that follows when it is told to."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._searcher = Searcher(store.data.index, store.pages.texts_of, store.catalog)

    def index(self) -> None:
        """Bring in what changed, in a life of its own."""

        async def once() -> None:
            index = Index(Shelf(self._store), self._store.data.index)
            running = asyncio.create_task(index.run())
            await index.apply()
            await index.stop()
            await running

        asyncio.run(once())

    def finds(self, query: str) -> bool:
        """Tell whether anything is found."""
        return self._searcher.search(SearchRequest(query, START, highlight=False)).total > 0

    def tags(self) -> tuple[FacetCount, ...]:
        """Count documents by tags."""
        ((_, counts),) = self._searcher.search(SearchRequest("", START, facets=(FacetField.TAG,))).facets
        return counts


@pytest.fixture
def desk(store: Store, letter: DocumentId) -> Desk:
    desk = Desk(store)
    desk.index()
    return desk


@pytest.mark.parametrize(
    "query",
    [
        *('tag:="to do"', "tag:taxes", "correspondent:revenue", "type:notice", "path:archive", "asn:7", "note:cash"),
        *("field.total:99.5", "field.total:eur", 'field.status:"in work"', 'field."due date":2026-12'),
        *("revenue notice archive", "cash", "work", "EUR", "2026-12-24"),
    ],
)
def test_all_that_the_store_knows_of_a_document_is_found(desk: Desk, query: str) -> None:
    assert desk.finds(query)


def test_renames_reach_the_next_search_and_leave_documents_and_index_alone(store: Store, letter: DocumentId, desk: Desk) -> None:
    before = store.documents.get(letter)
    for kind, old, new in (
        (LabelKind.TAG, "taxes", "duties"),
        (LabelKind.CORRESPONDENT, "Revenue Office", "Treasury"),
        (LabelKind.DOCUMENT_TYPE, "Notice", "Assessment"),
        (LabelKind.STORAGE_PATH, "archive/taxes", "cellar"),
    ):
        store.catalog.labels.update(store.catalog.labels.find(kind, old).id, LabelFacts(new), None, START)
    for old, new, options in (("status", "state", ((1, "open"), (2, "waiting"))), ("total", "sum", None)):
        field = store.catalog.fields.by_name([old])[old]
        store.catalog.fields.update(field.id, FieldFacts(new), options, None, START)
    for query in ("tag:duties", "correspondent:treasury", "type:assessment", "path:cellar", "field.state:waiting", "field.sum:99.5"):
        assert desk.finds(query), query
    for query in ("tag:taxes", "correspondent:revenue", "type:notice", "path:archive", "work"):
        assert not desk.finds(query), query
    assert desk.tags() == (FacetCount("duties", 1), FacetCount("to do", 1))
    assert (store.outbox.pending(10), store.documents.get(letter).revision) == ([], before.revision)


def test_a_label_that_is_removed_is_gone_from_its_documents(store: Store, desk: Desk) -> None:
    store.catalog.labels.delete(store.catalog.labels.find(LabelKind.TAG, "taxes").id, None, START)
    assert (desk.finds("tag:taxes"), desk.tags()) == (False, (FacetCount("to do", 1),))
    desk.index()
    store.catalog.labels.delete(store.catalog.labels.find(LabelKind.TAG, "to do").id, None, START)
    desk.index()
    assert (desk.finds("tag:*"), desk.tags()) == (False, ())
