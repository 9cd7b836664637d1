"""Sorting and paging. A page goes on after the last find's key, so that a deep page costs no more.

Dates and titles have a column with the id as its last key (entry.py): no two are alike, and the next page is a range of the column.
By relevance the key is the place; finds of equal score are put in the order of their ids.
"""

import json
from dataclasses import dataclass

import regex  # type: ignore[import-untyped]  # has no stubs; re knows no \p{M}
import tantivy
from tantivy import FieldType, Occur, Query

from actors.index import places
from actors.index.clauses import choosing, text_range
from actors.index.errors import CursorError
from actors.index.messages import Order, OrderField
from actors.index.plan import Plan
from actors.index.schema import document_schema
from actors.store.nouns.archive import DocumentId

# Nobody turns so many pages by relevance; a narrower query or another order goes on.
MAX_RELEVANT = 10_000
_TITLE_KEY = regex.compile(r"[\p{L}\p{M}\p{N}.]*-[0-9]{10}")  # as entry.py writes it; tantivy would take other marks for its own language
_LARGEST = 2**63 - 1  # what a column holds
_COLUMNS = {
    OrderField.ADDED: "added_order",
    OrderField.CREATED: "created_order",
    OrderField.TITLE: "title_order",
    OrderField.ASN: "asn_order",
    OrderField.PAGES: "pages_order",
    OrderField.SIZE: "size_order",
}
_FALLING = {OrderField.ASN: "asn_order_falling"}


@dataclass(frozen=True, slots=True)
class Find:
    """One document that was found, and where tantivy keeps it."""

    document_id: DocumentId
    score: float
    address: tantivy.DocAddress


@dataclass(frozen=True, slots=True)
class Page:
    """One page of finds, and the cursor of the next; '' when it is the last."""

    finds: list[Find]
    total: int
    next_after: str


def find_page(searcher: tantivy.Searcher, plan: Plan, order: Order, after: str, limit: int, skip: int = 0) -> Page:
    """Read a page of finds, so many after its place. A query that only chooses documents has no relevance: the newest come first."""
    if order.field is OrderField.RELEVANCE and plan.scores:
        return _relevant(searcher, plan.query, after, limit, skip)
    if order.field is OrderField.RELEVANCE:
        order = Order(OrderField.ADDED, descending=True)
    return _sorted(searcher, plan.query, order, after, limit, skip)


def _sorted(searcher: tantivy.Searcher, query: Query, order: Order, after: str, limit: int, skip: int) -> Page:
    column = _FALLING.get(order.field, _COLUMNS[order.field]) if order.descending else _COLUMNS[order.field]
    direction = tantivy.Order.Desc if order.descending else tantivy.Order.Asc
    if not after and not skip:
        found = searcher.search(query, limit + 1, order_by_field=column, order=direction)
        total, hits = _total(found), found.hits
    else:
        total = left = _total(searcher.search(query, 1))
        if after:
            key = _read(after, order)
            query = Query.boolean_query([(Occur.Must, query), (Occur.Must, choosing(_beyond(column, key, order.descending)))])
            left = _total(searcher.search(query, 1)) if skip else total
        hits = _far(searcher, query, column, order.descending, limit + 1, skip, left)
    finds = _finds(searcher, [(0.0, address) for _, address in hits[:limit]])
    return Page(finds, total, _write(order, hits[limit - 1][0]) if len(hits) > limit else "")


def _far(
    searcher: tantivy.Searcher, query: Query, column: str, descending: bool, limit: int, skip: int, total: int
) -> list[tuple[int | str, tantivy.DocAddress]]:
    """Read finds behind others. What is passed over costs its time and memory too, so it is passed over from the nearer end."""
    if skip >= total:
        return []
    if column == places.COLUMN and min(skip, total - skip) > places.NEAR:
        return _far_among_titles(searcher, query, descending, min(limit, total - skip), skip, total)
    directions = (tantivy.Order.Desc, tantivy.Order.Asc) if descending else (tantivy.Order.Asc, tantivy.Order.Desc)
    if 2 * skip + limit <= total or not skip:
        return searcher.search(query, limit, count=False, order_by_field=column, offset=skip, order=directions[0]).hits
    limit = min(limit, total - skip)
    found = searcher.search(query, limit, count=False, order_by_field=column, offset=total - skip - limit, order=directions[1])
    return found.hits[::-1]


def _far_among_titles(
    searcher: tantivy.Searcher, query: Query, descending: bool, limit: int, skip: int, total: int
) -> list[tuple[int | str, tantivy.DocAddress]]:
    query, place = places.near_place(searcher, query, total - skip - limit if descending else skip, total)
    found = searcher.search(query, limit, count=False, order_by_field=places.COLUMN, offset=place, order=tantivy.Order.Asc)
    return found.hits[::-1] if descending else found.hits


def _beyond(column: str, key: int | str, descending: bool) -> Query:
    """Find what comes after a key in the order."""
    if isinstance(key, str):
        return text_range(column, None, key, included=False) if descending else text_range(column, key, None, included=False)
    low, high = (None, key - 1) if descending else (key + 1, None)
    return Query.range_query(document_schema(), column, FieldType.Integer, low, high)


def _relevant(searcher: tantivy.Searcher, query: Query, after: str, limit: int, skip: int) -> Page:
    order = Order()
    place = min((int(_read(after, order)) if after else 0) + skip, MAX_RELEVANT)
    end = min(place + limit, MAX_RELEVANT)
    found = searcher.search(query, end + 1, weight_by_field="freshness")
    total = _total(found)
    hits = found.hits
    while len(hits) > end and hits[end][0] == hits[end - 1][0] == hits[-1][0] and len(hits) < MAX_RELEVANT:
        # The page ends among finds of equal score: take all of them, so that their order is by id and not by place in the index.
        before = len(hits)
        hits = searcher.search(query, min(4 * before, MAX_RELEVANT), count=False, weight_by_field="freshness").hits
        if len(hits) == before:
            break
    finds = sorted(_finds(searcher, hits), key=lambda find: (-find.score, find.document_id))[place:end]
    more = end < min(total, MAX_RELEVANT) and bool(finds)
    return Page(finds, total, _write(order, end) if more else "")


def _finds(searcher: tantivy.Searcher, hits: list[tuple[float, tantivy.DocAddress]]) -> list[Find]:
    addresses = [address for _, address in hits]
    ids = searcher.fast_field_values("id", addresses) if addresses else []
    return [Find(DocumentId(int(value or 0)), score, address) for value, (score, address) in zip(ids, hits, strict=True)]


def _total(result: tantivy.SearchResult) -> int:
    return int(result.count)  # type: ignore[attr-defined]  # tantivy's stub leaves it out


def _write(order: Order, key: object) -> str:
    return json.dumps([order.field.value, order.descending, key])


def _read(after: str, order: Order) -> int | str:
    try:
        field, descending, key = json.loads(after)
    except (ValueError, TypeError, RecursionError):
        raise CursorError("not a cursor of this search") from None
    kind = str if order.field is OrderField.TITLE else int
    if (field, descending) != (order.field.value, order.descending) or not isinstance(key, kind) or isinstance(key, bool):
        raise CursorError("a cursor of another order")
    if not _TITLE_KEY.fullmatch(key) if isinstance(key, str) else not 0 <= key < _LARGEST:
        raise CursorError("not a cursor of this search")
    return key
