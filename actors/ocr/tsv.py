"""Tesseract's TSV, which both engines speak, made into a reading."""

import csv
import unicodedata
from collections.abc import Iterable

from actors.ocr.engine import Reading
from actors.ocr.messages import Word

WORD_LEVEL = "5"


def parse_tsv(tsv: str) -> Reading:
    """Read words, lines and paragraphs from TSV rows, with or without their header."""
    words: list[Word] = []
    lines: list[tuple[tuple[str, ...], list[str]]] = []
    for row in csv.reader(tsv.splitlines(), delimiter="\t", quoting=csv.QUOTE_NONE):
        if len(row) < 12 or row[0] != WORD_LEVEL or not row[11].strip():
            continue
        place = tuple(row[1:5])
        if not lines or lines[-1][0] != place:
            lines.append((place, []))
        text = unicodedata.normalize("NFC", row[11].strip())
        lines[-1][1].append(text)
        left, top, width, height = map(int, row[6:10])
        words.append(Word(text, left, top, left + width, top + height, float(row[10]), len(lines) - 1))
    return Reading(tuple(words), _page_text(lines), mean_confidence(words))


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
