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
# The marks that break a word at the end of a line.
_BREAKS = frozenset("-\u2010\u00ac\u00ad")
_BREAK = re.compile(r"[-\u2010\u00ac][ \t]*\r?\n|\u00ad")
# Letters beyond Latin-1 (the micro sign is Greek); dashes, quotation marks and the euro are none.
_NOT_LATIN = re.compile(r"[^\x00-\xb4\xb6-\xff\u2010-\u2027\u20ac]")
# Space enough for each word.
_LETTERS_PER_WORD = 160


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
def _pattern(hints: frozenset[str], between: str) -> re.Pattern[str]:
    return re.compile("|".join(_written(hint, between) for hint in sorted(hints)))


def _written(hint: str, between: str) -> str:
    """Allow all that folding may have made of these letters; it may be too much, never too little."""
    _, before = _folding()
    written = f"[{re.escape(hint[0] + before.get(hint[0], ''))}]"
    for first, letter in pairwise(hint):
        follows = between + re.escape(letter)
        written += f"(?:{follows})?" if first in before.get(letter, "") else follows
    return written


@lru_cache(maxsize=256)
def _plain_pattern(hints: frozenset[str]) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, sorted(hints))))


@lru_cache(maxsize=1)
def _byte_folding() -> bytes:
    """Give one folded byte for each of Latin-1; those with a letter of another alphabet are left as they are."""
    table, _ = _folding()
    folded = [table[code] if table[code] < "\u0100" else chr(code) for code in range(0x100)]
    return "".join(folded).encode("latin-1")


def _read(text: str, hints: frozenset[str]) -> tuple[str, re.Pattern[str]]:
    """Fold a text letter by letter, so that places stay true, and give the quickest pattern that misses no hint in it."""
    broken = _BREAK.search(text) is not None
    if text.isascii():
        return text.lower(), _pattern(hints, _BETWEEN) if broken else _plain_pattern(hints)
    if _NOT_LATIN.search(text):
        return text.translate(_folding()[0]), _pattern(hints, _BETWEEN)
    folded = text.encode("latin-1", "replace").translate(_byte_folding()).decode("latin-1")
    return folded, _pattern(hints, _BETWEEN if broken else "")


def neighbourhoods(text: str, hints: frozenset[str], words: int) -> Iterator[tuple[int, int]]:
    """Give the parts of a text, in order and apart, that hold a word with any of these folded letters, and so many more on either side.

    The whole text where it has letters that become others beside each other (half-width kana, Hangul written in parts).
    """
    folded, pattern = _read(text, hints)
    if not folded.isascii() and (not unicodedata.is_normalized("NFKC", folded) or folded != folded.lower()):
        yield 0, len(text)
        return
    begin = end = -1
    for found in pattern.finditer(folded):
        if words == 0 and found.end() <= end:
            continue
        before = _before(text, found.start(), words)
        if before > end:
            if end >= 0:
                yield begin, end
            begin = before
        end = _after(text, found.end(), words)
    if end >= 0:
        yield begin, end


def _before(text: str, at: int, words: int) -> int:
    """Step back to the beginning of a word, and over more words; one that a line's end breaks goes on before it."""
    limit = max(0, at - _LETTERS_PER_WORD * (words + 1))
    rest = text[limit:at]
    steps = words if rest[-1:].isspace() else words + 1
    while True:
        parts = rest.rsplit(None, steps)
        if len(parts) <= steps:
            return limit
        rest, steps = parts[0], 1
        if rest[-1] not in _BREAKS:
            return at - len(text[limit + len(rest) : at].lstrip())


def _after(text: str, at: int, words: int) -> int:
    """Step on to the end of a word, and over more words; one that a line's end breaks goes on after it."""
    limit = min(len(text), at + _LETTERS_PER_WORD * (words + 1))
    rest = text[at:limit]
    steps = words if rest[:1].isspace() else words + 1
    while True:
        parts = rest.split(None, steps)
        if len(parts) <= steps:
            return limit
        rest, steps = parts[-1], 1
        passed = text[at : limit - len(rest)].rstrip()
        if passed[-1:] not in _BREAKS:
            return at + len(passed)
