"""Plans words and phrases: which fields each is looked for in, and how much a find there weighs.

A word without a field finds, in this order of weight: the word in a title, in a label, in the text; its stem; a word that it is a part of.
"""

import re

from tantivy import Query

from actors.index.analysis import LEAST_PART, Token, is_paired, query_stems, tokens
from actors.index.clauses import any_of, any_word, begins_with, choosing, row, term, weighted
from actors.index.entry import custom_key, whole_value
from actors.index.fields import CUSTOM_PREFIX, FIELDS
from actors.index.lexicon import Lexicon
from actors.index.phrases import phrase_variants
from actors.index.query import Match, Phrase, Word
from actors.index.schema import DEFAULT_WEIGHTS, document_schema

# A bare word this long also finds words that it is a part of; shorter ones are parts of too much.
LEAST_INFIX = 4
# Each word costs about 30 µs at 100,000 documents. The shortest come first, as the likeliest to be meant; who writes *part* wants them all.
_MAX_LONGER = 256
_MAX_PARTS = 2_000
_INFIX_WEIGHT = 1e-6  # below the least score that BM25 gives the commonest word

# The fields whose finds have a score; in the others, words only choose documents.
SCORED = {
    "": DEFAULT_WEIGHTS,
    "title": {name: DEFAULT_WEIGHTS[name] for name in ("title", "title_stems")},
    "text": {name: DEFAULT_WEIGHTS[name] for name in ("body", "stems", "joined")},
}
_STEM_FIELDS = frozenset({"stems", "title_stems"})
_ROW_FIELDS = {"": ("body", "title", "other"), "text": ("body",), "title": ("title",)}
_PART_FIELDS = {"": ("body", "title", "other", "joined"), "text": ("body", "joined"), "title": ("title",)}


def phrase_query(phrase: Phrase) -> Query | None:
    """Find words in a row; None when the phrase has no words."""
    rows = phrase_variants(phrase.text)
    if not rows:
        return None
    if phrase.field.startswith(CUSTOM_PREFIX):
        key = _key(phrase.field)
        return choosing(any_of([row("custom", [f"{key}:{word}" for word in words]) for words in rows]))
    fields = _ROW_FIELDS.get(phrase.field, (phrase.field,))
    query = any_of([Query.boost_query(row(field, words), DEFAULT_WEIGHTS.get(field, 1.0)) for field in fields for words in rows])
    return query if phrase.field in SCORED else choosing(query)


def word_query(word: Word, lexicon: Lexicon) -> Query | None:
    """Find a word; None when there is no letter in it."""
    if word.match is Match.WHOLE:
        return _whole(word)
    found = list(tokens(word.text))
    if not found:
        return None
    if word.field.startswith(CUSTOM_PREFIX):
        return choosing(_custom(word, found))
    query = _WordPlan(word, found, lexicon).query()
    return query if word.field in SCORED else choosing(query)


def _whole(word: Word) -> Query | None:
    if word.field == "text":
        return phrase_query(Phrase(word.text, word.field))
    field = CUSTOM_PREFIX + _key(word.field) if word.field.startswith(CUSTOM_PREFIX) else word.field
    return choosing(term("whole", whole_value(field, word.text)))


def _key(field: str) -> str:
    return custom_key(field.removeprefix(CUSTOM_PREFIX))


def _custom(word: Word, found: list[Token]) -> Query:
    key = _key(word.field)
    named = [f"{key}:{token.text}" for token in found]
    if len(named) > 1:
        return row("custom", named)
    if word.match is Match.WORD:
        return Query.fuzzy_term_query(document_schema(), "custom", named[0], word.fuzzy) if word.fuzzy else term("custom", named[0])
    head = ".*" if word.match in (Match.SUFFIX, Match.INFIX) else ""
    tail = ".*" if word.match in (Match.PREFIX, Match.INFIX) else ""
    return Query.regex_query(document_schema(), "custom", f"{re.escape(key)}:{head}{found[0].text}{tail}")


class _WordPlan:
    """One word of a field that is no custom one, cut into its parts: codes and compounds have several."""

    def __init__(self, word: Word, found: list[Token], lexicon: Lexicon) -> None:
        self._word = word
        self._found = found
        self._lexicon = lexicon
        self._schema = document_schema()
        self._together = "".join(token.text for token in found)
        self._weights = SCORED.get(word.field, {word.field: 1.0})
        self._exact_weights = {field: weight for field, weight in self._weights.items() if field not in _STEM_FIELDS}
        self._infix = not word.field or FIELDS[word.field].infix

    def query(self) -> Query:
        """Find the word in the way that its marks ask for."""
        if self._word.match in (Match.INFIX, Match.SUFFIX):
            return self._part()
        if len(self._found) > 1:
            return any_of([self._rows(), *self._written_together()])
        text = self._found[0].text
        if self._word.match is Match.PREFIX:
            return weighted({field: begins_with(field, text) for field in self._exact_weights}, self._exact_weights)
        if is_paired(text) and len(text) == 1:
            return self._pattern(f"{text}.*|.{text}")
        if self._word.fuzzy:
            fuzzy = {field: Query.fuzzy_term_query(self._schema, field, text, self._word.fuzzy) for field in self._exact_weights}
            return weighted(fuzzy, self._exact_weights)
        return any_of([*self._exact(), *self._stems(), *self._longer()])

    def _exact(self) -> list[Query]:
        return [Query.boost_query(term(field, self._together), weight) for field, weight in self._exact_weights.items()]

    def _stems(self) -> list[Query]:
        stems = query_stems(self._found[0].surface, self._lexicon.languages)
        fields = [field for field in self._weights if field in _STEM_FIELDS]
        return [Query.boost_query(term(field, stem), self._weights[field]) for field in fields for stem in stems]

    def _longer(self) -> list[Query]:
        """Find words that this one is a part of, below all other finds."""
        if len(self._together) < LEAST_INFIX or is_paired(self._together) or not self._infix:
            return []
        longer = [text for text in self._lexicon.containing(self._together, _MAX_LONGER) if text != self._together]
        if not longer:
            return []
        fields = _PART_FIELDS.get(self._word.field, (self._word.field,))
        return [Query.const_score_query(any_of([any_word(field, longer) for field in fields]), _INFIX_WEIGHT)]

    def _rows(self) -> Query:
        """Find the parts of a code or compound in a row."""
        parts = [token.text for token in self._found]
        fields = _ROW_FIELDS.get(self._word.field, (self._word.field,))
        if self._word.match is not Match.PREFIX:
            return weighted({field: row(field, parts) for field in fields}, DEFAULT_WEIGHTS)
        patterns: list[str | tuple[int, str]] = [*parts[:-1], f"{parts[-1]}.*"]
        return weighted({field: Query.regex_phrase_query(self._schema, field, patterns) for field in fields}, DEFAULT_WEIGHTS)

    def _written_together(self) -> list[Query]:
        """Find a code or compound that stands without its punctuation, or of which this is a part."""
        if self._word.field not in ("", "text"):
            return []
        if self._word.match is Match.PREFIX:
            return [begins_with("joined", self._together)]
        return [*self._exact(), *self._longer()]

    def _pattern(self, pattern: str) -> Query:
        return weighted({field: Query.regex_query(self._schema, field, pattern) for field in self._exact_weights}, self._exact_weights)

    def _part(self) -> Query:
        part, inside = self._together, self._word.match is Match.INFIX
        if len(part) < LEAST_PART or not self._infix:
            return self._pattern(f".*{part}.*" if inside else f".*{part}")
        known = [text for text in self._lexicon.containing(part, _MAX_PARTS) if inside or text.endswith(part)]
        chosen = {field: any_word(field, [part, *known]) for field in self._exact_weights}
        return weighted({field: Query.const_score_query(query, 1.0) for field, query in chosen.items()}, self._exact_weights)
