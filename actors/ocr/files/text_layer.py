"""What a text layer is worth, and how its text is written down."""

import re
import unicodedata

LINE_ENDS = re.compile(r"\r\n?|[\x0b\x0c\u2028\u2029]")
TRAILING = re.compile(r"[ \t]+$", re.MULTILINE)
# pdfium writes U+FFFE (older versions U+0002) for the hyphen of a word broken at the line's end, and drops the line break.
BROKEN_WORD = re.compile("[\ufffe\x02]([^\\W\\d_])?")
# Ligatures and the Arabic and Hebrew shapes of letters: nobody types those in a search.
SHAPES = re.compile("[\ufb00-\ufdff\ufe70-\ufefc]+")
USELESS_CATEGORIES = frozenset({"Cc", "Co", "Cn", "Cs"})  # control, private use, unassigned, half a surrogate pair
REPLACEMENT = "\ufffd"
# Formulas have a few glyphs without Unicode on a good page; a font without a map has nothing else.
MOST_USELESS_SHARE = 0.3


def clean_text(text: str) -> str:
    """Write extracted text in one form: NFC, plain letters for shapes, line breaks kept, nothing unprintable."""
    text = BROKEN_WORD.sub(_mend, LINE_ENDS.sub("\n", text))
    text = SHAPES.sub(lambda found: unicodedata.normalize("NFKC", found.group()), text)
    text = "".join(character for character in text if character in "\n\t" or not _is_useless(character))
    return unicodedata.normalize("NFC", TRAILING.sub("", text)).strip("\n")


def count_letters(text: str) -> int:
    """Count the letters and digits."""
    return sum(character.isalnum() for character in text)


def is_usable(text: str) -> bool:
    """Tell whether extracted text is text: a font without a Unicode map gives control and private-use characters instead."""
    useful = count_letters(text)
    useless = sum(character not in "\r\n\t\ufffe\x02" and _is_useless(character) for character in text)
    return useful > 0 and useless <= MOST_USELESS_SHARE * (useful + useless)


def _is_useless(character: str) -> bool:
    return character == REPLACEMENT or unicodedata.category(character) in USELESS_CATEGORIES


def _mend(found: re.Match[str]) -> str:
    """Join a word broken inside ("auf-gaben"), keep a hyphen that was written ("Schwarz-Weiß")."""
    following: str = found.group(1) or ""
    return following if following.islower() else f"-{following}"
