"""What cannot stand in the catalogue. These messages carry no rules of their own, since the server sends them too."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from datetime import date

from actors.index.errors import QueryError
from actors.index.grammar import parse
from actors.intake.names import shown_text
from actors.matching.checking import check_rule
from actors.matching.errors import RuleError
from actors.store.catalog.label_rows import name_key
from actors.store.nouns.catalog import FieldKind, LabelKind, Matching, MatchRule
from actors.templates.errors import TemplateError
from actors.templates.rendering import check_template
from daemon.service.finding.finding import found_order
from daemon.service.refusals import InvalidRequest, QueryRefused, Violation
from daemon.service.wire.catalog import FIELD_KINDS, LABEL_KINDS, MATCHINGS, ours
from daemon.service.wire.values import number
from scriba.v1 import catalog_pb2 as pb

LONGEST_NAME = 128
LONGEST_PATTERN = 4096
LONGEST_QUERY = 4096
LONGEST_DISPLAY = 64
MOST_OPTIONS = 1_000
LONGEST_REMINDER = 366
MOST_COLUMNS = 100
LARGEST_PAGE = 1_000
_COLOUR = re.compile(r"(#[0-9a-fA-F]{6})?")
_CURRENCY = re.compile(r"([A-Z]{3})?")
_CHOOSING = (FieldKind.CHOICE, FieldKind.CHOICES)


def refuse(violations: Iterable[Violation]) -> None:
    """Raise InvalidRequest if there is one."""
    if found := tuple(violations):
        raise InvalidRequest(*found)


def label_violations(label: pb.Label) -> Iterator[Violation]:
    """Look at a label as it shall be."""
    kind = ours(LABEL_KINDS, label.kind)
    if kind is None:
        yield Violation("label.kind", "must be correspondent, document type, tag or storage path")
    yield from _name("label.name", label.name)
    if label.matching and ours(MATCHINGS, label.matching) is None:
        yield Violation("label.matching", "is not a way of matching that this server knows")
    rule = MatchRule(ours(MATCHINGS, label.matching) or Matching.AUTO, label.pattern, label.case_sensitive)
    yield from rule_violations("label.pattern", rule)
    if not _COLOUR.fullmatch(label.colour):
        yield Violation("label.colour", "must be like #3366ff, or empty")
    if label.parent_id and not number(label.parent_id):
        yield Violation("label.parent_id", "must be the id of a tag, or empty")
    if kind is not LabelKind.TAG:
        strange = (("colour", label.colour), ("inbox", label.inbox), ("parent_id", label.parent_id))
        yield from (Violation(f"label.{name}", "is for tags only") for name, value in strange if value)
    if kind is LabelKind.STORAGE_PATH:
        yield from _template("label.template", label.template)
    elif label.template:
        yield Violation("label.template", "is for storage paths only")


def field_violations(field: pb.Field, known: Collection[int]) -> Iterator[Violation]:
    """Look at a custom field as it shall be; `known` are the ids of the options that it has."""
    kind = ours(FIELD_KINDS, field.kind)
    if kind is None:
        yield Violation("field.kind", "must be a kind of field that this server knows")
    yield from _name("field.name", field.name)
    yield from _options(field, kind, known)
    if not _CURRENCY.fullmatch(field.currency):
        yield Violation("field.currency", "must be three capitals like EUR, or empty")
    elif field.currency and kind is not FieldKind.MONEY:
        yield Violation("field.currency", "is for amounts of money only")
    if field.extraction:
        yield from rule_violations("field.extraction", MatchRule(Matching.REGEX, field.extraction))
    if not 0 <= field.reminder_days <= LONGEST_REMINDER:
        yield Violation("field.reminder_days", f"must be 0 to {LONGEST_REMINDER}")
    elif field.reminder_days and kind is not FieldKind.DATE:
        yield Violation("field.reminder_days", "is for dates only")


def rule_violations(place: str, rule: MatchRule) -> Iterator[Violation]:
    """Look at a rule as it shall be; its pattern stands in a place of the request."""
    if len(rule.pattern) > LONGEST_PATTERN:
        yield Violation(place, f"must have at most {LONGEST_PATTERN} characters")
        return
    try:
        check_rule(rule)
    except RuleError as error:
        yield Violation(place, str(error))


def _options(field: pb.Field, kind: FieldKind | None, known: Collection[int]) -> Iterator[Violation]:
    if bool(field.options) != (kind in _CHOOSING):
        yield Violation("field.options", "must be there for a field that chooses from some, and for no other")
    if len(field.options) > MOST_OPTIONS:
        yield Violation("field.options", f"must be at most {MOST_OPTIONS}")
    names = Counter(name_key(option.name) for option in field.options)
    ids = Counter(option.id for option in field.options if option.id)
    for index, option in enumerate(field.options):
        place = f"field.options[{index}]"
        yield from _name(f"{place}.name", option.name)
        if names[name_key(option.name)] > 1:
            yield Violation(f"{place}.name", "must differ from the others' by more than capitals and white space")
        if option.id and (number(option.id) not in known or ids[option.id] > 1):
            yield Violation(f"{place}.id", "must be that of an option which is there, once, or empty for a new one")


def view_violations(view: pb.View) -> Iterator[Violation]:
    """Look at a saved view as it shall be."""
    yield from _name("view.name", view.name)
    if len(view.query) > LONGEST_QUERY:
        yield Violation("view.query", f"must have at most {LONGEST_QUERY} characters")
    yield from _order(view.order_by)
    if not 0 <= view.page_size <= LARGEST_PAGE:
        yield Violation("view.page_size", f"must be 0 to {LARGEST_PAGE}")
    if len(view.display) > LONGEST_DISPLAY:
        yield Violation("view.display", f"must have at most {LONGEST_DISPLAY} characters")
    if len(view.columns) > MOST_COLUMNS or any(len(column) > LONGEST_NAME for column in view.columns):
        yield Violation("view.columns", f"must be at most {MOST_COLUMNS} with {LONGEST_NAME} characters each")
    if view.position < 0:
        yield Violation("view.position", "must be 0 or more")


def check_query(view: pb.View, today: date) -> None:
    """Raise QueryRefused, which tells the place, for a query that the grammar does not know."""
    try:
        parse(view.query, today)
    except QueryError as error:
        raise QueryRefused("view.query", error.column, error.expected, str(error)) from None


def _order(order_by: str) -> Iterator[Violation]:
    try:
        found_order(order_by, "relevance")
    except InvalidRequest as error:
        yield from (Violation(f"view.{violation.field}", violation.description) for violation in error.violations)


def _template(place: str, template: str) -> Iterator[Violation]:
    if not template:  # the setting's holds
        return
    try:
        check_template(template)
    except TemplateError as error:
        yield Violation(place, str(error))


def _name(place: str, name: str) -> Iterator[Violation]:
    if not 1 <= len(shown_text(name)) <= LONGEST_NAME or not name_key(name):
        yield Violation(place, f"must have 1 to {LONGEST_NAME} characters")
