"""Queries of custom fields, as JSON: `[FIELD, OPERATOR, VALUE]`, `["AND" or "OR", [QUERY, …]]`, `["NOT", QUERY]`.

A field is its id, or its name. Options of choices are names or ids, dates are ISO 8601, amounts are numbers or texts like "EUR12.30".
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from actors.store.assignments.given import Kept
from actors.store.nouns.catalog import Field, FieldId
from actors.workflow.field_values import ORDERED, SEVERAL, TEXTS, Comparable, ValueRefused, comparable, plain, wanted

LONGEST = 4_096
DEEPEST = 10
MOST_QUESTIONS = 20


class FieldQueryRefused(ValueError):
    """A query that can't be asked, in words for its writer."""


class Operator(StrEnum):
    """What is asked of a field's value. All but EXISTS and ISNULL are not fulfilled where a document has none."""

    EXACT = "exact"
    IN = "in"
    ISNULL = "isnull"
    EXISTS = "exists"
    ICONTAINS = "icontains"
    ISTARTSWITH = "istartswith"
    IENDSWITH = "iendswith"
    GT = "gt"
    GTE = "gte"
    LT = "lt"
    LTE = "lte"
    RANGE = "range"
    CONTAINS = "contains"


@dataclass(frozen=True, slots=True)
class Question:
    """One field is asked; `values` are what it is compared with."""

    field: FieldId
    operator: Operator
    values: tuple[Comparable, ...]
    told: object


@dataclass(frozen=True, slots=True)
class Joined:
    """Several queries, of which all (AND) or one (OR) must hold."""

    every: bool
    parts: tuple["Query", ...]


@dataclass(frozen=True, slots=True)
class Negated:
    """A query that must not hold."""

    part: "Query"


Query = Question | Joined | Negated

_PARTS = (Operator.ICONTAINS, Operator.ISTARTSWITH, Operator.IENDSWITH)
_ORDER = (Operator.GT, Operator.GTE, Operator.LT, Operator.LTE, Operator.RANGE)
_TRUTHS = (Operator.ISNULL, Operator.EXISTS)


def parse(text: str, fields: Mapping[FieldId, Field]) -> Query:
    """Read a query; raises FieldQueryRefused."""
    if len(text) > LONGEST:
        raise FieldQueryRefused(f"the query has more than {LONGEST:,} characters")
    try:
        told = json.loads(text)
    except (ValueError, RecursionError):
        raise FieldQueryRefused('the query must be JSON like ["Invoice total", "gt", 100]') from None
    query = _query(told, fields, 1)
    if sum(1 for _ in questions(query)) > MOST_QUESTIONS:
        raise FieldQueryRefused(f"the query asks more than {MOST_QUESTIONS} questions")
    return query


def written(query: Query) -> str:
    """Write a query down, fields by their ids: so it outlasts other names."""
    return json.dumps(_told(query), ensure_ascii=False)


def questions(query: Query) -> Iterator[Question]:
    """Give all that a query asks."""
    match query:
        case Joined(_, parts):
            for part in parts:
                yield from questions(part)
        case Negated(part):
            yield from questions(part)
        case Question():
            yield query


def holds(query: Query, values: Mapping[FieldId, Kept], fields: Mapping[FieldId, Field]) -> bool:
    """Tell whether a query holds for the values that a document has."""
    match query:
        case Joined(every, parts):
            return (all if every else any)(holds(part, values, fields) for part in parts)
        case Negated(part):
            return not holds(part, values, fields)
        case Question():
            return _fulfilled(query, values.get(query.field), fields.get(query.field))


def _query(told: object, fields: Mapping[FieldId, Field], depth: int) -> Query:
    if depth > DEEPEST:
        raise FieldQueryRefused(f"the query has more than {DEEPEST} levels")
    match told:
        case ["AND" | "OR" as word, [_, *_] as parts]:
            return Joined(word == "AND", tuple(_query(part, fields, depth + 1) for part in parts))
        case ["NOT", part]:
            return Negated(_query(part, fields, depth + 1))
        case [str() | int() as name, str(operator), value] if not isinstance(name, bool):
            return _question(_field(name, fields), operator, value)
        case _:
            raise FieldQueryRefused(f"{json.dumps(told, ensure_ascii=False)[:60]} is neither a question nor AND, OR or NOT")


def _field(name: str | int, fields: Mapping[FieldId, Field]) -> Field:
    if isinstance(name, int):
        found = fields.get(FieldId(name))
    else:
        found = next((field for field in fields.values() if plain(field.facts.name) == plain(name)), None)
    if found is None:
        raise FieldQueryRefused(f"there is no custom field {str(name)[:60]!r}")
    return found


def _question(field: Field, word: str, value: object) -> Question:
    name = field.facts.name
    try:
        operator = Operator(word)
    except ValueError:
        raise FieldQueryRefused(f"there is no operator {word[:30]!r}; there are {', '.join(Operator)}") from None
    allowed = (
        operator not in (*_PARTS, *_ORDER, Operator.CONTAINS)
        or (operator in _PARTS and field.kind in TEXTS)
        or (operator in _ORDER and field.kind in ORDERED)
        or (operator is Operator.CONTAINS and field.kind in SEVERAL)
    )
    if not allowed:
        raise FieldQueryRefused(f"{operator} can't be asked of the field '{name}', which holds {field.kind.value.replace('_', ' ')}")
    if operator in _TRUTHS:
        if not isinstance(value, bool):
            raise FieldQueryRefused(f"{operator} takes true or false")
        return Question(field.id, operator, (value,), value)
    several = operator in (Operator.IN, Operator.RANGE)
    if several and (not isinstance(value, list) or (operator is Operator.RANGE and len(value) != 2)):
        raise FieldQueryRefused(f"{operator} takes a list of {'two ' if operator is Operator.RANGE else ''}values")
    try:
        given = value if several and isinstance(value, list) else [value]
        return Question(field.id, operator, tuple(wanted(field, one) for one in given), value)
    except ValueRefused as refused:
        raise FieldQueryRefused(str(refused)) from None


def _fulfilled(question: Question, kept: Kept, field: Field | None) -> bool:
    if question.operator in _TRUTHS:
        return (kept is None) is (question.values[0] is (question.operator is Operator.ISNULL))
    if kept is None or field is None:
        return False
    value, first = comparable(field.kind, kept), question.values[0] if question.values else None
    match question.operator:
        case Operator.EXACT | Operator.IN:
            return value in question.values
        case Operator.CONTAINS:
            return isinstance(first, frozenset) and isinstance(value, frozenset) and first <= value
        case Operator.RANGE:
            return question.values[0] <= value <= question.values[1]  # type: ignore[operator]  # both of the field's kind
        case Operator.GT:
            return value > first  # type: ignore[operator]  # likewise
        case Operator.GTE:
            return value >= first  # type: ignore[operator]
        case Operator.LT:
            return value < first  # type: ignore[operator]
        case Operator.LTE:
            return value <= first  # type: ignore[operator]
        case _:
            return _has_part(question.operator, str(value).casefold(), str(first).casefold())


def _has_part(operator: Operator, text: str, part: str) -> bool:
    if operator is Operator.ISTARTSWITH:
        return text.startswith(part)
    return text.endswith(part) if operator is Operator.IENDSWITH else part in text


def _told(query: Query) -> object:
    match query:
        case Joined(every, parts):
            return ["AND" if every else "OR", [_told(part) for part in parts]]
        case Negated(part):
            return ["NOT", _told(part)]
        case Question(field, operator, _, told):
            return [field, operator.value, told]
