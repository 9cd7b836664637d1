"""Completes what stands before the cursor: names of fields, their values, and words of the archive."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

import tantivy

from actors.index.analysis import fold, words
from actors.index.clauses import term
from actors.index.fields import CUSTOM_PREFIX, FIELDS, Field, FieldKind, find_field
from actors.index.messages import SuggestAnswer, Suggestion
from actors.index.query import QUOTES, escaped
from actors.index.schema import FACET_FIELDS, value_column
from actors.store.types import DocumentState

# A field's most frequent values; more are not held in memory for completion.
_MAX_VALUES = 2_000
_MAX_NAMES = 4
_LEAST_LETTERS = 3
_PERIODS = ("today", "yesterday", *(f"{which} {unit}" for which in ("this", "last") for unit in ("week", "month", "quarter", "year")))
_BEFORE = re.compile(rf"(?:([A-Za-z][\w.-]*):)?(?:=?([{QUOTES}])([^{QUOTES}]*)|([^\s(){QUOTES}]*))$")


@dataclass(frozen=True, slots=True)
class _Typed:
    """What is being typed: a word, and the field that it is a value of."""

    field: str
    word: str
    start: int


def suggest(searcher: tantivy.Searcher, text: str, cursor: int, limit: int) -> SuggestAnswer:
    """Complete the word before the cursor (code points; 0 is the end)."""
    typed = _typed(text[: cursor or len(text)])
    field = find_field(typed.field) if typed.field else None
    if typed.field:
        found = _values(searcher, field, typed.word, limit) if field else []
    else:
        found = _names(typed.word) + _anywhere(searcher, typed.word, limit)
    return SuggestAnswer(tuple(found[:limit]), typed.start)


def _typed(head: str) -> _Typed:
    found = _BEFORE.search(head)
    if found is None:
        return _Typed("", "", len(head))
    field, quote, quoted, bare = found.groups()
    start, word = found.start(), quoted if quote else bare
    if not field and word.startswith("-"):
        start, word = start + 1, word[1:]
    return _Typed(field or "", word, start)


def _names(word: str) -> list[Suggestion]:
    names = [name for name in (*FIELDS, CUSTOM_PREFIX.rstrip(".")) if word and name.startswith(word.lower())]
    return [Suggestion(f"{name}." if f"{name}." == CUSTOM_PREFIX else f"{name}:", 0) for name in names[:_MAX_NAMES]]


def _values(searcher: tantivy.Searcher, field: Field, word: str, limit: int) -> list[Suggestion]:
    if field.kind is FieldKind.DATE:
        return [_value(field, period, 0) for period in _PERIODS if period.startswith(word.lower())]
    if field.name == "state":
        return [_value(field, state.value, 0) for state in DocumentState if state.value.startswith(word.lower())]
    if field.name in FACET_FIELDS:
        begin = words(word)
        column = value_column(field.name)
        known = searcher.terms_with_prefix(column, "", limit=_MAX_VALUES)
        chosen = [text for text, _ in known if _begins(words(text), begin)][: 2 * limit]
        return [_value(field, found.text, found.count) for found in _counted(searcher, column, chosen)]
    if field.kind is FieldKind.TEXT:
        column = "body" if field.name == "text" else field.name
        return [Suggestion(f"{field.name}:{found.text}", found.count) for found in _words(searcher, column, word, limit)]
    return []


def _begins(value: list[str], begin: list[str]) -> bool:
    """Tell whether what was typed begins the value, or the word inside it that comes after whole ones."""
    if not begin:
        return True
    *whole, last = begin
    places = range(len(value) - len(whole))
    return any(value[at : at + len(whole)] == whole and value[at + len(whole)].startswith(last) for at in places)


def _value(field: Field, text: str, count: int) -> Suggestion:
    plain = all(letter.isalnum() or letter in "-_./" for letter in text)
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return Suggestion(f"{field.name}:{escaped(text)}" if plain else f'{field.name}:"{quoted}"', count)


def _anywhere(searcher: tantivy.Searcher, word: str, limit: int) -> list[Suggestion]:
    """List words of the whole archive; of its titles while so little is typed that half the dictionary would do."""
    return _words(searcher, "body" if len(fold(word)) >= _LEAST_LETTERS else "title", word, limit)


def _words(searcher: tantivy.Searcher, column: str, word: str, limit: int) -> list[Suggestion]:
    """List words by the number of documents; tantivy walks the range of its dictionary."""
    folded = fold(word)
    found = searcher.terms_with_prefix(column, folded, limit=2 * limit) if folded else []
    return _counted(searcher, column, [text for text, _ in found])[:limit]


def _counted(searcher: tantivy.Searcher, column: str, texts: Iterable[str]) -> list[Suggestion]:
    """Count the documents of each text anew, and drop those that have none: the dictionary still counts the deleted."""
    counts = ((text, searcher.search(term(column, text), 1).count) for text in texts)  # type: ignore[attr-defined]  # not in the stub
    return [Suggestion(text, int(count)) for text, count in counts if count]
