"""Values of custom fields: as people type them, and as they are shown."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime

import typer

import scriba
from scriba.v1.catalog_pb2 import Field, FieldKind, FieldValue, ListFieldsRequest
from scriba_cli import wording
from scriba_cli.names import named, same_name

_AMOUNT = re.compile(r"([A-Za-z]{3})?\s*(-?\d+(?:\.\d+)?)\s*([A-Za-z]{3})?")
_YES, _NO = ("yes", "true", "1"), ("no", "false", "0")
LIST_COMMAND = "scriba fields list"


def read_values(client: scriba.Client, typed: Sequence[str], cleared: Sequence[str] = ()) -> list[FieldValue]:
    """Read `NAME=VALUE`, each by the kind of its field, and names of fields to empty; raises NotFound, and BadParameter in words."""
    if not typed and not cleared:
        return []
    fields = client.catalog.ListFields(ListFieldsRequest()).fields
    values = [_read(text, fields) for text in typed]
    return [*values, *(FieldValue(field=named(name, fields, "custom field", LIST_COMMAND).name) for name in cleared)]


def _read(text: str, fields: Sequence[Field]) -> FieldValue:
    """Find the field whose name stands before an equals sign; names may hold one themselves."""
    ends = [place for place, letter in enumerate(text) if letter == "="]
    if not ends:
        raise typer.BadParameter(f"--field {text}: write NAME=VALUE")
    for end in reversed(ends):
        for field in fields:
            if same_name(field.name, text[:end]):
                return read_value(field, text[end + 1 :].strip())
    raise scriba.NotFound(f"there is no custom field '{text[: ends[0]]}'; `{LIST_COMMAND}` shows them")


def read_value(field: Field, text: str) -> FieldValue:
    """Read a value as a person types it; raises BadParameter."""
    reader = _READERS.get(field.kind, _text)
    value = FieldValue(field=field.name)
    try:
        reader(value, text)
    except ValueError as error:
        raise typer.BadParameter(f"--field {field.name}={text}: {error}") from None
    return value


def shown_value(value: FieldValue) -> str:
    """Write a value for a person."""
    match value.WhichOneof("value"):
        case "time":
            return wording.moment(value.time)
        case "boolean":
            return "yes" if value.boolean else "no"
        case "number":
            return f"{value.number:g}" if abs(value.number) < 1e15 else str(value.number)
        case "money":
            return f"{value.money.amount} {value.money.currency}".strip()
        case "choices":
            return ", ".join(value.choices.names)
        case "documents":
            return ", ".join(value.documents.ids)
        case None:
            return ""
        case plain:
            return str(getattr(value, plain))


def _text(value: FieldValue, text: str) -> None:
    value.text = text


def _date(value: FieldValue, text: str) -> None:
    value.date = text


def _moment(value: FieldValue, text: str) -> None:
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        raise ValueError("write a moment like 2024-02-29 12:30; it is local time, unless a zone stands behind it") from None
    value.time.FromDatetime(moment if moment.tzinfo else moment.astimezone())


def _boolean(value: FieldValue, text: str) -> None:
    if text.lower() not in (*_YES, *_NO):
        raise ValueError("write yes or no")
    value.boolean = text.lower() in _YES


def _integer(value: FieldValue, text: str) -> None:
    try:
        value.integer = int(text)
    except ValueError:
        raise ValueError("write a whole number, not beyond 9007199254740991") from None


def _number(value: FieldValue, text: str) -> None:
    try:
        value.number = float(text)
    except ValueError:
        raise ValueError("write a number like 12.5") from None


def _money(value: FieldValue, text: str) -> None:
    found = _AMOUNT.fullmatch(text)
    if found is None or (found[1] and found[3]):
        raise ValueError("write an amount like 12.30 EUR, with a point")
    value.money.amount, value.money.currency = found[2], (found[1] or found[3] or "").upper()


def _choices(value: FieldValue, text: str) -> None:
    value.choices.names.extend(_several(text))


def _documents(value: FieldValue, text: str) -> None:
    value.documents.ids.extend(_several(text))


def _several(text: str) -> list[str]:
    """Take a list apart at its commas."""
    parts = [part.strip() for part in text.split(",") if part.strip()]
    if not parts:
        raise ValueError("write one or several, with commas between them; --clear empties the field")
    return parts


_READERS: Mapping[int, Callable[[FieldValue, str], None]] = {
    FieldKind.FIELD_KIND_DATE: _date,
    FieldKind.FIELD_KIND_DATE_TIME: _moment,
    FieldKind.FIELD_KIND_BOOLEAN: _boolean,
    FieldKind.FIELD_KIND_INTEGER: _integer,
    FieldKind.FIELD_KIND_NUMBER: _number,
    FieldKind.FIELD_KIND_MONEY: _money,
    FieldKind.FIELD_KIND_CHOICES: _choices,
    FieldKind.FIELD_KIND_DOCUMENTS: _documents,
}
