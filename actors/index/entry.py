"""Turns a document into what tantivy indexes. Pure: the same document gives the same entry."""

import json
import struct
from dataclasses import dataclass
from datetime import date, datetime

import tantivy

from actors.index.analysis import LEAST_PART, fold, is_paired, joined, stems, tokens, words
from actors.index.schema import FACET_FIELDS, value_column
from actors.index.source import CustomValue, IndexDocument

# An id fits below an order key: 2**31 documents, and seconds up to the year 2242.
ID_BITS = 31
# How much the newest documents gain in score; enough to part documents that score alike, too little to outdo a better match.
_FRESHNESS = 0.3
_FRESH_IDS = 1_000_000
NUMBER_SIGN = "n"
DAY_SIGN = "d"
_SIGN_BIT = 1 << 63
_ALL_BITS = (1 << 64) - 1


@dataclass(frozen=True, slots=True)
class Entry:
    """A document for tantivy, and the distinct words in it that a part may find."""

    document: tantivy.Document
    words: frozenset[str]


def make_entry(source: IndexDocument) -> Entry:
    """Cut a document into words and columns."""
    document = tantivy.Document()
    vocabulary = set[str]()
    document.add_integer("id", source.id)
    document.add_integer("revision", source.revision)
    document.add_bytes("card", json.dumps([source.title, source.language]).encode())
    _add_running_text(document, "body", "stems", "\n".join(source.pages), source.language, vocabulary)
    _add_running_text(document, "title", "title_stems", source.title, source.language, vocabulary)
    for field, values in _labels(source).items():
        _add_labels(document, field, values, vocabulary)
    for name, value in source.custom:
        _add_custom(document, name, value, vocabulary)
    _add_columns(document, source)
    return Entry(document, frozenset(word for word in vocabulary if len(word) > LEAST_PART and not is_paired(word)))


def _add_running_text(document: tantivy.Document, field: str, stem_field: str, text: str, language: str, vocabulary: set[str]) -> None:
    found = list(tokens(text))
    exact, codes = [token.text for token in found], joined(text, found)
    vocabulary.update(exact, codes)
    document.add_text(field, " ".join(exact))
    document.add_text(stem_field, " ".join(stems([token.surface for token in found], language)))
    document.add_text("joined", " ".join(codes))


def _labels(source: IndexDocument) -> dict[str, tuple[str, ...]]:
    named = {
        "tag": source.tags,
        "note": source.notes,
        "correspondent": (source.correspondent,),
        "type": (source.type,),
        "path": (source.path,),
        "filename": (source.filename,),
        "mime": (source.mime,),
        "language": (source.language,),
        "state": (source.state.value,),
    }
    return {field: tuple(value for value in values if value) for field, values in named.items()}


def _add_labels(document: tantivy.Document, field: str, values: tuple[str, ...], vocabulary: set[str]) -> None:
    for value in values:
        found = list(tokens(value))
        exact, codes = [token.text for token in found], joined(value, found)
        document.add_text(field, " ".join(exact))
        document.add_text("whole", whole_value(field, value))
        if field in FACET_FIELDS:
            document.add_text(value_column(field), value)
        if field not in ("mime", "language", "state"):
            vocabulary.update(exact, codes)
            document.add_text("other", " ".join(exact))
            document.add_text("joined", " ".join(codes))
    if values:
        document.add_text("present", field)


def _add_custom(document: tantivy.Document, name: str, value: CustomValue, vocabulary: set[str]) -> None:
    key, text = custom_key(name), str(value)
    exact = words(text)
    vocabulary.update(exact)
    document.add_text("custom", " ".join(f"{key}:{word}" for word in exact))
    document.add_text("other", " ".join(exact))
    document.add_text("whole", whole_value(f"field.{key}", text))
    document.add_text("present", f"field.{key}")
    if isinstance(value, datetime):
        document.add_text("range", range_key(key, day_key(value.date())))
    elif isinstance(value, date):
        document.add_text("range", range_key(key, day_key(value)))
    elif isinstance(value, int | float) and not isinstance(value, bool):
        document.add_text("range", range_key(key, number_key(value)))


def _add_columns(document: tantivy.Document, source: IndexDocument) -> None:
    day = 0 if source.created is None else source.created.toordinal()
    added = int(source.added.timestamp())
    document.add_integer("pages", source.page_count)
    document.add_integer("added_second", added)
    document.add_integer("updated_second", int(source.updated.timestamp()))
    document.add_integer("added_order", order_key(added, source.id))
    document.add_integer("created_order", order_key(day, source.id))
    document.add_text("title_order", title_key(source.title, source.id))
    document.add_float("freshness", _FRESHNESS * source.id / (source.id + _FRESH_IDS))
    if source.created is not None:
        document.add_integer("created_day", day)
        document.add_integer("created_year", source.created.year)
        document.add_text("present", "created")
    if source.asn is not None:
        document.add_integer("asn", source.asn)
        document.add_text("other", str(source.asn))
        document.add_text("present", "asn")
    if any(page.strip() for page in source.pages):
        document.add_text("present", "text")


def order_key(value: int, document_id: int) -> int:
    """Put a value and an id into one number that sorts by both."""
    return (value << ID_BITS) | document_id


def title_key(title: str, document_id: int) -> str:
    """Put a title and an id into one text that sorts by both (the signs between sort before letters), of bounded length."""
    return f"{'.'.join(words(title[:400]))[:200]}-{document_id:010d}"


def whole_value(field: str, value: str) -> str:
    """Write a field's whole value as it is compared."""
    return f"{field}:{' '.join(words(value)) or value.strip()}"[:1000]


def custom_key(name: str) -> str:
    """Write a custom field's name as it is compared."""
    return "_".join(words(name)) or fold(name)


def range_key(key: str, value: str) -> str:
    """Put a custom field's name before a value that sorts."""
    return f"{key}={value}"


def number_key(value: float) -> str:
    """Write a number as text that sorts like the number."""
    (bits,) = struct.unpack(">Q", struct.pack(">d", value + 0.0))
    return f"{NUMBER_SIGN}{bits ^ (_ALL_BITS if bits & _SIGN_BIT else _SIGN_BIT):016x}"


def day_key(value: date) -> str:
    """Write a day as text that sorts like the day, apart from the numbers."""
    return f"{DAY_SIGN}{value.isoformat()}"
