"""Completes the value of a field: names of labels and options, periods, whole values, or words."""

from collections import Counter
from collections.abc import Iterable, Mapping
from itertools import islice

import tantivy

from actors.index.analysis import fold, words
from actors.index.facets import count_labels
from actors.index.field_terms import option_term, word_mark
from actors.index.fields import CUSTOM_PREFIX, LABEL_KINDS, Field, FieldKind
from actors.index.marks import Mark
from actors.index.messages import Suggestion
from actors.index.names import CHOOSING, CustomField, Names
from actors.index.query import escaped, prefix
from actors.index.schema import VALUE_FIELDS, value_column
from actors.index.sight import Sight
from actors.index.tally import Tally
from actors.index.vocabulary import Key, Vocabulary
from actors.store.nouns.archive import DocumentState

# A column's most frequent values; more are not held in memory for completion.
_MAX_VALUES = 2_000
# How many words are looked at, at most, for each that is answered; who sees little needs more.
_LOOKED_AT = 2
_LOOKED_AT_BY_SOME = 20
_PERIODS = ("today", "yesterday", *(f"{which} {unit}" for which in ("this", "last") for unit in ("week", "month", "quarter", "year")))
_FIXED = {FieldKind.DATE: _PERIODS, FieldKind.TRUTH: ("yes", "no"), FieldKind.MARK: tuple(Mark)}


class Completion:
    """Knows one state of the index and of the names; answers with up to `limit` suggestions, the most frequent first."""

    def __init__(self, searcher: tantivy.Searcher, names: Names, limit: int, sight: Sight) -> None:
        self._searcher = searcher
        self._names = names
        self._limit = limit
        self._sight = sight
        self._tally = Tally(searcher, sight)

    def values(self, field: Field, begun: str) -> list[Suggestion]:
        """List the values of a field that begin so, or hold a word that does."""
        if field.kind in _FIXED:
            return _told(field, _FIXED[field.kind], begun)
        if field.name == "state":
            return _told(field, DocumentState, begun)
        if field.name in LABEL_KINDS:
            return self._labels(field, begun)
        if field.name in VALUE_FIELDS:
            return self._whole(field, begun)
        if field.kind is not FieldKind.TEXT:
            return []
        custom = self._names.field(field.name.removeprefix(CUSTOM_PREFIX)) if field.name.startswith(CUSTOM_PREFIX) else None
        if custom is not None:
            return self._custom(field, custom, begun)
        return _prefixed(field, self.words("body" if field.name == "text" else field.name, begun))

    def words(self, column: str, begun: str, mark: str = "") -> list[Suggestion]:
        """List words of a column; tantivy walks the range of its dictionary."""
        folded = fold(begun)
        # Words that stand only in documents that are hidden, or gone, are passed over.
        looked_at = self._limit * (_LOOKED_AT if self._sight is None else _LOOKED_AT_BY_SOME)
        found = self._searcher.terms_with_prefix(column, mark + folded, limit=looked_at) if folded else []
        counted = (Suggestion(text.removeprefix(mark), self._tally.of(column, text)) for text, _ in found)
        return list(islice((word for word in counted if word.count), self._limit))

    def _labels(self, field: Field, begun: str) -> list[Suggestion]:
        vocabulary = self._names.labels(LABEL_KINDS[field.name])
        counts = count_labels(self._searcher, field.name, _named(vocabulary, begun), self._sight, len(self._names.hidden))
        by_name = Counter[str]()  # several labels may bear one
        for label, count in counts.items():
            by_name[vocabulary.names[label]] += count
        return self._ranked(field, by_name)

    def _whole(self, field: Field, begun: str) -> list[Suggestion]:
        column, begin = value_column(field.name), words(begun)
        known = self._searcher.terms_with_prefix(column, "", limit=_MAX_VALUES)
        return self._ranked(field, {text: self._tally.of(column, text) for text, _ in known if begins(words(text), begin)})

    def _custom(self, field: Field, custom: CustomField, begun: str) -> list[Suggestion]:
        if custom.kind not in CHOOSING:
            return _prefixed(field, self.words("custom", begun, word_mark(custom.id)))
        names = self._names.options.names
        options = [option for option in _named(self._names.options, begun) if option[0] == custom.id]
        return self._ranked(field, {names[option]: self._tally.of("whole", option_term(*option)) for option in options})

    def _ranked(self, field: Field, counts: Mapping[str, int]) -> list[Suggestion]:
        borne = sorted((-count, text) for text, count in counts.items() if count)
        return [_value(field, text, -count) for count, text in borne[: self._limit]]


def begins(value: list[str], begin: list[str]) -> bool:
    """Tell whether what was typed begins the value, or the word inside it that comes after whole ones."""
    if not begin:
        return True
    *whole, last = begin
    places = range(len(value) - len(whole))
    return any(value[at : at + len(whole)] == whole and value[at + len(whole)].startswith(last) for at in places)


def _named(vocabulary: Vocabulary[Key], begun: str) -> frozenset[Key]:
    begin = words(begun)
    return vocabulary.row(begin, last_begins=True) if begin else frozenset(vocabulary.names)


def _told(field: Field, values: Iterable[str], begun: str) -> list[Suggestion]:
    return [_value(field, value, 0) for value in values if value.startswith(begun.lower())]


def _prefixed(field: Field, found: list[Suggestion]) -> list[Suggestion]:
    return [Suggestion(prefix(field.name) + word.text, word.count) for word in found]


def _value(field: Field, text: str, count: int) -> Suggestion:
    plain = all(letter.isalnum() or letter in "-_./" for letter in text)
    quoted = text.replace("\\", "\\\\").replace('"', '\\"')
    return Suggestion(prefix(field.name) + (escaped(text) if plain else f'"{quoted}"'), count)
