"""What the labels' own rules say."""

from collections.abc import Iterator, Sequence

from actors.matching.choice import choose
from actors.matching.fits import Match
from actors.matching.matcher import Matcher
from actors.store.nouns.archive import DocumentWarning
from actors.store.nouns.assignments import Aspect, Giver, Proposal, Reason
from actors.store.nouns.catalog import Label, LabelKind
from actors.understanding.facts import Understood

ASPECTS = {
    LabelKind.CORRESPONDENT: Aspect.CORRESPONDENT,
    LabelKind.DOCUMENT_TYPE: Aspect.DOCUMENT_TYPE,
    LabelKind.STORAGE_PATH: Aspect.STORAGE_PATH,
    LabelKind.TAG: Aspect.TAG,
}
RULE_UNUSABLE = "RULE_UNUSABLE"


def make_matcher(labels: Sequence[Label]) -> Matcher[Label]:
    """Compile the rules of all labels."""
    return Matcher((label, label.facts.rule) for label in labels)


def from_rules(matcher: Matcher[Label], text: str) -> Understood:
    """Propose the tags whose rules fit, and of each other kind the label that fits best."""
    answer = matcher.match(text)
    told = [notice for notice in answer.notices if notice.subject.everyones]  # who reads it may see no other
    warnings = (DocumentWarning(RULE_UNUSABLE, f"The rule of '{notice.subject.name}' {notice.words}.") for notice in told)
    return Understood(tuple(_proposals(answer.matches)), tuple(warnings))


def _proposals(matches: Sequence[Match[Label]]) -> Iterator[Proposal]:
    for kind, aspect in ASPECTS.items():
        fitting = [match for match in matches if match.subject.kind is kind]
        if kind is LabelKind.TAG:
            for match in fitting:
                yield Proposal(aspect, match.subject.id, Reason(Giver.RULE, match.fit.why))
        elif (choice := choose(fitting)) is not None:
            yield Proposal(aspect, choice.label.id, Reason(Giver.RULE, choice.why))
