"""Turns a document into what tantivy indexes. Pure: the same document gives the same entry."""

import json
from dataclasses import dataclass

import tantivy

from actors.index.analysis import LEAST_PART, is_paired, joined, stems, tokens, words
from actors.index.field_terms import field_terms, present_term, whole_value, word_mark
from actors.index.marks import kept_marks
from actors.index.schema import VALUE_FIELDS, value_column
from actors.index.source import IndexDocument
from actors.store.nouns.catalog import FieldId, FieldKind, FieldValue, LabelId

# An id fits below an order key: 2**31 documents, and seconds up to the year 2242.
ID_BITS = 31
# The greatest archive serial number, and four gibibytes but one.
_LARGEST = 2**32 - 1
# How much the newest documents gain in score; enough to part documents that score alike, too little to outdo a better match.
_FRESHNESS = 0.3
_FRESH_IDS = 1_000_000
# What nobody means by a word without a field.
_ONLY_BY_FIELD = frozenset({"mime", "language", "state"})


@dataclass(frozen=True, slots=True)
class Entry:
    """A document for tantivy, and the distinct words in it that a part may find."""

    document: tantivy.Document
    words: frozenset[str]


def make_entry(source: IndexDocument) -> Entry:
    """Cut a document into words, ids and columns."""
    document = tantivy.Document()
    vocabulary = set[str]()
    document.add_integer("id", source.id)
    document.add_integer("revision", source.revision)
    document.add_integer("access", source.access)
    document.add_bytes("card", json.dumps([source.title, source.language]).encode())
    _add_running_text(document, "body", "stems", "\n".join(source.pages), source.language, vocabulary)
    _add_running_text(document, "title", "title_stems", source.title, source.language, vocabulary)
    for field, values in _worded(source).items():
        _add_worded(document, field, values, vocabulary)
    for field, labels in _labels(source).items():
        _add_labels(document, field, labels)
    for field_id, kind, value in source.custom:
        _add_custom(document, field_id, kind, value, vocabulary)
    _add_columns(document, source)
    return Entry(document, frozenset(word for word in vocabulary if len(word) > LEAST_PART and not is_paired(word)))


def _add_running_text(document: tantivy.Document, field: str, stem_field: str, text: str, language: str, vocabulary: set[str]) -> None:
    found = list(tokens(text))
    exact, codes = [token.text for token in found], joined(text, found)
    vocabulary.update(exact, codes)
    document.add_text(field, " ".join(exact))
    document.add_text(stem_field, " ".join(stems([token.surface for token in found], language)))
    document.add_text("joined", " ".join(codes))


def _worded(source: IndexDocument) -> dict[str, tuple[str, ...]]:
    named = {
        "note": source.notes,
        "filename": (source.filename,),
        "mime": (source.mime,),
        "language": (source.language,),
        "state": (source.state.value,),
    }
    return {field: tuple(value for value in values if value) for field, values in named.items()}


def _add_worded(document: tantivy.Document, field: str, values: tuple[str, ...], vocabulary: set[str]) -> None:
    for value in values:
        document.add_text("whole", whole_value(field, value))
        if field in VALUE_FIELDS:
            document.add_text(value_column(field), value)
        if field in _ONLY_BY_FIELD:
            document.add_text(field, " ".join(words(value)))
        else:
            document.add_text(field, " ".join(_add_other(document, value, vocabulary)))
    if values:
        document.add_text("present", field)


def _add_other(document: tantivy.Document, value: str, vocabulary: set[str]) -> list[str]:
    """Let a value be found by words without a field; give its words."""
    found = list(tokens(value))
    exact, codes = [token.text for token in found], joined(value, found)
    vocabulary.update(exact, codes)
    document.add_text("other", " ".join(exact))
    document.add_text("joined", " ".join(codes))
    return exact


def _labels(source: IndexDocument) -> dict[str, tuple[LabelId, ...]]:
    single = {"correspondent": source.correspondent, "type": source.type, "path": source.path}
    return {"tag": source.tags, **{field: (label,) for field, label in single.items() if label is not None}}


def _add_labels(document: tantivy.Document, field: str, labels: tuple[LabelId, ...]) -> None:
    for label in labels:
        document.add_integer("label", label)
        document.add_integer(value_column(field), label)
    if labels:
        document.add_text("present", field)


def _add_custom(document: tantivy.Document, field: FieldId, kind: FieldKind, value: FieldValue, vocabulary: set[str]) -> None:
    terms = field_terms(field, kind, value)
    if terms.text:
        mark = word_mark(field)
        document.add_text("custom", " ".join(mark + word for word in _add_other(document, terms.text, vocabulary)))
    for whole in terms.wholes:
        document.add_text("whole", whole)
    for ordered in terms.ordered:
        document.add_text("range", ordered)
    document.add_text("present", present_term(field))


def _add_columns(document: tantivy.Document, source: IndexDocument) -> None:
    day = 0 if source.created is None else source.created.toordinal()
    added = int(source.added.timestamp())
    document.add_integer("pages", source.page_count)
    document.add_integer("added_second", added)
    document.add_integer("updated_second", int(source.updated.timestamp()))
    document.add_integer("added_order", order_key(added, source.id))
    document.add_integer("created_order", order_key(day, source.id))
    document.add_text("title_order", title_key(source.title, source.id))
    document.add_integer("pages_order", order_key(source.page_count, source.id))
    document.add_integer("size_order", order_key(source.size_bytes, source.id))
    # What has no number comes last in both directions.
    document.add_integer("asn_order", order_key(_LARGEST if source.asn is None else source.asn, source.id))
    document.add_integer("asn_order_falling", order_key(source.asn or 0, source.id))
    for mark in kept_marks(source):
        document.add_text("present", mark)
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
    """Put a value and an id into one number that sorts by both; values beyond the largest are as large as that."""
    return (min(value, _LARGEST) << ID_BITS) | document_id


def title_key(title: str, document_id: int) -> str:
    """Put a title and an id into one text that sorts by both (the signs between sort before letters), of bounded length."""
    return f"{'.'.join(words(title[:400]))[:200]}-{document_id:010d}"
