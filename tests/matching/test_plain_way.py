"""However many rules are asked at once, each answers as it does alone, and as the plain way does."""

from hypothesis import example, given, settings
from hypothesis import strategies as st

from actors.store.nouns.catalog import Matching, MatchRule
from tests.matching.plain_way import fits
from tests.matching.rules import asked

WORDS = [
    "a",
    "ab",
    "A",
    "straße",
    "STRASSE",
    "I",
    "ı",
    "İ",
    "e\u0301",
    "é",
    "C++",
    "-",
    "€",
    "发票",
    "票",
    "ไทย",
    "हिन्दी",
    "x_1",
    "ﬁx",
    "1",
]
SPACES = [" ", "  ", "\n", "\u00a0", "", "", "-\n", "- \r\n ", "\u00ad\n", ",", '"', "."]
PIECES = st.one_of(st.sampled_from(WORDS), st.sampled_from(SPACES), st.characters(codec="utf-8"))
TEXTS = st.lists(PIECES, max_size=24).map("".join)
PATTERNS = st.one_of(
    st.lists(st.sampled_from([*WORDS, " ", " ", '"', ","]), min_size=1, max_size=6).map("".join), st.text(min_size=1, max_size=5)
)
RULES = st.builds(MatchRule, st.sampled_from([Matching.ANY, Matching.ALL, Matching.EXACT]), PATTERNS, st.booleans())


@given(st.lists(RULES, max_size=12), TEXTS)
@settings(max_examples=400, deadline=None)
@example([MatchRule(Matching.EXACT, "ab")], "a-\nb")
@example([MatchRule(Matching.ALL, 'a "b c"')], "c b c a")
@example([MatchRule(Matching.ANY, "0\x1f0")], "0")
def test_many_rules_answer_as_each_does_the_plain_way(rules: list[MatchRule], text: str) -> None:
    answer = asked(text, *rules)
    unusable = [notice.subject for notice in answer.notices]
    assert [match.subject for match in answer.matches] == [rule for rule in rules if rule not in unusable and fits(rule, text)]


@given(st.lists(RULES, max_size=12), TEXTS)
@settings(max_examples=200, deadline=None)
def test_the_words_that_were_found_are_those_of_the_rule(rules: list[MatchRule], text: str) -> None:
    for match in asked(text, *rules).matches:
        pattern = " ".join(match.subject.pattern.split())
        assert match.fit.found
        assert match.fit.letters >= 0
        assert all(" ".join(word.split()) in pattern for word in match.fit.found)
