"""Words of many scripts, as they are compared."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from actors.index.analysis import MAX_WORD, fold, grams, joined, query_stems, stems, tokens, words
from actors.index.language import STEMMERS
from actors.index.phrases import phrase_variants


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Straße, Ärger & Øre", ["strasse", "arger", "ore"]),
        ("ﬁne ｆｕｌｌ ſelbſt Œuvre", ["fine", "full", "selbst", "oeuvre"]),
        ("It's l'été", ["it", "s", "l", "ete"]),
        ("u\u0308ber über", ["uber", "uber"]),
        ("Haftpflicht-\n  versicherung", ["haftpflichtversicherung"]),
        ("Haftpflicht-Versicherung Ost-\nWest", ["haftpflicht", "versicherung", "ost", "west"]),
        ("Ver\u00adsiche\u00ad\nrung", ["versicherung"]),
        ("RE-0815/2024_a.b", ["re", "0815", "2024", "a", "b"]),
        ("529,87 €", ["529", "87"]),
        ("العَرَبِيَّة", ["العربية"]),
        ("हिन्दी में", ["हिन्दी", "में"]),
        ("中文字", ["中文", "文字"]),
        ("中 a文字b", ["中", "a", "文字", "b"]),
        ("プリンター 한국어", ["プリ", "リン", "ンタ", "ター", "한국", "국어"]),
        ("Ελλάδα", ["ελλαδα"]),
        ("①②", ["12"]),
        ("--- …", []),
    ],
)
def test_a_text_is_cut_into_folded_words(text: str, found: list[str]) -> None:
    assert words(text) == found


@given(st.text())
def test_every_word_stands_where_it_says_and_folds_to_itself(text: str) -> None:
    before = 0
    for token in tokens(text):
        assert before <= token.start < token.end <= len(text)
        assert 0 < len(token.text) <= MAX_WORD
        assert not any(letter.isspace() for letter in token.text)
        before = token.start


@given(st.text(alphabet=st.characters(categories=["Lu", "Ll", "Nd", "Mn"], max_codepoint=0x600)))
def test_folding_twice_is_folding_once(word: str) -> None:
    assert fold(fold(word)) == fold(word)


def test_codes_and_compounds_are_also_written_together() -> None:
    text = "RE-0815-2024 an e-mail, www.example.com; 中-文 a - b"
    assert joined(text, list(tokens(text))) == ["re08152024", "email", "wwwexamplecom"]


@pytest.mark.parametrize(
    ("language", "one", "other"),
    [
        ("de", "Rechnungen", "Rechnung"),
        ("de", "Häuser", "Haus"),
        ("en", "invoices", "invoice"),
        ("fr", "assurances", "assurance"),
        ("ru", "договоры", "договор"),
        ("es", "facturas", "factura"),
    ],
)
def test_inflections_share_a_stem(language: str, one: str, other: str) -> None:
    assert query_stems(one.lower(), (language,)) == query_stems(other.lower(), (language,))


def test_a_language_without_stemmer_has_no_stems() -> None:
    assert stems(["word"], "") == stems(["word"], "zh") == []
    assert stems(["12", "words"], "en") == ["word"]


def test_every_named_stemmer_is_there() -> None:
    assert all(stems(["word"], language) for language in STEMMERS)


def test_a_hyphened_word_in_a_phrase_may_stand_as_one() -> None:
    assert phrase_variants("a tip-toeing cat") == [["a", "tip", "toeing", "cat"], ["a", "tiptoeing", "cat"]]
    assert phrase_variants("a cat") == [["a", "cat"]]
    assert phrase_variants("…") == []


def test_grams_are_the_runs_of_three_letters() -> None:
    assert grams("abcabc") == ["abc", "bca", "cab"]
    assert grams("ab") == []
