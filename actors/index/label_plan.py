"""Plans what is looked for by the names of labels and options: here names become ids, and the index is asked for ids."""

from collections.abc import Sequence

from tantivy import Query

from actors.index.basis import Basis
from actors.index.clauses import any_term, choosing
from actors.index.field_terms import option_term
from actors.index.fields import LABEL_KINDS
from actors.index.names import Names
from actors.index.naming import named_by
from actors.index.query import Match, Phrase, Word
from actors.index.schema import DEFAULT_WEIGHTS
from actors.index.word_plan import INFIX_WEIGHT
from actors.store.nouns.catalog import LabelKind


def label_query(node: Word | Phrase, names: Names) -> Query | None:
    """Find documents by the names of their labels of one kind; None when there is no letter in the word."""
    found = named_by(node, names.labels(LABEL_KINDS[node.field]))
    return None if found is None else choosing(any_term("label", sorted(found.exact | found.longer)))


def named_queries(node: Word | Phrase, basis: Basis) -> list[Query]:
    """Find documents by all that a word without a field may name: labels of every kind, and options of custom fields."""
    labels = [found for kind in LabelKind if (found := named_by(node, basis.names.labels(kind)))]
    exact = sorted(label for found in labels for label in found.exact)
    longer = sorted(label for found in labels for label in found.longer)
    queries = _weighed(node, basis, "label", exact, longer)
    if options := named_by(node, basis.names.options):
        chosen, partly = ([option_term(*option) for option in sorted(some)] for some in (options.exact, options.longer))
        queries += _weighed(node, basis, "whole", chosen, partly)
    return queries


def _weighed(
    node: Word | Phrase, basis: Basis, field: str, exact: Sequence[int] | Sequence[str], longer: Sequence[int] | Sequence[str]
) -> list[Query]:
    """Let names weigh what their words would weigh in the text of the document."""
    queries = list[Query]()
    if exact:
        marked = isinstance(node, Word) and (node.match is not Match.WORD or node.fuzzy)
        weight = DEFAULT_WEIGHTS["other"] * (1.0 if marked else basis.lexicon.rarity(field, exact))
        queries.append(Query.const_score_query(any_term(field, exact), weight))
    if longer:
        queries.append(Query.const_score_query(any_term(field, longer), INFIX_WEIGHT))
    return queries
