"""What people write into rules: words, phrases and regular expressions, over any text."""

from actors.matching.budget import Allowance
from actors.matching.checking import check_rule
from actors.matching.errors import RuleError
from actors.matching.matcher import Matcher
from actors.store.nouns.catalog import Matching, MatchRule
from tests.fuzz.target import Target, split, text

ALLOWANCE = Allowance(pattern_seconds=0.02, text_seconds=0.05)


def fuzz_rule(data: bytes) -> None:
    """Any text is a rule's pattern, or refused with its place; it is asked of any text, ends, and says why it fits."""
    kind, written, read = split(data, 3)
    pattern, content = text(written), text(read)
    rule = MatchRule(tuple(Matching)[sum(kind) % len(Matching)], pattern, case_sensitive=len(kind) % 2 == 0)
    try:
        check_rule(rule)
    except RuleError as error:
        assert 0 <= error.column <= len(pattern) + 1, error
        assert error.message, error
        usable = False
    else:
        usable = True
    answer = Matcher([("it", rule)], ALLOWANCE).match(content)
    assert usable != any(notice.words.startswith("can't be used") for notice in answer.notices)
    assert len(answer.matches) + len(answer.notices) <= 1
    for match in answer.matches:
        assert match.fit.why
        assert "\n" not in match.fit.why
        assert match.fit.letters >= 0
    assert usable or not answer.matches


RULES = (
    b"\1\xff" + 'invoice, "Bank of America" “Straße”;'.encode() + b"\xffan INVOICE of the bank\n of America, STRASSE",
    b'\2\xffall of 24"\xffall 24" of it, Rech-\nnung',
    b"\3\xffe-mail \xe2\x82\xac 5\xffE-Mail \xe2\x82\xac\xc2\xa05",
    b"\4\xff" + rb"(?<no>RE-\d{4,10}).{0,20}(?&no)|[[:alpha:]]{3}" + b"\xffno. re-2024-1 RE-2024",
    b"\4\4\4\xff" + rb"(\w+\s?)*$" + b"\xff" + b"abc " * 40 + b"!",
    b"\4\xff(?R)?a\xffaaaa",
    b"\5\xffDeutsche Bahn\xffvon der Deutschen Bahn AG",
    b"\3\xff" + "발票 हिन्दी İıI ﬁ e\u0301".encode() + b"\xff" + "발票 हिन्दी iii fi é".encode(),
)
TARGETS = (Target(fuzz_rule, RULES, found=(b"\4\xff" + "İﬁ(?r)|".encode() + b"\xffa",)),)
