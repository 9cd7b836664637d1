"""Rules of words and phrases (any, all, exact): however many there are, a text is cut into its words once.

A term of one word is in a text when that is among its words. A phrase is filed under its longest word, and looked for where the text has
all of its words.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from actors.matching.fits import Fit, words_found
from actors.matching.folding import words
from actors.matching.terms import Term, spellings, term
from actors.store.nouns.catalog import Matching, MatchRule

WORD_MATCHINGS = frozenset({Matching.ANY, Matching.ALL, Matching.EXACT})


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a rule needs: one of its terms, or each. `terms` are their numbers, and how the rule spells them."""

    terms: Mapping[int, str]
    each: bool


class WordRules:
    """Rules that treat case alike, compiled once; `rules` are given with a number of the caller's."""

    def __init__(self, rules: Iterable[tuple[int, MatchRule]], case_sensitive: bool) -> None:
        self._terms: list[Term] = []
        self._rules: dict[int, _Rule] = {}
        self._wanted_by: list[list[int]] = []
        self._single: dict[str, int] = {}
        self._phrases: dict[str, list[int]] = {}
        self._wordless: list[int] = []
        numbers: dict[str, int] = {}
        for number, rule in rules:
            wanted: dict[int, str] = {}
            for spelling, one in terms_of(rule, case_sensitive):
                if one.text not in numbers:
                    numbers[one.text] = self._file(one)
                wanted.setdefault(numbers[one.text], spelling)
            for place in wanted:
                self._wanted_by[place].append(number)
            self._rules[number] = _Rule(wanted, rule.matching is not Matching.ANY)

    def fits(self, text: str) -> dict[int, Fit]:
        """Find the rules that fit a comparable text."""
        found = self._found(text)
        asked = {number for place in found for number in self._wanted_by[place]}
        fits = {}
        for number in asked:
            rule = self._rules[number]
            there = [place for place in rule.terms if place in found]
            if len(there) == len(rule.terms) or not rule.each:
                fits[number] = self._fit(rule, there)
        return fits

    def _file(self, one: Term) -> int:
        place = len(self._terms)
        self._terms.append(one)
        self._wanted_by.append([])
        if one.is_word:
            self._single[one.text] = place
        elif one.words:
            self._phrases.setdefault(max(one.words, key=len), []).append(place)
        else:
            self._wordless.append(place)
        return place

    def _found(self, text: str) -> set[int]:
        there = set(words(text))
        found = {self._single[word] for word in self._single.keys() & there}
        maybe = [place for word in self._phrases.keys() & there for place in self._phrases[word]]
        for place in (*maybe, *self._wordless):
            one = self._terms[place]
            if there.issuperset(one.words) and one.occurs(text):
                found.add(place)
        return found

    def _fit(self, rule: _Rule, there: Sequence[int]) -> Fit:
        letters = [sum(map(len, self._terms[place].words)) for place in there]
        found = tuple(rule.terms[place] for place in there)
        return Fit(words_found(found), found, sum(letters) if rule.each else max(letters))


def terms_of(rule: MatchRule, case_sensitive: bool) -> list[tuple[str, Term]]:
    """Give a rule's words and phrases with their spellings; none when its pattern is empty."""
    written = [" ".join(rule.pattern.split())] if rule.matching is Matching.EXACT else spellings(rule.pattern)
    terms = [(spelling, term(spelling, case_sensitive)) for spelling in written]
    return [(spelling, one) for spelling, one in terms if one is not None]
