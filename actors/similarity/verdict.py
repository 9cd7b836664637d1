"""One paper, read twice? Or two papers that look alike, such as the bills of two months?

A paper that was scanned again says the same in other misreadings. Two papers of one template contradict each other: where one has a date,
an amount or a name, the other has another. So doubt counts contradictions; what stands on one side alone, such as a stamp, makes none.
The figures were chosen on papers that the tests make, and are measured on others of them (tests/bench/near_duplicates.py).
"""

from collections.abc import Sequence
from dataclasses import dataclass

from actors.similarity.differences import Differences, differences
from actors.similarity.tokens import Tokens

LEAST_LIKENESS = 0.8
# So many different words that were misread show that a scan is poor; its numbers are then misread, too.
POOR_SCAN = 2
# What a number weighs that one misread digit explains: in a poor scan, and in one that has no other mistake.
MISREAD_IN_POOR_SCAN = 0.25
MISREAD_IN_GOOD_SCAN = 0.6
OFF_IN_POOR_SCAN = 0.5
# How many numbers and tokens of a poor scan bear one contradiction more.
NUMBERS_FOR_ONE = 25
TOKENS_FOR_ONE = 250
MISREAD_FOR_ONE = 3


@dataclass(frozen=True, slots=True)
class Verdict:
    """How much of the longer of two texts is in the other (0 to 1), and whether they are one paper."""

    likeness: float
    same_paper: bool


def compare(one: Tokens, other: Tokens) -> Verdict:
    """Judge two texts; the answer does not depend on which is named first."""
    # What is set off first decides what is left to set off, so there must be one order.
    found = differences(*sorted((one, other), key=_order))
    likeness = 1.0 - found.lost / max(found.tokens, 1)
    return Verdict(likeness, likeness >= LEAST_LIKENESS and doubt(found) < allowed(found))


def _order(tokens: Tokens) -> tuple[int, tuple[str, ...], tuple[str, ...]]:
    return len(tokens.words) + len(tokens.numbers), tokens.words, tokens.numbers


def doubt(found: Differences) -> float:
    """Weigh what two texts contradict each other in."""
    contradictions = min(weight_of_numbers(side) for side in found.numbers_left)
    if found.rough:
        return contradictions
    misread = len(set(found.misread_words))
    poor, good = misread >= POOR_SCAN, misread + found.torn_words > 0
    return (
        contradictions
        + min(weight_of_words(side) for side in found.words_left)
        + len(found.misread_numbers) * (MISREAD_IN_POOR_SCAN if poor else MISREAD_IN_GOOD_SCAN if good else 1.0)
        + len(found.numbers_off) * (OFF_IN_POOR_SCAN if poor else 1.0)
    )


def allowed(found: Differences) -> float:
    """Tell below which doubt two texts are one paper: one contradiction parts them, but for texts in which many words were misread."""
    if found.rough:
        # A misread word costs a number as often as it costs a word, on either side.
        return 1.0 + 2 * found.numbers * found.lost / max(found.tokens, 1)
    misread = len(found.misread_words)
    return max(1.0, min(found.numbers / NUMBERS_FOR_ONE, misread), min(found.tokens / TOKENS_FOR_ONE, misread / MISREAD_FOR_ONE))


def weight_of_words(words: Sequence[str]) -> float:
    """Weigh words that the other text doesn't have; specks on the glass become words of a letter or two."""
    return sum(1.0 if len(word) >= 4 else 0.5 if len(word) == 3 else 0.0 for word in words)


def weight_of_numbers(numbers: Sequence[str]) -> float:
    """Weigh numbers that the other text doesn't have; the short ones are made of specks, too."""
    return sum(1.0 if len(number) >= 3 else 0.25 * len(number) for number in numbers)
