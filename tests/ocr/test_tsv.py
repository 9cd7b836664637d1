"""Tesseract's TSV becomes words, lines and paragraphs."""

from actors.ocr.engines.tsv import join_words, mean_confidence, parse_tsv
from actors.ocr.messages import Word


def row(block: int, paragraph: int, line: int, word: int, text: str, confidence: float = 90.0) -> str:
    return f"5\t1\t{block}\t{paragraph}\t{line}\t{word}\t{word * 10}\t{line * 20}\t8\t12\t{confidence}\t{text}"


def test_lines_and_paragraphs_are_kept() -> None:
    reading = parse_tsv("\n".join([row(1, 1, 1, 1, "Dear"), row(1, 1, 1, 2, "Sir"), row(1, 1, 2, 1, "thanks"), row(2, 1, 1, 1, "Yours")]))
    assert reading.text == "Dear Sir\nthanks\n\nYours"
    assert [word.line for word in reading.words] == [0, 0, 1, 2]
    assert reading.words[1] == Word("Sir", 20, 20, 28, 32, 90.0, 0)


def test_headers_blocks_and_empty_words_are_no_words() -> None:
    header = "level\tpage_num\tblock_num\tpar_num\tline_num\tword_num\tleft\ttop\twidth\theight\tconf\ttext"
    block = "2\t1\t1\t0\t0\t0\t36\t92\t582\t269\t-1\t"
    assert parse_tsv("\n".join([header, block, row(1, 1, 1, 1, " ")])).words == ()


def test_a_quotation_mark_does_not_swallow_the_lines_after_it() -> None:
    assert parse_tsv("\n".join([row(1, 1, 1, 1, '"open'), row(1, 1, 1, 2, "end")])).text == '"open end'


def test_confidence_is_weighed_by_letters_and_not_by_specks() -> None:
    words = [Word("reading", 0, 0, 1, 1, 90.0, 0), Word("—.", 0, 0, 1, 1, 0.0, 0), Word("a", 0, 0, 1, 1, 50.0, 0)]
    assert mean_confidence(words) == (7 * 90 + 50) / 8


def test_chinese_and_japanese_are_joined_without_spaces_and_korean_is_not() -> None:
    assert join_words(["中", "文", "PDF", "検索", "エンジン"]) == "中文 PDF 検索エンジン"
    assert join_words(["한국어", "문서"]) == "한국어 문서"


def test_letters_are_composed() -> None:
    assert parse_tsv(row(1, 1, 1, 1, "Mu\u0308nchen")).text == "München"
