"""What two texts differ in, once all is set off in which two readings of one paper can differ."""

from dataclasses import dataclass

from actors.similarity.reconciling import (
    is_misread_number,
    is_misread_word,
    is_one_digit_off,
    is_same_amount,
    left_over,
    mend_tears,
    take_pairs,
)
from actors.similarity.tokens import Tokens

# Setting off takes the square of it. More is left of books, which are judged by shares.
MOST_LEFT = 200
# Where even more numbers than that contradict each other, nothing that can be set off makes one paper of two.
MOST_NUMBERS_LEFT, MOST_NUMBERS_LEFT_SHARE = 4, 0.4

Pair = tuple[str, str]
Sides = tuple[tuple[str, ...], tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class Differences:
    """What is left on each side, and what was set off as misread. `tokens` and `numbers` are those of the text that has more of them.

    `rough`: too much was left, and nothing was set off.
    """

    tokens: int
    numbers: int
    words_left: Sides
    numbers_left: Sides
    torn_words: int = 0
    misread_words: tuple[Pair, ...] = ()
    misread_numbers: tuple[Pair, ...] = ()
    numbers_off: tuple[Pair, ...] = ()
    rough: bool = False

    @property
    def lost(self) -> int:
        """Count the tokens of one text that the other doesn't have, on the side that has more of them."""
        return max(len(words) + len(numbers) for words, numbers in zip(self.words_left, self.numbers_left, strict=True))


def differences(one: Tokens, other: Tokens) -> Differences:
    """Compare two texts, in whatever order their pages and columns were read."""
    words, other_words = left_over(one.words, other.words)
    numbers, other_numbers = left_over(one.numbers, other.numbers)
    tokens = max(len(one.words) + len(one.numbers), len(other.words) + len(other.numbers))
    most_numbers = max(len(one.numbers), len(other.numbers))
    hopeless = min(len(numbers), len(other_numbers)) > MOST_NUMBERS_LEFT + MOST_NUMBERS_LEFT_SHARE * most_numbers
    if hopeless or max(len(words), len(other_words), len(numbers), len(other_numbers)) > MOST_LEFT:
        left = (tuple(words), tuple(other_words)), (tuple(numbers), tuple(other_numbers))
        return Differences(tokens, most_numbers, *left, rough=True)
    torn_words = mend_tears(words, other_words)
    take_pairs(numbers, other_numbers, is_same_amount)
    mend_tears(numbers, other_numbers)
    misread_words = take_pairs(words, other_words, is_misread_word)
    misread_numbers = take_pairs(numbers, other_numbers, is_misread_number)
    numbers_off = take_pairs(numbers, other_numbers, is_one_digit_off)
    return Differences(
        tokens=tokens,
        numbers=most_numbers,
        words_left=(tuple(words), tuple(other_words)),
        numbers_left=(tuple(numbers), tuple(other_numbers)),
        torn_words=torn_words,
        misread_words=tuple(misread_words),
        misread_numbers=tuple(misread_numbers),
        numbers_off=tuple(numbers_off),
    )
