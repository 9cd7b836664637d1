"""Plans words and phrases: which fields each is looked for in, and how much a find there weighs.

A word without a field finds, in this order of weight: the word in a title, in a label, in the text; its stem; a word that it is a part of.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tantivy import Query

from actors.index.analysis import LEAST_PART, Token, is_paired, query_stems, tokens
from actors.index.clauses import any_of, any_term, begins_with, choosing, row, term, weighted
from actors.index.field_terms import whole_value
from actors.index.fields import FIELDS
from actors.index.lexicon import Lexicon
from actors.index.naming import LEAST_INFIX
from actors.index.phrases import phrase_variants
from actors.index.query import Match, Phrase, Word
from actors.index.schema import DEFAULT_WEIGHTS, document_schema

# Each word costs about 30 µs at 100,000 documents. The shortest come first, as the likeliest to be meant; who writes *part* wants them all.
_MAX_LONGER = 256
_MAX_PARTS = 2_000
INFIX_WEIGHT = 1e-6  # below the least score that BM25 gives the commonest word


@dataclass(frozen=True, slots=True)
class Place:
    """Where words are looked for: the index's fields of words and of stems, with their weights, and those that have words in a row.

    `codes`: codes and compounds count written together, too. `infix`: a part of a word counts. `mark` stands before each word there.
    """

    words: Mapping[str, float]
    stems: Mapping[str, float] = field(default_factory=dict)
    rows: tuple[str, ...] = ()
    codes: bool = False
    infix: bool = True
    mark: str = ""


def _weights(*fields: str) -> dict[str, float]:
    return {name: DEFAULT_WEIGHTS[name] for name in fields}


# The fields whose finds have a score; in the others, words only choose documents.
SCORED = {
    "": Place(_weights("body", "joined", "title", "other"), _weights("stems", "title_stems"), ("body", "title", "other"), codes=True),
    "title": Place(_weights("title"), _weights("title_stems"), ("title",)),
    "text": Place(_weights("body", "joined"), _weights("stems"), ("body",), codes=True),
}


def text_query(node: Word | Phrase, lexicon: Lexicon) -> Query | None:
    """Find a word or phrase in text; None when there is no letter in it."""
    if isinstance(node, Word) and node.match is Match.WHOLE:
        if node.field != "text":
            return choosing(term("whole", whole_value(node.field, node.text)))
        node = Phrase(node.text, node.field)
    place = SCORED.get(node.field) or Place({node.field: 1.0}, rows=(node.field,), infix=FIELDS[node.field].infix)
    query = placed_query(node, place, lexicon)
    return query if query is None or node.field in SCORED else choosing(query)


def placed_query(node: Word | Phrase, place: Place, lexicon: Lexicon) -> Query | None:
    """Find a word or phrase in one place; None when there is no letter in it."""
    if isinstance(node, Phrase):
        rows = phrase_variants(node.text)
        return any_of([_row(place, name, words) for name in place.rows for words in rows]) if rows else None
    found = list(tokens(node.text))
    return _WordPlan(node, found, place, lexicon).query() if found else None


def _row(place: Place, name: str, words: list[str]) -> Query:
    return Query.boost_query(row(name, [place.mark + word for word in words]), place.words[name])


class _WordPlan:
    """One word, cut into its parts: codes and compounds have several."""

    def __init__(self, word: Word, found: list[Token], place: Place, lexicon: Lexicon) -> None:
        self._word = word
        self._found = found
        self._place = place
        self._lexicon = lexicon
        self._schema = document_schema()
        self._together = "".join(token.text for token in found)

    def query(self) -> Query:
        """Find the word in the way that its marks ask for."""
        if self._word.match in (Match.INFIX, Match.SUFFIX):
            return self._part()
        if len(self._found) > 1:
            return any_of([self._rows(), *self._written_together()])
        text, mark = self._found[0].text, self._place.mark
        if self._word.match is Match.PREFIX:
            return weighted({name: begins_with(name, mark + text) for name in self._place.words}, self._place.words)
        if is_paired(text) and len(text) == 1:
            return self._pattern(f"{mark}{text}.*|{mark}.{text}")
        if self._word.fuzzy:
            distance = self._word.fuzzy
            fuzzy = {name: Query.fuzzy_term_query(self._schema, name, mark + text, distance) for name in self._place.words}
            return weighted(fuzzy, self._place.words)
        return any_of([*self._exact(), *self._stems(), *self._longer()])

    def _exact(self) -> list[Query]:
        text = self._place.mark + self._together
        return [Query.boost_query(term(name, text), weight) for name, weight in self._place.words.items()]

    def _stems(self) -> list[Query]:
        if not self._place.stems:
            return []
        stems = query_stems(self._found[0].surface, self._lexicon.languages)
        return [Query.boost_query(term(name, stem), weight) for name, weight in self._place.stems.items() for stem in stems]

    def _longer(self) -> list[Query]:
        """Find words that this one is a part of, below all other finds."""
        if len(self._together) < LEAST_INFIX or is_paired(self._together) or not self._place.infix:
            return []
        longer = [self._place.mark + text for text in self._lexicon.containing(self._together, _MAX_LONGER) if text != self._together]
        if not longer:
            return []
        return [Query.const_score_query(any_of([any_term(name, longer) for name in self._place.words]), INFIX_WEIGHT)]

    def _rows(self) -> Query:
        """Find the parts of a code or compound in a row."""
        parts = [self._place.mark + token.text for token in self._found]
        if self._word.match is not Match.PREFIX:
            return weighted({name: row(name, parts) for name in self._place.rows}, self._place.words)
        patterns: list[str | tuple[int, str]] = [*parts[:-1], f"{parts[-1]}.*"]
        return weighted({name: Query.regex_phrase_query(self._schema, name, patterns) for name in self._place.rows}, self._place.words)

    def _written_together(self) -> list[Query]:
        """Find a code or compound that stands without its punctuation, or of which this is a part."""
        if not self._place.codes:
            return []
        if self._word.match is Match.PREFIX:
            return [begins_with("joined", self._together)]
        return [*self._exact(), *self._longer()]

    def _pattern(self, pattern: str) -> Query:
        return weighted({name: Query.regex_query(self._schema, name, pattern) for name in self._place.words}, self._place.words)

    def _part(self) -> Query:
        part, inside, mark = self._together, self._word.match is Match.INFIX, self._place.mark
        if len(part) < LEAST_PART or not self._place.infix:
            return self._pattern(f"{mark}.*{part}.*" if inside else f"{mark}.*{part}")
        known = [text for text in self._lexicon.containing(part, _MAX_PARTS) if inside or text.endswith(part)]
        chosen = {name: any_term(name, [mark + text for text in (part, *known)]) for name in self._place.words}
        return weighted({name: Query.const_score_query(query, 1.0) for name, query in chosen.items()}, self._place.words)
