"""What a person might file a document under, without anybody filing it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from actors.classifier.lessons import Suggestions
from actors.dates.candidates import DateCandidate
from actors.matching.choice import choose
from actors.matching.fits import Match
from actors.store.nouns.archive import DocumentId
from actors.store.nouns.assignments import Giver, Reason
from actors.store.nouns.catalog import Label, LabelId, LabelKind, Matching
from actors.understanding.from_learning import words_of
from actors.understanding.from_rules import ASPECTS


@dataclass(frozen=True, slots=True)
class SuggestedLabel:
    """A label that a document may deserve, and why; `probability` is 1 where its rule fits.

    `sure` tells that a new document would get it; of what was learned, it is `like` some filed ones.
    """

    label: Label
    reason: Reason
    probability: float
    sure: bool
    like: tuple[DocumentId, ...] = ()


@dataclass(frozen=True, slots=True)
class Suggested:
    """Labels kind by kind, and days, each the likeliest first."""

    labels: tuple[SuggestedLabel, ...] = ()
    dates: tuple[DateCandidate, ...] = ()


def suggest_labels(matches: Sequence[Match[Label]], learned: Suggestions, labels: Sequence[Label]) -> Iterator[SuggestedLabel]:
    """Suggest the labels whose rules fit and those that were learned, by their rule where both say so; a tag of the inbox never."""
    known = {label.id: label for label in labels if not label.facts.inbox}
    for kind in ASPECTS:
        ruled = list(_ruled(kind, [match for match in matches if match.subject.kind is kind and match.subject.id in known]))
        yield from ruled
        # A rule goes before what was learned, and only of tags may a document have several.
        settled = kind is not LabelKind.TAG and bool(ruled)
        yield from _learned(learned, kind, known, {one.label.id for one in ruled}, settled)


def _ruled(kind: LabelKind, matches: Sequence[Match[Label]]) -> Iterator[SuggestedLabel]:
    if kind is LabelKind.TAG:
        for match in matches:
            yield SuggestedLabel(match.subject, Reason(Giver.RULE, match.fit.why), 1.0, sure=True)
    elif (choice := choose(matches)) is not None:
        yield SuggestedLabel(choice.label, Reason(Giver.RULE, choice.why), 1.0, sure=True)
        for other in choice.others:
            yield SuggestedLabel(other.subject, Reason(Giver.RULE, other.fit.why), 1.0, sure=False)


def _learned(
    learned: Suggestions, kind: LabelKind, known: dict[LabelId, Label], ruled: set[LabelId], settled: bool
) -> Iterator[SuggestedLabel]:
    for one in learned.get(kind, ()):
        label = known.get(one.label)
        if label is not None and label.id not in ruled:
            sure = one.sure and not settled and label.facts.rule.matching is Matching.AUTO
            reason = Reason(Giver.CLASSIFIER, words_of(one), round(one.probability, 4))
            yield SuggestedLabel(label, reason, one.probability, sure, one.like)
