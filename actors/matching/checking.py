"""Whether a rule can find anything at all."""

from collections.abc import Mapping

from actors.matching.errors import RuleError
from actors.matching.folding import fold, normal, squeeze, without_punctuation
from actors.matching.patterns import compiled
from actors.matching.word_rules import WORD_MATCHINGS, terms_of
from actors.store.nouns.catalog import Matching, MatchRule

# In letters. A longer one was pasted by mistake, and takes long: a regular expression to compile, a fuzzy pattern to compare.
LONGEST: Mapping[Matching, int] = {
    Matching.ANY: 10_000,
    Matching.ALL: 10_000,
    Matching.EXACT: 1_000,
    Matching.REGEX: 1_000,
    Matching.FUZZY: 200,
}


def check_rule(rule: MatchRule) -> None:
    """Raise RuleError for a rule that can find nothing. NONE and AUTO need no pattern, and may bear any."""
    if rule.matching not in LONGEST:
        return
    if len(rule.pattern) > (most := LONGEST[rule.matching]):
        raise RuleError(f"the pattern has {len(rule.pattern)} letters; {rule.matching} allows {most}")
    if not rule.pattern.strip():
        raise RuleError(f"{rule.matching} needs a pattern: without one, nothing is found")
    if rule.matching is Matching.REGEX:
        compiled(rule.pattern, rule.case_sensitive)
    if rule.matching is Matching.FUZZY and not needle(rule):
        raise RuleError("fuzzy compares letters and digits, and the pattern has none")
    if rule.matching in WORD_MATCHINGS and not terms_of(rule, rule.case_sensitive):
        raise RuleError("the pattern has no word: only quotes, commas or semicolons")


def needle(rule: MatchRule) -> str:
    """Give what a fuzzy rule looks for, in the form that is compared."""
    text = squeeze(without_punctuation(squeeze(normal(rule.pattern))))
    return text if rule.case_sensitive else fold(text)
