"""Turns a query's tree into tantivy's query."""

from dataclasses import dataclass

from tantivy import Occur, Query

from actors.index.basis import Basis
from actors.index.clauses import any_of, any_term, choosing, term
from actors.index.custom_plan import custom_dates, custom_numbers, custom_present, custom_query
from actors.index.fields import CUSTOM_PREFIX, LABEL_KINDS
from actors.index.label_plan import label_query, named_queries
from actors.index.marks import Mark, mark_query
from actors.index.query import And, DateRange, Everything, Node, Not, NumberRange, Or, Phrase, Present, Word
from actors.index.ranges import date_range, number_range
from actors.index.word_plan import SCORED, text_query

_ALWAYS_PRESENT = frozenset({"id", "pages", "added", "updated", "title", "state"})


@dataclass(frozen=True, slots=True)
class Plan:
    """A query ready to run. `scores`: relevance tells its finds apart."""

    query: Query
    scores: bool


def make_plan(node: Node, basis: Basis) -> Plan:
    """Plan a query; one of nothing but punctuation finds nothing."""
    query = _query(node, basis)
    return Plan(Query.empty_query() if query is None else query, _scores(node))


def _scores(node: Node) -> bool:
    match node:
        case Word() | Phrase():
            return node.field in SCORED
        case And() | Or():
            return any(_scores(inner) for inner in node.nodes)
        case _:
            return False


def _query(node: Node, basis: Basis) -> Query | None:
    """Plan one node; None for what has no letter in it, such as a lone dash: it asks nothing."""
    match node:
        case Everything():
            return Query.all_query()
        case Word() | Phrase():
            return _words(node, basis)
        case NumberRange():
            return custom_numbers(node, basis) if node.field.startswith(CUSTOM_PREFIX) else number_range(node)
        case DateRange():
            return custom_dates(node, basis) if node.field.startswith(CUSTOM_PREFIX) else date_range(node, basis.zone)
        case Present():
            return _present(node.field, basis)
        case Not():
            return _all_of((node,), basis)
        case And():
            return _all_of(node.nodes, basis)
        case Or():
            choices = [query for inner in node.nodes if (query := _query(inner, basis)) is not None]
            return any_of(choices) if choices else None


def _words(node: Word | Phrase, basis: Basis) -> Query | None:
    if node.field == "is":
        return mark_query(Mark(node.text), basis)
    if node.field in LABEL_KINDS:
        return label_query(node, basis.names)
    if node.field.startswith(CUSTOM_PREFIX):
        return custom_query(node, basis)
    query = text_query(node, basis.lexicon)
    if query is None or node.field:
        return query
    return any_of([query, *named_queries(node, basis)])


def _all_of(nodes: tuple[Node, ...], basis: Basis) -> Query | None:
    clauses = list[tuple[Occur, Query]]()
    for node in nodes:
        query = _query(node.node if isinstance(node, Not) else node, basis)
        if query is not None:
            clauses.append((Occur.MustNot if isinstance(node, Not) else Occur.Must, query))
    if not clauses:
        return None
    if all(occur == Occur.MustNot for occur, _ in clauses):
        clauses.append((Occur.Must, choosing(Query.all_query())))
    return Query.boolean_query(clauses)


def _present(field: str, basis: Basis) -> Query:
    if field in _ALWAYS_PRESENT:
        return choosing(Query.all_query())
    if field.startswith(CUSTOM_PREFIX):
        return custom_present(field, basis)
    if field in LABEL_KINDS and basis.names.hidden:
        return choosing(any_term("label", sorted(basis.names.labels(LABEL_KINDS[field]).names)))
    return choosing(term("present", field))
