"""Rules of words and phrases find what their writers mean."""

import unicodedata

import pytest

from actors.matching.folding import words
from actors.store.nouns.catalog import Matching
from tests.matching.rules import why

ANY, ALL, EXACT = Matching.ANY, Matching.ALL, Matching.EXACT


@pytest.mark.parametrize(
    ("matching", "pattern", "text", "expected"),
    [
        (ANY, "invoice bill", "The Invoice of May", "the word 'invoice'"),
        (ANY, "invoice bill", "a bill, an invoice", "the words 'invoice' and 'bill'"),
        (ANY, "invoice bill", "invoices are billed", ""),
        (ANY, "a b c d e f g", "g f e d c b a", "the words 'a', 'b', 'c', 'd', 'e' and 2 more"),
        (ANY, '"Bank of America" BofA', "the bank\n of\u00a0 America", "the phrase 'Bank of America'"),
        (ANY, '"Bank of America" BofA', "Bank of South America", ""),
        (ANY, "“Bank of America”", "Bank of America", "the phrase 'Bank of America'"),
        (ANY, "invoice, bill; order", "order", "the word 'order'"),
        (ANY, 'a 24" screen', 'of 24" and', "the word '24'"),
        (ALL, "invoice ACME", "ACME sends its invoice", "the words 'invoice' and 'ACME'"),
        (ALL, "invoice ACME", "ACME sends", ""),
        (ALL, 'invoice "ACME Ltd"', "ACME and Ltd, invoice", ""),
        (ALL, "invoice Invoice INVOICE", "invoice", "the word 'invoice'"),
        (EXACT, "total  amount", "the total\namount due", "the phrase 'total amount'"),
        (EXACT, "total amount", "amount total", ""),
        (EXACT, "total amount", "subtotal amounts", ""),
        (EXACT, "amount", "amount_due amount2", ""),
        (EXACT, "a-b", "xa-b a-bx a-b", "the word 'a-b'"),
        (EXACT, "invoice", "Invoice.", "the word 'invoice'"),
        (Matching.NONE, "invoice", "invoice", ""),
        (Matching.AUTO, "invoice", "invoice", ""),
    ],
)
def test_a_rule_fits_by_the_words_that_it_names(matching: Matching, pattern: str, text: str, expected: str) -> None:
    assert why(matching, pattern, text) == expected


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("Straße", "DIE STRASSE"),
        ("STRASSE", "die straße"),
        ("Größe", "GRÖSSE"),
        ("Müller", "Mu\u0308ller"),
        ("Mu\u0308ller", "MÜLLER"),
        ("istanbul", "İSTANBUL"),
        ("İstanbul", "ISTANBUL"),
        ("ışık", "IŞIK"),
        ("IŞIK", "işik"),
        ("ΟΔΟΣ", "οδός".replace("ό", "ο")),
        ("office", "the oﬃce"),
        ("１２３", "no. 123"),
        ("Rechnung", "eine Rech\u00ad\nnung"),
        ("Rechnung", "eine Rech-\nnung"),
        ("हिन्दी", "यह हिन्दी है"),
    ],
)
def test_letters_that_look_the_same_are_the_same(pattern: str, text: str) -> None:
    assert why(EXACT, pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [
        ("Muller", "Müller"),
        ("E Mail", "E-\nMail"),
        ("EMail", "E-\nMail"),
        ("हिन", "हिन्दी"),
        ("Rechnung", "Rech- nung"),
        ("und nung", "Rech-\nnung und"),
    ],
)
def test_letters_that_differ_are_others(pattern: str, text: str) -> None:
    assert not why(EXACT, pattern, text)


@pytest.mark.parametrize(("text", "fits"), [("ACME", True), ("Acme", False), ("ÄCME", False), ("A\u0301CME", False)])
def test_case_counts_when_a_rule_says_so(text: str, fits: bool) -> None:
    assert bool(why(EXACT, "ACME", text, case_sensitive=True)) == fits


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("C++", "in C++ and"), ("C++", "C++x"), ("€", "5€"), ("§ 5", "nach § 5."), ("(c)", "a(c)b"), ("e-mail", "an E-Mail"), ("&", "A&B")],
)
def test_a_sign_at_the_end_of_a_pattern_needs_no_end_of_a_word(pattern: str, text: str) -> None:
    assert why(EXACT, pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"),
    [("发票", "这是发票号"), ("ACME", "由ACME公司"), ("은행", "은행에서"), ("ใบแจ้งหนี้", "นี่คือใบแจ้งหนี้ของ"), ("請求書", "御請求書です")],
)
def test_scripts_without_spaces_need_no_ends_of_words(pattern: str, text: str) -> None:
    assert why(EXACT, pattern, text)


def test_quick_and_thorough_words_are_the_same() -> None:
    ranges = (range(0x2EA), range(0x370, 0x483), range(0x48A, 0x590), range(0x1E00, 0x20D0))
    letters = [chr(code) for codes in ranges for code in codes if unicodedata.category(chr(code)) != "Cn"]
    difficult = " क"
    assert [words(f"a{letter}b") for letter in letters] == [words(f"a{letter}b{difficult}")[:-1] for letter in letters]
