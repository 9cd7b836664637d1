"""Counts finds by the values of a field, inside tantivy; labels by their ids, which get their names here."""

from collections import Counter
from collections.abc import Collection

import tantivy
from tantivy import Query

from actors.index.fields import LABEL_KINDS
from actors.index.messages import FacetCount, FacetField
from actors.index.names import Names
from actors.index.schema import LABEL_FIELDS, value_column
from actors.index.sight import Sight, seen
from actors.index.tally import Tally
from actors.store.nouns.catalog import LabelId

# A person chooses from a list; rarer values are found by typing.
MAX_VALUES = 100
# Each part of the index counts so many values: fewer than there are would give wrong sums.
_VALUES_EACH = 60_000
# One takes 10 µs, all together the time of a search for everything.
_COUNTED_ONE_BY_ONE = 300
_MOST_LABELS = 2_000


def count_facets(
    searcher: tantivy.Searcher, query: Query, fields: tuple[FacetField, ...], names: Names
) -> tuple[tuple[FacetField, tuple[FacetCount, ...]], ...]:
    """Count each field's values among the finds, the most frequent first."""
    if not fields:
        return ()
    # So many more that those which are hidden can be left out.
    most = MAX_VALUES + len(names.hidden)
    wanted = {field.value: _most_frequent(_column(field), most) for field in dict.fromkeys(fields)}
    answer = searcher.aggregate(query, wanted)
    return tuple((field, _counts(field, answer[field.value]["buckets"], names)) for field in dict.fromkeys(fields))


def count_labels(searcher: tantivy.Searcher, field: str, labels: Collection[LabelId], sight: Sight, hidden: int = 0) -> dict[LabelId, int]:
    """Count the documents of each label of a field; of many labels, those alone that most documents bear. So many others are `hidden`."""
    if len(labels) <= _COUNTED_ONE_BY_ONE:
        tally = Tally(searcher, sight)
        return {label: tally.of("label", label) for label in labels}
    answer = searcher.aggregate(seen(Query.all_query(), sight), {field: _most_frequent(value_column(field), _MOST_LABELS + hidden)})
    counts = {_label(bucket["key"]): int(bucket["doc_count"]) for bucket in answer[field]["buckets"]}
    return {label: counts[label] for label in labels if label in counts}


def _most_frequent(column: str, limit: int) -> dict[str, dict[str, object]]:
    return {"terms": {"field": column, "size": limit, "segment_size": _VALUES_EACH}}


def _column(field: FacetField) -> str:
    return field.value if field is FacetField.CREATED_YEAR else value_column(field.value)


def _counts(field: FacetField, buckets: list[dict[str, object]], names: Names) -> tuple[FacetCount, ...]:
    by_value = Counter[str]()  # several labels may bear one name
    for bucket in buckets:
        by_value[_value(field, bucket["key"], names)] += int(str(bucket["doc_count"]))
    counts = (FacetCount(value, count) for value, count in by_value.items() if value)
    return tuple(sorted(counts, key=lambda found: (-found.count, found.value))[:MAX_VALUES])


def _value(field: FacetField, key: object, names: Names) -> str:
    """Name a value; '' for a label that is gone, which its documents have not all told the index yet."""
    if field is FacetField.CREATED_YEAR:
        return f"{float(str(key)):.0f}"
    if field.value in LABEL_FIELDS:
        return names.labels(LABEL_KINDS[field.value]).names.get(_label(key), "")
    return str(key)


def _label(key: object) -> LabelId:
    return LabelId(int(float(str(key))))
