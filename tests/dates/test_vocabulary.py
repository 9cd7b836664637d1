"""The files of words are sound, so that anyone can add a language."""

from pathlib import Path

import pytest

from actors.dates.vocabulary import WORDS, Meaning, fold, vocabulary

FILES = sorted(WORDS.glob("*.txt"))
EVERY = {"months", "small", "whose", *Meaning}


def test_eight_languages_have_their_words() -> None:
    assert [path.stem for path in FILES] == ["de", "en", "es", "fr", "it", "nl", "pl", "pt"]


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_language_has_a_word_for_every_meaning_and_each_word_once(path: Path) -> None:
    lines = [line.partition(":") for line in path.read_text(encoding="utf-8").splitlines() if line and not line.startswith("#")]
    assert {key for key, _, _ in lines} == EVERY
    phrases = [phrase.strip() for key, _, words in lines if key in set(Meaning) for phrase in words.split(",")]
    assert [phrase for phrase in phrases if not phrase or phrase != fold(phrase)] == []
    assert sorted({phrase for phrase in phrases if phrases.count(phrase) > 1}) == []


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_language_has_twelve_months(path: Path) -> None:
    lines = path.read_text(encoding="utf-8").splitlines()
    months = " ".join(line.partition(":")[2] for line in lines if line.startswith("months:")).split()
    assert len(months) == 12
    known = vocabulary(path.stem).months
    assert all(known[name.removesuffix("*")] == number for number, names in enumerate(months, 1) for name in names.split("/"))


def test_where_languages_differ_the_documents_own_meaning_stands() -> None:
    assert vocabulary("pl").phrases["termin"][-1] == (("termin",), Meaning.DUE)
    assert vocabulary("de").phrases["termin"][-1] == (("termin",), Meaning.EVENT)


def test_a_month_that_is_a_word_elsewhere_counts_in_its_own_language() -> None:
    assert ("out" in vocabulary("pt").months, "out" in vocabulary("en").months) == (True, False)


def test_a_language_without_a_file_has_its_months_and_the_words_of_all() -> None:
    assert vocabulary("fi").months["maaliskuuta"] == 3
    assert vocabulary("hr").months["listopada"] == 10
    assert vocabulary("pl").months["listopada"] == 11
    assert vocabulary("no such").phrases == vocabulary("").phrases == vocabulary("../etc").phrases
