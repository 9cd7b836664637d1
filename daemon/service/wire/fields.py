"""Values of custom fields: the contract's and ours, in pairs. The contract names fields and options, we keep their ids."""

import re
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal

from actors.intake.names import shown_text
from actors.store.catalog.field_values import kept_value
from actors.store.catalog.label_rows import name_key
from actors.store.errors import FieldValueInvalid
from actors.store.nouns.catalog import Field, FieldEntry, FieldId, FieldKind, FieldValue, Money
from actors.store.rows.columns import clean_text
from daemon.service.refusals import InvalidRequest, Violation
from daemon.service.wire.values import number
from scriba.v1 import catalog_pb2 as pb

Chosen = tuple[tuple[FieldId, FieldValue | None], ...]

_AMOUNT = re.compile(r"-?[0-9]{1,15}(\.[0-9]{1,2})?")
_ONE_LINE = (FieldKind.TEXT, FieldKind.URL, FieldKind.EMAIL)
# What a value of each kind is told in.
_MEMBERS: Mapping[FieldKind, tuple[str, ...]] = {
    FieldKind.TEXT: ("text",),
    FieldKind.LONG_TEXT: ("text",),
    FieldKind.URL: ("text",),
    FieldKind.EMAIL: ("text",),
    FieldKind.DATE: ("date",),
    FieldKind.DATE_TIME: ("time",),
    FieldKind.BOOLEAN: ("boolean",),
    FieldKind.INTEGER: ("integer",),
    FieldKind.NUMBER: ("number", "integer"),
    FieldKind.MONEY: ("money",),
    FieldKind.CHOICE: ("text",),
    FieldKind.CHOICES: ("choices",),
    FieldKind.DOCUMENTS: ("documents",),
}
_TAKEN_BY_NONE = ()


def field_value_message(entry: FieldEntry) -> pb.FieldValue:
    """Tell a document's value of a custom field."""
    field, options = entry.field, entry.field.facts.options or {}
    told = pb.FieldValue(field=field.facts.name)
    match entry.value:
        case bool(answer):
            told.boolean = answer
        case int(option) if field.kind is FieldKind.CHOICE:
            told.text = options.get(option, "")
        case int(count):
            told.integer = count
        case float(count):
            told.number = count
        case Money(amount, currency):
            told.money.amount, told.money.currency = str(amount), currency
        case datetime() as moment:  # which is a date, too
            told.time.FromDatetime(moment)
        case date() as day:
            told.date = day.isoformat()
        case tuple() as several:
            _tell_several(told, field, several)
        case text:
            told.text = text
    return told


def _tell_several(told: pb.FieldValue, field: Field, several: tuple[int, ...]) -> None:
    options = field.facts.options or {}
    if field.kind is FieldKind.CHOICES:
        told.choices.names.extend(options[option] for option in several if option in options)
    else:
        told.documents.ids.extend(map(str, several))


def field_names(values: Sequence[pb.FieldValue]) -> set[str]:
    """Name the fields that are given values."""
    return {value.field for value in values}


def field_values(place: str, values: Sequence[pb.FieldValue], fields: Mapping[str, Field]) -> Chosen:
    """Read values, None for one that is to be taken away. `fields` holds all that are named.

    Raises InvalidRequest with `place`, the path of the list in the request, and the number in it.
    """
    read, violations = list[tuple[FieldId, FieldValue | None]](), list[Violation]()
    seen = set[FieldId]()
    for index, told in enumerate(values):
        field = fields[told.field]
        if field.id in seen:
            violations.append(Violation(f"{place}[{index}]", f"the field '{field.facts.name}' is given twice"))
        seen.add(field.id)
        try:
            value = _value(told, field)
            if value is not None:
                kept_value(field, value)
        except FieldValueInvalid as error:
            violations.append(Violation(f"{place}[{index}]", str(error)))
        else:
            read.append((field.id, value))
    if violations:
        raise InvalidRequest(*violations)
    return tuple(read)


def linked_documents(chosen: Chosen, fields: Mapping[str, Field]) -> Iterator[int]:
    """Give the ids of the documents that values link to."""
    linking = {field.id for field in fields.values() if field.kind is FieldKind.DOCUMENTS}
    for field_id, value in chosen:
        if field_id in linking and isinstance(value, tuple):
            yield from value


def _value(told: pb.FieldValue, field: Field) -> FieldValue | None:
    member = told.WhichOneof("value")
    if member is None:
        return None
    if member not in _MEMBERS[field.kind]:
        return _TAKEN_BY_NONE
    match member:
        case "text":
            return _text(told.text, field)
        case "date":
            return _date(told.date, field)
        case "time":
            return _moment(told, field)
        case "money":
            return _money(told.money, field)
        case "choices":
            return tuple(_option(name, field) for name in told.choices.names) or None
        case "documents":
            return tuple(_document(text, field) for text in told.documents.ids) or None
        case _:
            plain: bool | int | float = getattr(told, member)
            return plain


def _text(text: str, field: Field) -> FieldValue:
    if field.kind is FieldKind.CHOICE:
        return _option(text, field)
    return shown_text(text) if field.kind in _ONE_LINE else clean_text(text)


def _option(name: str, field: Field) -> int:
    """Find an option; 0, which none has, where there is none of this name."""
    keys = {name_key(shown): option for option, shown in (field.facts.options or {}).items()}
    return keys.get(name_key(name), 0)


def _date(text: str, field: Field) -> FieldValue:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise FieldValueInvalid(field.facts.name, "a date like 2024-02-29") from None


def _moment(told: pb.FieldValue, field: Field) -> FieldValue:
    try:
        return told.time.ToDatetime(tzinfo=UTC)
    except (ValueError, OverflowError):
        raise FieldValueInvalid(field.facts.name, "a moment between the years 1 and 9999") from None


def _money(money: pb.FieldValue.Money, field: Field) -> FieldValue:
    if not _AMOUNT.fullmatch(money.amount):
        raise FieldValueInvalid(field.facts.name, "an amount like 12.30, with at most 15 digits before the point and two behind it")
    return Money(Decimal(money.amount), money.currency)


def _document(text: str, field: Field) -> int:
    if not (document := number(text)):
        raise FieldValueInvalid(field.facts.name, "the ids of documents")
    return document
