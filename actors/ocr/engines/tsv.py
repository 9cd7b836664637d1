"""Tesseract's TSV, which both engines speak, made into a reading."""

import re
import unicodedata
from collections.abc import Iterable

from actors.ocr.engines.engine import Reading
from actors.ocr.messages import Word

# A word's row: level, page, block, paragraph, line, word; left, top, width, height; confidence, text.
_WORD = re.compile(
    r"5((?:\t\d{1,9}){5})\t(-?\d{1,9})\t(-?\d{1,9})\t(\d{1,9})\t(\d{1,9})\t(-?\d{1,9}(?:\.\d{1,20})?)\t(.*)", re.ASCII | re.DOTALL
)


def parse_tsv(tsv: str) -> Reading:
    """Read words, lines and paragraphs from TSV rows, with or without their header; what is no word's row is passed over."""
    words: list[Word] = []
    lines: list[tuple[tuple[str, ...], list[str]]] = []
    for row in tsv.split("\n"):
        found = _WORD.fullmatch(row)
        text = _printable(found[7]) if found else ""
        if found is None or not text:
            continue
        place = tuple(found[1].split("\t")[1:5])
        if not lines or lines[-1][0] != place:
            lines.append((place, []))
        lines[-1][1].append(text)
        left, top, width, height = (int(found[group]) for group in range(2, 6))
        words.append(Word(text, left, top, left + width, top + height, float(found[6]), len(lines) - 1))
    return Reading(tuple(words), _page_text(lines), mean_confidence(words))


def _printable(text: str) -> str:
    """Give a word in its composed form, without what no page shows: the engine's models know control characters too."""
    shown = "".join(letter for letter in text if unicodedata.category(letter) not in ("Cc", "Cs"))
    return unicodedata.normalize("NFC", shown.strip())


def mean_confidence(words: Iterable[Word]) -> float:
    """Weigh each word's confidence by its letters and digits; 0 without any."""
    weighted = [(sum(map(str.isalnum, word.text)), word.confidence) for word in words]
    letters = sum(weight for weight, _ in weighted)
    return sum(weight * confidence for weight, confidence in weighted) / letters if letters else 0.0


def join_words(words: Iterable[str]) -> str:
    """Join the words of a line, with no space inside a run of Chinese or Japanese: the engine splits those by character."""
    line = ""
    for word in words:
        close = line and _is_ideographic(line[-1]) and _is_ideographic(word[0])
        line += word if not line or close else f" {word}"
    return line


def _is_ideographic(character: str) -> bool:
    name = unicodedata.name(character, "")
    return name.startswith(("CJK UNIFIED", "CJK COMPATIBILITY", "HIRAGANA", "KATAKANA", "IDEOGRAPHIC", "FULLWIDTH"))


def _page_text(lines: list[tuple[tuple[str, ...], list[str]]]) -> str:
    """Set each line on its own, with an empty line between paragraphs (page, block, paragraph)."""
    text, before = "", None
    for place, words in lines:
        paragraph = place[:3]
        text += ("" if before is None else "\n" if paragraph == before else "\n\n") + join_words(words)
        before = paragraph
    return text
