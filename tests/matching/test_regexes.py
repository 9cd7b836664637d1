"""Regular expressions find what they describe, and none holds up a text."""

from collections.abc import Iterator

import pytest

from actors.matching.budget import Allowance
from actors.matching.matcher import Matcher
from actors.store.nouns.catalog import Matching, MatchRule
from tests.matching.rules import QUICK, asked, why

LONG = "lorem ipsum, " * 8_000
HOSTILE = [
    (r"(\w+\s?)*$", "abc " * 25_000 + "!"),
    (r"(?:\w+\w+)+\d", "a" * 100_000),
    (r"(?:abcdefghij){e<=5}", "xyz" * 30_000),
    (r"(?:a{1,1000}){1,1000}b", "a" * 100_000),
    (r"(?p)(a|aa)*$", "a" * 100_000 + "b"),
    (r"(?R)?a", "a" * 100_000),
    (r"^(?:.*?,){11}P", "1,2,3,4,5,6,7,8,9,10,11,12,13,14,15" * 3_000),
]


def regex(pattern: str, *, case_sensitive: bool = False) -> MatchRule:
    """Write a rule."""
    return MatchRule(Matching.REGEX, pattern, case_sensitive)


@pytest.mark.parametrize(
    ("pattern", "text", "expected"),
    [
        (r"RE-\d{4}-\d+", "no. re-2024-17 of", r"the text 're-2024-17', which 'RE-\d{4}-\d+' describes"),
        (r"total\s+due", "Total\n\n due", r"the text 'Total due', which 'total\s+due' describes"),
        (r"\bIBAN\b", "iban: DE", r"the text 'iban', which '\bIBAN\b' describes"),
        ("strasse", "Straße", "the text 'Straße', which 'strasse' describes"),
        ("gr[üo]n", "GRU\u0308N", "the text 'GRÜN', which 'gr[üo]n' describes"),
        ("Gru\u0308n", "grün", "the text 'grün', which 'Gru\u0308n' describes"),
        ("istanbul", "İSTANBUL", "the text 'İSTANBUL', which 'istanbul' describes"),
        ("office", "oﬃce", "the text 'office', which 'office' describes"),
        ("oﬃce", "office", "the text 'office', which 'oﬃce' describes"),
        ("（株）", "株", ""),
        ("（株）", "（株）", "the text '(株)', which '（株）' describes"),
        (r"^an invoice$", "an invoice\nof", ""),
        (".+", "x" * 99, f"the text '{'x' * 59}…', which '.+' describes"),
    ],
)
def test_a_rule_fits_by_the_text_that_it_describes(pattern: str, text: str, expected: str) -> None:
    assert why(Matching.REGEX, pattern, text) == expected


def test_case_counts_when_a_rule_says_so() -> None:
    assert not why(Matching.REGEX, "[A-Z]{4}", "acme", case_sensitive=True)
    assert why(Matching.REGEX, "[A-Z]{4}", "ACME", case_sensitive=True)


@pytest.mark.parametrize(("pattern", "text"), HOSTILE, ids=[pattern for pattern, _ in HOSTILE])
def test_a_hostile_pattern_ends_in_time_with_a_notice_and_stops_no_other(pattern: str, text: str) -> None:
    answer = asked(f"{text} invoice", regex(pattern), MatchRule(Matching.EXACT, "invoice"), regex("INVOICE$"))
    assert [match.subject.pattern for match in answer.matches] == ["invoice", "INVOICE$"]
    assert [(notice.subject.pattern, notice.words[:16]) for notice in answer.notices] == [(pattern, "ran out of time:")]


def test_a_pattern_that_runs_out_of_time_again_and_again_is_set_aside() -> None:
    pattern, text = HOSTILE[0]
    matcher = Matcher([("slow", regex(pattern))], QUICK)
    said = [matcher.match(each).notices for each in (text, text, "harmless", text, text, text, text)]
    assert [notices[0].words.split(":")[0] if notices else "" for notices in said] == [
        "ran out of time",
        "ran out of time",
        "",
        "ran out of time",
        "ran out of time",
        "ran out of time",
        "is set aside",
    ]


def test_rules_share_the_time_of_a_text() -> None:
    moments: Iterator[float] = iter(range(100))
    allowance = Allowance(pattern_seconds=1, text_seconds=2.5)
    matcher = Matcher([(number, regex(str(number))) for number in range(4)], allowance, lambda: next(moments))
    answer = matcher.match("0 1 2 3")
    assert [match.subject for match in answer.matches] == [0, 1]
    assert [(notice.subject, notice.words[:14]) for notice in answer.notices] == [(2, "was not asked:"), (3, "was not asked:")]


def test_a_pattern_that_would_have_needed_more_than_was_left_is_not_blamed() -> None:
    pattern, text = HOSTILE[0]
    matcher = Matcher([(number, regex(f"{pattern}{number}?")) for number in range(4)], Allowance(0.02, 0.03, most_timeouts=1))
    first, second = matcher.match(text), matcher.match(text)
    assert [notice.words.split(":")[0] for notice in first.notices] == ["ran out of time", *["was not asked"] * 3]
    assert [notice.words.split(":")[0] for notice in second.notices][:2] == [
        "is set aside",
        "ran out of time",
    ]


def test_long_texts_are_searched_to_their_end() -> None:
    assert why(Matching.REGEX, r"\bthe end\b", f"{LONG} the end")
    assert why(Matching.ANY, "beginning end", f"{LONG} the end")
    assert why(Matching.FUZZY, "the very end", f"{LONG} the vary end")
