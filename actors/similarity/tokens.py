"""What two readings of a paper are compared by: its words and its numbers, folded so that a scanner's whims weigh little."""

import unicodedata
from dataclasses import dataclass

import regex  # type: ignore[import-untyped]  # has no stubs; re knows no scripts

# Any change of what a text becomes here or in its signature is another version: two versions are never compared.
VERSION = 1
# About three hundred printed pages; what comes after them is neither compared nor remembered.
MOST_CHARACTERS = 1_000_000
_UNSPACED = r"\p{Han}\p{Hiragana}\p{Katakana}\p{Bopomofo}\p{Thai}\p{Lao}\p{Khmer}\p{Myanmar}"
# Letters that are read for digits, and the digits that are meant. A piece of digits and such letters is a number.
_DIGIT_LIKE = "oilszbgq"
_DIGITS = str.maketrans(f"{_DIGIT_LIKE}§$", "0115289988")
_PIECE = regex.compile(
    rf"(?P<unspaced>[{_UNSPACED}]+)"
    rf"|(?<![^\W_])(?P<number>(?:[§$]+\s?)?(?:\d[\d{_DIGIT_LIKE}]*|[{_DIGIT_LIKE}]+\d[\d{_DIGIT_LIKE}]*)(?:[.,:/'’-][\d{_DIGIT_LIKE}]*\d[\d{_DIGIT_LIKE}]*)*)(?![^\W_])"
    r"|(?P<digits>(?:[§$]+\s?)?\d+(?:[.,:/'’-]\d+)*)"
    rf"|(?P<word>[[^\W\d_]--[{_UNSPACED}]]+)",
    regex.VERSION1,
)
_MARKS = regex.compile(r"\p{M}+")
# What one scan shows as this, another shows as that.
_ALIKE = (("rn", "m"), ("vv", "w"), ("ii", "u"), ("l", "i"))


@dataclass(frozen=True, slots=True)
class Tokens:
    """The words of a text in their order, and its numbers: `1.234,56` is 123456, `12.03.2024` is 12032024.

    Scripts without spaces become pairs of letters.
    """

    words: tuple[str, ...]
    numbers: tuple[str, ...]


def tokens_of(text: str) -> Tokens:
    """Take a text apart."""
    words: list[str] = []
    numbers: list[str] = []
    for found in _PIECE.finditer(blurred(folded(text[:MOST_CHARACTERS]))):
        piece = found.group()
        match found.lastgroup:
            case "word":
                words.append(piece)
            case "unspaced":
                words += [piece[at : at + 2] for at in range(max(1, len(piece) - 1))]
            case _:
                numbers.append(number_of(piece))
    return Tokens(tuple(words), tuple(numbers))


def number_of(piece: str) -> str:
    """Give the digits of a number, among them those that were read as letters."""
    return "".join(filter(str.isdigit, piece.translate(_DIGITS)))


def folded(text: str) -> str:
    """Write a text without case, accents and the forms that a font gives to letters."""
    if text.isascii():
        return text.lower()
    bare = _MARKS.sub("", unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold()))
    return unicodedata.normalize("NFC", bare)


def blurred(text: str) -> str:
    """Write a text so that letters which scanners confuse are the same letter."""
    for seen, meant in _ALIKE:
        text = text.replace(seen, meant)
    return text
