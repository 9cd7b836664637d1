"""Rules over one text, as tests write them."""

from actors.matching.budget import Allowance
from actors.matching.fits import Answer
from actors.matching.matcher import Matcher
from actors.store.nouns.catalog import Matching, MatchRule

QUICK = Allowance(pattern_seconds=0.02, text_seconds=5, most_timeouts=3)


def asked(text: str, *rules: MatchRule, allowance: Allowance = QUICK) -> Answer[MatchRule]:
    """Ask rules of a text; each is its own subject."""
    return Matcher(((rule, rule) for rule in rules), allowance).match(text)


def why(matching: Matching, pattern: str, text: str, *, case_sensitive: bool = False) -> str:
    """Tell why one rule fits, '' when it does not; a rule that could not be asked fails the test."""
    answer = asked(text, MatchRule(matching, pattern, case_sensitive))
    assert answer.notices == ()
    return "".join(match.fit.why for match in answer.matches)
