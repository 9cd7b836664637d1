"""Whether texts fit the rules of triggers."""

from functools import lru_cache

from actors.matching.matcher import Matcher
from actors.store.nouns.catalog import MatchRule
from actors.workflow.known import ContentAnswer


def match_content(rule: MatchRule, text: str) -> ContentAnswer:
    """Ask one rule of one text."""
    answer = _matcher(rule).match(text)
    if answer.notices:
        return ContentAnswer(fits=False, words=answer.notices[0].words, broken=True)
    if answer.matches:
        return ContentAnswer(fits=True, words=f"{answer.matches[0].fit.why} in the text")
    return ContentAnswer(fits=False, words=f"the text does not fit {rule.matching} '{rule.pattern[:60]}'")


@lru_cache(256)
def _matcher(rule: MatchRule) -> Matcher[str]:
    return Matcher([("it", rule)])
