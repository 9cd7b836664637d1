"""Which label a document gets when several fit and it may have only one: a correspondent, a document type, a storage path."""

from collections.abc import Sequence
from dataclasses import dataclass

from actors.matching.fits import Match
from actors.store.nouns.catalog import Label


@dataclass(frozen=True, slots=True)
class Choice:
    """The label that is chosen, why, and the others that fit as well, next best first."""

    label: Label
    why: str
    others: tuple[Match[Label], ...]


def choose(matches: Sequence[Match[Label]]) -> Choice | None:
    """Choose the label of which most letters were found, of equals the oldest; None where nothing fits.

    'Deutsche Bank' says more of a letter than 'Bank', whichever name comes first in a list, and a new label never takes the documents of an
    older one that fits as well.
    """
    if not matches:
        return None
    best, *others = sorted(matches, key=lambda match: (-match.fit.letters, match.subject.id))
    why = best.fit.why
    if others and others[0].subject.everyones:  # who reads it may see no other
        next_best = f"{others[0].fit.why} ({others[0].subject.name})"
        as_much = others[0].fit.letters == best.fit.letters
        why = f"{why}; {next_best} says as much for a newer label" if as_much else f"{why}, which says more than {next_best}"
    return Choice(best.subject, why, tuple(others))
