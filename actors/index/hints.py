"""Finds the places of a text where some letters stand, however they are written: far quicker than cutting every word."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterator, Mapping
from functools import lru_cache
from itertools import pairwise

from actors.index.analysis import fold

# The scripts whose letters have case and accents, and the ligatures.
_ALPHABETS = [chr(code) for code in (*range(0x2100), *range(0xFB00, 0xFB07))]
# What may stand between two letters of a word: a hyphen at the end of a line, accents written as letters of their own.
_BETWEEN = r"[\W_]*"
# Space enough for the words on one side.
_LETTERS_PER_WORD = 80


@lru_cache(maxsize=1)
def _folding() -> tuple[Mapping[int, str], Mapping[str, str]]:
    """Give one folded letter for each letter; and, of those that fold to several (ß), for each of the further ones what comes before it."""
    table, before = dict[int, str](), defaultdict[str, str](str)
    for letter in _ALPHABETS:
        folded = fold(letter)
        table[ord(letter)] = folded[:1] or " "
        for first, second in pairwise(folded):
            before[second] += first
    return table, before


@lru_cache(maxsize=256)
def _pattern(hints: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(_written, sorted(hints))))


def _written(hint: str) -> str:
    """Allow all that folding may have made of these letters; it may be too much, never too little."""
    _, before = _folding()
    written = f"[{re.escape(hint[0] + before.get(hint[0], ''))}]"
    for first, letter in pairwise(hint):
        follows = _BETWEEN + re.escape(letter)
        written += f"(?:{follows})?" if first in before.get(letter, "") else follows
    return written


def _folded(text: str) -> str:
    """Fold letter by letter, so that places stay true."""
    return text.lower() if text.isascii() else text.translate(_folding()[0])


def neighbourhoods(text: str, hints: frozenset[str], words: int) -> Iterator[tuple[int, int]]:
    """Give the parts of a text, in order, in which any of these folded letters stand, with as many words around them.

    The whole text where it has letters that become others beside each other (half-width kana, Hangul written in parts).
    """
    folded = _folded(text)
    if not unicodedata.is_normalized("NFKC", folded) or folded != folded.lower():
        yield 0, len(text)
        return
    begin = end = -1
    for found in _pattern(hints).finditer(folded):
        if found.start() > end:
            if end >= 0:
                yield begin, end
            begin = _before(text, found.start(), words)
        end = max(end, _after(text, found.end(), words))
    if end >= 0:
        yield begin, end


def _before(text: str, at: int, words: int) -> int:
    """Step back over a word's beginning and some words."""
    limit = max(0, at - _LETTERS_PER_WORD * words)
    rest = text[limit:at].rsplit(None, words)
    return limit + len(rest[0]) if len(rest) > words else limit


def _after(text: str, at: int, words: int) -> int:
    """Step over a word's end and some words."""
    limit = min(len(text), at + _LETTERS_PER_WORD * words)
    rest = text[at:limit].split(None, words)
    return limit - len(rest[-1]) if len(rest) > words else limit
