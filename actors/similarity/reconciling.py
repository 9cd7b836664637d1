"""What differs between two readings of a paper because it was read twice: letters misread, words run together or torn apart."""

from collections import Counter
from collections.abc import Callable, Sequence

from rapidfuzz.distance import Indel, Levenshtein

# A word that was misread keeps most of its letters.
LEAST_ALIKE = 0.6
LEAST_LETTERS = 3
# How much of a word must be made of the pieces it was torn into.
LEAST_COVERED = 0.8
# Digits that a bad scan shows for each other.
_MISTAKABLE = frozenset(
    frozenset(pair) for pair in ("08", "09", "17", "14", "27", "35", "36", "38", "39", "47", "56", "58", "59", "68", "89")
)

Alike = Callable[[str, str], bool]


def left_over(one: Sequence[str], other: Sequence[str]) -> tuple[list[str], list[str]]:
    """Give what each of two bags has more than the other."""
    here, there = Counter(one), Counter(other)
    return sorted((here - there).elements(), key=len, reverse=True), sorted((there - here).elements(), key=len, reverse=True)


def mend_tears(one: list[str], other: list[str]) -> int:
    """Take out words that stand on the other side in pieces, with these; answer how many."""
    return _mend(one, other) + _mend(other, one)


def _mend(wholes: list[str], pieces: list[str]) -> int:
    mended = 0
    for whole in [whole for whole in wholes if len(whole) > 1]:
        parts = parts_of(whole, pieces)
        if parts:
            wholes.remove(whole)
            for part in parts:
                pieces.remove(part)
            mended += 1
    return mended


def parts_of(whole: str, pieces: Sequence[str]) -> list[str]:
    """Choose the pieces that a word can be put together from, longest first; none unless they cover nearly all of it."""
    rest, parts, covered = whole, list[str](), 0
    for piece in pieces:
        if len(piece) < len(whole) and piece in rest:
            rest = rest.replace(piece, " ", 1)
            parts.append(piece)
            covered += len(piece)
    return parts if covered >= LEAST_COVERED * len(whole) else []


def take_pairs(one: list[str], other: list[str], alike: Alike) -> list[tuple[str, str]]:
    """Take out what stands on both sides and is nearly the same, and give these pairs."""
    pairs = []
    for word in list(one):
        partner = next((candidate for candidate in other if alike(word, candidate)), None)
        if partner is not None:
            one.remove(word)
            other.remove(partner)
            pairs.append((word, partner))
    return pairs


def is_misread_word(one: str, other: str) -> bool:
    """Tell whether two words can be one, read twice."""
    return min(len(one), len(other)) >= LEAST_LETTERS and Indel.normalized_similarity(one, other) >= LEAST_ALIKE


def is_same_amount(one: str, other: str) -> bool:
    """Tell whether two numbers differ in noughts before them alone: one more of those is a speck, or the O of a code."""
    return one.lstrip("0") == other.lstrip("0")


def is_misread_number(one: str, other: str) -> bool:
    """Tell whether two numbers can easily be one, read twice: a digit mistaken for one that looks like it, or lost."""
    if len(one) == len(other):
        differing = [frozenset(pair) for pair in zip(one, other, strict=True) if pair[0] != pair[1]]
        return len(differing) == 1 and differing[0] in _MISTAKABLE
    return max(len(one), len(other)) >= 2 and Levenshtein.distance(one, other) == 1


def is_one_digit_off(one: str, other: str) -> bool:
    """Tell whether two long numbers differ in one digit, whichever."""
    return len(one) == len(other) >= 4 and sum(digit != mate for digit, mate in zip(one, other, strict=True)) == 1
