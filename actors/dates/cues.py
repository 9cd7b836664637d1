"""What the words beside a date say it is."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actors.dates.vocabulary import Meaning, Vocabulary, fold

# From this on, a cue decides by itself.
CLEAR = 0.5
# What is left of a cue's weight with so many unknown words between it and the date.
_WITH_WORDS_BETWEEN = (1.0, 0.7, 0.5, 0.3, 0.2)
# A word as short as 'by' or 'né' says something of the very next word only.
_SHORT_WORD = 3
# Words of a table's head that name other columns, for each that heads dates.
_MOST_OTHERS = 3
_IN_HEAD = 0.8
# "Your electricity bill", "Korrigierte Rechnung": words before the noun of a title.
_WORDS_OF_TITLE = 3
_NUMBER_WORDS = frozenset(["nr", "no", "n", "num", "numero", "number", "nummer", "nro"])
# In German and its neighbours, words are joined.
_DATE_ENDINGS = ("datum", "dato")

# A point after a short word is an abbreviation's.
_TOKEN = re.compile(r"[^\W\d_]+|(?<=[^\W\d_]{5})[.;!?](?=\s)|\d[\d./-]*")


@dataclass(frozen=True, slots=True)
class Cue:
    """What words say of a date: their meaning, how they stand in the text, and from 0 to 1 how near they are."""

    meaning: Meaning
    words: str
    strength: float


@dataclass(frozen=True, slots=True)
class Found:
    """A phrase of the vocabulary in a text: words `first` to `last` of it, and where they stand."""

    meaning: Meaning
    first: int
    last: int
    start: int
    end: int


def cue_before(text: str, known: Vocabulary, *, whole_line: bool = True) -> Cue | None:
    """Tell what a text that ends where a date begins says of it; `whole_line` tells whether it is all of the line so far."""
    tokens = _tokens(text, known)
    found = list(_find(tokens, known)) if tokens else []
    if not found:
        return None
    last = found[-1]
    meaning = last.meaning
    if meaning is Meaning.DOCUMENT:
        return _cue_of_noun(text, tokens, last, known, whole_line=whole_line)
    if meaning is Meaning.PLAIN and len(found) > 1 and _are_joined(text, tokens, found[-2], last):
        before = found[-2]
        meaning, last = before.meaning, Found(before.meaning, before.first, last.last, before.start, last.end)
    return _cue(meaning, text[last.start : last.end], _words_between(tokens, last), short=last.end - last.start <= _SHORT_WORD)


def cue_after(text: str, known: Vocabulary) -> Cue | None:
    """Tell what a text that begins where a date ends says of it, as in '31.3. (due)'; a label of something else says nothing."""
    tokens = _tokens(text, known)
    found = next(_find(tokens, known), None)
    if found is None or found.first > 0 or found.meaning is Meaning.DOCUMENT or text[found.end : found.end + 2].lstrip().startswith(":"):
        return None
    return Cue(found.meaning, text[found.start : found.end], 0.5)


def heads_in(text: str, known: Vocabulary) -> list[tuple[Cue, int]]:
    """List the cues of a line that may head a table, each with its place in the line; none where it reads like a sentence."""
    tokens = _tokens(text, known)
    found = [find for find in _find(tokens, known) if find.end - find.start > _SHORT_WORD]
    others = len(tokens) - sum(find.last - find.first + 1 for find in found)
    if any(token.ends_sentence for token in tokens) or others > _MOST_OTHERS * len(found):
        return []
    dated = [find for find in found if find.meaning not in (Meaning.DOCUMENT, Meaning.REFERENCE)]
    return [(Cue(find.meaning, text[find.start : find.end], _IN_HEAD), find.start) for find in dated]


def _are_joined(text: str, tokens: Sequence["_Token"], before: Found, plain: Found) -> bool:
    """Tell whether what stands before a plain word says which date it is: 'Lieferschein Datum', 'su carta de fecha'."""
    apart = before.last + 1 < plain.first or tokens[plain.first].begins_column or ":" in text[before.end : plain.start]
    return not apart and before.meaning is not Meaning.DOCUMENT


def _cue(meaning: Meaning, words: str, between: int, *, short: bool) -> Cue | None:
    if between >= len(_WITH_WORDS_BETWEEN) or (short and between):
        return None
    return Cue(meaning, words, _WITH_WORDS_BETWEEN[between])


def _cue_of_noun(text: str, tokens: Sequence["_Token"], found: Found, known: Vocabulary, *, whole_line: bool) -> Cue | None:
    """Tell a title ('Invoice 4711 of 5 March') from a document that is spoken of ('your invoice of 5 March')."""
    if any(token.word not in _NUMBER_WORDS and not token.is_number for token in tokens[found.last + 1 :]):
        return None
    words = text[found.start : found.end]
    before = text[: found.start].split()
    if before and fold(before[-1]) in known.whose:
        return Cue(Meaning.REFERENCE, f"{before[-1]} {words}", 1.0)
    return Cue(Meaning.DOCUMENT, words, 1.0) if whole_line and len(before) < _WORDS_OF_TITLE else Cue(Meaning.REFERENCE, words, 0.5)


def _words_between(tokens: Sequence["_Token"], found: Found) -> int:
    return sum(2 if token.ends_sentence else not token.is_number for token in tokens[found.last + 1 :])


@dataclass(frozen=True, slots=True)
class _Token:
    word: str
    start: int
    end: int
    begins_column: bool

    @property
    def is_number(self) -> bool:
        return self.word[0].isdigit()

    @property
    def ends_sentence(self) -> bool:
        return self.word in ".;!?"


def _tokens(text: str, known: Vocabulary) -> list[_Token]:
    found = (
        _Token(fold(match[0]), match.start(), match.end(), text[max(0, match.start() - 2) : match.start()].isspace())
        for match in _TOKEN.finditer(text)
    )
    return [token for token in found if token.word not in known.small]


def _find(tokens: Sequence[_Token], known: Vocabulary) -> Iterator[Found]:
    """Give the phrases in a text, one after the other."""
    at = 0
    while at < len(tokens):
        length, meaning = _phrase(tokens, at, known)
        if length > 1:
            length, meaning = _shortened(tokens, at, known, (length, meaning))
        if length:
            yield Found(meaning, at, at + length - 1, tokens[at].start, tokens[at + length - 1].end)
        at += length or 1


def _phrase(tokens: Sequence[_Token], at: int, known: Vocabulary, most: int = 10) -> tuple[int, Meaning]:
    """Give the words of the longest phrase that begins at a word, and its meaning; 0 words where none does."""
    word = tokens[at].word
    for phrase, meaning in known.phrases.get(word, ()):
        if len(phrase) <= most and _stands_at(tokens, at, phrase):
            return len(phrase), meaning
    return int(word.endswith(_DATE_ENDINGS)), Meaning.PLAIN


def _stands_at(tokens: Sequence[_Token], at: int, phrase: tuple[str, ...]) -> bool:
    words = tokens[at : at + len(phrase)]
    return tuple(token.word for token in words) == phrase and not any(token.begins_column for token in words[1:])


def _shortened(tokens: Sequence[_Token], at: int, known: Vocabulary, found: tuple[int, Meaning]) -> tuple[int, Meaning]:
    """Leave words to a phrase that begins within this one and goes beyond: 'date' and 'due date', not 'date due' and 'date'."""
    length, _ = found
    for within in range(1, length):
        if _phrase(tokens, at + within, known)[0] >= max(2, length - within + 1):
            return _phrase(tokens, at, known, most=within)
    return found
