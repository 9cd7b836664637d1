"""Fuzzy rules answer as rapidfuzz does over the whole text, and sooner."""

from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rapidfuzz import fuzz

from actors.matching.budget import Allowance, Budget
from actors.matching.fuzzy_rules import FuzzyRules, windows
from actors.store.nouns.catalog import Matching, MatchRule
from tests.matching.rules import asked, why

LETTERS = st.sampled_from("aab cd")
NEEDLES = st.text(LETTERS, min_size=1, max_size=40).map(str.strip).filter(bool)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        ("ACME Trading", "of Acme, Tradlng", "the text 'acme tradlng', which is 92 % like 'ACME Trading'"),
        ("Deutsche Bahn", "von der Deutschen Bahn AG", "the text 'deutschen bah', which is 92 % like 'Deutsche Bahn'"),
        ("Größe", "GROESSE", ""),
        ("Straße", "A-STRASSE", "the text 'strasse', which is 100 % like 'Straße'"),
        ("A.C.M.E.", "the ACME of", "the text 'acme', which is 100 % like 'A.C.M.E.'"),
        ("ACME Trading", "ACME Tea", ""),
        ("ACME Trading", "ACME", ""),
        ("ACME Trading", "ACME Tradng", "the text 'acme tradng', which is 96 % like 'ACME Trading'"),
        ("ACME Trading", "", ""),
    ],
)
def test_a_rule_fits_what_is_nearly_its_pattern(pattern: str, text: str, expected: str) -> None:
    assert why(Matching.FUZZY, pattern, text) == expected


def test_case_counts_when_a_rule_says_so() -> None:
    assert not why(Matching.FUZZY, "ACME Trading", "acme trading", case_sensitive=True)
    assert why(Matching.FUZZY, "ACME Trading", "ACME Tradin", case_sensitive=True)


@given(needle=NEEDLES, data=st.data())
@settings(max_examples=400, deadline=None)
def test_no_likeness_is_missed_and_none_is_made_up(needle: str, data: st.DataObject) -> None:
    spoilt = list(needle)
    for _ in range(data.draw(st.integers(0, 1 + len(needle) // 8))):
        at = data.draw(st.integers(0, len(spoilt)))
        spoilt[at : at + data.draw(st.integers(0, 1))] = data.draw(st.text(LETTERS, max_size=1))
    text = data.draw(st.text(LETTERS, max_size=80)) + "".join(spoilt) + data.draw(st.text(LETTERS, max_size=80))
    rules = FuzzyRules()
    rules.add(0, needle, needle)
    whole = fuzz.partial_ratio(needle, text) if len(text) > len(needle) else fuzz.ratio(needle, text)
    assert bool(list(rules.ask(text, Budget(9, lambda: 0)))) == (whole >= 90)


@given(st.integers(1, 200), st.sampled_from([0, 1, 19_999, 20_000, 20_001, 20_200, 40_000, 41_000, 100_000]))
def test_windows_hold_every_piece_of_a_text(overlap: int, length: int) -> None:
    text = "".join(chr(0x4E00 + at % 20_000) for at in range(length))
    cut = list(windows(text, overlap))
    assert all(len(window) <= 20_000 + 3 * overlap for window in cut)
    for at in range(0, length - overlap + 1, 997):
        assert any(text[at : at + overlap] in window for window in cut)


def test_long_texts_cost_little_and_time_ends_them() -> None:
    text = "the quick brown fox jumps over the lazy dog " * 2_500
    rules = [MatchRule(Matching.FUZZY, f"quick brown fax number {number}") for number in range(200)]
    begun = process_time()
    assert asked(text, *rules).matches == ()
    assert process_time() - begun < 4
    late = asked(text, *rules, allowance=Allowance(text_seconds=0))
    assert (late.matches, {notice.words.split(":")[0] for notice in late.notices}) == ((), {"was not asked of the whole text"})
