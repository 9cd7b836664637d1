"""The bricks of tantivy queries that all plans share."""

from collections.abc import Mapping, Sequence
from functools import lru_cache

import tantivy
from tantivy import Occur, Query

from actors.index.schema import document_schema

# Up to so many words, looking up each is quicker than walking the dictionary along all of them: ten times for 5 words, a third for 256.
_MOST_LOOKUPS = 500
# Labels are fewer than words, so the walk is quicker sooner.
_MOST_LABEL_LOOKUPS = 50


def term(field: str, text: str) -> Query:
    """Find one word of a field as it is indexed."""
    return Query.term_query(document_schema(), field, text, "freq")


def row(field: str, words: Sequence[str]) -> Query:
    """Find words side by side."""
    return term(field, words[0]) if len(words) == 1 else Query.phrase_query(document_schema(), field, list(words))


def any_of(queries: Sequence[Query]) -> Query:
    """Find what any of these finds; nothing when there are none."""
    if not queries:
        return Query.empty_query()
    return queries[0] if len(queries) == 1 else Query.boolean_query([(Occur.Should, query) for query in queries])


def any_term(field: str, terms: Sequence[str] | Sequence[int]) -> Query:
    """Find documents with any of many words or ids, each as good as the other."""
    if len(terms) > (_MOST_LABEL_LOOKUPS if field == "label" else _MOST_LOOKUPS):
        return Query.term_set_query(document_schema(), field, terms)
    return any_of([Query.term_query(document_schema(), field, term, "basic") for term in terms])


def begins_with(field: str, text: str) -> Query:
    """Find words that begin so. An edit distance of 0 is quicker than a pattern, which is compiled for every field."""
    return Query.fuzzy_term_query(document_schema(), field, text, distance=0, prefix=True)


def weighted(queries: Mapping[str, Query], weights: Mapping[str, float]) -> Query:
    """Find what any field's query finds, each with the weight of its field."""
    return any_of([Query.boost_query(query, weights.get(field, 1.0)) for field, query in queries.items()])


def text_range(field: str, low: str | None, high: str | None, included: bool) -> Query:
    """Find texts between two bounds, one of which may be open. The bounds hold no white space, brackets or braces.

    tantivy has ranges of texts only in its query language.
    """
    begin, end = "[]" if included else "{}"
    return _parser().parse_query(f"{field}:{begin}{low or '*'} TO {high or '*'}{end}")


@lru_cache(maxsize=1)
def _parser() -> tantivy.Index:
    return tantivy.Index(document_schema())


def choosing(query: Query) -> Query:
    """Let a query choose documents without scoring them."""
    return Query.const_score_query(query, 0.0)
