"""Counts finds by the values of a field, inside tantivy."""

import tantivy
from tantivy import Query

from actors.index.messages import FacetCount, FacetField
from actors.index.schema import value_column

# A person chooses from a list; rarer values are found by typing.
MAX_VALUES = 100


def count_facets(
    searcher: tantivy.Searcher, query: Query, fields: tuple[FacetField, ...]
) -> tuple[tuple[FacetField, tuple[FacetCount, ...]], ...]:
    """Count each field's values among the finds, the most frequent first."""
    if not fields:
        return ()
    wanted = {field.value: {"terms": {"field": _column(field), "size": MAX_VALUES}} for field in dict.fromkeys(fields)}
    answer = searcher.aggregate(query, wanted)
    return tuple((field, _counts(field, answer[field.value]["buckets"])) for field in dict.fromkeys(fields))


def _column(field: FacetField) -> str:
    return field.value if field is FacetField.CREATED_YEAR else value_column(field.value)


def _counts(field: FacetField, buckets: list[dict[str, object]]) -> tuple[FacetCount, ...]:
    counts = [FacetCount(_value(field, bucket["key"]), int(str(bucket["doc_count"]))) for bucket in buckets]
    return tuple(sorted(counts, key=lambda found: (-found.count, found.value)))


def _value(field: FacetField, key: object) -> str:
    return f"{float(str(key)):.0f}" if field is FacetField.CREATED_YEAR else str(key)
