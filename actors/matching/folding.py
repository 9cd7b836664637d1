"""What is compared: texts and patterns in the one form in which letters that look the same are the same.

Always: NFKC, so an accent of its own, a ligature or a full-width letter is the letter that it shows; soft hyphens are gone, and any white
space is one space. A word that a hyphen breaks at the end of a line is there once more, whole, after the text, on a line of its own.

Unless case counts: Unicode's full case folding, so `Straße` is `STRASSE` and `ς` is `Σ`. Which i a capital I stands for depends on the
language, so `i`, `ı`, `I` and `İ` are all the same. Accents count: `Müller` is not `Muller`.
"""

import re
import unicodedata

import regex  # type: ignore[import-untyped]  # has no stubs; re knows no \p{M}, without which Hindi falls apart

# Scripts that put no space between words, or, as Korean does, none before a particle: each of their letters is a word of its own here.
_UNSPACED = (
    r"\p{Han}\p{Hiragana}\p{Katakana}\p{Hangul}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
    r"\u3005-\u3007\u30fc\uff70\U00020000-\U0003ffff"
)
_LETTER = rf"[[\p{{L}}\p{{M}}\p{{N}}_]--[{_UNSPACED}]]"
_WORD = regex.compile(rf"[{_UNSPACED}]|{_LETTER}+", regex.VERSION1)
_INSIDE_WORD = regex.compile(_LETTER, regex.VERSION1)
_PUNCTUATION = regex.compile(r"[^\p{L}\p{M}\p{N}_\s]+", regex.VERSION1)
# In texts of Latin, Greek, Cyrillic and Armenian letters without marks, `re` finds the same words in a quarter of the time.
_DIFFICULT = re.compile("[^\0-\u02e9\u0370-\u0482\u048a-\u058f\u1e00-\u20cf]")
_EASY_WORD = re.compile(r"\w+")
_EASY_PUNCTUATION = re.compile(r"[^\w\s]+")
_SOFT_HYPHEN = re.compile("\u00ad\\s*")
_BREAK = re.compile(r"[-\u2010\u00ac][ \t]*\r?\n\s*")
_LONGEST_HALF = 64


def normal(text: str) -> str:
    """Give letters their one form, and keep lines and case: what regular expressions look at."""
    if text.isascii():
        return text
    return _SOFT_HYPHEN.sub("", unicodedata.normalize("NFKC", text))


def comparable(text: str, case_sensitive: bool) -> str:
    """Bring a normal text into the form that is compared: one line, and one more for each broken word."""
    squeezed = "\n".join([squeeze(text), *mended(text)])
    return squeezed if case_sensitive else fold(squeezed)


def mended(text: str) -> list[str]:
    """Make broken words whole: those whose second half begins with a small letter."""
    found = []
    for place in _BREAK.finditer(text):
        begin, end = place.span()
        first, second = words(text[max(begin - _LONGEST_HALF, 0) : begin]), words(text[end : end + _LONGEST_HALF])
        if first and text[begin - 1] == first[-1][-1] and second and text[end] == second[0][0] and text[end].islower():
            found.append(first[-1] + second[0])
    return found


def first_line(text: str) -> str:
    """Give a comparable text without the broken words that stand below it."""
    return text.partition("\n")[0]


def squeeze(text: str) -> str:
    """Make any white space one space."""
    return " ".join(text.split())


def fold(text: str) -> str:
    """Take case away."""
    if text.isascii():
        return text.lower()
    return unicodedata.normalize("NFKC", text.casefold()).replace("i\u0307", "i").replace("ı", "i")


def words(text: str) -> list[str]:
    """List the words, in their order."""
    found: list[str] = (_EASY_WORD if _easy(text) else _WORD).findall(text)
    return found


def without_punctuation(text: str) -> str:
    """Leave letters, digits and white space."""
    left: str = (_EASY_PUNCTUATION if _easy(text) else _PUNCTUATION).sub("", text)
    return left


def inside_word(letter: str) -> bool:
    """Tell whether a word goes on where this letter stands; '' is the end of a text, and ends it."""
    return _INSIDE_WORD.match(letter) is not None


def _easy(text: str) -> bool:
    return text.isascii() or _DIFFICULT.search(text) is None
