"""Rules of regular expressions: each looks through the text by itself, and none longer than it is allowed to."""

from collections.abc import Iterator
from dataclasses import dataclass

import regex  # type: ignore[import-untyped]  # has no stubs; re can be stopped by nothing

from actors.matching.budget import Allowance, Budget
from actors.matching.fits import Fit, quoted, shown
from actors.matching.folding import words

_NOT_ASKED = "was not asked: the rules before it took all the time that one text is given"


@dataclass(slots=True)
class _Rule:
    number: int
    pattern: str
    compiled: regex.Pattern[str]
    timeouts: int = 0


class RegexRules:
    """Keeps compiled patterns, and how often each ran out of time of late."""

    def __init__(self, allowance: Allowance) -> None:
        self._allowance = allowance
        self._rules: list[_Rule] = []

    def add(self, number: int, pattern: str, compiled: regex.Pattern[str]) -> None:
        """Take up a rule with a number of the caller's."""
        self._rules.append(_Rule(number, pattern, compiled))

    def ask(self, text: str, budget: Budget) -> Iterator[tuple[int, Fit | str]]:
        """Give the rules that fit a normal text, and words for those that could not be asked."""
        for rule in self._rules:
            answer = self._ask(rule, text, budget)
            if answer is not None:
                yield rule.number, answer

    def _ask(self, rule: _Rule, text: str, budget: Budget) -> Fit | str | None:
        if rule.timeouts >= self._allowance.most_timeouts:
            return f"is set aside: its regular expression {quoted(rule.pattern)} ran out of time too often; write it more simply"
        seconds = min(self._allowance.pattern_seconds, budget.left())
        if not seconds:
            return _NOT_ASKED
        try:
            found = rule.compiled.search(text, timeout=seconds, concurrent=True)
        except TimeoutError:
            if seconds < self._allowance.pattern_seconds:
                return _NOT_ASKED
            rule.timeouts += 1
            return f"ran out of time: its regular expression {quoted(rule.pattern)} is too slow for this text"
        except MemoryError:
            return f"ran out of memory: its regular expression {quoted(rule.pattern)} is too costly for this text"
        rule.timeouts = 0
        if found is None:
            return None
        piece = found.group()
        # No more than the pattern has, or `.*` would know every text best.
        letters = sum(map(len, words(piece[: len(rule.pattern)])))
        return Fit(f"the text {quoted(piece)}, which {quoted(rule.pattern)} describes", (shown(piece),), letters)
