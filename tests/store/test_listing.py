"""Lists are complete, in order, and cost the same on every page."""

from collections.abc import Iterator
from datetime import date
from functools import partial
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Engine, event, update

from actors.store.nouns.archive import Cursor, Document, DocumentId, DocumentOrder, SortField
from actors.store.rows.archive import DocumentRow
from actors.store.rows.ordering import cursor_of, title_key
from actors.store.store import Store
from tests.store.making import START, at, deliver, document_id, leased

TITLES = ("Zebra", "zebra", "Äpfel", "apple", "Apfel", "_", "éclair", "Éclair")
DATES = (None, date(2024, 1, 1), date(1999, 12, 31), None)


@pytest.fixture
def many(store: Store) -> Store:
    """Hold 24 documents whose titles, dates and times are equal in many ways, a third of them in the trash."""
    for number in range(24):
        asn = None if number % 5 < 2 else 100 - number
        content, title, day = "x" * (number % 7) + f"{number:02}", TITLES[number % 8], DATES[number % 4]
        deliver(store, content, title=title, created_date=day, tags=(f"t{number % 3}",), asn=asn, now=at(number // 6))
    with store.documents._database.write() as session:
        session.execute(update(DocumentRow).values(page_count=DocumentRow.id % 5))
    store.documents.delete_many([DocumentId(number) for number in range(1, 25, 3)], START)
    return store


def wanted(store: Store, order: DocumentOrder, deleted: bool = False) -> list[Document]:
    """Give a whole list in its order, which is worked out here."""
    there = walk(store, DocumentOrder(SortField.ID, order.descending), 100, deleted)
    found = sorted(there, key=partial(key, field=order.field), reverse=order.descending)
    return found if order.field is not SortField.ASN else sorted(found, key=lambda document: document.asn is None)


def walk(store: Store, order: DocumentOrder, size: int, deleted: bool = False) -> list[Document]:
    """Read a list page by page to its end."""
    found: list[Document] = []
    after: Cursor | None = None
    while page := store.documents.list(order, after, size, deleted):
        assert len(page) <= size
        found += page
        assert len(found) <= 24, "the list goes in circles"
        after = cursor_of(page[-1], order)
    return found


def key(document: Document, field: SortField) -> tuple[object, int]:
    keys: dict[SortField, object] = {
        SortField.ADDED_TIME: document.added_time,
        SortField.CREATED_DATE: document.created_date or date.min,
        SortField.TITLE: title_key(document.title),
        SortField.ID: 0,
        SortField.ASN: document.asn or 0,
        SortField.PAGE_COUNT: document.page_count,
        SortField.SIZE_BYTES: document.size_bytes,
    }
    return keys[field], document.id


def test_pages_are_complete_sorted_and_without_doubles(many: Store) -> None:
    for field, descending, deleted, size in product(SortField, (False, True), (False, True), (1, 5, 100)):
        order = DocumentOrder(field, descending)
        found = walk(many, order, size, deleted)
        assert found == wanted(many, order, deleted)
        assert len({document.id for document in found}) == len(found) == many.documents.count(deleted)


def test_what_is_skipped_is_passed_over_from_the_beginning_or_from_a_place(many: Store) -> None:
    for field, descending, deleted in product(SortField, (False, True), (False, True)):
        order = DocumentOrder(field, descending)
        whole = wanted(many, order, deleted)
        for place, skip, size in product((None, 0, 3, 6), (0, 1, 4, 9, 30), (1, 4, 100)):
            after, begin = (None, 0) if place is None else (cursor_of(whole[place], order), place + 1)
            found = many.documents.list(order, after, size, deleted, skip)
            assert found == whole[begin + skip : begin + skip + size], (order, place, skip, size)


def test_what_has_no_number_comes_last_in_both_directions(many: Store) -> None:
    for descending in (False, True):
        numbers = [document.asn for document in walk(many, DocumentOrder(SortField.ASN, descending), 5)]
        given_ones = [number for number in numbers if number is not None]
        assert 3 < len(given_ones) < len(numbers) - 3
        assert numbers == [*sorted(given_ones, reverse=descending), *[None] * (len(numbers) - len(given_ones))]


def test_what_is_skipped_is_found_by_an_index_which_alone_is_read(many: Store, queries: list[str]) -> None:
    for field in SortField:
        queries.clear()
        many.documents.list(DocumentOrder(field), None, 3, deleted=False, skip=4)
        plan = explained(many, next(query for query in queries if "OFFSET" in query))
        assert "Index Only Scan" in plan or "USING COVERING INDEX" in plan
        assert not any(costly in plan for costly in ("SCAN documents", "Seq Scan", "TEMP B-TREE", "Sort"))


def test_titles_sort_without_case_and_accents(many: Store) -> None:
    found = walk(many, DocumentOrder(SortField.TITLE, descending=False), 7)
    assert list(dict.fromkeys(title_key(document.title) for document in found)) == ["_", "apfel", "apple", "eclair", "zebra"]


def test_a_list_asks_two_queries_however_long_it_is(many: Store, queries: list[str]) -> None:
    many.documents.list(DocumentOrder(), None, 2, deleted=False)
    short = len(queries)
    many.documents.list(DocumentOrder(), None, 16, deleted=False)
    assert (short, len(queries) - short) == (2, 2)


def test_many_documents_are_indexed_with_three_queries(many: Store, queries: list[str]) -> None:
    assert len(many.documents.for_index([DocumentId(number) for number in range(1, 25)])) == 16
    assert len(queries) == 3


def test_the_index_gets_live_documents_with_the_text_of_their_pages(store: Store) -> None:
    job = leased(store)
    read = DocumentId(job.document_id or 0)
    store.pages.begin(read, job.id, job.fence, [(2, "second", False), (1, "first", False)])
    trashed = document_id(store, "trashed")
    store.documents.delete(trashed, None, START)
    entries = store.documents.for_index([trashed, read, DocumentId(99)])
    assert [(entry.document, entry.texts) for entry in entries] == [(store.documents.get(read), ("first", "second"))]


def test_ids_of_live_documents_come_in_their_order(many: Store) -> None:
    live = [number for number in range(1, 25) if number % 3 != 1]
    assert many.documents.ids(None, 5) == live[:5]
    assert many.documents.ids(DocumentId(live[4]), 100) == live[5:]


def test_a_deep_page_is_found_by_an_index(many: Store, queries: list[str]) -> None:
    for field in SortField:
        order = DocumentOrder(field)
        place = cursor_of(many.documents.list(order, None, 9, deleted=False)[-1], order)
        queries.clear()
        many.documents.list(order, place, 3, deleted=False)
        plan = explained(many, queries[0])
        assert "Index" in plan or "USING INDEX ix_documents_by" in plan
        assert not any(costly in plan for costly in ("SCAN documents", "Seq Scan", "TEMP B-TREE", "Sort"))


@pytest.fixture
def queries() -> Iterator[list[str]]:
    """Collect the SELECTs that are sent, as they could be sent again."""
    sent: list[str] = []

    def collect(_connection: object, cursor: object, statement: str, parameters: object, *_: object) -> None:
        if statement.startswith("SELECT documents") or "FROM document_tags" in statement or "FROM pages" in statement:
            query = getattr(cursor, "query", None)
            sent.append(query.decode() if query else literal(statement, parameters))

    event.listen(Engine, "after_cursor_execute", collect)
    yield sent
    event.remove(Engine, "after_cursor_execute", collect)


def literal(statement: str, parameters: object) -> str:
    """Put the values of a SQLite query in their places."""
    assert isinstance(parameters, tuple)
    for parameter in parameters:
        value = f"'{parameter}'" if isinstance(parameter, str) else str(int(parameter))
        statement = statement.replace("?", value, 1)
    return statement


def explained(store: Store, query: str) -> str:
    """Ask the database how it finds the answer, were the table too large to be read or sorted."""
    with store.documents._database.read() as session:
        connection = session.connection()
        if connection.dialect.name == "sqlite":
            return "\n".join(str(row) for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {query}"))
        for way in ("seqscan", "bitmapscan", "sort", "incremental_sort"):
            connection.exec_driver_sql(f"SET LOCAL enable_{way} = off")
        return "\n".join(row[0] for row in connection.exec_driver_sql(f"EXPLAIN {query}".replace("%", "%%")))


@given(st.text())
def test_a_title_key_is_stable_short_and_storable(title: str) -> None:
    made = title_key(title)
    assert len(made) <= 200
    assert "\0" not in made
    assert made.encode().decode() == made
