"""How text becomes the words that are indexed and looked for; one way for documents, queries and highlights.

A word is folded: NFKC (ligatures, full width), case, accents. Scripts without spaces become pairs of letters. A word broken by a hyphen
at the end of a line is one word again. Positions count words only, so punctuation and line breaks never part a phrase.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple

import regex  # type: ignore[import-untyped]  # has no stubs; re knows no \p{M}, without which Hindi falls apart
import tantivy

from actors.index.language import STEMMERS

MAX_WORD = 64
# The shortest part of a word that can be looked for: one run of three letters.
LEAST_PART = 3
_UNSPACED = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
    r"\u3005-\u3007\u30fc\uff70\U00020000-\U0003ffff"
)
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}\u200c\u200d]--[{_UNSPACED}]]"
# A soft hyphen anywhere, or a hyphen at the end of a line before a small letter, parts no word.
_BREAK = r"(?:\u00ad\s*|(?<=\p{L})[-\u2010\u00ac][ \t]*\r?\n\s*(?=\p{Ll}))"
_WORD = regex.compile(rf"(?P<pairs>[{_UNSPACED}][{_UNSPACED}\p{{M}}]*)|{_LETTER}+(?:{_BREAK}{_LETTER}+)*", regex.VERSION1)
# Most texts are of Western letters and common marks: for them `re` cuts the same words in a quarter of the time.
_WESTERN = [chr(code) for code in (*range(0x250), *range(0x2010, 0x2028), 0x20AC)]
_NOT_WESTERN = re.compile(f"[^{re.escape(''.join(_WESTERN))}]")


def _western(*classes: str) -> str:
    return re.escape("".join(letter for letter in _WESTERN if unicodedata.category(letter).startswith(classes)))


_WESTERN_LETTER = f"[{_western('L', 'M', 'N')}]"
_WESTERN_SPACE = r"[\t-\r \x85\xa0]"
_WESTERN_BREAK = rf"(?:\u00ad{_WESTERN_SPACE}*|(?<=[{_western('L')}])[-\u2010\u00ac][ \t]*\r?\n{_WESTERN_SPACE}*(?=[{_western('Ll')}]))"
_WESTERN_WORD = re.compile(f"(?P<pairs>(?!))|{_WESTERN_LETTER}+(?:{_WESTERN_BREAK}{_WESTERN_LETTER}+)*")
_NOT_LETTER = regex.compile(r"[^\p{L}\p{M}\p{N}]+")
_PAIRS = regex.compile(rf"[{_UNSPACED}]", regex.VERSION1)
# Letters that carry no accent to take off, and yet are typed without it.
_PLAIN = str.maketrans(
    {
        "ø": "o",
        "đ": "d",
        "ŧ": "t",
        "ſ": "s",
        "ð": "d",
        "ł": "l",
        "æ": "ae",
        "œ": "oe",
        "þ": "th",
        "ħ": "h",
        "ı": "i",
        "ـ": "",
    }
)
_JOINERS = frozenset("-‐‑–_./:@+&#")
_LEAST_JOINED = 4


class Token(NamedTuple):
    """One word: as it is compared, as it was written (for stemming; small letters), and where it stands in code points.

    A tuple, since a frozen dataclass takes four times as long to make, and every word of the archive becomes one.
    """

    text: str
    surface: str
    start: int
    end: int


def fold(word: str) -> str:
    """Write a word as it is compared."""
    return _fold(word)[0]


@lru_cache(maxsize=32_768)
def _fold(word: str) -> tuple[str, str]:
    """Fold a word; also give the small letters with their accents, which stemmers need."""
    if word.isascii():
        lowered = word.lower()[:MAX_WORD]
        plain = lowered if lowered.isalnum() else _NOT_LETTER.sub("", lowered)
        return plain, plain
    surface = _NOT_LETTER.sub("", unicodedata.normalize("NFKC", word).lower())[:MAX_WORD]
    apart = unicodedata.normalize("NFKD", surface.casefold())
    bare = "".join(letter for letter in apart if not _is_accent(letter)).translate(_PLAIN)
    return _NOT_LETTER.sub("", unicodedata.normalize("NFKC", bare))[:MAX_WORD], surface


def _is_accent(letter: str) -> bool:
    """Tell accents and vowel points from the vowel signs of Indic scripts, which are letters (their class is 0, 7 or 9)."""
    accent = unicodedata.combining(letter)
    return 10 <= accent <= 35 or accent >= 200


def tokens(text: str) -> Iterator[Token]:
    """Cut a text into words, in order."""
    pattern = _WORD if _NOT_WESTERN.search(text) else _WESTERN_WORD
    for found in pattern.finditer(text):
        if found.lastgroup:
            yield from _pairs(found[0], found.start())
            continue
        folded, surface = _fold(found[0])
        if folded:
            start, end = found.span()
            yield Token(folded, surface, start, end)


def _pairs(run: str, offset: int) -> Iterator[Token]:
    """Cut a run of a script without spaces into overlapping pairs of letters; a lone letter stays alone."""
    letters = [(offset + at, folded) for at, letter in enumerate(run) if (folded := fold(letter) or letter)]
    if len(letters) == 1:
        at, letter = letters[0]
        yield Token(letter, letter, at, at + 1)
    for (first, left), (second, right) in pairwise(letters):
        yield Token(left + right, left + right, first, second + 1)


def is_paired(word: str) -> bool:
    """Tell whether a word is of a script that is cut into pairs."""
    return _PAIRS.search(word) is not None


def words(text: str) -> list[str]:
    """List the folded words of a text."""
    return [token.text for token in tokens(text)]


def joined(text: str, found: list[Token]) -> list[str]:
    """List codes and compounds written together: RE-0815-2024 gives re08152024, e-mail gives email."""
    codes, begin = list[str](), 0
    for at in range(1, len(found) + 1):
        if at < len(found) and found[at].start - found[at - 1].end == 1 and text[found[at - 1].end] in _JOINERS:
            continue
        if at - begin > 1:
            code = "".join(token.text for token in found[begin:at])[:MAX_WORD]
            if len(code) >= _LEAST_JOINED and not is_paired(code):
                codes.append(code)
        begin = at
    return codes


def stems(surfaces: list[str], language: str) -> list[str]:
    """Stem words by a language; none when it has no stemmer. The order is kept, numbers are left out."""
    stemmer = _stemmer(language)
    if stemmer is None:
        return []
    return [fold(stem) for stem in stemmer.analyze(" ".join(word for word in surfaces if not word.isdecimal()))]


def query_stems(surface: str, languages: tuple[str, ...]) -> frozenset[str]:
    """List what a word's stem is in each of these languages."""
    return frozenset(stem for language in languages for stem in stems([surface], language))


@lru_cache(maxsize=len(STEMMERS) + 1)
def _stemmer(language: str) -> tantivy.TextAnalyzer | None:
    name = STEMMERS.get(language)
    if name is None:
        return None
    return tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).filter(tantivy.Filter.stemmer(name)).build()


def grams(word: str) -> list[str]:
    """List the distinct runs of three letters of a word."""
    return sorted({word[at : at + 3] for at in range(len(word) - 2)})
