"""A rule that can find nothing is refused in words that help, and stops no other."""

from copy import copy

import pytest

from actors.matching.checking import LONGEST, check_rule
from actors.matching.errors import RuleError
from actors.store.nouns.catalog import Matching, MatchRule
from tests.matching.rules import asked

ANY, ALL, EXACT, REGEX, FUZZY = Matching.ANY, Matching.ALL, Matching.EXACT, Matching.REGEX, Matching.FUZZY


@pytest.mark.parametrize(
    ("matching", "pattern", "words", "column"),
    [
        (ANY, "", "any needs a pattern: without one, nothing is found", 0),
        (EXACT, " \n", "exact needs a pattern: without one, nothing is found", 0),
        (FUZZY, "", "fuzzy needs a pattern: without one, nothing is found", 0),
        (REGEX, "", "regex needs a pattern: without one, nothing is found", 0),
        (ALL, '" , ;', "the pattern has no word: only quotes, commas or semicolons", 0),
        (EXACT, "\u00ad", "the pattern has no word: only quotes, commas or semicolons", 0),
        (FUZZY, "?!", "fuzzy compares letters and digits, and the pattern has none", 0),
        (FUZZY, "a" * 201, "the pattern has 201 letters; fuzzy allows 200", 0),
        (REGEX, "invoice (", "the regular expression is wrong: missing )", 10),
        (REGEX, "[a-", "the regular expression is wrong: unterminated character set", 4),
        (REGEX, "é*+*", "the regular expression is wrong: multiple repeat", 4),
        (REGEX, "(" * 450 + ")" * 450, "the regular expression has too many groups inside one another", 0),
        (REGEX, "İﬁ(?r)|", "the regular expression can't be used; write it more simply", 0),
        (REGEX, "(?ix)a # b", "free spacing, (?x), can't be used in a rule", 0),
    ],
)
def test_what_can_find_nothing_is_refused(matching: Matching, pattern: str, words: str, column: int) -> None:
    with pytest.raises(RuleError) as refused:
        check_rule(MatchRule(matching, pattern))
    assert (refused.value.message, refused.value.column) == (words, column)
    assert str(copy(refused.value)) == str(refused.value)


@pytest.mark.parametrize(
    "pattern",
    [
        "x{1000000}",
        "(?:(?:(?:x{100}){100}){100}){100}",
        "([ab]{200}){200}",
        "(?V1)(x{200}[[a](]){200}",
        "(x{200}[(]){200}",
        "(x{200}(?#[)]){200}",
        "(x{200}[[:alpha:](]){200}",
        r"(x{200}[\](]){200}",
        "x{" + "9" * 900 + "}",
    ],
)
def test_a_pattern_that_would_fill_the_memory_is_never_compiled(pattern: str) -> None:
    with pytest.raises(RuleError, match="repeats too much"):
        check_rule(MatchRule(REGEX, pattern))


@pytest.mark.parametrize(
    "pattern",
    [
        r"\b(19|20)\d{2}-\d{2}-\d{2}\b",
        r"[A-Z]{2}\d{2} ?\d{4} ?\d{4} ?\d{4} ?\d{4} ?\d{2}",
        "|".join([r"\d{2}\.\d{2}\.\d{4}"] * 40),
        r"(?<no>RE-\d{4,10}).{0,200}(?&no)",
        "(?:[^,]*,){11}P",
        "Größe (?:ſ|ß){1,3}",
        "株式会社（.+）",
    ],
)
def test_patterns_that_people_write_are_taken(pattern: str) -> None:
    check_rule(MatchRule(REGEX, pattern))


@pytest.mark.parametrize("matching", [Matching.NONE, Matching.AUTO])
def test_a_rule_that_needs_no_pattern_may_bear_any(matching: Matching) -> None:
    check_rule(MatchRule(matching, "(" * 20_000))


@pytest.mark.parametrize("matching", [ANY, ALL, EXACT, REGEX, FUZZY])
def test_a_broken_rule_is_told_in_each_answer_and_stops_no_other(matching: Matching) -> None:
    broken = MatchRule(matching, "a" * (LONGEST[matching] + 1))
    answer = asked("an invoice", broken, MatchRule(EXACT, "invoice"))
    assert [match.subject.pattern for match in answer.matches] == ["invoice"]
    assert [notice.subject for notice in answer.notices] == [broken]
    assert answer.notices[0].words.startswith("can't be used: the pattern has")
