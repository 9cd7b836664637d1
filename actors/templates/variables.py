"""The names that a template may use, and what they stand for."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import PurePosixPath

from actors.store.nouns.catalog import FieldEntry, FieldKind, Money
from actors.templates.absent import ABSENT
from actors.templates.dates import DEFAULT_LANGUAGE, month_names
from actors.templates.facts import TemplateFacts

Clean = Callable[[str], str]
Text = str | int | float | bool | tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """What has a name of its own, or is not there."""

    name: str

    def __bool__(self) -> bool:
        return bool(self.name)


@dataclass(frozen=True, slots=True)
class FieldView:
    """A custom field of a document: its kind and value, or neither."""

    type: str
    value: Text


class Fields(dict[str, FieldView]):
    """The custom fields by their names. One that a document lacks is not in it, and has no value: other documents have it."""

    def __missing__(self, name: str) -> FieldView:
        return FieldView(ABSENT, ABSENT)


@dataclass(frozen=True, slots=True)
class DocumentView:
    """What a template may ask of `document`."""

    id: int
    pk: int
    title: str
    content: str
    created: date | str
    added: datetime
    modified: datetime | str
    correspondent: Named
    document_type: Named
    storage_path: Named
    archive_serial_number: int | str
    page_count: int | str
    original_filename: str
    mime_type: str
    checksum: str


def variables(facts: TemplateFacts, clean: Clean, language: str) -> dict[str, object]:
    """Give all variables; `clean` is done to each text that people wrote, but not to the content."""
    title, name = text(facts.title, clean), text(PurePosixPath(facts.original_filename).stem, clean)
    tags = tuple(map(clean, facts.tags))
    return {
        "asn": ABSENT if facts.asn is None else str(facts.asn),
        "correspondent": text(facts.correspondent, clean),
        "document_type": text(facts.document_type, clean),
        "storage_path": text(facts.storage_path, clean),
        "tag_list": ",".join(tags) or ABSENT,
        "tag_name_list": tags,
        "title": title,
        "doc_title": title,
        "owner_username": text(facts.owner, clean),
        # Three names of one thing: of paths, and of titles.
        "original_name": name,
        "original_filename": name,
        "filename": name,
        "doc_pk": f"{facts.id:07}",
        "doc_id": facts.id,
        "doc_url": facts.url or ABSENT,
        "added_time": f"{facts.added:%H:%M}",
        "custom_fields": fields_of(facts.fields, clean),
        "document": document(facts, clean),
        **date_variables("created", facts.created, language),
        **date_variables("added", facts.added.date(), language),
    }


def date_variables(name: str, day: date | None, language: str) -> dict[str, str]:
    """Give a date and its parts, as text."""
    parts = ("", "_year", "_year_short", "_month", "_month_name", "_month_name_short", "_day")
    if day is None:
        return {f"{name}{part}": ABSENT for part in parts}
    long, short = month_names(language)
    # strftime writes no zeros before years of less than four digits.
    written = (
        day.isoformat(),
        f"{day.year:04}",
        f"{day.year % 100:02}",
        f"{day.month:02}",
        long[day.month - 1],
        short[day.month - 1],
        f"{day.day:02}",
    )
    return {f"{name}{part}": value for part, value in zip(parts, written, strict=True)}


def document(facts: TemplateFacts, clean: Clean) -> DocumentView:
    """Give what `document` stands for."""
    return DocumentView(
        id=facts.id,
        pk=facts.id,
        title=text(facts.title, clean),
        content=facts.content,
        created=facts.created or ABSENT,
        added=facts.added,
        modified=facts.modified or ABSENT,
        correspondent=Named(text(facts.correspondent, clean)),
        document_type=Named(text(facts.document_type, clean)),
        storage_path=Named(text(facts.storage_path, clean)),
        archive_serial_number=ABSENT if facts.asn is None else facts.asn,
        page_count=ABSENT if facts.page_count is None else facts.page_count,
        original_filename=text(facts.original_filename, clean),
        mime_type=facts.mime_type,
        checksum=facts.checksum,
    )


def fields_of(entries: tuple[FieldEntry, ...], clean: Clean) -> Fields:
    """Give custom fields by their names."""
    return Fields({entry.field.facts.name: FieldView(entry.field.kind.value, field_value(entry, clean)) for entry in entries})


def field_value(entry: FieldEntry, clean: Clean) -> Text:
    """Give a value as a template takes it: dates are ISO texts, amounts are like EUR12.30, options are their names."""
    options: Mapping[int, str] = entry.field.facts.options or {}
    match entry.value:
        case bool() | int() | float() as plain if entry.field.kind is not FieldKind.CHOICE:
            return plain
        case int() as option:
            return clean(options.get(option, str(option)))
        case Money(amount, currency):
            return f"{currency}{amount}"
        case tuple() as several if entry.field.kind is FieldKind.CHOICES:
            return tuple(clean(options.get(option, str(option))) for option in several)
        case tuple() as documents:
            return documents
        case date() as day:
            return day.isoformat()
        case str() as written:
            return text(written, clean)
        case _ as other:
            return str(other)


def text(value: str | None, clean: Clean) -> str:
    """Give a clean text, or what stands for none."""
    return clean(value or "") or ABSENT


NAMES = frozenset(variables(TemplateFacts(0, "", datetime.min), str, DEFAULT_LANGUAGE))
