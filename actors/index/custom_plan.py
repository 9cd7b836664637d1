"""Plans what is looked for in custom fields: names become ids here, and the kind of the field tells what a value means."""

from tantivy import Query

from actors.index.basis import Basis
from actors.index.clauses import any_term, choosing, term, text_range
from actors.index.field_terms import (
    DAY_SIGN,
    NUMBER_SIGN,
    day_key,
    number_key,
    option_term,
    ordered_term,
    present_term,
    truth_term,
    whole_term,
    word_mark,
)
from actors.index.fields import CUSTOM_PREFIX
from actors.index.names import CHOOSING, CustomField
from actors.index.naming import named_by
from actors.index.query import DateRange, Match, NumberRange, Phrase, Word
from actors.index.ranges import first_second, last_second
from actors.index.values import number_in, truth_in
from actors.index.word_plan import Place, placed_query
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.catalog import FieldId, FieldKind

_NUMBERS = (FieldKind.INTEGER, FieldKind.NUMBER, FieldKind.MONEY, FieldKind.DOCUMENTS)
_MOST_DOCUMENTS = 2**53  # ids are compared as numbers, which are exact up to here


def custom_query(node: Word | Phrase, basis: Basis) -> Query | None:
    """Find a value; nothing in a field that is not there, None when there is no letter in the word."""
    field = _field(node.field, basis)
    if field is None:
        return Query.empty_query()
    if field.kind in CHOOSING:
        return _option_query(node, field.id, basis)
    if field.kind is FieldKind.BOOLEAN:
        truth = truth_in(node.text)
        return Query.empty_query() if truth is None else choosing(term("whole", truth_term(field.id, truth)))
    marked = isinstance(node, Word) and (node.match not in (Match.WORD, Match.WHOLE) or node.fuzzy > 0)
    if field.kind in _NUMBERS and not marked and (number := number_in(node.text)) is not None:
        return _numbers(field, number, number, basis)
    if isinstance(node, Word) and node.match is Match.WHOLE:
        return choosing(term("whole", whole_term(field.id, node.text)))
    query = placed_query(node, Place({"custom": 1.0}, rows=("custom",), mark=word_mark(field.id)), basis.lexicon)
    return None if query is None else choosing(query)


def custom_present(name: str, basis: Basis) -> Query:
    """Find documents that have a value in a field."""
    field = _field(name, basis)
    return Query.empty_query() if field is None else choosing(term("present", present_term(field.id)))


def custom_numbers(node: NumberRange, basis: Basis) -> Query:
    """Find numbers in a range."""
    field = _field(node.field, basis)
    if field is None or field.kind is FieldKind.DATE_TIME:
        return Query.empty_query()
    return _numbers(field, node.low, node.high, basis)


def custom_dates(node: DateRange, basis: Basis) -> Query:
    """Find days in a range; a moment belongs to the day that it has in the zone."""
    field = _field(node.field, basis)
    if field is None:
        return Query.empty_query()
    if field.kind is FieldKind.DATE_TIME:
        begin = None if node.first is None else number_key(first_second(node.first, basis.zone))
        end = None if node.last is None else number_key(last_second(node.last, basis.zone))
        return _between(field.id, begin or NUMBER_SIGN, end or f"{NUMBER_SIGN}~")
    low, high = (None if day is None else day_key(day) for day in (node.first, node.last))
    return _between(field.id, low or DAY_SIGN, high or f"{DAY_SIGN}~")


def _numbers(field: CustomField, low: float | None, high: float | None, basis: Basis) -> Query:
    """Find numbers in a range; of links, for who may not find all, those to one document that he may find."""
    if field.kind is FieldKind.DOCUMENTS and basis.finds is not None:
        one = int(low) if low is not None and low == high and 0 < low < _MOST_DOCUMENTS else 0
        if one != low or not basis.finds(DocumentId(one)):
            return Query.empty_query()
    low_key, high_key = (None if bound is None else number_key(bound) for bound in (low, high))
    return _between(field.id, low_key or NUMBER_SIGN, high_key or f"{NUMBER_SIGN}~")


def _field(name: str, basis: Basis) -> CustomField | None:
    return basis.names.field(name.removeprefix(CUSTOM_PREFIX))


def _option_query(node: Word | Phrase, field: FieldId, basis: Basis) -> Query | None:
    found = named_by(node, basis.names.options)
    if found is None:
        return None
    chosen = sorted(option for of, option in found.exact | found.longer if of == field)
    return choosing(any_term("whole", [option_term(field, option) for option in chosen]))


def _between(field: FieldId, low: str, high: str) -> Query:
    return choosing(text_range("range", ordered_term(field, low), ordered_term(field, high), included=True))
