"""What a text says of a rule: that it fits and why, or that it could not be asked."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

Subject = TypeVar("Subject")

_MOST_NAMED = 5
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Fit:
    """Why a rule fits, as a person reads it. `found` is what the text has: words as the rule spells them, or a piece of the text itself.

    `letters` is how much of the pattern was found: the more, the less is it by chance.
    """

    why: str
    found: tuple[str, ...]
    letters: int


@dataclass(frozen=True, slots=True)
class Match(Generic[Subject]):
    """A rule that fits a text."""

    subject: Subject
    fit: Fit


@dataclass(frozen=True, slots=True)
class Notice(Generic[Subject]):
    """A rule that could not be asked, and what its owner should know."""

    subject: Subject
    words: str


@dataclass(frozen=True, slots=True)
class Answer(Generic[Subject]):
    """What the rules say of one text, in the order of the rules."""

    matches: tuple[Match[Subject], ...] = ()
    notices: tuple[Notice[Subject], ...] = ()


def words_found(found: Sequence[str]) -> str:
    """Say which words were found."""
    if len(found) == 1:
        return f"the {'phrase' if ' ' in found[0] else 'word'} {quoted(found[0])}"
    named = [quoted(word) for word in found[:_MOST_NAMED]]
    if more := len(found) - len(named):
        return f"the words {', '.join(named)} and {more} more"
    return f"the words {', '.join(named[:-1])} and {named[-1]}"


def quoted(text: str) -> str:
    """Put text between quotes, as it is shown."""
    return f"'{shown(text)}'"


def shown(text: str) -> str:
    """Put text on one line, and cut what is long."""
    line = " ".join(text[: _LONGEST * 2].split())
    return line if len(line) <= _LONGEST else f"{line[: _LONGEST - 1]}…"
