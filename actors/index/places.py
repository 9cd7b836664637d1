"""Places in the order of titles, however deep.

tantivy reads the text of each title that is passed over, a quarter of a millisecond each; counting what lies before a title takes a few
milliseconds in all. So titles of a few documents tell between which two a place lies, until it is near to one of them.
"""

import json
from collections.abc import Sequence

import tantivy
from tantivy import Occur, Query

from actors.index.clauses import choosing, text_range
from actors.index.entry import title_key

COLUMN = "title_order"
# From here on, what is passed over costs less than another look.
NEAR = 200
_SAMPLE = 64
# A place is likely between the samples so many before and behind the one where it is thought to be.
_MARGIN = 5
# Each round leaves a sixth; where samples are unlucky again and again, the long way is still right.
_ROUNDS = 12


def near_place(searcher: tantivy.Searcher, query: Query, place: int, total: int, near: int = NEAR) -> tuple[Query, int]:
    """Leave out most of what comes before a place in the rising order of titles; give the rest, and the place in it."""
    low, before = None, 0
    high, within = None, total
    for _ in range(_ROUNDS):
        if place - before <= near:
            break
        titles = _some(searcher, _between(query, low, high), within - before)
        expected = len(titles) * (place - before) // (within - before)
        for at in (expected - _MARGIN, expected + _MARGIN):
            key = titles[min(max(at, 0), len(titles) - 1)]
            count = _count(
                searcher, Query.boolean_query([(Occur.Must, query), (Occur.Must, choosing(text_range(COLUMN, None, key, included=True)))])
            )
            if before < count <= place:
                low, before = key, count
            elif place < count < within:
                high, within = key, count
    return _between(query, low, None), place - before


def _some(searcher: tantivy.Searcher, query: Query, total: int) -> Sequence[str]:
    """Read the keys of some documents in their order; those of a middling size, which says little of their titles."""
    found = searcher.search(query, _SAMPLE, count=False, order_by_field="size_order", offset=max(0, (total - _SAMPLE) // 2))
    addresses = [address for _, address in found.hits]
    ids = searcher.fast_field_values("id", addresses)
    titles = [json.loads(bytes(searcher.doc(address)["card"][0]))[0] for address in addresses]
    return sorted(title_key(title, int(value or 0)) for title, value in zip(titles, ids, strict=True))


def _between(query: Query, low: str | None, high: str | None) -> Query:
    if low is None and high is None:
        return query
    return Query.boolean_query([(Occur.Must, query), (Occur.Must, choosing(text_range(COLUMN, low, high, included=False)))])


def _count(searcher: tantivy.Searcher, query: Query) -> int:
    return int(searcher.search(query, 1).count)  # type: ignore[attr-defined]  # tantivy's stub leaves it out
