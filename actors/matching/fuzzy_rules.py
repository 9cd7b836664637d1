"""Rules that forgive: somewhere the text has nearly what the pattern says, as rapidfuzz's partial ratio tells, 90 of 100 or more.

What is compared has no punctuation, on neither side. The cost is kept small three ways, none of which changes an answer:

- a ratio of 90 leaves room for so few changes that, of the pattern cut into one piece more than those, one is in the text as it is; texts
  without any of the pieces are not compared;
- long texts are compared window by window, so that the time is looked at between; windows share an end, and what is cut off there is
  filled with a letter that no pattern has, so that half a likeness at an edge is no likeness;
- the time of one text is shared with the regular expressions.

A text that is no longer than the pattern is compared as a whole: a part of the pattern alone is not what was asked for.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from rapidfuzz import fuzz

from actors.matching.budget import Budget
from actors.matching.fits import Fit, quoted
from actors.matching.folding import words

LEAST_RATIO = 90
_WINDOW = 20_000
_NOTHING = "\0"
_NOT_ASKED = "was not asked of the whole text: the rules before it took all the time that one text is given"


@dataclass(frozen=True, slots=True)
class _Rule:
    number: int
    pattern: str
    needle: str
    pieces: tuple[str, ...]


class FuzzyRules:
    """Fuzzy rules that treat case alike."""

    def __init__(self) -> None:
        self._rules: list[_Rule] = []

    def __bool__(self) -> bool:
        return bool(self._rules)

    def add(self, number: int, pattern: str, needle: str) -> None:
        """Take up a rule with a number of the caller's; `needle` is its pattern in the form that is compared."""
        self._rules.append(_Rule(number, pattern, needle, pieces(needle)))

    def ask(self, text: str, budget: Budget) -> Iterator[tuple[int, Fit | str]]:
        """Give the rules that fit a comparable text without punctuation, and words for those that could not be asked."""
        for rule in self._rules:
            answer = self._ask(rule, text, budget)
            if answer is not None:
                yield rule.number, answer

    def _ask(self, rule: _Rule, text: str, budget: Budget) -> Fit | str | None:
        if not any(piece in text for piece in rule.pieces):
            return None
        if len(text) <= len(rule.needle):
            ratio = fuzz.ratio(rule.needle, text, score_cutoff=LEAST_RATIO)
            return _fit(rule, text, ratio) if ratio else None
        for window in windows(text, len(rule.needle)):
            if not budget.left():
                return _NOT_ASKED
            found = fuzz.partial_ratio_alignment(rule.needle, window, score_cutoff=LEAST_RATIO)
            if found is not None and found.score:
                return _fit(rule, window[found.dest_start : found.dest_end], found.score)
        return None


def pieces(needle: str) -> tuple[str, ...]:
    """Cut a pattern into pieces of which one at least is in any text that is near enough.

    A likeness of 90 between m letters and w ≤ m others leaves at most a tenth of m + w to be changed, and a change spoils one piece.
    """
    changes = (100 - LEAST_RATIO) * 2 * len(needle) // 100
    count = changes + 1
    cuts = [len(needle) * place // count for place in range(count + 1)]
    return tuple(needle[begin:end] for begin, end in pairwise(cuts))


def windows(text: str, overlap: int) -> Iterator[str]:
    """Cut a text into windows that share so many letters; where something is cut off, as many letters stand that no pattern has."""
    filling = _NOTHING * overlap
    for begin in range(0, max(len(text) - overlap, 1), _WINDOW):
        end = begin + _WINDOW + overlap
        yield f"{filling if begin else ''}{text[begin:end]}{filling if end < len(text) else ''}"


def _fit(rule: _Rule, piece: str, ratio: float) -> Fit:
    found = piece.strip(f"{_NOTHING} ")
    why = f"the text {quoted(found)}, which is {ratio:.0f} % like {quoted(rule.pattern)}"
    # Likeness is weaker ground than the words themselves.
    return Fit(why, (found,), sum(map(len, words(rule.needle))) // 2)
