"""All rules over one text at a time."""

import time
from collections.abc import Iterable
from typing import Generic

from actors.matching.budget import Allowance, Budget, Clock
from actors.matching.checking import check_rule, needle
from actors.matching.errors import RuleError
from actors.matching.fits import Answer, Fit, Match, Notice, Subject
from actors.matching.folding import comparable, first_line, normal, squeeze, without_punctuation
from actors.matching.fuzzy_rules import FuzzyRules
from actors.matching.patterns import compiled
from actors.matching.regex_rules import RegexRules
from actors.matching.word_rules import WORD_MATCHINGS, WordRules
from actors.store.nouns.catalog import Matching, MatchRule

ALLOWANCE = Allowance()


class Matcher(Generic[Subject]):
    """Rules compiled once, for any number of texts and threads. A rule is of a subject: a label, or whatever its caller looks for.

    NONE and AUTO match nothing. A rule that can't be used raises nothing and stops no other: each answer has a notice of it.
    """

    def __init__(self, rules: Iterable[tuple[Subject, MatchRule]], allowance: Allowance = ALLOWANCE, clock: Clock = time.monotonic) -> None:
        self._allowance = allowance
        self._clock = clock
        self._subjects: list[Subject] = []
        self._broken: dict[int, Fit | str] = {}
        self._regexes = RegexRules(allowance)
        self._fuzzy = {case: FuzzyRules() for case in (False, True)}
        word_rules: dict[bool, list[tuple[int, MatchRule]]] = {False: [], True: []}
        for number, (subject, rule) in enumerate(rules):
            self._subjects.append(subject)
            try:
                check_rule(rule)
            except RuleError as error:
                self._broken[number] = f"can't be used: {error}"
                continue
            if rule.matching in WORD_MATCHINGS:
                word_rules[rule.case_sensitive].append((number, rule))
            if rule.matching is Matching.REGEX:
                self._regexes.add(number, rule.pattern, compiled(rule.pattern, rule.case_sensitive))
            if rule.matching is Matching.FUZZY:
                self._fuzzy[rule.case_sensitive].add(number, rule.pattern, needle(rule))
        self._words = {case: WordRules(given, case) for case, given in word_rules.items() if given}

    def match(self, text: str) -> Answer[Subject]:
        """Find the rules that fit a text, the pages of a document one after another. Takes no longer than the allowance says, and some."""
        budget = Budget(self._allowance.text_seconds, self._clock)
        plain = normal(text)
        said = dict(self._broken)
        for case, fuzzy in self._fuzzy.items():
            words = self._words.get(case)
            if not (words or fuzzy):
                continue
            compared = comparable(plain, case)
            if words:
                said.update(words.fits(compared))
            if fuzzy:
                said.update(fuzzy.ask(squeeze(without_punctuation(first_line(compared))), budget))
        said.update(self._regexes.ask(plain, budget))
        ordered = sorted(said.items())
        return Answer(
            tuple(Match(self._subjects[number], fit) for number, fit in ordered if isinstance(fit, Fit)),
            tuple(Notice(self._subjects[number], words) for number, words in ordered if isinstance(words, str)),
        )
