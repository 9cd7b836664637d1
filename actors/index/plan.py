"""Turns a query's tree into tantivy's query."""

from dataclasses import dataclass
from datetime import UTC, tzinfo

from tantivy import Occur, Query

from actors.index.clauses import any_of, choosing, term
from actors.index.entry import custom_key
from actors.index.fields import CUSTOM_PREFIX
from actors.index.lexicon import Lexicon
from actors.index.query import And, DateRange, Everything, Node, Not, NumberRange, Or, Phrase, Present, Word
from actors.index.ranges import date_range, number_range
from actors.index.word_plan import SCORED, phrase_query, word_query

_ALWAYS_PRESENT = frozenset({"id", "pages", "added", "updated", "title", "state"})


@dataclass(frozen=True, slots=True)
class Plan:
    """A query ready to run. `scores`: relevance tells its finds apart."""

    query: Query
    scores: bool


def make_plan(node: Node, lexicon: Lexicon, zone: tzinfo = UTC) -> Plan:
    """Plan a query; one of nothing but punctuation finds nothing. `zone` says when the days of `added` begin."""
    query = _query(node, lexicon, zone)
    return Plan(Query.empty_query() if query is None else query, _scores(node))


def _scores(node: Node) -> bool:
    match node:
        case Word() | Phrase():
            return node.field in SCORED
        case And() | Or():
            return any(_scores(inner) for inner in node.nodes)
        case _:
            return False


def _query(node: Node, lexicon: Lexicon, zone: tzinfo) -> Query | None:
    """Plan one node; None for what has no letter in it, such as a lone dash: it asks nothing."""
    match node:
        case Everything():
            return Query.all_query()
        case Word():
            return word_query(node, lexicon)
        case Phrase():
            return phrase_query(node)
        case NumberRange():
            return number_range(node)
        case DateRange():
            return date_range(node, zone)
        case Present():
            return _present(node.field)
        case Not():
            return _all_of((node,), lexicon, zone)
        case And():
            return _all_of(node.nodes, lexicon, zone)
        case Or():
            choices = [query for inner in node.nodes if (query := _query(inner, lexicon, zone)) is not None]
            return any_of(choices) if choices else None


def _all_of(nodes: tuple[Node, ...], lexicon: Lexicon, zone: tzinfo) -> Query | None:
    clauses = list[tuple[Occur, Query]]()
    for node in nodes:
        query = _query(node.node if isinstance(node, Not) else node, lexicon, zone)
        if query is not None:
            clauses.append((Occur.MustNot if isinstance(node, Not) else Occur.Must, query))
    if not clauses:
        return None
    if all(occur == Occur.MustNot for occur, _ in clauses):
        clauses.append((Occur.Must, choosing(Query.all_query())))
    return Query.boolean_query(clauses)


def _present(field: str) -> Query:
    if field in _ALWAYS_PRESENT:
        return choosing(Query.all_query())
    name = CUSTOM_PREFIX + custom_key(field.removeprefix(CUSTOM_PREFIX)) if field.startswith(CUSTOM_PREFIX) else field
    return choosing(term("present", name))
